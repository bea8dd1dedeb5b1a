// Proves the audit log of a database, page by page: nothing is held but one page and the checkpoints.
import type { Checkpoint } from '../core/audit/chain.ts';
import { type Bad, walkChain } from '../core/audit/verify-chain.ts';
import { type AuditReader, isSignedBy, sha256 } from './audit.ts';

/** A checkpoint as it is printed and shipped: with the key that proves it. */
export interface ShippedCheckpoint extends Checkpoint {
  /** Ed25519, base64url. */
  readonly publicKey: string;
}

export interface AuditReport {
  readonly ok: boolean;
  /** Entries of the chain that were found right. */
  readonly sealed: number;
  /** Events that no entry seals yet: those of the last seconds. */
  readonly unsealed: number;
  readonly checkpoints: number;
  readonly bad: Bad | null;
}

const PAGE = 5000;

/** Walks the whole chain. `shipped` is a checkpoint that was kept elsewhere: it also shows a log that was cut or made anew as a whole. */
export async function verifyAudit(reader: AuditReader, shipped?: ShippedCheckpoint): Promise<AuditReport> {
  const lastSeq = await reader.lastSeq();
  const stored = await reader.checkpoints();
  const keys = new Map(await reader.publicKeys());
  // What was kept elsewhere outweighs what the database says of the same key.
  if (shipped !== undefined) keys.set(shipped.keyId, shipped.publicKey);
  const checkpoints = shipped === undefined ? stored : [...stored, shipped];
  const walk = walkChain(sha256, lastSeq, checkpoints, (c) => isSignedBy(c, keys.get(c.keyId) ?? ''));
  const report = (bad: Bad | undefined, unsealed: number): AuditReport => ({
    ok: bad === undefined,
    sealed: walk.entries(),
    unsealed,
    checkpoints: checkpoints.length,
    bad: bad ?? null,
  });
  for (
    let page = await reader.sealed(0, PAGE);
    page.length > 0;
    page = await reader.sealed(page.at(-1)?.pos ?? 0, PAGE)
  ) {
    const bad = walk.accept(page);
    if (bad !== undefined) return report(bad, 0);
  }
  const strays = await reader.unsealedCount(walk.settled());
  const unsealed = await reader.unsealedCount(lastSeq);
  return report(walk.end(strays.first === null ? [] : [strays.first]), unsealed.count);
}
