// Rotation of all keys while a server serves (NF-5): a new key-encryption key, new data keys, every sealed row sealed anew, the old
// key-encryption keys retired. Nothing is remembered between runs: what is left to do can be seen in the key file and the tables, so a
// run that was killed is finished by the next one. A rotation is unfinished while the key file holds more than one key.
import { setTimeout as pause } from 'node:timers/promises';
import { auditKeyIdentity } from './audit.ts';
import type { KeyFile } from './key-file.ts';
import type { Keyring } from './keyring.ts';
import { holdLock } from './lock.ts';
import { oidcClientIdentity, oidcRecordIdentity } from './oidc.ts';
import { signingIdentity } from './signing.ts';
import type { Db, Row, Step, Value } from './sql.ts';
import {
  authenticatorIdentity,
  messageIdentity,
  pinIdentity,
  pushKeyIdentity,
  subscriptionIdentity,
  ticketIdentity,
  wechatPhoneIdentity,
  wechatTokenIdentity,
} from './writes/row.ts';

/**
 * A data key stays this long after it was replaced: for a commit that sealed under it and is still on its way, and for the answers to named
 * requests, which are not sealed anew because they are forgotten after a day.
 */
const KEEP_UNUSED_MS = 25 * 3600_000;
const BATCH = 250;
const text = (value: unknown): string => value as string;

/** Where sealed values lie: one row per column that holds them. A test finds tables that are missing here. */
export const SEALED: readonly {
  readonly table: string;
  /** SQL for the tenant whose data key seals the row. */
  readonly tenant: string;
  readonly column: string;
  readonly key: readonly string[];
  readonly more: readonly string[];
  readonly identity: (row: Row) => readonly string[];
}[] = [
  {
    table: 'authenticators',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['account_id', 'id'],
    more: ['type', 'params'],
    identity: (r) => authenticatorIdentity(text(r['account_id']), text(r['id']), text(r['type']), text(r['params'])),
  },
  {
    table: 'former_authenticators',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['account_id', 'id'],
    more: ['type', 'params'],
    identity: (r) => authenticatorIdentity(text(r['account_id']), text(r['id']), text(r['type']), text(r['params'])),
  },
  {
    table: 'outbox',
    tenant: 'tenant_id',
    column: 'text_sealed',
    key: ['id'],
    more: [],
    identity: (r) => messageIdentity(text(r['id'])),
  },
  {
    table: 'tickets',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['id'],
    more: ['account_id'],
    identity: (r) => ticketIdentity(text(r['account_id']), text(r['id'])),
  },
  {
    table: 'account_pins',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['account_id'],
    more: [],
    identity: (r) => pinIdentity(text(r['account_id'])),
  },
  {
    table: 'push_subscriptions',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['phone_id'],
    more: ['account_id'],
    identity: (r) => subscriptionIdentity(text(r['account_id']), text(r['phone_id'])),
  },
  {
    table: 'wechat_phones',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['phone_id'],
    more: ['account_id'],
    identity: (r) => wechatPhoneIdentity(text(r['account_id']), text(r['phone_id'])),
  },
  {
    table: 'wechat_tokens',
    tenant: "''",
    column: 'sealed',
    key: ['app_id'],
    more: [],
    identity: (r) => wechatTokenIdentity(text(r['app_id'])),
  },
  {
    table: 'push_keys',
    tenant: "''",
    column: 'sealed',
    key: ['id'],
    more: [],
    identity: (r) => pushKeyIdentity(text(r['id'])),
  },
  {
    table: 'signing_keys',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['id'],
    more: [],
    identity: (r) => signingIdentity(text(r['id'])),
  },
  {
    table: 'audit_keys',
    tenant: "''",
    column: 'sealed',
    key: ['id'],
    more: [],
    identity: (r) => auditKeyIdentity(text(r['id'])),
  },
  {
    table: 'oidc_clients',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['tenant_id', 'id'],
    more: [],
    identity: (r) => oidcClientIdentity(text(r['id'])),
  },
  {
    table: 'oidc_records',
    tenant: 'tenant_id',
    column: 'sealed',
    key: ['tenant_id', 'model', 'id_hash'],
    more: [],
    identity: (r) => oidcRecordIdentity(text(r['model']), text(r['id_hash'])),
  },
];

const stale = (column: string): string =>
  `length(${column}) > 0 AND sealed_by NOT IN (SELECT id FROM data_keys WHERE is_current = 1)`;

