// Answers to named requests, kept a day, sealed under the tenant's data key: they hold assertions and account data.
// A claim left by a process that died is free again after a minute: what it may have done is itself guarded.
import { randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import type { Db } from './sql.ts';

const STALE_MS = 60_000;
const KEPT_MS = 24 * 3600_000;

/** The API key that names requests, and its tenant. */
export interface Owner {
  readonly keyId: string;
  readonly tenantId: string;
}

export type Claim =
  | { readonly kind: 'new'; readonly claim: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'reused' }
  | { readonly kind: 'known'; readonly status: number; readonly body: string | null };

export interface IdempotencyStore {
  claim(owner: Owner, name: string, fingerprint: string): Promise<Claim>;
  /** Keeps the answer, if the claim is still this one's: after a minute another may have taken it. */
  finish(owner: Owner, name: string, claim: string, status: number, body: string | null): Promise<void>;
  /** Gives the name back, if the claim is still this one's. */
  release(owner: Owner, name: string, claim: string): Promise<void>;
}

const identity = ({ keyId }: Owner, name: string): readonly string[] => ['idempotency.body', keyId, name];

/** Claims are rows: two nodes that get the same request at once have one winner. */
export function idempotencyStore(db: Db, keys: Keyring): IdempotencyStore {
  const opened = async (owner: Owner, name: string, stored: string): Promise<string> => {
    const [dataKey = '', sealed = ''] = stored.split('.');
    await keys.load([dataKey]);
    return Buffer.from(
      keys.open(dataKey, owner.tenantId, identity(owner, name), Buffer.from(sealed, 'base64url')),
    ).toString('utf8');
  };

  return {
    async claim(owner, name, fingerprint) {
      const key = owner.keyId;
      // While there is no answer yet, the body says whose claim it is.
      const claim = randomBytes(12).toString('base64url');
      const insert =
        'INSERT INTO idempotency (key_id, name, fingerprint, status, body, created_at) VALUES (@key, @name, @fingerprint, NULL, @claim, @now) ON CONFLICT DO NOTHING';
      if ((await db.commit(key, [{ sql: insert, rows: 'one', values: { key, name, fingerprint, claim } }])) === -1)
        return { kind: 'new', claim };
      const [row] = await db.query(
        'SELECT fingerprint, status, body, created_at, CAST(@now AS BIGINT) AS now FROM idempotency WHERE key_id = @key AND name = @name',
        { key, name },
      );
      if (row === undefined) return { kind: 'busy' };
      const created = Number(row['created_at']);
      const age = Number(row['now']) - created;
      if (age < KEPT_MS) {
        if (row['fingerprint'] !== fingerprint) return { kind: 'reused' };
        if (row['status'] !== null) {
          const body = row['body'] as string | null;
          return {
            kind: 'known',
            status: Number(row['status']),
            body: body === null ? null : await opened(owner, name, body),
          };
        }
        if (age < STALE_MS) return { kind: 'busy' };
      }
      const take =
        'UPDATE idempotency SET created_at = @now, fingerprint = @fingerprint, status = NULL, body = @claim WHERE key_id = @key AND name = @name AND created_at = @created';
      const taken = await db.commit(key, [
        { sql: take, rows: 'one', values: { key, name, fingerprint, created, claim } },
      ]);
      return taken === -1 ? { kind: 'new', claim } : { kind: 'busy' };
    },
    async finish(owner, name, claim, status, body) {
      let stored: string | null = null;
      if (body !== null) {
        await keys.ready(owner.tenantId);
        const { sealed, keyId } = keys.seal(owner.tenantId, identity(owner, name), Buffer.from(body, 'utf8'));
        stored = `${keyId}.${Buffer.from(sealed).toString('base64url')}`;
      }
      const sql =
        'UPDATE idempotency SET status = @status, body = @body WHERE key_id = @key AND name = @name AND status IS NULL AND body = @claim';
      const values = { key: owner.keyId, name, claim, status, body: stored };
      await db.commit(owner.keyId, [{ sql, rows: 'any', values }]);
    },
    async release(owner, name, claim) {
      const sql = 'DELETE FROM idempotency WHERE key_id = @key AND name = @name AND status IS NULL AND body = @claim';
      await db.commit(owner.keyId, [{ sql, rows: 'any', values: { key: owner.keyId, name, claim } }]);
    },
  };
}
