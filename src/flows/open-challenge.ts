// What an open challenge asks at this instant, by the policy in force now and not when it began; or why it can be answered no longer.
import type { TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { type Decision, decide, isTooOld } from '../core/policy/decide.ts';
import type { Facts } from '../core/policy/facts.ts';
import type { Policy, RegisteredClient } from '../core/policy/policy.ts';
import type { ChallengeSnapshot } from '../core/store.ts';
import type { KnownClient } from './client.ts';
import { factsOf, refusalOf } from './facts.ts';

/** The registered client a challenge began on; undefined when the policy registers it no longer. */
export function clientOf(policy: Policy, challenge: Challenge): KnownClient | undefined {
  const { clientId: id, clientVersion: version } = challenge;
  const client = Object.hasOwn(policy.clients, id) ? policy.clients[id] : undefined;
  return client === undefined ? undefined : { kind: 'known', id, version, client, isTooOld: isTooOld(client, version) };
}

interface Open {
  readonly kind: 'open';
  readonly facts: Facts;
  readonly decision: Exclude<Decision, { kind: 'refuse' }>;
  readonly client: RegisteredClient;
  readonly known: KnownClient;
}

function opened(policy: Policy, snapshot: ChallengeSnapshot): Open | Refusal {
  const { challenge, account, now } = snapshot;
  if (challenge.status !== 'pending') return refuse('closed');
  if (challenge.expiresAt <= now) return refuse('expired');
  if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
  const known = clientOf(policy, challenge);
  if (known === undefined) return refuse('closed');
  const facts = factsOf(policy, snapshot, known, challenge.purpose, challenge.verified);
  const decision = decide(policy, facts);
  if (decision.kind === 'refuse') return refusalOf(policy, decision.why, known);
  return { kind: 'open', facts, decision, client: known.client, known };
}

export interface Asked {
  readonly kind: 'asked';
  readonly decision: Extract<Decision, { kind: 'challenge' }>;
  readonly facts: Facts;
  readonly known: KnownClient;
}

/** The methods it asks for an output of. */
export function askedOf(policy: Policy, snapshot: ChallengeSnapshot): Asked | Refusal {
  const open = opened(policy, snapshot);
  if (open.kind === 'refused') return open;
  const { decision, facts, known } = open;
  if (decision.kind === 'enrol') return refuse('method-not-offered', { offered: [] });
  // The policy now lets this account in without a step: the login has to begin again under it.
  if (decision.kind === 'allow') return refuse('closed');
  return { kind: 'asked', decision, facts, known };
}

/** What it asks to be bound. Confirming asks again (ENR-15). */
export function enrolmentOf(
  policy: Policy,
  snapshot: ChallengeSnapshot,
):
  | {
      readonly kind: 'enrol';
      readonly types: readonly TypeName[];
      readonly client: RegisteredClient;
      readonly facts: Facts;
    }
  | Refusal {
  const open = opened(policy, snapshot);
  if (open.kind === 'refused') return open;
  if (open.decision.kind !== 'enrol') return refuse('binding-not-allowed');
  return { kind: 'enrol', types: open.decision.types, client: open.client, facts: open.facts };
}