export interface Rotation {
  /** The key-encryption key now in force. */
  readonly kek: string;
  /** True when an unfinished rotation was finished instead of a new one begun. */
  readonly resumed: boolean;
  readonly tenants: number;
  readonly dataKeys: number;
  readonly rows: number;
  /** Rows that do not open: damaged, or moved by hand. They are left as they were. */
  readonly damaged: readonly string[];
  readonly retired: readonly string[];
}

export interface RotateOptions {
  readonly actor: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Rotates, or finishes the rotation that was begun. Safe beside serving processes; throws Busy while another rotation runs. */
export async function rotateKeys(db: Db, file: KeyFile, keys: Keyring, options: RotateOptions): Promise<Rotation> {
  using _lock = holdLock(`${file.path}.lock`, 'another rotation is running');
  const resumed = file.ids().length > 1;
  await forgetUnused(db);
  const kek = resumed ? file.current().id : file.rotate();

  let tenants = 0;
  for (const row of await db.query('SELECT tenant_id FROM data_keys WHERE is_current = 1 AND kek_id <> @kek', {
    kek,
  })) {
    await keys.renew(text(row['tenant_id']));
    tenants++;
  }
  const dataKeys = (await keys.rewrap()) + tenants;
  const sealed = await resealAll(db, keys, options.onProgress ?? (() => {}));
  const retired = await retireUnused(db, file, keys);
  await db.run([
    {
      sql: `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data)
            SELECT id, @now, NULL, 'keys.rotated', @actor, @data FROM tenants ORDER BY id`,
      rows: 'any',
      values: { actor: options.actor, data: JSON.stringify({ key: kek, resumed, rows: sealed.rows }) },
    },
  ]);
  return { kek, resumed, tenants, dataKeys, ...sealed, retired };
}

/** Seals what lies under data keys no longer current, pass after pass, until a pass finds nothing more: serving processes go on writing. */
async function resealAll(
  db: Db,
  keys: Keyring,
  onProgress: (done: number, total: number) => void,
): Promise<{ rows: number; damaged: readonly string[] }> {
  const damaged = new Set<string>();
  let rows = 0;
  for (let quiet = 0; quiet < 2; ) {
    const left = await countStale(db);
    onProgress(rows, rows + left);
    if (left <= damaged.size) {
      quiet++;
      continue;
    }
    quiet = 0;
    for (const place of SEALED) {
      let after: readonly Value[] = place.key.map(() => '');
      for (;;) {
        const started = performance.now();
        const batch = await nextBatch(db, place, after);
        if (batch.length === 0) break;
        rows += await reseal(db, keys, place, batch, damaged);
        onProgress(rows, Math.max(rows, rows + left - batch.length));
        const last = batch.at(-1) ?? {};
        after = place.key.map((name) => text(last[name]));
        // As long a break as the batch took: whoever logs in meanwhile gets the database in between.
        await pause(Math.min(50, Math.max(2, performance.now() - started)));
      }
    }
  }
  return { rows, damaged: [...damaged] };
}

async function countStale(db: Db): Promise<number> {
  let count = 0;
  for (const { table, column } of SEALED) {
    const [row] = await db.query(`SELECT count(*) AS n FROM ${table} WHERE ${stale(column)}`, {});
    count += Number(row?.['n'] ?? 0);
  }
  return count;
}

function nextBatch(db: Db, place: (typeof SEALED)[number], after: readonly Value[]): Promise<Row[]> {
  const { table, tenant, column, key, more } = place;
  const columns = [...key, ...more, `${tenant} AS tenant_id`, 'sealed_by', `${column} AS sealed`].join(', ');
  const from = key.map((_, i) => `@after${i}`).join(', ');
  return db.query(
    `SELECT ${columns} FROM ${table} WHERE (${key.join(', ')}) > (${from}) AND ${stale(column)} ORDER BY ${key.join(', ')} LIMIT ${BATCH}`,
    Object.fromEntries(after.map((value, i) => [`after${i}`, value])),
  );
}

/** Seals a batch anew. A row that changed meanwhile keeps its change: the bytes it had are part of the condition. */
async function reseal(
  db: Db,
  keys: Keyring,
  place: (typeof SEALED)[number],
  batch: readonly Row[],
  damaged: Set<string>,
): Promise<number> {
  await keys.load(new Set(batch.map((row) => text(row['sealed_by']))));
  for (const tenant of new Set(batch.map((row) => text(row['tenant_id'])))) await keys.ready(tenant);
  const steps: Step[] = [];
  for (const row of batch) {
    const tenant = text(row['tenant_id']);
    const sealed = row['sealed'] as Uint8Array;
    try {
      const plain = keys.open(text(row['sealed_by']), tenant, place.identity(row), sealed);
      const fresh = keys.seal(tenant, place.identity(row), plain);
      plain.fill(0);
      const where = place.key.map((name, i) => `${name} = @key${i}`).join(' AND ');
      steps.push({
        sql: `UPDATE ${place.table} SET ${place.column} = @fresh, sealed_by = @by WHERE ${where} AND sealed_by = @was AND ${place.column} = @sealed`,
        rows: 'any',
        values: {
          fresh: fresh.sealed,
          by: fresh.keyId,
          was: text(row['sealed_by']),
          sealed,
          ...Object.fromEntries(place.key.map((name, i) => [`key${i}`, text(row[name])])),
        },
      });
    } catch {
      damaged.add(`${place.table} ${place.key.map((name) => text(row[name])).join(' ')}`);
    }
  }
  try {
    if (steps.length > 0) await db.run(steps);
  } catch (error) {
    // PostgreSQL gave way to a commit that wanted the same rows: the next pass finds them again.
    if (!/^(40001|40P01|55P03)$/.test(String((error as { code?: unknown }).code))) throw error;
    return 0;
  }
  return steps.length;
}

/** Takes every key-encryption key out of the file that no data key is wrapped under. */
async function retireUnused(db: Db, file: KeyFile, keys: Keyring): Promise<string[]> {
  const before = file.ids();
  const held = new Map(before.map((id) => [id, file.get(id)]));
  file.retain(await keysInUse(db));
  // A data key made at this very moment may have been wrapped under one of them: wrap it anew while we still have it.
  for (const id of await keysInUse(db)) {
    const key = held.get(id);
    if (key !== undefined && !file.ids().includes(id)) await keys.rewrapFrom(id, key);
  }
  const after = file.ids();
  return before.filter((id) => !after.includes(id));
}

async function keysInUse(db: Db): Promise<Set<string>> {
  return new Set((await db.query('SELECT DISTINCT kek_id FROM data_keys', {})).map((row) => text(row['kek_id'])));
}

/** Data keys that nothing is sealed under any more, and that were replaced long enough ago, go. */
async function forgetUnused(db: Db): Promise<void> {
  const unused = SEALED.map(
    ({ table, column }) =>
      `AND NOT EXISTS (SELECT 1 FROM ${table} x WHERE x.sealed_by = data_keys.id AND length(x.${column}) > 0)`,
  );
  await db.run([
    {
      sql: `DELETE FROM data_keys WHERE is_current = 0 ${unused.join(' ')}
              AND EXISTS (SELECT 1 FROM data_keys c WHERE c.tenant_id = data_keys.tenant_id AND c.is_current = 1 AND c.created_at < @now - ${KEEP_UNUSED_MS})`,
      rows: 'any',
      values: {},
    },
  ]);
}

/** Takes one key-encryption key out of the file, unless it is current or something is wrapped under it. */
export async function retireKey(
  db: Db,
  file: KeyFile,
  id: string,
): Promise<
  { readonly kind: 'retired' | 'current' | 'unknown' } | { readonly kind: 'in-use'; readonly dataKeys: number }
> {
  using _lock = holdLock(`${file.path}.lock`, 'a rotation is running');
  if (!file.ids().includes(id)) return { kind: 'unknown' };
  if (file.current().id === id) return { kind: 'current' };
  const [row] = await db.query('SELECT count(*) AS n FROM data_keys WHERE kek_id = @id', { id });
  const dataKeys = Number(row?.['n'] ?? 0);
  if (dataKeys > 0) return { kind: 'in-use', dataKeys };
  file.retain(new Set(file.ids().filter((other) => other !== id)));
  return { kind: 'retired' };
}

export interface KeyStatus {
  readonly path: string;
  readonly current: string;
  readonly keys: readonly { readonly id: string; readonly dataKeys: number }[];
  /** Wrapped under a key the file does not have: what they sealed cannot be opened. */
  readonly missing: readonly string[];
  readonly staleRows: number;
}

/** What is wrapped under which key, and how much a rotation would still have to do. */
export async function keyStatus(db: Db, file: KeyFile): Promise<KeyStatus> {
  const rows = await db.query('SELECT kek_id, count(*) AS n FROM data_keys GROUP BY kek_id', {});
  const wrapped = new Map(rows.map((row) => [text(row['kek_id']), Number(row['n'])]));
  const ids = file.ids();
  return {
    path: file.path,
    current: file.current().id,
    keys: ids.map((id) => ({ id, dataKeys: wrapped.get(id) ?? 0 })),
    missing: [...wrapped.keys()].filter((id) => !ids.includes(id)),
    staleRows: await countStale(db),
  };
}
