// What a cut-over under way is in the policy: the share of accounts it has taken (phase.ts says who they are).
import type { Cutover } from './cutover.ts';
import type { Phase, Rollout } from './phase.ts';

/** Whether the policy still says what the cut-over is for. */
export const isStaged = (rollout: Rollout, cutover: Cutover): boolean =>
  rollout.stages?.some((stage) => stage.id === cutover.id) === true;

/** The phase a cohort has for itself. */
export const ownPhase = (rollout: Rollout, cohort: string): Phase | undefined =>
  Object.hasOwn(rollout.cohorts, cohort) ? rollout.cohorts[cohort] : undefined;

/** What remains of the stages without the cut-over's. */
export const without = (rollout: Rollout, cutover: Cutover): Rollout['stages'] =>
  rollout.stages?.filter((stage) => stage.id !== cutover.id);

/** The rollout with so large a share taken by the cut-over. */
export const staged = <R extends Rollout>(rollout: R, cutover: Cutover, percent: number): R => ({
  ...rollout,
  stages: [
    ...(without(rollout, cutover) ?? []),
    {
      id: cutover.id,
      phase: cutover.phase,
      percent,
      ...(cutover.cohort === null ? {} : { cohort: cutover.cohort }),
    },
  ],
});
