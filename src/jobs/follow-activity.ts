// Keeps the cockpit's counts in step with the audit log, in small batches with room for requests between them. Safe on every node at once.
import type { ActivityStore } from '../core/rollout/store.ts';

const BATCH = 250;

/** Takes everything that is on record by now. */
export async function followActivity(activity: Pick<ActivityStore, 'follow'>): Promise<void> {
  while ((await activity.follow(BATCH)) === BATCH) await new Promise((resolve) => setTimeout(resolve, 1));
}
