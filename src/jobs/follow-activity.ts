// Keeps the cockpit's counts in step with the audit log, in small batches with room for requests between them. Safe on every node at once.
import type { ActivityStore } from '../core/rollout/store.ts';

const BATCH = 250;
/**
 * Of its own time, how often over it rests: a count writes a page per login, and must not take its time from those who log in. That is still
 * hundreds of logins a second, more in a day than any tenant has; what a rush leaves is counted after it.
 */
const RESTS = 99;

/**
 * Takes everything that is on record by now. With `isStopped`, at a hundredth of the process's time and no longer than until that is true: what is
 * left then, or comes faster than it counts, is counted later.
 */
export async function followActivity(
  activity: Pick<ActivityStore, 'follow'>,
  isStopped?: () => boolean,
): Promise<void> {
  for (;;) {
    const began = performance.now();
    if ((await activity.follow(BATCH)) < BATCH) return;
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, isStopped === undefined ? 0 : Math.min(2000, took * RESTS)));
    if (isStopped?.() === true) return;
  }
}
