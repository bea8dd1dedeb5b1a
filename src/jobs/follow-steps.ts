// Keeps how far accounts came in step with the audit log. Most events are no step, so stretches are long; between them it rests, for logins go first.
// Safe on every node at once.
import type { StepStore } from '../core/rollout/steps.ts';

const STRETCH = 2000;
/** Of its own time, how often over it rests. */
const RESTS = 49;

/** Takes everything that is on record by now; with `isStopped`, at a fiftieth of the process's time and no longer than until that is true. */
export async function followSteps(steps: Pick<StepStore, 'follow'>, isStopped?: () => boolean): Promise<void> {
  for (;;) {
    const began = performance.now();
    if ((await steps.follow(STRETCH)) < STRETCH) return;
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, isStopped === undefined ? 0 : Math.min(2000, took * RESTS)));
    if (isStopped?.() === true) return;
  }
}
