// Sends a code for an open challenge: through the outbox, within the resend limits and spend caps (SMS-02), to the number on file only.
// A new code takes the place of the old; what was guessed so far keeps counting (BF-04).
import { CONFLICT, guarded } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { codeText } from '../core/outbox/words.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import { active, hintOf } from './facts.ts';
import { askedOf } from './open-challenge.ts';
import { tenantOf } from './tenant.ts';
import { failuresOf, stopRefusal } from './try-output.ts';

export interface CodeSent {
  readonly kind: 'sent';
  readonly sentTo: string;
  readonly expiresAt: number;
  readonly resendAt: number;
}

const HOUR = 3600_000;

/** Sends a code to one of the login's authenticators that send (the first when none is named). */
export async function sendCode(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly authenticator?: string | undefined },
): Promise<CodeSent | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(caller.tenantId, input.id, thorough);
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot === undefined) return refuse('not-found');
    const asked = askedOf(policy, snapshot);
    if (asked.kind === 'refused') return asked;
    const { account, challenge, now } = snapshot;
    const named = active(snapshot).filter((a) =>
      input.authenticator === undefined ? ports.types[a.type].send !== undefined : a.id === input.authenticator,
    );
    const target = named.find((a) => asked.decision.types.includes(a.type));
    if (target === undefined) return refuse('method-not-offered', { offered: asked.decision.types });
    const send = ports.types[target.type].send;
    if (send === undefined) return refuse('not-sendable');
    const state = throttleState(failuresOf(policy, snapshot, target), policy.throttle, now);
    if (state.kind !== 'open') return stopRefusal(policy, snapshot, state);

    const { sms } = policy;
    const sent = await ports.store.codesSent(account.tenantId, account.id, now - HOUR, now - 24 * HOUR);
    const resendAt = (sent.lastAt ?? 0) + sms.resendSeconds * 1000;
    if (resendAt > now) return refuse('resend-too-soon', { retryAfter: Math.ceil((resendAt - now) / 1000) });
    if (sent.account >= sms.perAccountPerHour || sent.tenant >= sms.perTenantPerDay)
      return refuse('sending-paused', { retryAfter: 3600 });
    if (!ports.reaches(target.params, sms.countries))
      return refuse('method-not-offered', { offered: asked.decision.types.filter((t) => t !== 'sms') });

    const { code, tag } = send(ports.random, target.secret(), challenge.id);
    const expiresAt = Math.min(now + sms.codeSeconds * 1000, challenge.expiresAt);
    const written = await ports.store.commit(account.id, [
      {
        op: 'put-sent-code',
        challengeId: challenge.id,
        authenticatorId: target.id,
        tag,
        expiresAt,
        count: target.sent?.count ?? 0,
      },
      { op: 'expect-codes-sent', accountId: account.id, since: now - HOUR, count: sent.account },
      {
        op: 'enqueue',
        message: {
          id: makeId('msg', now, ports.random(18)),
          tenantId: account.tenantId,
          accountId: account.id,
          channel: 'sms',
          to: target.params,
          text: codeText(challenge.locale, policy.smsSignature[challenge.locale], code, (expiresAt - now) / 1000),
          purpose: 'code',
          expiresAt,
        },
      },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'code.sent',
          actor: caller.actor,
          data: { login: challenge.id, authenticator: target.id, to: hintOf(target) },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'sent', sentTo: hintOf(target), expiresAt, resendAt: now + sms.resendSeconds * 1000 };
  });
}
