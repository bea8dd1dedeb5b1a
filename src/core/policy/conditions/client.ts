// Which registered client the person sits at.
import { type Condition, oneOf } from '../facts.ts';

export const client: Condition<string | readonly string[]> = {
  holds: (wanted, facts) => oneOf(wanted, facts.clientId),
  found: (facts) => facts.clientId,
};
