// Bulk work as it is read, and who works on it.
import type { BulkJob, BulkRow, Counts, RowStatus, WaitingRow } from './bulk.ts';
import type { Mark, Marked } from './change.ts';

export interface RowsAsked {
  readonly status?: RowStatus | undefined;
  readonly mark?: Mark | undefined;
}

export interface BulkStore {
  /** Newest first, those before `before` (an id). */
  list(tenantId: string, before: string | undefined, limit: number): Promise<readonly BulkJob[]>;
  /** Those that wait for a second operator. */
  asked(tenantId: string, limit: number): Promise<readonly BulkJob[]>;
  get(tenantId: string, id: string): Promise<BulkJob | undefined>;
  counts(id: string): Promise<Counts>;
  /** How many rows have each mark, of those that could be done when they were checked. */
  marks(id: string): Promise<Marked>;
  /** The lines that name accounts (canonical) already, of rows that could be done. */
  linesOf(id: string, accounts: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Rows of the jobs that an operator began alone after `since` (ms). */
  rowsAlone(tenantId: string, operator: string, since: number): Promise<number>;
  /** Rows after a line; of one status, or with one mark, where that is named. */
  rows(id: string, of: RowsAsked, after: number, limit: number): Promise<readonly BulkRow[]>;
  /** Waiting rows with what they ask for, in order. */
  waiting(id: string, limit: number): Promise<readonly WaitingRow[]>;
  /** Whether a row still waits, of a job that runs. */
  isOpen(id: string, line: number): Promise<boolean>;
  /** Jobs that run. */
  running(): Promise<readonly BulkJob[]>;
  /** Takes a job for `seconds`: true when no other node holds it. A node that dies lets go by time. */
  hold(id: string, node: string, seconds: number): Promise<boolean>;
}
