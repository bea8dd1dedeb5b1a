// What the next login of alike accounts is put to, as the facts a decision looks at. Nothing here guesses what rules mean.
import type { TypeName } from '../authenticator/type.ts';
import { decide, isTooOld, type RefuseWhy } from '../policy/decide.ts';
import type { Facts } from '../policy/facts.ts';
import type { Policy } from '../policy/policy.ts';
import { phaseAt, type Whose } from './phase.ts';

/** Accounts that are alike in all a decision looks at. */
export interface Alike {
  readonly cohort: string | null;
  readonly bound: readonly TypeName[];
  /** The client and version of their last login; null when they never logged in here. */
  readonly client: string | null;
  readonly version: string | null;
  /** Where it is one known account: a cut-over may have taken it, or an exception let it off. */
  readonly whose?: Whose;
}

/** The facts of such a login at `now` (ms); undefined under a policy that has no client at all. */
export function nextLogin(policy: Policy, alike: Alike, now: number): Facts | undefined {
  // Who never logged in is judged by the client most binding happens on: the first that can bind.
  const clientId =
    alike.client !== null && Object.hasOwn(policy.clients, alike.client) ? alike.client : firstBinder(policy);
  const client = policy.clients[clientId];
  if (client === undefined) return undefined;
  const version = clientId === alike.client ? (alike.version ?? '') : (client.minimumVersion ?? '');
  return {
    phase: phaseAt(policy.rollout, alike.cohort, now, alike.whose),
    bound: alike.bound,
    clientId,
    client,
    clientVersion: version,
    isTooOld: isTooOld(client, version),
    cohort: alike.cohort,
    purpose: 'login',
    verified: [],
  };
}

const firstBinder = (policy: Policy): string =>
  Object.entries(policy.clients).find(([, client]) => client.binds.length > 0)?.[0] ??
  Object.keys(policy.clients)[0] ??
  '';

/** What a login is told: let in, asked for one of these, led into binding one of these, or refused. */
export type Met =
  | { readonly kind: 'allow' }
  | { readonly kind: 'challenge' | 'enrol'; readonly types: readonly TypeName[] }
  | { readonly kind: 'refuse'; readonly why: RefuseWhy };

/** What such a login meets first. */
export function meets(policy: Policy, alike: Alike, now: number): Met {
  const facts = nextLogin(policy, alike, now);
  if (facts === undefined) return { kind: 'refuse', why: 'no-method' };
  const decision = decide(policy, facts);
  return decision.kind === 'challenge' || decision.kind === 'enrol'
    ? { kind: decision.kind, types: [...decision.types].sort() }
    : decision;
}
