// Bulk work as it is read, and who works on it.
import type { BulkJob, BulkRow, Counts, RowInput, RowStatus } from './bulk.ts';

export interface BulkStore {
  /** Newest first, those before `before` (an id). */
  list(tenantId: string, before: string | undefined, limit: number): Promise<readonly BulkJob[]>;
  /** Those that wait for a second operator. */
  asked(tenantId: string, limit: number): Promise<readonly BulkJob[]>;
  get(tenantId: string, id: string): Promise<BulkJob | undefined>;
  counts(id: string): Promise<Counts>;
  /** Rows of the jobs that an operator began alone after `since` (ms). */
  rowsAlone(tenantId: string, operator: string, since: number): Promise<number>;
  /** Rows after a line, of one status or all. */
  rows(id: string, status: RowStatus | undefined, after: number, limit: number): Promise<readonly BulkRow[]>;
  /** Waiting rows with what they ask for, in order. */
  waiting(id: string, limit: number): Promise<readonly { readonly line: number; readonly input: RowInput }[]>;
  /** Whether a row still waits, of a job that runs. */
  isOpen(id: string, line: number): Promise<boolean>;
  /** Jobs that run. */
  running(): Promise<readonly BulkJob[]>;
  /** Takes a job for `seconds`: true when no other node holds it. A node that dies lets go by time. */
  hold(id: string, node: string, seconds: number): Promise<boolean>;
}
