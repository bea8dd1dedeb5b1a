// What may be written of bulk work.
import type { RiskFlag } from '../operator/actions.ts';
import type { BulkJob, BulkStatus, RowChange, RowInput, RowStatus } from './bulk.ts';

export type BulkWrite =
  | { readonly op: 'insert-bulk'; readonly job: BulkJob }
  /** A row of a draft; the same line again changes nothing. Assumes that the job is a draft still. */
  | {
      readonly op: 'put-bulk-row';
      readonly jobId: string;
      readonly line: number;
      readonly input: RowInput;
      readonly canonical: string;
      readonly change: RowChange | null;
      readonly flags: readonly RiskFlag[];
      /** Why it cannot be done, where that is plain already. */
      readonly refused: { readonly code: string; readonly detail: string } | null;
    }
  /** Assumes the status it was in. */
  | {
      readonly op: 'move-bulk';
      readonly id: string;
      readonly tenantId: string;
      readonly from: BulkStatus;
      readonly to: BulkStatus;
      readonly approvedBy: string | null;
    }
  /** What came of a row; what it asked for is forgotten. Assumes that it waits and that the job runs. */
  | {
      readonly op: 'end-bulk-row';
      readonly jobId: string;
      readonly line: number;
      readonly status: RowStatus;
      readonly code: string | null;
      readonly detail: string | null;
    };
