// The move from SMS to a stronger method, as data: a phase for the tenant, others for cohorts, switches planned for an instant, cut-overs that
// take a growing share, and accounts let off for a while. Nothing runs when a switch falls due: the phase is a function of the policy, the
// account and the time, so every node follows it at once (ES-6.1).
import { canonicalAccount } from '../account/account.ts';
import { isTaken } from './share.ts';

export const PHASES = ['sms-only', 'coexist', 'totp-only'] as const;
export type Phase = (typeof PHASES)[number];

export interface PlannedSwitch {
  /** RFC 3339 with a zone. */
  readonly at: string;
  readonly phase: Phase;
  readonly cohort?: string | undefined;
}

/** A cut-over under way: so many per cent of the accounts of a cohort (or of those in no cohort with a phase of its own) are in `phase` already. */
export interface StagedSwitch {
  /** The cut-over's id: also what decides who goes first. */
  readonly id: string;
  readonly phase: Phase;
  readonly percent: number;
  readonly cohort?: string | undefined;
}

export interface Rollout {
  readonly phase: Phase;
  readonly cohorts: Readonly<Record<string, Phase>>;
  readonly schedule: readonly PlannedSwitch[];
  readonly stages?: readonly StagedSwitch[] | undefined;
  /** Accounts (as they are spelt canonically) that stay in coexist until the instant, whatever was switched. */
  readonly exceptions?: Readonly<Record<string, string>> | undefined;
}

/** Whose phase is asked for. */
export interface Whose {
  readonly id: string;
  /** As shown, or in any other spelling of it. */
  readonly account: string;
}

/**
 * The phase an account of `cohort` is in at `now` (ms). A cohort's own phase outweighs the tenant's; a later switch outweighs an earlier; a
 * cut-over outweighs both for the accounts it has taken; an exception outweighs all. Without `whose`: of an account no cut-over has taken yet.
 */
export function phaseAt(rollout: Rollout, cohort: string | null, now: number, whose?: Whose): Phase {
  const { phase: base, stages } = basisAt(rollout, cohort, now);
  if (whose === undefined) return base;
  let phase = base;
  for (const stage of stages) if (isTaken(stage.id, stage.percent, whose.id)) phase = stage.phase;
  return phase === 'totp-only' && isLetOff(rollout, whose.account, now) ? 'coexist' : phase;
}

/** What a cohort's phase is made of at `now` (ms): the one of accounts no cut-over has taken, and the cut-overs that take some. */
export function basisAt(
  rollout: Rollout,
  cohort: string | null,
  now: number,
): { readonly phase: Phase; readonly stages: readonly StagedSwitch[] } {
  let general = rollout.phase;
  // Cohorts come from a parsed document: only its own keys count, never `constructor`.
  let own = cohort !== null && Object.hasOwn(rollout.cohorts, cohort) ? rollout.cohorts[cohort] : undefined;
  if (rollout.schedule.length > 0) {
    const due = rollout.schedule
      .filter((s) => Date.parse(s.at) <= now)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    for (const s of due) {
      if (s.cohort === undefined) general = s.phase;
      else if (s.cohort === cohort) own = s.phase;
    }
  }
  const stages = (rollout.stages ?? NO_STAGES).filter((stage) =>
    stage.cohort === undefined ? own === undefined : stage.cohort === cohort,
  );
  return { phase: own ?? general, stages };
}

const NO_STAGES: readonly StagedSwitch[] = [];

/** Whether the account is let off at `now`. */
export function isLetOff({ exceptions }: Rollout, account: string, now: number): boolean {
  if (exceptions === undefined) return false;
  const name = canonicalAccount(account);
  return Object.hasOwn(exceptions, name) && now < Date.parse(exceptions[name] ?? '');
}

/** The instants (ms) after `now` at which a planned switch may move an account of `cohort`, soonest first. */
export const switchesAfter = (rollout: Rollout, cohort: string | null, now: number): readonly number[] =>
  rollout.schedule
    .filter((s) => s.cohort === undefined || s.cohort === cohort)
    .map((s) => Date.parse(s.at))
    .filter((at) => at > now)
    .sort((a, b) => a - b);

/** The rollout with the switches that fell due folded into its phases. */
export function folded<R extends Rollout>(rollout: R, now: number): R {
  let phase = rollout.phase;
  const cohorts: Record<string, Phase> = { ...rollout.cohorts };
  const due = rollout.schedule
    .filter((s) => Date.parse(s.at) <= now)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const s of due) {
    if (s.cohort === undefined) phase = s.phase;
    else cohorts[s.cohort] = s.phase;
  }
  return { ...rollout, phase, cohorts, schedule: rollout.schedule.filter((s) => Date.parse(s.at) > now) };
}
