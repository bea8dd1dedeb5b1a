// Bulk work: one kind of act on many accounts, row by row (OP-1.4). A row is done in the commit of its act, so a kill does none twice and forgets none.
//
//   draft ──start──▶ asked ──another operator──▶ running ⇄ paused ──▶ done
//                └──(few rows)────────────────▶ running
//   whatever is not done ──stop──▶ stopped
import type { RiskFlag } from '../operator/actions.ts';
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

export const CHANGE_FIELDS = ['name', 'phone', 'email', 'cohort', 'locale'] as const;
export type ChangeField = (typeof CHANGE_FIELDS)[number];

export interface FieldChange {
  readonly field: ChangeField;
  /** Null: nothing was, or nothing will be. */
  readonly from: string | null;
  readonly to: string | null;
}
export interface RowChange {
  /** There is no such account yet. */
  readonly isNew: boolean;
  readonly fields: readonly FieldChange[];
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
  /** What it changes, as it was when the row was checked; null for what is no import, or was refused then. */
  readonly change: RowChange | null;
  /** What spoke for a second look then. */
  readonly flags: readonly RiskFlag[];
}

/** A row that is to be done. */
export interface WaitingRow {
  readonly line: number;
  readonly input: RowInput;
  /** What whoever let it begin was shown. */
  readonly change: RowChange | null;
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
