// Seals the audit log: extends its hash chain over what was committed since, and signs a checkpoint now and then. Safe on every node at once
// (one appends, the others find that they were late) and safe to kill at any moment (an append is one commit; what is not in the chain is next).
import { type AuditRow, type ChainEntry, type Checkpoint, extend, type Sha256 } from '../core/audit/chain.ts';

export interface AuditPort {
  last(): Promise<{ readonly pos: number; readonly hash: string }>;
  unsealed(limit: number): Promise<readonly AuditRow[]>;
  append(pos: number, entries: readonly ChainEntry[]): Promise<boolean>;
  settle(): Promise<number>;
  newestCheckpoint(): Promise<Checkpoint | undefined>;
  addCheckpoint(checkpoint: {
    readonly pos: number;
    readonly hash: string;
    readonly settled: number;
  }): Promise<Checkpoint>;
}

/** Small enough that requests which wait for the same database hardly notice. */
const BATCH = 500;

/** Seals everything that is committed by now; resolves to how many events this call sealed. */
export async function sealAudit(audit: AuditPort, sha256: Sha256): Promise<number> {
  let sealed = 0;
  for (;;) {
    const last = await audit.last();
    const events = await audit.unsealed(BATCH);
    const isDone = events.length === 0 || (await audit.append(last.pos, extend(sha256, last, events)));
    if (!isDone) continue;
    sealed += events.length;
    // What was committed meanwhile waits for the next round: chasing it would seal event by event under load.
    if (events.length < BATCH) break;
  }
  await audit.settle();
  return sealed;
}

/** Signs where the chain stands, unless nothing was added since the last checkpoint. Resolves to the newest one. */
export async function signCheckpoint(audit: AuditPort): Promise<Checkpoint | undefined> {
  // In this order: whatever is settled now is in the chain that is read after.
  const settled = await audit.settle();
  const { pos, hash } = await audit.last();
  const newest = await audit.newestCheckpoint();
  if (pos === 0 || newest?.pos === pos) return newest;
  return audit.addCheckpoint({ pos, hash, settled });
}
