// What a change of methods must wait for. A phone number that was just changed may belong to whoever changed it: for a while it lets in, but changes
// nothing (REB-06). A step-up by recovery waits too, so that the owner, who is told of it, can object (REB-01).
import { isBindable, type TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { isByRecovery } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import type { KnownClient } from './client.ts';
import { active, factsOf } from './facts.ts';

/** The refusal of a change that rests on what was `verified`, while a contact among it is too new; undefined when it may go on. */
export function coolingOff(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  verified: readonly TypeName[],
): Refusal | undefined {
  const { account, now } = snapshot;
  let until = 0;
  for (const a of active(snapshot)) {
    // What cannot be bound follows a contact of the account, and is bound anew with each change of it; the first is as old as the account.
    if (!verified.includes(a.type) || isBindable(ports.types[a.type])) continue;
    const boundAt = a.boundAt ?? a.createdAt;
    if (boundAt > account.createdAt) until = Math.max(until, boundAt + policy.times.contactCoolingSeconds * 1000);
  }
  return until > now ? waitUntil(policy, until, now) : undefined;
}

/** What a step-up by recovery still waits for, and from when on it would be too old (ms): a proof by other means waits for nothing. */
export function proofTimes(
  policy: Policy,
  snapshot: AccountSnapshot,
  known: KnownClient | undefined,
  proof: Challenge,
): { readonly from: number; readonly until: number } {
  const { recoveryCoolingSeconds, proofSeconds } = policy.times;
  const waits =
    known === undefined || isByRecovery(policy, factsOf(policy, snapshot, known, proof.purpose, proof.verified))
      ? recoveryCoolingSeconds
      : 0;
  return {
    from: proof.createdAt + waits * 1000,
    until: proof.createdAt + (waits + Math.max(proofSeconds, waits)) * 1000,
  };
}

/** The refusal that names an instant from which on the change may be made. */
export const waitUntil = (policy: Policy, until: number, now: number): Refusal =>
  refuse('cooling-off', {
    until: new Date(until).toISOString(),
    hours: Math.ceil((until - now) / 3600_000),
    contact: policy.contact,
  });
