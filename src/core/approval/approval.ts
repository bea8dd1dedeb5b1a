// An approval asks the owner of an account, on one of their phones, whether an open challenge is theirs. A scan carries the secret in its QR; a push
// needs a number that only the page shows (NIST SP 800-63B-4 §3.1.3.2: what is only confirmed by a button defeats nobody).
//
//   scan  waiting ──claimed by the owner's phone──▶ claimed ──▶ approved | denied          push  waiting ──▶ approved | denied
//   any of them is over when its time is, when its challenge is no longer open, or when a newer one of its challenge was claimed (closed)
import type { Challenge } from '../challenge/challenge.ts';

export type ApprovalKind = 'scan' | 'push';
export type ApprovalStatus = 'waiting' | 'claimed' | 'approved' | 'denied' | 'closed';

export interface Approval {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly challengeId: string;
  readonly kind: ApprovalKind;
  readonly status: ApprovalStatus;
  /** What a person must type for a push; null for a scan. */
  readonly number: string | null;
  /** The phone that claimed it; for a push that was meant for one phone, that phone. */
  readonly phoneId: string | null;
  /** Its owner said that the browser may be trusted. */
  readonly trust: boolean;
  /** Someone else's phone scanned it, and its owner was told. */
  readonly alerted: boolean;
  readonly createdAt: number;
  /** Until then a scan may be claimed: the QR on the page has been replaced by then. */
  readonly claimUntil: number;
  /** No answer counts from then on. */
  readonly expiresAt: number;
  readonly decidedAt: number | null;
}

/** How long a QR is shown before the page replaces it, and how long it may still be claimed: the time a camera and a network take. */
export const QR_SECONDS = 60;
export const QR_GRACE_SECONDS = 10;
/** No answer to a scan counts later than this after it was made, whatever its challenge allows (SCN-01). */
export const SCAN_SECONDS = 600;
/** QRs one challenge may have: ten minutes of them, and as many again for an impatient person. */
export const MOST_SCANS = 20;
/** Pushes within an hour that were not approved: from then on there are none until the hour is over (SCN-11). */
export const MOST_PUSHES = 3;
export const PUSH_WINDOW_MS = 3600_000;
/** Wrong numbers in a row after which nobody is asked for a while (SCN-06). */
export const WRONG_NUMBERS = 3;
export const MUTE_MS = 15 * 60_000;

/** The scopes that count, per account. */
export const wrongNumberScope = (accountId: string): string => `push:${accountId}`;
export const blockedScope = (accountId: string): string => `pushes:${accountId}`;

/** Whether it can still be answered, as far as it alone can tell. */
export const isOpen = (approval: Approval, now: number): boolean =>
  (approval.status === 'waiting' || approval.status === 'claimed') &&
  (approval.status === 'claimed' || approval.kind === 'push' || approval.claimUntil > now) &&
  approval.expiresAt > now;

/** What a page is told of the newest approval of its challenge. */
export function stateOf(approval: Approval, now: number): 'waiting' | 'claimed' | 'approved' | 'denied' | 'expired' {
  const { status } = approval;
  if (status === 'approved' || status === 'denied') return status;
  return status !== 'closed' && isOpen(approval, now) ? status : 'expired';
}

/** What has changed when this text has: enough for whoever waits to look again. */
export const mark = (challenge: Pick<Challenge, 'status' | 'verified'>, approval: Approval | undefined): string =>
  `${challenge.status} ${challenge.verified.join(' ')} ${approval === undefined ? '' : `${approval.id} ${approval.status}`}`;
