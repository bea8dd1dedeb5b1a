// What a change must rest on: a recent login of the account on that client, or a step-up that is spent by the change.
import type { TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { decide } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { coolingOff, proofTimes, waitUntil } from './cooling.ts';
import { factsOf } from './facts.ts';
import { clientOf } from './open-challenge.ts';

/**
 * The writes that spend a step-up, or assume that the login still stands; or what is missing. A login that is named is the only one that counts;
 * without a name any fresh one of the account on that client does, also one that somebody else sits at.
 */
export async function proofOf(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  wanted: {
    readonly by: 'login' | 'step-up';
    readonly clientId: string;
    /** The API key that asks: a login that is named must have been made with it. */
    readonly keyId: string;
    readonly login?: string | undefined;
    /** What that login's session has verified since, where it has one. */
    readonly verified?: readonly TypeName[] | undefined;
    readonly proof?: string | undefined;
    readonly purpose: 'unbind' | 'change';
    /** The authenticator that is changed: a step-up for another proves nothing of it. */
    readonly target?: string | undefined;
  },
): Promise<{ readonly kind: 'proven'; readonly writes: readonly Write[] } | Refusal> {
  const { account, now } = snapshot;
  if (wanted.by === 'step-up') {
    if (wanted.proof === undefined) return refuse('proof-required', { purpose: wanted.purpose });
    const held = await ports.store.challenge(account.tenantId, wanted.proof, false);
    const fits =
      held !== undefined &&
      held.account.id === account.id &&
      held.challenge.status === 'satisfied' &&
      held.challenge.purpose === wanted.purpose &&
      (held.challenge.target === null || held.challenge.target === wanted.target) &&
      (wanted.clientId === '' || held.challenge.clientId === wanted.clientId);
    if (!fits) return refuse('proof-required', { purpose: wanted.purpose });
    const { from, until } = proofTimes(policy, snapshot, clientOf(policy, held.challenge), held.challenge);
    if (until < now) return refuse('proof-required', { purpose: wanted.purpose });
    if (from > now) return waitUntil(policy, from, now);
    const notBefore = held.challenge.createdAt - (until - now);
    const tooNew = coolingOff(ports, policy, snapshot, held.challenge.verified);
    if (tooNew !== undefined) return tooNew;
    return {
      kind: 'proven',
      writes: [{ op: 'use-proof', id: wanted.proof, accountId: account.id, purpose: wanted.purpose, notBefore }],
    };
  }
  const notBefore = now - policy.times.freshLoginSeconds * 1000;
  if (wanted.login !== undefined) {
    const held = await ports.store.challenge(account.tenantId, wanted.login, false);
    const fits =
      held !== undefined &&
      held.account.id === account.id &&
      held.challenge.status === 'satisfied' &&
      held.challenge.purpose === 'login' &&
      (wanted.clientId === '' || held.challenge.clientId === wanted.clientId) &&
      held.challenge.keyId === wanted.keyId &&
      held.challenge.createdAt >= notBefore &&
      stillEnough(policy, snapshot, held.challenge, wanted.verified) &&
      !isByBypass(wanted.verified ?? held.challenge.verified);
    return fits ? proven(held.challenge) : refuse('login-required');
  }
  const login = await ports.store.freshLogin(account.id, wanted.clientId, notBefore);
  return login !== undefined && stillEnough(policy, snapshot, login) && !isByBypass(login.verified)
    ? proven(login)
    : refuse('login-required');

  function proven(by: Challenge): { readonly kind: 'proven'; readonly writes: readonly Write[] } | Refusal {
    const verified = wanted.verified ?? by.verified;
    const tooNew = coolingOff(ports, policy, snapshot, verified);
    // What does not follow a contact may be enough by itself.
    const strong = verified.filter((type) => ports.types[type].bind !== undefined);
    const isStrong = strong.length > 0 && stillEnough(policy, snapshot, by, strong);
    // Ended between this look and the commit, it proves nothing any more.
    return tooNew === undefined || isStrong
      ? { kind: 'proven', writes: [{ op: 'expect-satisfied', id: by.id }] }
      : tooNew;
  }
}

/** A login that rests on an operator's code alone lets in, and changes nothing: whoever talked an operator into one keeps nothing of it. */
const isByBypass = (verified: readonly TypeName[]): boolean =>
  verified.includes('bypass-code') && verified.every((type) => type === 'bypass-code');

/**
 * Whether a login, begun today with what it verified then, would be let in as the account is now: one by password alone from before a binding
 * proves nothing about the account that has one (ENR-09).
 */
function stillEnough(
  policy: Policy,
  snapshot: AccountSnapshot,
  login: Challenge,
  verified: readonly TypeName[] = login.verified,
): boolean {
  const known = clientOf(policy, login);
  return known !== undefined && decide(policy, factsOf(policy, snapshot, known, 'login', verified)).kind === 'allow';
}
