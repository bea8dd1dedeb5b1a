// The rollout's parts put together: what is counted of accounts, cohorts and cut-overs, and the jobs that keep them.
import type { Ports } from './core/ports.ts';
import { runCohorts } from './flows/rollout/cohorts.ts';
import { watchCutovers } from './flows/rollout/watch-cutovers.ts';
import { followActivity } from './jobs/follow-activity.ts';
import { followSteps } from './jobs/follow-steps.ts';
import { activityStore } from './storage/activity.ts';
import { cohortStore } from './storage/cohorts.ts';
import { cutoverStore } from './storage/cutovers.ts';
import { withSnapshots } from './storage/group-snapshots.ts';
import type { Db } from './storage/sql.ts';
import { stepStore } from './storage/steps.ts';

type MakeJob = (name: string, ms: number, round: () => Promise<unknown>) => unknown;

export interface RolloutParts {
  readonly ports: Pick<Ports, 'activity' | 'steps' | 'cohorts' | 'cutovers'>;
  /** Starts the jobs that keep them. */
  readonly start: (job: MakeJob, ports: Ports, isStopped: () => boolean) => void;
  /** Brings what the cockpit counts up to date. */
  readonly count: () => Promise<void>;
  /** Goes on with runs of cohorts; counts who tried in the open cut-overs, pauses them or goes on. */
  readonly watch: (ports: Ports) => Promise<void>;
}

/** The rollout over an open, migrated database. */
export function rolloutParts(db: Db): RolloutParts {
  const { activity, steps, refresh } = withSnapshots(db, activityStore(db), stepStore(db));
  return {
    ports: { activity, steps, cohorts: cohortStore(db), cutovers: cutoverStore(db) },
    start(job, ports, isStopped) {
      job('activity', 2000, () => followActivity(activity, isStopped));
      job('activity', 3600_000, () => activity.count());
      job('activity', 120_000, () => refresh(isStopped));
      job('steps', 30_000, () => followSteps(steps, isStopped));
      job('cohorts', 2000, () => runCohorts(ports, isStopped));
      job('cut-overs', 5000, () => watchCutovers(ports, isStopped));
    },
    async count() {
      await followActivity(activity);
      await activity.count();
      await followSteps(steps);
      await refresh();
    },
    async watch(ports) {
      await runCohorts(ports);
      await watchCutovers(ports);
    },
  };
}
