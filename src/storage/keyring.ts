// Envelope encryption: each tenant's rows are sealed under its data key; data keys lie in the database, wrapped by a key of the key file.
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { KeyFile } from './key-file.ts';
import { open, seal } from './seal.ts';
import type { Db, Row } from './sql.ts';

export interface Keyring {
  /** Makes sure the tenant has a current data key, and that it is the one `seal` uses: another process may have renewed it. */
  ready(tenantId: string): Promise<void>;
  /** Whether all the named data keys are loaded. */
  knows(ids: Iterable<string>): boolean;
  /** Loads data keys named by rows, if they are not known yet. */
  load(ids: Iterable<string>): Promise<void>;
  seal(
    tenantId: string,
    identity: readonly string[],
    plain: Uint8Array,
  ): { readonly sealed: Uint8Array; readonly keyId: string };
  open(keyId: string, tenantId: string, identity: readonly string[], sealed: Uint8Array): Uint8Array;
  /** Gives the tenant a new current data key; rows sealed under older ones stay readable. */
  renew(tenantId: string): Promise<string>;
  /** Wraps every data key under the current key of the file. Safe to repeat. */
  rewrap(): Promise<number>;
  /** The same for those under one key that the file no longer has. */
  rewrapFrom(kekId: string, kek: KeyObject): Promise<void>;
}

interface DataKey {
  readonly id: string;
  readonly tenantId: string;
  readonly key: KeyObject;
}

const wrapIdentity = (id: string, tenantId: string): readonly string[] => ['data_keys.wrapped', tenantId, id];

/** The keyring over a database and its key file. Plain data keys live in memory as key objects, never in logs or rows. */
export function keyring(db: Db, file: KeyFile): Keyring {
  const byId = new Map<string, DataKey>();
  const current = new Map<string, DataKey>();

  const take = (row: Row): DataKey => {
    const id = String(row['id']);
    const tenantId = String(row['tenant_id']);
    const plain = open(file.get(String(row['kek_id'])), wrapIdentity(id, tenantId), row['wrapped'] as Uint8Array);
    const key: DataKey = { id, tenantId, key: createSecretKey(plain) };
    plain.fill(0);
    byId.set(id, key);
    if (Number(row['is_current']) === 1) current.set(tenantId, key);
    return key;
  };

  /** A rotation may retire the wrapping key while this row is on its way: then the row is worthless, and is made anew. */
  const create = async (tenantId: string): Promise<void> => {
    for (let tries = 0; tries < 5; tries++) {
      const { id, kek } = await insert(tenantId);
      if (file.ids().includes(kek)) return;
      await db.run([{ sql: 'DELETE FROM data_keys WHERE id = @id', rows: 'any', values: { id } }]);
    }
    throw new Error('the key file changed five times while a data key was made');
  };

  const insert = async (tenantId: string): Promise<{ readonly id: string; readonly kek: string }> => {
    const id = `dek_${randomBytes(9).toString('base64url')}`;
    const kek = file.current();
    const plain = randomBytes(32);
    const wrapped = seal(kek.key, wrapIdentity(id, tenantId), plain);
    plain.fill(0);
    await db.commit(tenantId, [
      {
        sql: 'UPDATE data_keys SET is_current = 0 WHERE tenant_id = @tenant',
        rows: 'any',
        values: { tenant: tenantId },
      },
      {
        sql: `INSERT INTO data_keys (id, tenant_id, kek_id, wrapped, created_at, is_current) VALUES (@id, @tenant, @kek, @wrapped, @now, 1)`,
        rows: 'one',
        values: { id, tenant: tenantId, kek: kek.id, wrapped },
      },
    ]);
    return { id, kek: kek.id };
  };

  const reread = async (tenantId: string): Promise<void> => {
    for (const row of await db.query('SELECT * FROM data_keys WHERE tenant_id = @tenant', { tenant: tenantId }))
      take(row);
  };

  const wrapAnew = async (row: Row, under: KeyObject): Promise<void> => {
    const target = file.current();
    const id = String(row['id']);
    const identity = wrapIdentity(id, String(row['tenant_id']));
    const plain = open(under, identity, row['wrapped'] as Uint8Array);
    const wrapped = seal(target.key, identity, plain);
    plain.fill(0);
    const sql = 'UPDATE data_keys SET kek_id = @kek, wrapped = @wrapped WHERE id = @id';
    await db.run([{ sql, rows: 'any', values: { kek: target.id, wrapped, id } }]);
  };

  return {
    async ready(tenantId) {
      const sql = 'SELECT id FROM data_keys WHERE tenant_id = @tenant AND is_current = 1';
      const [row] = await db.query(sql, { tenant: tenantId });
      if (row !== undefined && current.get(tenantId)?.id === row['id']) return;
      if (row === undefined) await create(tenantId);
      await reread(tenantId);
    },
    knows(ids) {
      for (const id of ids) if (!byId.has(id)) return false;
      return true;
    },
    async load(ids) {
      for (const id of ids) {
        if (id === '' || byId.has(id)) continue;
        for (const row of await db.query('SELECT * FROM data_keys WHERE id = @id', { id })) take(row);
      }
    },
    seal(tenantId, identity, plain) {
      const key = current.get(tenantId);
      if (key === undefined) throw new Error(`no data key is loaded for tenant ${tenantId}`);
      return { sealed: seal(key.key, [tenantId, ...identity], plain), keyId: key.id };
    },
    open(keyId, tenantId, identity, sealed) {
      const key = byId.get(keyId);
      if (key === undefined || key.tenantId !== tenantId)
        throw new Error(`a row names the data key ${keyId}, which is not one of its tenant's`);
      return open(key.key, [tenantId, ...identity], sealed);
    },
    async renew(tenantId) {
      await create(tenantId);
      await reread(tenantId);
      const made = current.get(tenantId);
      if (made === undefined) throw new Error(`tenant ${tenantId} has no data key`);
      return made.id;
    },
    async rewrap() {
      let count = 0;
      for (const row of await db.query('SELECT * FROM data_keys WHERE kek_id <> @kek', { kek: file.current().id })) {
        await wrapAnew(row, file.get(String(row['kek_id'])));
        count++;
      }
      return count;
    },
    async rewrapFrom(kekId, kek) {
      for (const row of await db.query('SELECT * FROM data_keys WHERE kek_id = @kek', { kek: kekId }))
        await wrapAnew(row, kek);
    },
  };
}
