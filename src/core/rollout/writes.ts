// Guarded writes of the rollout (core/commit.ts).
import type { Cutover } from './cutover.ts';

export type RolloutWrite =
  /** Notes a reminder to an account, assuming that none went out since `notSince` (ms): one campaign never tells anybody twice. */
  | { readonly op: 'note-reminder'; readonly tenantId: string; readonly accountId: string; readonly notSince: number }
  /** Begins a cut-over, assuming that none is open for the same accounts. */
  | { readonly op: 'insert-cutover'; readonly cutover: Cutover }
  /** Moves a cut-over on, assuming that nobody else did. A new stage begins to be watched now. */
  | {
      readonly op: 'move-cutover';
      readonly id: string;
      readonly revision: number;
      readonly status: Cutover['status'];
      readonly pausedWhy: Cutover['pausedWhy'];
      readonly stage: number;
      readonly isNewStage: boolean;
      readonly isEnd: boolean;
      readonly approvedBy: string | null;
    }
  /** A wave of reminders, for the cockpit's line. */
  | {
      readonly op: 'note-campaign';
      readonly id: string;
      readonly tenantId: string;
      readonly cohort: string | null;
      readonly reminded: number;
      readonly reason: string;
      readonly actor: string;
    }
  /** Writes the rule of a cohort, assuming the one it was made from (0: that there is none). Nothing it counted counts any more. */
  | {
      readonly op: 'save-cohort';
      readonly tenantId: string;
      readonly name: string;
      readonly rule: string;
      readonly actor: string;
      readonly revision: number;
    }
  /** Begins a run from the first account, assuming that the rule is the same. */
  | {
      readonly op: 'run-cohort';
      readonly tenantId: string;
      readonly name: string;
      readonly revision: number;
      readonly run: 'counting' | 'applying';
    }
  | { readonly op: 'drop-cohort'; readonly tenantId: string; readonly name: string; readonly revision: number }
  | { readonly op: 'drop-listed'; readonly tenantId: string; readonly name: string }
  | { readonly op: 'list-account'; readonly tenantId: string; readonly name: string; readonly canonical: string };
