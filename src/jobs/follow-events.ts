// Lists the events of logins by account beside the audit log, in small batches with room for requests between them: no login pays for an index that
// only operators use. Safe on every node at once, and to kill at any moment.
import type { AuditLog } from '../core/audit/log.ts';

const BATCH = 500;
/** Of its own time, how often over it rests. */
const RESTS = 19;

/** Lists what is on record by now; with `isStopped` at a twentieth of the process's time, and no longer than until that is true. */
export async function followEvents(log: Pick<AuditLog, 'follow'>, isStopped?: () => boolean): Promise<void> {
  for (;;) {
    const began = performance.now();
    if ((await log.follow(BATCH)) < BATCH) return;
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, isStopped === undefined ? 0 : Math.min(2000, took * RESTS)));
    if (isStopped?.() === true) return;
  }
}
