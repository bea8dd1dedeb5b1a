// The named set the account belongs to.
import { type Condition, oneOf } from '../facts.ts';

export const cohort: Condition<string | readonly string[]> = {
  holds: (wanted, facts) => oneOf(wanted, facts.cohort ?? ''),
  found: (facts) => facts.cohort ?? 'none',
};
