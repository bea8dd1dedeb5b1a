// A browser that its person trusts: known by a key it cannot give away and a token that changes with each use. It stands in for the second step of a
// login where the policy says so, and never for anything else (TD-01 … TD-08).
import type { TrustPolicy } from '../portal/portal.ts';

export interface TrustedDevice {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  /** SPKI of its ECDSA P-256 key, base64url. */
  readonly key: string;
  /** SHA-256 of its token, and of the one before. */
  readonly hash: string;
  readonly hashBefore: string | null;
  readonly name: string;
  readonly ip: string | null;
  /** The session that trusted it. */
  readonly sessionId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

/** What a browser sends to be known again. */
export interface TrustProof {
  readonly id: string;
  readonly token: string;
  readonly nonce: string;
  readonly signature: string;
}

export interface TrustStore {
  /** The device of that id, also when it is over; undefined when there is none. */
  get(id: string): Promise<TrustedDevice | undefined>;
  /** Those in force of an account, newest first. */
  list(accountId: string): Promise<readonly TrustedDevice[]>;
}

/** Numbers of ours that a browser signs: fresh for minutes, and of one tenant. */
export interface Nonces {
  make(tenantId: string, now: number): string;
  isFresh(tenantId: string, nonce: string, now: number): boolean;
}

/** What the key signs. `account` is what is typed at the login. */
export const trustText = (nonce: string, account: string): string => `hufu/trust/v1\n${nonce}\n${account}`;

const DAY = 24 * 3600_000;
/** Two tabs may use one token at the same moment; the later one is asked for the second step, and nobody is accused. */
const SAME_MOMENT_MS = 60_000;

export type Judgement =
  | { readonly kind: 'trusted' }
  /** Somebody has one half without the other, or a half that is over: the device is not one browser any more. */
  | { readonly kind: 'stolen' }
  | { readonly kind: 'ignored'; readonly why: 'unknown' | 'another' | 'over' | 'stale' | 'same-moment' };

/**
 * What a proof is worth for an account. `isSigned`: the signature over a fresh nonce and the account is the device's. A token we know without the
 * key, and the key with a token that was used up, are both theft; what shows neither accuses nobody.
 */
export function judgeTrust(
  policy: TrustPolicy,
  device: TrustedDevice | undefined,
  at: { readonly tenantId: string; readonly accountId: string | undefined; readonly now: number },
  given: { readonly hash: string; readonly isFresh: boolean; readonly isSigned: boolean },
): Judgement {
  if (device === undefined) return { kind: 'ignored', why: 'unknown' };
  if (device.tenantId !== at.tenantId || device.accountId !== at.accountId) return { kind: 'ignored', why: 'another' };
  const isOver =
    device.revokedAt !== null ||
    device.expiresAt <= at.now ||
    device.createdAt + policy.days * DAY <= at.now ||
    !policy.enabled;
  if (isOver) return { kind: 'ignored', why: 'over' };
  if (!given.isFresh) return { kind: 'ignored', why: 'stale' };
  const isCurrent = given.hash === device.hash;
  if (isCurrent) return { kind: given.isSigned ? 'trusted' : 'stolen' };
  const isBefore = given.hash === device.hashBefore;
  if (isBefore && given.isSigned && at.now - device.lastUsedAt < SAME_MOMENT_MS)
    return { kind: 'ignored', why: 'same-moment' };
  return isBefore || given.isSigned ? { kind: 'stolen' } : { kind: 'ignored', why: 'unknown' };
}
