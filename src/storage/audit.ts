// The audit log's rows: what is not sealed yet, the chain, its checkpoints and the key that signs them.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import {
  type AuditRow,
  type ChainEntry,
  type Checkpoint,
  checkpointText,
  type ExportRow,
  GENESIS,
  type Sha256,
} from '../core/audit/chain.ts';
import type { Sealed } from '../core/audit/verify-chain.ts';
import type { Keyring } from './keyring.ts';
import type { Db, Row, Values } from './sql.ts';

const scratch = Buffer.alloc(64 * 1024);
export const sha256: Sha256 = (previous, event) => {
  // Three bytes are the most that a UTF-16 unit takes in UTF-8.
  if (32 + event.length * 3 > scratch.length)
    return hash('sha256', Buffer.concat([Buffer.from(previous, 'hex'), Buffer.from(event, 'utf8')]), 'hex');
  const start = scratch.write(previous, 0, 'hex');
  return hash('sha256', scratch.subarray(0, start + scratch.write(event, start, 'utf8')), 'hex');
};

export interface AuditStore {
  /** The newest entry; GENESIS at 0 before the first. */
  last(): Promise<{ readonly pos: number; readonly hash: string }>;
  /** Committed events that no entry seals yet, lowest `seq` first. */
  unsealed(limit: number): Promise<readonly AuditRow[]>;
  /** Appends entries right after `pos`; false, with nothing written, when another node was first. */
  append(pos: number, entries: readonly ChainEntry[]): Promise<boolean>;
  /** Learns up to which event no further one can appear, and answers it. Call it after sealing: what is unsealed holds it back. */
  settle(): Promise<number>;
  newestCheckpoint(): Promise<Checkpoint | undefined>;
  addCheckpoint(checkpoint: Omit<Checkpoint, 'at' | 'signature' | 'keyId'>): Promise<Checkpoint>;
}

const COLUMNS = 'e.seq, e.tenant_id, e.at, e.account_id, e.event, e.actor, e.data';

export const auditRowOf = (row: Row): AuditRow => ({
  seq: Number(row['seq']),
  tenantId: String(row['tenant_id']),
  at: Number(row['at']),
  accountId: row['account_id'] as string | null,
  event: String(row['event']),
  actor: String(row['actor']),
  data: String(row['data']),
});

/** The same of a row that is an array. */
const auditRowAt = ([seq, tenantId, at, accountId, event, actor, data]: readonly unknown[]): AuditRow => ({
  seq: Number(seq),
  tenantId: String(tenantId),
  at: Number(at),
  accountId: accountId as string | null,
  event: String(event),
  actor: String(actor),
  data: String(data),
});

const checkpointOf = (row: Row): Checkpoint => ({
  pos: Number(row['pos']),
  hash: String(row['hash']),
  settled: Number(row['settled']),
  at: Number(row['at']),
  keyId: String(row['key_id']),
  signature: String(row['signature']),
});

