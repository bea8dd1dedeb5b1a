// What another rollout does to whom: the accounts it takes into totp-only that would not be there by then under the one in force, and the switches it makes.
// Whatever changes a rollout is judged by this, be it a switch or a whole document (ES-6.1).
import { basisAt, folded, type Phase, type PlannedSwitch, type Rollout, switchesAfter } from './phase.ts';
import { isTaken } from './share.ts';

/** Accounts without a strong method, by cohort; null: in none. */
export type Unbound = readonly { readonly cohort: string | null; readonly count: number }[];

const TARGET: Phase = 'totp-only';

/**
 * How many of the unbound accounts `after` would force to bind, now or by what it plans, and `before` would not by the same instant. Accounts that are let
 * off for a while count: their date comes.
 */
export function forcedBy(before: Rollout, after: Rollout, unbound: Unbound, now: number): number {
  const named = new Set([...namesIn(before), ...namesIn(after)]);
  const shares = new Map<string | null, number>();
  let forced = 0;
  for (const { cohort, count } of unbound) {
    // Cohorts that neither names are all alike.
    const alike = cohort !== null && named.has(cohort) ? cohort : null;
    const share = shares.get(alike) ?? movedShare(before, after, alike, now);
    shares.set(alike, share);
    forced += count * share;
  }
  return Math.ceil(forced);
}

/** Whether `after` takes anybody into totp-only that `before` does not, bound or not. */
export const movesAny = (before: Rollout, after: Rollout, now: number): boolean =>
  [null, ...namesIn(before), ...namesIn(after)].some((cohort) => movedShare(before, after, cohort, now) > 0);

/**
 * Whether an account that goes from one cohort to another (null: none) comes to where it is in totp-only and would not have been, now or by what is
 * planned. Without `id`: whether any account might.
 */
export function forcesMove(
  rollout: Rollout,
  from: string | null,
  to: string | null,
  now: number,
  id?: string,
): boolean {
  const instants = [now, ...switchesAfter(rollout, from, now), ...switchesAfter(rollout, to, now)];
  return instants.some(
    (at) => phasesOf(rollout, to, at, id).some(isTarget) && !phasesOf(rollout, from, at, id).every(isTarget),
  );
}
const isTarget = (phase: Phase): boolean => phase === TARGET;

/** The phases accounts of a cohort may be in; of one account, the one it is in unless it is let off. */
function phasesOf(rollout: Rollout, cohort: string | null, at: number, id: string | undefined): readonly Phase[] {
  const { phase, stages } = basisAt(rollout, cohort, at);
  if (id === undefined) return [phase, ...stages.map((one) => one.phase)];
  return [stages.findLast((one) => isTaken(one.id, one.percent, id))?.phase ?? phase];
}

/** Whether applying a cohort may take anybody into totp-only: of those it puts in, or of those it puts out. */
export const forcesCohort = (rollout: Rollout, name: string, takesOthers: boolean, now: number): boolean =>
  [null, ...(takesOthers ? namesIn(rollout) : [])].some((from) => forcesMove(rollout, from, name, now)) ||
  forcesMove(rollout, name, null, now);

const namesIn = ({ cohorts, schedule, stages = [] }: Rollout): readonly string[] => [
  ...Object.keys(cohorts),
  ...[...schedule, ...(stages ?? [])].flatMap(({ cohort }) => (cohort === undefined ? [] : [cohort])),
];

/** The largest share (0…1) of a cohort that is in totp-only by `after` at an instant from now on, and by `before` is not. */
function movedShare(before: Rollout, after: Rollout, cohort: string | null, now: number): number {
  const instants = new Set([now, ...switchesAfter(before, cohort, now), ...switchesAfter(after, cohort, now)]);
  return Math.max(...[...instants].map((at) => movedAt(before, after, cohort, at)));
}

function movedAt(before: Rollout, after: Rollout, cohort: string | null, at: number): number {
  const was = heldBy(before, cohort, at);
  if (was.get('') === 1) return 0;
  // A share that grew counts as a whole, as a stage of a cut-over does: many small steps are one large one.
  const grown = [...heldBy(after, cohort, at)].filter(([what, share]) => share > (was.get(what) ?? 0));
  return Math.min(
    1,
    grown.reduce((sum, [, share]) => sum + share, 0),
  );
}

/** What holds how large a share of a cohort in totp-only: its phase (''), and each cut-over by its id. */
function heldBy(rollout: Rollout, cohort: string | null, at: number): ReadonlyMap<string, number> {
  const { phase, stages } = basisAt(rollout, cohort, at);
  const elsewhere = stages.reduce((sum, one) => sum + (one.phase === TARGET ? 0 : one.percent / 100), 0);
  return new Map([
    ['', phase === TARGET ? Math.max(0, 1 - elsewhere) : 0],
    ...stages.filter((one) => one.phase === TARGET).map((one) => [one.id, one.percent / 100] as const),
  ]);
}

/** One switch, as it goes on record. `at`: planned for then. */
export interface SwitchMade {
  readonly cohort: string | null;
  readonly at: string | null;
  readonly from: Phase;
  readonly to: Phase;
}

/** The switches that make `before` into `after`, and the planned ones that are in it no more. */
export function switchesBetween(
  before: Rollout,
  after: Rollout,
  now: number,
): { readonly made: readonly SwitchMade[]; readonly takenBack: readonly PlannedSwitch[] } {
  const [was, will] = [folded(before, now), folded(after, now)];
  const of = ({ phase, cohorts }: Rollout, cohort: string): Phase =>
    Object.hasOwn(cohorts, cohort) ? (cohorts[cohort] ?? phase) : phase;
  const cohorts = [...new Set([...Object.keys(was.cohorts), ...Object.keys(will.cohorts)])].filter(
    (cohort) =>
      Object.hasOwn(was.cohorts, cohort) !== Object.hasOwn(will.cohorts, cohort) ||
      of(was, cohort) !== of(will, cohort),
  );
  const missingIn = (rollout: Rollout) => (one: PlannedSwitch) => !rollout.schedule.some((other) => isSame(one, other));
  return {
    made: [
      ...(was.phase === will.phase ? [] : [{ cohort: null, at: null, from: was.phase, to: will.phase }]),
      ...cohorts.map((cohort) => ({ cohort, at: null, from: of(was, cohort), to: of(will, cohort) })),
      ...will.schedule.filter(missingIn(was)).map(({ cohort, at, phase }) => ({
        cohort: cohort ?? null,
        at,
        from: cohort === undefined ? will.phase : of(will, cohort),
        to: phase,
      })),
    ],
    takenBack: was.schedule.filter(missingIn(will)),
  };
}

/** Whether both plan the same switch. */
export const isSame = (one: PlannedSwitch, other: PlannedSwitch): boolean =>
  one.phase === other.phase && one.cohort === other.cohort && Date.parse(one.at) === Date.parse(other.at);
