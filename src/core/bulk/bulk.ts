// Bulk work: one kind of act on many accounts, row by row (OP-1.4). A row is done in the commit of its act, so a kill does none twice and forgets none.
//
//   draft ──start──▶ asked ──another operator──▶ running ⇄ paused ──▶ done
//                └──(few rows)────────────────▶ running
//   whatever is not done ──stop──▶ stopped
import type { Actor } from '../operator/case.ts';

export const BULK_KINDS = ['import', 'register', 'unbind'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

export type BulkStatus = 'draft' | 'asked' | 'running' | 'paused' | 'done' | 'stopped';

export interface BulkJob {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: BulkKind;
  /** What it is called in lists. */
  readonly name: string;
  readonly reason: string;
  readonly status: BulkStatus;
  readonly requester: Actor;
  readonly approvedBy: string | null;
  readonly createdAt: number;
  /** Since when it waits, or waited, for a second operator. */
  readonly askedAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** A row that cannot be done says why: a problem's code, or what was wrong with the row itself. */
export type RowStatus = 'waiting' | 'done' | 'refused' | 'failed';

export interface BulkRow {
  /** The line of the file it came from. */
  readonly line: number;
  readonly account: string;
  readonly status: RowStatus;
  /** Why it was not done. */
  readonly code: string | null;
  readonly detail: string | null;
  readonly at: number | null;
}

/** What an import changes; the other kinds need the account alone. Passwords are not an operator's to choose. */
export interface RowInput {
  readonly account: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly cohort?: string | undefined;
  readonly locale?: string | undefined;
}

export type Counts = Readonly<Record<RowStatus, number>>;
