// A cut-over: a cohort (or everybody in none with a phase of its own) moved to a phase in stages, watched, and undone when it goes wrong.
// Who is taken is policy (phase.ts: `stages`); this is the record of it, and when it pauses, goes on and may be rolled back (ES-6.1, ES-6.2).
import type { Actor } from '../operator/case.ts';
import type { Phase } from './phase.ts';

const HOUR = 3600_000;
/** How long after the last stage a cut-over can be rolled back, ms. */
export const ROLL_BACK_MS = 72 * HOUR;
export const USUAL_STAGES: readonly number[] = [1, 10, 50, 100];

/** Whether stages grow, and end with everybody. */
export const areStages = (stages: readonly number[]): boolean =>
  stages.at(-1) === 100 && stages.every((percent, n) => percent > (stages[n - 1] ?? 0));

/**
 * `asked`: it waits for a second operator, and nobody is taken. `running`: its share of accounts is taken. `paused`: the same, and no more are taken. `done`: all are, the phase itself was switched.
 * `rolled-back`: none are any more. `ended`: another switch or policy put an end to it.
 */
export type CutoverStatus = 'asked' | 'running' | 'paused' | 'done' | 'rolled-back' | 'ended';
export type PausedWhy = 'failures' | 'limit' | 'operator';

export interface Cutover {
  readonly id: string;
  readonly tenantId: string;
  /** null: everybody in no cohort with a phase of its own. */
  readonly cohort: string | null;
  readonly phase: Phase;
  /** What these accounts were in before: what a roll-back brings back. null: the cohort had no phase of its own. */
  readonly before: Phase | null;
  readonly status: CutoverStatus;
  readonly pausedWhy: PausedWhy | null;
  /** Percentages, each more than the one before, the last 100. */
  readonly stages: readonly number[];
  /** Which of them is in force, from 0. */
  readonly stage: number;
  /** Pauses when more than this share (0…1) of those who tried did not get in… */
  readonly threshold: number;
  /** …and they are at least so many. */
  readonly least: number;
  /** How long a stage is watched before the next may begin, minutes. */
  readonly stageMinutes: number;
  /** The next stage begins by itself. */
  readonly goesOn: boolean;
  /** The policy's limit was overridden, for the reason given. */
  readonly isOverridden: boolean;
  /** How many accounts it was to force when it was asked for, where they were beyond the limit. */
  readonly affected: number | null;
  readonly reason: string;
  readonly actor: string;
  /** Who asked for it: somebody else approves. */
  readonly requester: Actor;
  readonly approvedBy: string | null;
  readonly startedAt: number;
  readonly stageAt: number;
  readonly endedAt: number | null;
  readonly revision: number;
}

/** Accounts of a cut-over that tried to log in since its stage began, as of now. */
export interface Tally {
  readonly tried: number;
  readonly gotIn: number;
  /** Refused and not in since, or begun and not finished in the time a login has. */
  readonly failing: number;
}

export const percentOf = (cutover: Cutover): number => cutover.stages[cutover.stage] ?? 0;
export const isOpen = ({ status }: Cutover): boolean => status === 'running' || status === 'paused';

/** Failing ones among those of whom it is known; 0 while nobody tried. */
export const failureShare = ({ gotIn, failing }: Tally): number =>
  gotIn + failing === 0 ? 0 : failing / (gotIn + failing);

/** What the watch does next. */
export function verdict(cutover: Cutover, tally: Tally, now: number): 'pause' | 'go-on' | 'wait' {
  if (cutover.status !== 'running') return 'wait';
  if (tally.failing >= cutover.least && failureShare(tally) > cutover.threshold) return 'pause';
  const isWatched = now - cutover.stageAt >= cutover.stageMinutes * 60_000;
  const isLast = cutover.stage === cutover.stages.length - 1;
  // The last stage ends by itself: everybody is taken already.
  return isWatched && (isLast || cutover.goesOn) ? 'go-on' : 'wait';
}

/** Until when it can be rolled back (ms); null when it cannot any more. */
export function rollBackUntil(cutover: Cutover): number | null {
  if (isOpen(cutover)) return Number.POSITIVE_INFINITY;
  return cutover.status === 'done' && cutover.endedAt !== null ? cutover.endedAt + ROLL_BACK_MS : null;
}

/** What speaks for and against beginning, one row each; the page has the words. */
export interface Check {
  readonly id:
    | 'accounts'
    | 'limit'
    | 'switches'
    | 'adoption'
    | 'told'
    | 'clients'
    | 'shut-out'
    | 'recovery'
    | 'hotline'
    | 'exceptions'
    | 'channel';
  /** `stop`: it is not begun (`limit` can be overridden with a reason). */
  readonly level: 'ok' | 'warn' | 'stop';
  readonly count: number;
  readonly of: number;
}

/** What somebody must have seen to, and says so: nothing here can tell. */
export const PROMISES = ['hotline-staffed', 'roll-back-person', 'customers-told'] as const;
export type Promised = (typeof PROMISES)[number];
