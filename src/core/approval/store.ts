// The read side of approvals. What is decided from it is guarded by the writes.
import type { Subscription } from '../outbox/message.ts';
import type { Approval } from './approval.ts';

export interface ApprovalStore {
  /** The scan whose QR holds the token with this hash. */
  byToken(tokenHash: string): Promise<Approval | undefined>;
  byId(id: string): Promise<Approval | undefined>;
  /** The one that matters for a challenge: decided or claimed before newer ones that wait. */
  ofChallenge(challengeId: string): Promise<Approval | undefined>;
  /** Pushes of the account that still wait, newest first, whatever became of their challenge. */
  waiting(accountId: string): Promise<readonly Approval[]>;
  /** How many scans a challenge has had, how many pushes the account has had since that were not approved, and when the first of them was. */
  counts(
    challengeId: string,
    accountId: string,
    since: number,
  ): Promise<{ readonly scans: number; readonly pushes: number; readonly firstAt: number | null }>;
}

/** Where phones are woken, and the key pair push services know us by. */
export interface PushStore {
  /** The house's own pair, base64url; made on first use. */
  keys(): Promise<{ readonly publicKey: string; readonly privateKey: string }>;
  /** The subscriptions of an account's phones, by phone. */
  of(accountId: string): Promise<ReadonlyMap<string, Subscription>>;
  /** Forgets one that is over. */
  drop(phoneId: string): Promise<void>;
}
