// What the OpenID provider remembers. Payloads are sealed and ids hashed: a copy of these tables lets nobody in.
// A code, once consumed, is so for all nodes: the consuming statement is guarded (RFC 6749 §4.1.2).
import { createHash } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import type { Db, Row } from './sql.ts';

export interface OidcRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly isConsumed: boolean;
}

export interface OidcClient {
  readonly id: string;
  readonly name: string;
  /** Client metadata as RFC 7591 names it, without the secret. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Null for a public client. */
  readonly secret: string | null;
}

export interface OidcStore {
  /**
   * Keeps a record for `seconds`; one of the same id is replaced. An access token whose grant is gone is not kept: whoever ended the grant while the
   * token was being made ended the token too.
   */
  put(
    tenantId: string,
    model: string,
    id: string,
    payload: Readonly<Record<string, unknown>>,
    seconds: number,
  ): Promise<void>;
  find(tenantId: string, model: string, id: string): Promise<OidcRecord | undefined>;
  findByUid(tenantId: string, model: string, uid: string): Promise<OidcRecord | undefined>;
  /** True for exactly one caller, ever. */
  consume(tenantId: string, model: string, id: string): Promise<boolean>;
  /** Removes a record; with a grant everything that rests on it. */
  remove(tenantId: string, model: string, id: string): Promise<void>;
  /** Removes everything that rests on a grant: its codes and tokens. */
  revokeGrant(tenantId: string, grantId: string): Promise<void>;
  /** The sessions of an account, so that their relying parties can be told; then removes all the account's records. */
  endAccount(tenantId: string, accountId: string): Promise<readonly OidcRecord[]>;
  clients(tenantId: string): Promise<readonly OidcClient[]>;
  client(tenantId: string, id: string): Promise<OidcClient | undefined>;
  /** False when there is one of that id already. */
  addClient(tenantId: string, client: OidcClient): Promise<boolean>;
  /** Changes what is known of one that is in force; false when there is none. */
  updateClient(tenantId: string, id: string, metadata: Readonly<Record<string, unknown>>): Promise<boolean>;
  revokeClient(tenantId: string, id: string): Promise<boolean>;
}