/** Who may still commit an event of a lower number: the transactions that hold the table for writing. */
const WRITERS = `SELECT DISTINCT virtualtransaction AS id FROM pg_locks WHERE relation = 'audit_events'::regclass AND mode = 'RowExclusiveLock'
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** The audit log for sealing. Any number of nodes may use it at once: the primary key on `pos` decides who appends. */
export function auditStore(db: Db, keys: Keyring): AuditStore {
  // PostgreSQL numbers events before their transactions commit, so one may appear below others that are sealed already; it is sealed later in
  // the chain. `settled` saves looking for such late ones all the way back: below it none can appear, since every transaction that was writing
  // when it was reached has ended.
  let candidate: { readonly seq: number; readonly writers: ReadonlySet<string> } | undefined;
  const settled = async (): Promise<number> => {
    const [row] = await db.query(
      db.dialect === 'sqlite'
        ? 'SELECT max(seq) AS seq FROM audit_chain'
        : `SELECT value AS seq FROM meta WHERE name = 'audit.settled'`,
      {},
    );
    return Number(row?.['seq'] ?? 0);
  };
  const unsealed: AuditStore['unsealed'] = async (limit) => {
    // SQLite numbers events as they commit: beyond the last one sealed, none is.
    const isUnsealed =
      db.dialect === 'sqlite' ? '' : 'AND NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.seq = e.seq)';
    const rows = await db.tuples(
      `SELECT ${COLUMNS} FROM audit_events e WHERE e.seq > @settled ${isUnsealed} ORDER BY e.seq LIMIT @limit`,
      { settled: await settled(), limit },
    );
    return rows.map(auditRowAt);
  };
  const writers = async (): Promise<Set<string>> =>
    new Set((await db.query(WRITERS, {})).map((row) => String(row['id'])));

  return {
    async last() {
      const [row] = await db.query('SELECT pos, hash FROM audit_chain ORDER BY pos DESC LIMIT 1', {});
      return row === undefined ? { pos: 0, hash: GENESIS } : { pos: Number(row['pos']), hash: String(row['hash']) };
    },
    unsealed,
    async append(pos, entries) {
      // SQLite would read an object anew for each of its members; a number and what follows it are read once.
      const list = JSON.stringify(
        db.dialect === 'sqlite' ? entries.map((entry) => `${entry.pos} ${entry.seq} ${entry.hash}`) : entries,
      );
      const rows =
        db.dialect === 'sqlite'
          ? `SELECT CAST(value AS INTEGER), CAST(substr(value, instr(value, ' ')) AS INTEGER), substr(value, -64) FROM json_each(@list) WHERE true`
          : `SELECT pos, seq, hash FROM jsonb_to_recordset(CAST(@list AS jsonb)) AS entry(pos bigint, seq bigint, hash text)`;
      const failed = await db.commit('audit', [
        {
          sql: 'SELECT 1 AS held WHERE coalesce((SELECT max(pos) FROM audit_chain), 0) = @pos',
          rows: 'one',
          values: { pos },
        },
        { sql: `INSERT INTO audit_chain (pos, seq, hash) ${rows}`, rows: 'some', values: { list } },
      ]);
      return failed === -1;
    },
    async settle() {
      if (db.dialect === 'sqlite') return settled();
      const known = await settled();
      if (candidate === undefined || candidate.seq <= known) {
        // The number first, the writers after: whoever took a lower number is among them, or has ended.
        const [row] = await db.query('SELECT coalesce(max(seq), 0) AS seq FROM audit_events', {});
        candidate = { seq: Number(row?.['seq']), writers: await writers() };
      }
      const reached = candidate;
      if (reached.seq <= known) return known;
      if (reached.writers.size > 0) {
        const writing = await writers();
        if ([...reached.writers].some((id) => writing.has(id))) return known;
      }
      if ((await unsealed(1)).some((event) => event.seq <= reached.seq)) return known;
      await db.commit('audit', [
        {
          sql: `INSERT INTO meta (name, value) VALUES ('audit.settled', @seq) ON CONFLICT (name) DO UPDATE SET value = excluded.value
                WHERE CAST(meta.value AS BIGINT) < CAST(excluded.value AS BIGINT)`,
          rows: 'any',
          values: { seq: String(reached.seq) },
        },
      ]);
      return settled();
    },
    async newestCheckpoint() {
      const [row] = await db.query('SELECT * FROM audit_checkpoints ORDER BY pos DESC LIMIT 1', {});
      return row === undefined ? undefined : checkpointOf(row);
    },
    async addCheckpoint({ pos, hash: at, settled: upTo }) {
      const key = await auditKey(db, keys);
      const [time] = await db.query('SELECT CAST(@now AS BIGINT) AS now', {});
      const unsigned = { pos, hash: at, settled: upTo, at: Number(time?.['now']), keyId: key.id };
      const checkpoint: Checkpoint = {
        ...unsigned,
        signature: sign(null, Buffer.from(checkpointText(unsigned), 'utf8'), key.privateKey).toString('base64url'),
      };
      await db.commit('audit', [
        {
          sql: 'INSERT INTO audit_checkpoints (pos, hash, settled, at, key_id, signature) VALUES (@pos, @hash, @settled, @at, @keyId, @signature) ON CONFLICT DO NOTHING',
          rows: 'any',
          values: { ...checkpoint },
        },
      ]);
      return checkpoint;
    },
  };
}

/** The installation's own pseudo tenant: audit keys belong to no customer. */
const HOUSE = '';
/** What binds the sealed audit key to its row; it belongs to the house, not to a tenant. */
export const auditKeyIdentity = (id: string): readonly string[] => ['audit_keys.sealed', id];

/** The key that signs checkpoints, made on first use; two nodes that make one at once keep one. */
async function auditKey(db: Db, keys: Keyring): Promise<{ readonly id: string; readonly privateKey: KeyObject }> {
  const newest = async (): Promise<Row | undefined> =>
    (await db.query('SELECT * FROM audit_keys ORDER BY created_at DESC, id DESC LIMIT 1', {}))[0];
  let row = await newest();
  if (row === undefined) {
    await keys.ready(HOUSE);
    const id = `aud_${randomBytes(9).toString('base64url')}`;
    const pair = generateKeyPairSync('ed25519');
    const { sealed, keyId } = keys.seal(
      HOUSE,
      auditKeyIdentity(id),
      pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    );
    const publicKey = pair.publicKey.export({ format: 'jwk' }).x ?? '';
    await db.commit('audit', [
      {
        sql: `INSERT INTO audit_keys (id, public_key, sealed, sealed_by, created_at)
              SELECT @id, @publicKey, @sealed, @sealedBy, @now WHERE NOT EXISTS (SELECT 1 FROM audit_keys)`,
        rows: 'any',
        values: { id, publicKey, sealed, sealedBy: keyId },
      },
    ]);
    row = await newest();
  }
  const id = String(row?.['id']);
  const sealedBy = String(row?.['sealed_by']);
  await keys.load([sealedBy]);
  const der = keys.open(sealedBy, HOUSE, auditKeyIdentity(id), row?.['sealed'] as Uint8Array);
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  der.fill(0);
  return { id, privateKey };
}

/** Whether a checkpoint is signed by that Ed25519 public key (base64url, 32 bytes). */
export function isSignedBy(checkpoint: Checkpoint, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(
      null,
      Buffer.from(checkpointText(checkpoint), 'utf8'),
      key,
      Buffer.from(checkpoint.signature, 'base64url'),
    );
  } catch {
    // Not a key at all: then it has signed nothing.
    return false;
  }
}

/** What reading the log needs of a database. */
export type Reader = Pick<Db, 'query'>;

export interface AuditReader {
  lastSeq(): Promise<number>;
  checkpoints(): Promise<readonly Checkpoint[]>;
  /** Public keys by id. */
  publicKeys(): Promise<ReadonlyMap<string, string>>;
  /** Entries after `pos` with their events. */
  sealed(pos: number, limit: number): Promise<readonly Sealed[]>;
  unsealedCount(upTo: number): Promise<{ readonly count: number; readonly first: number | null }>;
  /** Events after `seq`, of a tenant and of a time, as asked. */
  events(
    seq: number,
    limit: number,
    filter: { readonly tenant?: string; readonly from?: number; readonly to?: number },
  ): Promise<readonly ExportRow[]>;
}

/** The audit log for proving and exporting it; writes nothing and needs no key. */
export function auditReader(db: Reader): AuditReader {
  return {
    async lastSeq() {
      return Number((await db.query('SELECT max(seq) AS seq FROM audit_events', {}))[0]?.['seq'] ?? 0);
    },
    async checkpoints() {
      return (await db.query('SELECT * FROM audit_checkpoints ORDER BY pos', {})).map(checkpointOf);
    },
    async publicKeys() {
      return new Map(
        (await db.query('SELECT id, public_key FROM audit_keys', {})).map((row) => [
          String(row['id']),
          String(row['public_key']),
        ]),
      );
    },
    async sealed(pos, limit) {
      const rows = await db.query(
        `SELECT c.pos, c.seq AS sealed_seq, c.hash, ${COLUMNS} FROM audit_chain c LEFT JOIN audit_events e ON e.seq = c.seq WHERE c.pos > @pos ORDER BY c.pos LIMIT @limit`,
        { pos, limit },
      );
      return rows.map((row) => ({
        pos: Number(row['pos']),
        seq: Number(row['sealed_seq']),
        hash: String(row['hash']),
        event: row['seq'] === null ? null : auditRowOf(row),
      }));
    },
    async unsealedCount(upTo) {
      const [row] = await db.query(
        `SELECT count(*) AS n, min(e.seq) AS first FROM audit_events e WHERE e.seq <= @upTo AND NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.seq = e.seq)`,
        { upTo },
      );
      return { count: Number(row?.['n'] ?? 0), first: typeof row?.['first'] === 'number' ? row['first'] : null };
    },
    async events(seq, limit, { tenant, from, to }) {
      const values: Values = {
        seq,
        limit,
        ...(tenant === undefined ? {} : { tenant }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
      const where = [
        tenant === undefined ? '' : ' AND e.tenant_id = @tenant',
        from === undefined ? '' : ' AND e.at >= @from',
        to === undefined ? '' : ' AND e.at < @to',
      ].join('');
      return (
        await db.query(
          `SELECT ${COLUMNS}, a.account AS number FROM audit_events e LEFT JOIN accounts a ON a.id = e.account_id
           WHERE e.seq > @seq${where} ORDER BY e.seq LIMIT @limit`,
          values,
        )
      ).map((row) => ({ ...auditRowOf(row), accountNumber: row['number'] as string | null }));
    },
  };
}
