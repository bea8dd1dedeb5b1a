// The shapes of bulk work's calls.
import type { z } from 'zod';
import type * as s from '../../../contract/schemas/bulk.ts';

export type BulkJob = z.output<typeof s.BulkJob>;
export type BulkJobs = z.output<typeof s.BulkJobs>;
export type BulkRows = z.output<typeof s.BulkRows>;
export type BulkRowSent = z.output<typeof s.PutBulkRows>['rows'][number];
export type BulkKind = BulkJob['kind'];

/** Whether anything was let begin; before, rows that cannot be done are no progress. */
export const isBegun = ({ status }: BulkJob): boolean => status !== 'draft' && status !== 'asked';

/** How many rows have come to their end, and how many there are. */
export const handled = ({ rows }: BulkJob): { readonly done: number; readonly all: number } => {
  const done = rows.done + rows.refused + rows.failed;
  return { done, all: done + rows.waiting };
};
