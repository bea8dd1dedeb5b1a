// A phone number that was just changed may belong to whoever changed it: for a while it lets in, but changes no methods (REB-06).
import type { TypeName } from '../core/authenticator/type.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { active } from './facts.ts';

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
    if (!verified.includes(a.type) || ports.types[a.type].bind !== undefined) continue;
    const boundAt = a.boundAt ?? a.createdAt;
    if (boundAt > account.createdAt) until = Math.max(until, boundAt + policy.times.contactCoolingSeconds * 1000);
  }
  return until > now ? waitUntil(policy, until, now) : undefined;
}

/** The refusal that names an instant from which on the change may be made. */
export const waitUntil = (policy: Policy, until: number, now: number): Refusal =>
  refuse('cooling-off', {
    until: new Date(until).toISOString(),
    hours: Math.ceil((until - now) / 3600_000),
    contact: policy.contact,
  });
