// Asks the account's phones without a QR. The page shows a number that must be typed on the phone, so that nobody approves by habit a login they do
// not see (SCN-06). Three unanswered in an hour and there are no more for that hour, and the owner is told (SCN-11).
import {
  type Approval,
  blockedScope,
  MOST_PUSHES,
  MUTE_MS,
  PUSH_WINDOW_MS,
  WRONG_NUMBERS,
  wrongNumberScope,
} from '../../core/approval/approval.ts';
import { CONFLICT, type Conflict, guarded, type Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { ChallengeSnapshot } from '../../core/store.ts';
import { noticesOf } from '../notices.ts';
import { askedOf } from '../open-challenge.ts';
import { tenantOf } from '../tenant.ts';
import { ablePhones, approving } from './phones.ts';
import { remindWechat } from './remind-wechat.ts';
import { wakePhones } from './wake-phones.ts';

export interface PushOpened {
  readonly kind: 'push';
  readonly id: string;
  /** Shown on the page, typed on the phone. */
  readonly number: string;
  /** The names of the phones that are asked. */
  readonly sentTo: readonly string[];
  readonly expiresAt: number;
}

/** Asks one phone of the account (by its authenticator), or all. */
export async function openPush(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly authenticator?: string | undefined },
): Promise<PushOpened | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(caller.tenantId, input.id, thorough);
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot === undefined) return refuse('not-found');
    const asked = askedOf(policy, snapshot);
    if (asked.kind === 'refused') return asked;
    const { types } = asked.decision;
    const by = approving(ports, types);
    if (by.length === 0 || !policy.approvals.push) return refuse('method-not-offered', { offered: types });
    const { account, challenge, now } = snapshot;
    const phones = ablePhones(policy, snapshot, await ports.enrolment.of(account.id), by);
    if ('kind' in phones) return phones;
    const meant = phones.filter((p) => input.authenticator === undefined || p.authenticator.id === input.authenticator);
    if (meant.length === 0) return refuse('method-not-offered', { offered: types });

    const { failures: wrong } = await ports.store.failures(wrongNumberScope(account.id));
    const muted = wrong.count >= WRONG_NUMBERS ? wrong.lastAt + MUTE_MS : 0;
    if (muted > now) return refuse('push-paused', { retryAfter: Math.ceil((muted - now) / 1000) });
    const since = now - PUSH_WINDOW_MS;
    const { pushes, firstAt } = await ports.approvals.counts(challenge.id, account.id, since);
    if (pushes >= MOST_PUSHES) return blocked(ports, policy, snapshot, caller, (firstAt ?? now) + PUSH_WINDOW_MS);

    const [one] = meant;
    const approval: Approval = {
      id: makeId('apv', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      challengeId: challenge.id,
      kind: 'push',
      status: 'waiting',
      number: digits(ports, policy.approvals.numberDigits),
      phoneId: meant.length === 1 && one !== undefined ? one.phone.id : null,
      trust: false,
      alerted: false,
      createdAt: now,
      claimUntil: now,
      expiresAt: Math.min(now + policy.approvals.pushSeconds * 1000, challenge.expiresAt),
      decidedAt: null,
    };
    const asks = meant.map((p) => p.phone.id);
    const wakes = [
      ...(await wakePhones(ports, policy, snapshot, approval, asks)),
      ...(await remindWechat(ports, policy, snapshot, approval, asks)),
    ];
    const written = await ports.store.commit(account.id, [
      ...wakes,
      { op: 'close-approvals', challengeId: challenge.id, except: '' },
      {
        op: 'insert-approval',
        approval,
        tokenHash: null,
        verified: challenge.verified.join(' '),
        since,
        pushes,
      },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'approval.asked',
          actor: caller.actor,
          data: { login: challenge.id, approval: approval.id, phones: meant.length },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('account', account.id);
    if (wakes.length > 0) ports.wake('outbox', account.tenantId);
    return {
      kind: 'push',
      id: approval.id,
      number: approval.number ?? '',
      sentTo: meant.map((p) => p.phone.name),
      expiresAt: approval.expiresAt,
    };
  });
}

/** Too many: the owner is told, once an hour. */
async function blocked(
  ports: Ports,
  policy: Policy,
  snapshot: ChallengeSnapshot,
  caller: Caller,
  until: number,
): Promise<Refusal | Conflict> {
  const { account, challenge, now } = snapshot;
  const scope = blockedScope(account.id);
  const { failures: told } = await ports.store.failures(scope);
  const refusal = refuse('push-paused', { retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) });
  if (told.count > 0 && told.lastAt > now - PUSH_WINDOW_MS) return refusal;
  const writes: Write[] = [
    ...(told.count > 0 ? [{ op: 'clear-failures', scope, count: told.count } as const] : []),
    { op: 'count-failure', scope, n: 1 },
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: 'approval.blocked',
        actor: caller.actor,
        data: { login: challenge.id },
      },
    },
    ...noticesOf(ports, policy, snapshot, 'pushes-blocked'),
  ];
  const written = await ports.store.commit(account.id, writes);
  if (written.kind === 'conflict') return CONFLICT;
  ports.wake('outbox', account.tenantId);
  return refusal;
}

/** Uniform digits: bytes of 250 and above are thrown away. */
function digits(ports: Ports, count: number): string {
  let text = '';
  while (text.length < count)
    for (const byte of ports.random(count * 2)) if (byte < 250 && text.length < count) text += String(byte % 10);
  return text;
}
