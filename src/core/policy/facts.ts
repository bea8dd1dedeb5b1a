// What conditions may look at. Gathered once per decision; nothing here is looked up later.
import type { TypeName } from '../authenticator/type.ts';
import type { Phase } from '../rollout/phase.ts';
import type { RegisteredClient } from './policy.ts';

export interface Facts {
  readonly phase: Phase;
  readonly bound: readonly TypeName[];
  readonly clientId: string;
  readonly client: RegisteredClient;
  readonly clientVersion: string;
  readonly isTooOld: boolean;
  readonly cohort: string | null;
  readonly purpose: string;
  /** Types verified so far in this login. */
  readonly verified: readonly TypeName[];
}

/** One policy condition: a test with words for the trace. `found` is what the facts held, as text. */
export interface Condition<Wanted> {
  holds(wanted: Wanted, facts: Facts): boolean;
  found(facts: Facts): string;
}

export const oneOf = <T>(wanted: T | readonly T[], found: T): boolean =>
  Array.isArray(wanted) ? wanted.includes(found) : wanted === found;
