// The guarded writes of approvals: each names what it assumes.
import type { Subscription } from '../outbox/message.ts';
import type { Approval, ApprovalStatus } from './approval.ts';

export type ApprovalWrite =
  /** Begins an approval; assumes how many pushes the account has had since, and that its challenge is open with these steps verified. */
  | {
      readonly op: 'insert-approval';
      readonly approval: Approval;
      readonly tokenHash: string | null;
      readonly verified: string;
      readonly since: number;
      readonly pushes: number;
    }
  /** The first phone of its owner takes a scan: assumes that none has, and that its QR is not stale. */
  | { readonly op: 'claim-approval'; readonly id: string; readonly accountId: string; readonly phoneId: string }
  /** Decides, once; assumes that it is as it was, is not over, and that the phone is still one of the account's. */
  | {
      readonly op: 'decide-approval';
      readonly id: string;
      readonly accountId: string;
      readonly phoneId: string;
      readonly from: ApprovalStatus;
      readonly to: 'approved' | 'denied';
      readonly trust: boolean;
      readonly signature: string;
    }
  /** Ends what else waits for the challenge. */
  | { readonly op: 'close-approvals'; readonly challengeId: string; readonly except: string }
  /** Notes that the owner was told of a stranger's scan; assumes that they were not. */
  | { readonly op: 'alert-approval'; readonly id: string }
  /** Where a phone is woken; takes the place of the one before. Assumes that the phone is in force. */
  | {
      readonly op: 'put-subscription';
      readonly tenantId: string;
      readonly accountId: string;
      readonly phoneId: string;
      readonly subscription: Subscription;
    }
  | { readonly op: 'drop-subscription'; readonly phoneId: string }
  /** Ends an open challenge because its owner said no; assumes the steps verified so far. */
  | { readonly op: 'refuse-challenge'; readonly id: string; readonly accountId: string; readonly from: string };
