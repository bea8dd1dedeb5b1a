// The read side of approvals. What is decided from it is guarded by the writes.
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