const hash = (id: string): string => createHash('sha256').update(id).digest('base64url');
/** What binds a sealed record to its row. */
export const oidcRecordIdentity = (model: string, idHash: string): readonly string[] => [
  'oidc_records.sealed',
  model,
  idHash,
];
/** What binds a sealed client secret to its row. */
export const oidcClientIdentity = (id: string): readonly string[] => ['oidc_clients.sealed', id];

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The provider's store over either database. Expiry is by the database's time. */
export function oidcStore(db: Db, keys: Keyring): OidcStore {
  const opened = async (tenantId: string, model: string, row: Row | undefined): Promise<OidcRecord | undefined> => {
    if (row === undefined) return undefined;
    const keyId = String(row['sealed_by']);
    await keys.load([keyId]);
    const plain = keys.open(
      keyId,
      tenantId,
      oidcRecordIdentity(model, String(row['id_hash'])),
      row['sealed'] as Uint8Array,
    );
    return {
      payload: JSON.parse(Buffer.from(plain).toString('utf8')) as Record<string, unknown>,
      isConsumed: row['consumed_at'] !== null,
    };
  };
  const one = async (tenantId: string, model: string, column: 'id_hash' | 'uid_hash', value: string) => {
    const [row] = await db.query(
      `SELECT * FROM oidc_records WHERE tenant_id = @tenant AND model = @model AND ${column} = @value AND expires_at > CAST(@now AS BIGINT)`,
      { tenant: tenantId, model, value: hash(value) },
    );
    return opened(tenantId, model, row);
  };
  const clientOf = async (tenantId: string, row: Row): Promise<OidcClient> => {
    const id = String(row['id']);
    let secret: string | null = null;
    if (row['sealed'] !== null) {
      const keyId = String(row['sealed_by']);
      await keys.load([keyId]);
      secret = Buffer.from(keys.open(keyId, tenantId, oidcClientIdentity(id), row['sealed'] as Uint8Array)).toString(
        'utf8',
      );
    }
    const metadata = JSON.parse(String(row['metadata'])) as Record<string, unknown>;
    return { id, name: String(row['name']), metadata, secret };
  };

  return {
    async put(tenantId, model, id, payload, seconds) {
      await keys.ready(tenantId);
      const idHash = hash(id);
      const bytes = Buffer.from(JSON.stringify(payload), 'utf8');
      const { sealed, keyId } = keys.seal(tenantId, oidcRecordIdentity(model, idHash), bytes);
      const grant = textOf(payload['grantId']);
      const uid = textOf(payload['uid']);
      await db.commit(tenantId, [
        {
          sql: `INSERT INTO oidc_records (tenant_id, model, id_hash, sealed, sealed_by, grant_hash, uid_hash, account_id, created_at, expires_at, consumed_at)
                SELECT @tenant, @model, @id, @sealed, @sealedBy, CAST(@grant AS TEXT), CAST(@uid AS TEXT), CAST(@account AS TEXT), @now, CAST(@now AS BIGINT) + CAST(@ms AS BIGINT), NULL
                WHERE @model <> 'AccessToken' OR CAST(@grant AS TEXT) IS NULL
                   OR EXISTS (SELECT 1 FROM oidc_records g WHERE g.tenant_id = @tenant AND g.model = 'Grant' AND g.id_hash = CAST(@grant AS TEXT) AND g.expires_at > @now)
                ON CONFLICT (tenant_id, model, id_hash) DO UPDATE SET sealed = excluded.sealed, sealed_by = excluded.sealed_by, grant_hash = excluded.grant_hash,
                  uid_hash = excluded.uid_hash, account_id = excluded.account_id, expires_at = excluded.expires_at`,
          rows: model === 'AccessToken' ? 'any' : 'one',
          values: {
            tenant: tenantId,
            model,
            id: idHash,
            sealed,
            sealedBy: keyId,
            grant: grant === null ? null : hash(grant),
            uid: uid === null ? null : hash(uid),
            account: textOf(payload['accountId']),
            ms: Math.round(seconds * 1000),
          },
        },
      ]);
    },
    find: (tenantId, model, id) => one(tenantId, model, 'id_hash', id),
    findByUid: (tenantId, model, uid) => one(tenantId, model, 'uid_hash', uid),
    async consume(tenantId, model, id) {
      const failed = await db.commit(tenantId, [
        {
          sql: `UPDATE oidc_records SET consumed_at = @now WHERE tenant_id = @tenant AND model = @model AND id_hash = @id AND consumed_at IS NULL AND expires_at > @now`,
          rows: 'one',
          values: { tenant: tenantId, model, id: hash(id) },
        },
      ]);
      return failed === -1;
    },
    async remove(tenantId, model, id) {
      const sql = `DELETE FROM oidc_records WHERE tenant_id = @tenant AND ((model = @model AND id_hash = @id) OR (@model = 'Grant' AND grant_hash = @id))`;
      await db.commit(tenantId, [{ sql, rows: 'any', values: { tenant: tenantId, model, id: hash(id) } }]);
    },
    async revokeGrant(tenantId, grantId) {
      const sql = 'DELETE FROM oidc_records WHERE tenant_id = @tenant AND grant_hash = @grant';
      await db.commit(tenantId, [{ sql, rows: 'any', values: { tenant: tenantId, grant: hash(grantId) } }]);
    },
    async endAccount(tenantId, accountId) {
      const rows = await db.query(
        `SELECT * FROM oidc_records WHERE account_id = @account AND tenant_id = @tenant AND model = 'Session' AND expires_at > CAST(@now AS BIGINT)`,
        { account: accountId, tenant: tenantId },
      );
      const sessions: OidcRecord[] = [];
      for (const row of rows) {
        const session = await opened(tenantId, 'Session', row);
        if (session !== undefined) sessions.push(session);
      }
      const sql = 'DELETE FROM oidc_records WHERE account_id = @account AND tenant_id = @tenant';
      await db.commit(tenantId, [{ sql, rows: 'any', values: { account: accountId, tenant: tenantId } }]);
      return sessions;
    },
    async clients(tenantId) {
      const rows = await db.query(
        'SELECT * FROM oidc_clients WHERE tenant_id = @tenant AND revoked_at IS NULL ORDER BY id',
        { tenant: tenantId },
      );
      return Promise.all(rows.map((row) => clientOf(tenantId, row)));
    },
    async client(tenantId, id) {
      const [row] = await db.query(
        'SELECT * FROM oidc_clients WHERE tenant_id = @tenant AND id = @id AND revoked_at IS NULL',
        { tenant: tenantId, id },
      );
      return row === undefined ? undefined : clientOf(tenantId, row);
    },
    async addClient(tenantId, client) {
      await keys.ready(tenantId);
      const sealed =
        client.secret === null
          ? { sealed: null, keyId: null }
          : keys.seal(tenantId, oidcClientIdentity(client.id), Buffer.from(client.secret, 'utf8'));
      const failed = await db.commit(tenantId, [
        {
          sql: `INSERT INTO oidc_clients (tenant_id, id, name, metadata, sealed, sealed_by, created_at, revoked_at)
                VALUES (@tenant, @id, @name, @metadata, @sealed, @sealedBy, @now, NULL) ON CONFLICT DO NOTHING`,
          rows: 'one',
          values: {
            tenant: tenantId,
            id: client.id,
            name: client.name,
            metadata: JSON.stringify(client.metadata),
            sealed: sealed.sealed,
            sealedBy: sealed.keyId,
          },
        },
      ]);
      return failed === -1;
    },
    async updateClient(tenantId, id, metadata) {
      const sql =
        'UPDATE oidc_clients SET metadata = @metadata WHERE tenant_id = @tenant AND id = @id AND revoked_at IS NULL';
      const values = { tenant: tenantId, id, metadata: JSON.stringify(metadata) };
      return (await db.commit(tenantId, [{ sql, rows: 'one', values }])) === -1;
    },
    async revokeClient(tenantId, id) {
      const sql =
        'UPDATE oidc_clients SET revoked_at = @now WHERE tenant_id = @tenant AND id = @id AND revoked_at IS NULL';
      return (await db.commit(tenantId, [{ sql, rows: 'one', values: { tenant: tenantId, id } }])) === -1;
    },
  };
}
