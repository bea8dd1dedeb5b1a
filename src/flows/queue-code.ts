// A code is made, kept as a tag and queued in one commit: for a login or for the binding of an address, by any channel, within that channel's
// resend limits and spend caps (SMS-02). A new code takes the place of the old; what was guessed so far keeps counting (BF-04).
import type { TypeName } from '../core/authenticator/type.ts';
import type { Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import type { Locale } from '../core/locale.ts';
import { type CodeAbout, codeMail, codeText } from '../core/outbox/code-words.ts';
import type { Message } from '../core/outbox/message.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { hintOf } from './facts.ts';

export interface CodeSent {
  readonly kind: 'sent';
  readonly sentTo: string;
  readonly expiresAt: number;
  readonly resendAt: number;
}

/** Where a code goes, and what it is for. */
export interface CodeWanted {
  readonly id: string;
  readonly type: TypeName;
  /** The address it is sent to. */
  readonly params: string;
  readonly secret: () => Uint8Array;
  /** The challenge or binding it is good for. */
  readonly context: string;
  /** Codes sent for that so far. */
  readonly count: number;
  readonly about: CodeAbout;
  readonly locale: Locale;
  /** It lasts no longer than what it is for. */
  readonly notAfter: number;
  readonly actor: string;
}

const HOUR = 3600_000;

/** The writes that send a code and what to tell of it; or why none may be sent now. Wake the outbox when they are committed. */
export async function queueCode(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  wanted: CodeWanted,
): Promise<{ readonly kind: 'queued'; readonly writes: readonly Write[]; readonly sent: CodeSent } | Refusal> {
  const { account, now } = snapshot;
  const send = ports.types[wanted.type].send;
  if (send === undefined) return refuse('not-sendable');
  const { channel } = send;
  // What nobody will send is not told to have been sent.
  if (!(await ports.sends(channel))) return refuse('channel-missing', { channel, contact: policy.contact });
  const limits = policy[channel];
  const so = await ports.store.codesSent(account.tenantId, account.id, channel, now - HOUR, now - 24 * HOUR);
  const resendAt = (so.lastAt ?? 0) + limits.resendSeconds * 1000;
  if (resendAt > now) return refuse('resend-too-soon', { retryAfter: Math.ceil((resendAt - now) / 1000) });
  if (so.account >= limits.perAccountPerHour || so.tenant >= limits.perTenantPerDay)
    return refuse('sending-paused', { retryAfter: 3600 });

  const { code, tag } = send.code(ports.random, wanted.secret(), wanted.context);
  const expiresAt = Math.min(now + limits.codeSeconds * 1000, wanted.notAfter);
  const addressed = {
    id: makeId('msg', now, ports.random(18)),
    tenantId: account.tenantId,
    accountId: account.id,
    to: wanted.params,
    purpose: 'code',
    expiresAt,
  } as const;
  const seconds = (expiresAt - now) / 1000;
  const { locale, about } = wanted;
  const message: Message =
    channel === 'sms'
      ? { ...addressed, channel, text: codeText(locale, policy.smsSignature[locale], code, seconds, about) }
      : { ...addressed, channel, ...codeMail(locale, policy.issuer, account.account, about, code, seconds) };
  const sentTo = hintOf({ type: wanted.type, params: wanted.params, label: null });
  return {
    kind: 'queued',
    sent: { kind: 'sent', sentTo, expiresAt, resendAt: now + limits.resendSeconds * 1000 },
    writes: [
      {
        op: 'put-sent-code',
        challengeId: wanted.context,
        authenticatorId: wanted.id,
        tag,
        expiresAt,
        count: wanted.count,
      },
      { op: 'expect-codes-sent', accountId: account.id, channel, since: now - HOUR, count: so.account },
      {
        op: 'expect-spend-below',
        tenantId: account.tenantId,
        channel,
        since: now - 24 * HOUR,
        below: limits.perTenantPerDay,
      },
      { op: 'enqueue', message },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'code.sent',
          actor: wanted.actor,
          data: { login: wanted.context, authenticator: wanted.id, to: sentTo },
        },
      },
    ],
  };
}
