// Desktop, phone or web client.
import { type Condition, oneOf } from '../facts.ts';
import type { ClientKind } from '../policy.ts';

export const kind: Condition<ClientKind | readonly ClientKind[]> = {
  holds: (wanted, facts) => oneOf(wanted, facts.client.kind),
  found: (facts) => facts.client.kind,
};
