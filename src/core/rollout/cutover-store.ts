// What is kept of cut-overs, as a port.
import type { Cutover, Tally } from './cutover.ts';

export interface FailingAccount {
  readonly id: string;
  readonly account: string;
  readonly name: string | null;
  readonly triedAt: number;
  /** Why it was refused; null when it was begun and not finished. */
  readonly why: string | null;
}

export interface CutoverStore {
  /** The tenant's cut-overs, newest first. */
  list(tenantId: string): Promise<readonly Cutover[]>;
  get(tenantId: string, id: string): Promise<Cutover | undefined>;
  /** Those running or paused, of every tenant. */
  open(): Promise<readonly Cutover[]>;
  /** Works through the audit log from where it stopped; resolves to how many events it looked at, at most `limit`. */
  follow(cutover: Cutover, isTaken: (account: Whose) => boolean, limit: number): Promise<number>;
  /** Who tried since the stage began; a login begun before `unfinished` (ms) and not ended is a failure. */
  tally(cutover: Cutover, unfinished: number): Promise<Tally>;
  failing(cutover: Cutover, unfinished: number, after: string, limit: number): Promise<readonly FailingAccount[]>;
  /** Accounts of a cohort, or of all, without a strong method that were reminded at least once. */
  told(tenantId: string, cohort: string | undefined): Promise<number>;
  /** Messages by SMS of the tenant in the last day: how many, and how many could not be sent. */
  smsHealth(tenantId: string): Promise<{ readonly sent: number; readonly failed: number }>;
}

/** An account an event is about. */
export interface Whose {
  readonly id: string;
  readonly account: string;
  readonly cohort: string | null;
}
