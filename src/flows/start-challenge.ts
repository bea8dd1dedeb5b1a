// A step-up before a change: asked by the same policy, verified like a login, spent once as proof.
import { canonicalAccount } from '../core/account/account.ts';
import type { Challenge, Purpose } from '../core/challenge/challenge.ts';
import { CONFLICT, guarded } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { decide } from '../core/policy/decide.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { Along } from './along.ts';
import { type ClaimedClient, knowClient } from './client.ts';
import { deviceRefusal } from './device-seen.ts';
import { active, factsKept, factsOf, refusalOf } from './facts.ts';
import { type LoginView, viewLogin } from './login-view.ts';
import { stoppedEverywhere } from './stopped.ts';
import { tenantOf } from './tenant.ts';

/** Starts a challenge for a change of the account. A step-up is never allowed without a step. `along` goes into the same commit. */
export async function startChallenge(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly purpose: Exclude<Purpose, 'login'>;
    readonly client: ClaimedClient;
    /** The authenticator it is for: the proof then serves no other. */
    readonly authenticator?: string | undefined;
  },
  along?: Along,
): Promise<LoginView | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy, policyVersion } = await tenantOf(ports, caller, snapshot);
    const { account, now } = snapshot;
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const known = knowClient(policy, caller, input.client);
    if (known.kind === 'refused') return known;
    const device = await deviceRefusal(ports, policy, account.id, known.client, input.client.deviceId);
    if (device !== undefined) return device;
    if (input.authenticator !== undefined && !active(snapshot).some((a) => a.id === input.authenticator))
      return refuse('not-found');
    const facts = factsOf(policy, snapshot, known, input.purpose, []);
    const decision = decide(policy, facts);
    if (decision.kind === 'refuse') return refusalOf(policy, decision.why, known);
    if (decision.kind !== 'challenge') return refuse('no-method', { contact: policy.contact });
    const stopped = stoppedEverywhere(policy, snapshot, decision);
    if (stopped !== undefined) return stopped;
    const challenge: Challenge = {
      id: makeId('lgn', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      purpose: input.purpose,
      target: input.authenticator ?? null,
      clientId: known.id,
      clientVersion: known.version,
      deviceId: input.client.deviceId ?? null,
      deviceName: input.client.name ?? null,
      ip: input.client.ip ?? null,
      userAgent: input.client.userAgent ?? null,
      keyId: caller.keyId,
      locale: account.locale,
      status: 'pending',
      verified: [],
      createdAt: now,
      expiresAt: now + policy.times.loginSeconds * 1000,
    };
    const event = {
      tenantId: account.tenantId,
      accountId: account.id,
      event: 'challenge.started',
      actor: caller.actor,
      data: {
        login: challenge.id,
        purpose: input.purpose,
        client: known.id,
        version: known.version,
        ...factsKept(facts, policyVersion),
      },
    } as const;
    const written = await ports.store.commit(account.id, [
      { op: 'insert-challenge', challenge },
      ...(along?.writes(challenge, now) ?? []),
      { op: 'audit', event },
    ]);
    return written.kind === 'done' ? viewLogin(ports, policy, { ...snapshot, challenge, withdrawn: 0 }) : CONFLICT;
  });
}
