// The rollout phase the account is in.
import type { Phase } from '../../rollout/phase.ts';
import { type Condition, oneOf } from '../facts.ts';

export const phase: Condition<Phase | readonly Phase[]> = {
  holds: (wanted, facts) => oneOf(wanted, facts.phase),
  found: (facts) => facts.phase,
};
