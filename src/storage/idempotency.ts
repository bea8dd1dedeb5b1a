// Answers to named requests, kept a day. A claim left by a process that died is free again after a minute: what it may have done is itself guarded.
import type { Db } from './sql.ts';

const STALE_MS = 60_000;

export interface IdempotencyStore {
  claim(
    keyId: string,
    name: string,
    fingerprint: string,
  ): Promise<
    | { readonly kind: 'new' }
    | { readonly kind: 'busy' }
    | { readonly kind: 'reused' }
    | { readonly kind: 'known'; readonly status: number; readonly body: string | null }
  >;
  finish(keyId: string, name: string, status: number, body: string | null): Promise<void>;
  release(keyId: string, name: string): Promise<void>;
}

/** Claims are rows: two nodes that get the same request at once have one winner. */
export function idempotencyStore(db: Db): IdempotencyStore {
  return {
    async claim(keyId, name, fingerprint) {
      const values = { key: keyId, name, fingerprint };
      const insert =
        'INSERT INTO idempotency (key_id, name, fingerprint, status, body, created_at) VALUES (@key, @name, @fingerprint, NULL, NULL, @now) ON CONFLICT DO NOTHING';
      if ((await db.commit(keyId, [{ sql: insert, rows: 'one', values }])) === -1) return { kind: 'new' };
      const [row] = await db.query(
        'SELECT fingerprint, status, body, created_at, CAST(@now AS BIGINT) AS now FROM idempotency WHERE key_id = @key AND name = @name',
        { key: keyId, name },
      );
      if (row === undefined) return { kind: 'busy' };
      if (row['fingerprint'] !== fingerprint) return { kind: 'reused' };
      if (row['status'] !== null)
        return { kind: 'known', status: Number(row['status']), body: row['body'] as string | null };
      if (Number(row['now']) - Number(row['created_at']) < STALE_MS) return { kind: 'busy' };
      const take =
        'UPDATE idempotency SET created_at = @now WHERE key_id = @key AND name = @name AND status IS NULL AND created_at = @created';
      const taken = await db.commit(keyId, [
        { sql: take, rows: 'one', values: { key: keyId, name, created: Number(row['created_at']) } },
      ]);
      return taken === -1 ? { kind: 'new' } : { kind: 'busy' };
    },
    async finish(keyId, name, status, body) {
      await db.commit(keyId, [
        {
          sql: 'UPDATE idempotency SET status = @status, body = @body WHERE key_id = @key AND name = @name',
          rows: 'any',
          values: { key: keyId, name, status, body },
        },
      ]);
    },
    async release(keyId, name) {
      await db.commit(keyId, [
        {
          sql: 'DELETE FROM idempotency WHERE key_id = @key AND name = @name AND status IS NULL',
          rows: 'any',
          values: { key: keyId, name },
        },
      ]);
    },
  };
}
