// A QR for an open login or step-up. It holds a token of 130 random bits and nothing else; only the token's hash is kept. The page replaces it every
// minute, and one that is no longer shown can no longer be claimed (SCN-01).
import { type Approval, MOST_SCANS, QR_GRACE_SECONDS, QR_SECONDS, SCAN_SECONDS } from '../../core/approval/approval.ts';
import { CONFLICT, guarded } from '../../core/commit.ts';
import { canonicalTicket, ticketToken } from '../../core/enrolment/ticket-text.ts';
import { makeId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { askedOf } from '../open-challenge.ts';
import { tenantOf } from '../tenant.ts';
import { ablePhones, approving } from './phones.ts';

export interface ScanOpened {
  readonly kind: 'scan';
  readonly id: string;
  /** What the QR says; shown this once. */
  readonly url: string;
  /** When the page replaces it. */
  readonly refreshAt: number;
  readonly expiresAt: number;
}

/** What is kept of a scan's token; undefined for what cannot be one. */
export function scanHash(ports: Ports, typed: string): string | undefined {
  const token = canonicalTicket(typed, 'token');
  return token === undefined ? undefined : ports.crypto.hash(`hufu/scan/v1\0${token}`);
}

/** Opens a scan for a challenge that the account's app may answer. */
export async function openScan(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string },
): Promise<ScanOpened | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(caller.tenantId, input.id, thorough);
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot === undefined) return refuse('not-found');
    const asked = askedOf(policy, snapshot);
    if (asked.kind === 'refused') return asked;
    const { types } = asked.decision;
    const by = approving(ports, types);
    if (by.length === 0) return refuse('method-not-offered', { offered: types });
    const { account, challenge, now } = snapshot;
    const phones = ablePhones(policy, snapshot, await ports.enrolment.of(account.id), by);
    if ('kind' in phones) return phones;
    const { scans } = await ports.approvals.counts(challenge.id, account.id, now);
    if (scans >= MOST_SCANS) return refuse('throttled', { retryAfter: QR_SECONDS });
    const token = ticketToken(ports.random);
    const approval: Approval = {
      id: makeId('apv', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      challengeId: challenge.id,
      kind: 'scan',
      status: 'waiting',
      number: null,
      phoneId: null,
      trust: false,
      alerted: false,
      createdAt: now,
      claimUntil: now + (QR_SECONDS + QR_GRACE_SECONDS) * 1000,
      expiresAt: Math.min(now + SCAN_SECONDS * 1000, challenge.expiresAt),
      decidedAt: null,
    };
    const written = await ports.store.commit(account.id, [
      {
        op: 'insert-approval',
        approval,
        tokenHash: scanHash(ports, token) ?? '',
        verified: challenge.verified.join(' '),
        since: 0,
        pushes: 0,
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    return {
      kind: 'scan',
      id: approval.id,
      url: `${ports.baseUrl}/s/${token}`,
      refreshAt: Math.min(now + QR_SECONDS * 1000, approval.expiresAt),
      expiresAt: approval.expiresAt,
    };
  });
}
