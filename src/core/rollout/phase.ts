// The move from SMS to a stronger method, as data: a phase for the tenant, others for cohorts, and switches planned for an instant.
// Nothing runs when a switch falls due: the phase is a function of the policy and the time, so every node follows it at once.

export const PHASES = ['sms-only', 'coexist', 'totp-only'] as const;
export type Phase = (typeof PHASES)[number];

export interface PlannedSwitch {
  /** RFC 3339 with a zone. */
  readonly at: string;
  readonly phase: Phase;
  readonly cohort?: string | undefined;
}

export interface Rollout {
  readonly phase: Phase;
  readonly cohorts: Readonly<Record<string, Phase>>;
  readonly schedule: readonly PlannedSwitch[];
}

/** The phase an account of `cohort` is in at `now` (ms). A cohort's own phase outweighs the tenant's; a later switch outweighs an earlier. */
export function phaseAt(rollout: Rollout, cohort: string | null, now: number): Phase {
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
  return own ?? general;
}

/** The instants (ms) after `now` at which a planned switch may move an account of `cohort`, soonest first. */
export const switchesAfter = (rollout: Rollout, cohort: string | null, now: number): readonly number[] =>
  rollout.schedule
    .filter((s) => s.cohort === undefined || s.cohort === cohort)
    .map((s) => Date.parse(s.at))
    .filter((at) => at > now)
    .sort((a, b) => a - b);
