// The audit log's hash chain: what is hashed of an event, how entries follow from one another, and what a checkpoint signs.
// hash(i) = SHA-256(hash(i−1) ‖ event(i)); whoever changes, removes or moves one entry would have to redo every later one, and the
// signed checkpoints that were taken off the machine tell on that.

/** An event as it lies in the database. */
export interface AuditRow {
  readonly seq: number;
  readonly tenantId: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly accountId: string | null;
  readonly event: string;
  readonly actor: string;
  /** JSON, exactly as stored. */
  readonly data: string;
}

/** An event as it is exported. What it names beside itself is looked up now, and is no part of what was sealed. */
export interface ExportRow extends AuditRow {
  /** What its account logs in with; null where there is none, or where the reader may not see customers. */
  readonly accountNumber: string | null;
}

/** One link: the `pos`-th entry of the chain seals the event `seq`. Events that commit late stand later in the chain than their `seq` says. */
export interface ChainEntry {
  readonly pos: number;
  readonly seq: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

/** "At this moment the chain stood here": signed, so that it holds the database to it from elsewhere. */
export interface Checkpoint {
  readonly pos: number;
  readonly hash: string;
  /** Every event up to this `seq` is in the chain at or before `pos`; one that appears there later was slipped in. */
  readonly settled: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly keyId: string;
  /** Ed25519 (RFC 8032), base64url. */
  readonly signature: string;
}

export type Sha256 = (previous: string, event: string) => string;

/** What the first entry follows from. */
export const GENESIS = '0'.repeat(64);

/** The one text of an event that is hashed; no two events share one. */
export const canonicalEvent = (e: AuditRow): string =>
  JSON.stringify(['hufu/audit/v1', e.seq, e.tenantId, e.at, e.accountId, e.event, e.actor, e.data]);

/** The links for events that follow the entry `last`, in the order given. */
export function extend(
  sha256: Sha256,
  last: { readonly pos: number; readonly hash: string },
  events: readonly AuditRow[],
): ChainEntry[] {
  let { pos, hash } = last;
  return events.map((event) => {
    hash = sha256(hash, canonicalEvent(event));
    pos += 1;
    return { pos, seq: event.seq, hash };
  });
}

/** The text a checkpoint's signature is made over. */
export const checkpointText = (c: Omit<Checkpoint, 'signature'>): string =>
  JSON.stringify(['hufu/audit-checkpoint/v1', c.pos, c.hash, c.settled, c.at, c.keyId]);
