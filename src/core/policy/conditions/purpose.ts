// What the challenge is for: login, unbind, change, confirm.
import { type Condition, oneOf } from '../facts.ts';

export const purpose: Condition<string | readonly string[]> = {
  holds: (wanted, facts) => oneOf(wanted, facts.purpose),
  found: (facts) => facts.purpose,
};
