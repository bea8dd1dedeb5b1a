// Trusted devices, read.
import type { TrustedDevice, TrustStore } from '../core/trust/trust.ts';
import type { Db, Row } from './sql.ts';

/** The trusted devices over an open, migrated database. */
export const trustStore = (db: Db): TrustStore => ({
  async get(id) {
    const [row] = await db.query('SELECT * FROM trusted_devices WHERE id = @id', { id });
    return row === undefined ? undefined : deviceOf(row);
  },
  async list(accountId) {
    const rows = await db.query(
      'SELECT * FROM trusted_devices WHERE account_id = @account AND revoked_at IS NULL AND expires_at > @now ORDER BY id DESC',
      { account: accountId },
    );
    return rows.map(deviceOf);
  },
});

const deviceOf = (row: Row): TrustedDevice => ({
  id: String(row['id']),
  tenantId: String(row['tenant_id']),
  accountId: String(row['account_id']),
  key: String(row['key']),
  hash: String(row['hash']),
  hashBefore: row['hash_before'] as string | null,
  name: String(row['name']),
  ip: row['ip'] as string | null,
  sessionId: String(row['session_id']),
  createdAt: Number(row['created_at']),
  lastUsedAt: Number(row['last_used_at']),
  expiresAt: Number(row['expires_at']),
  revokedAt: row['revoked_at'] === null ? null : Number(row['revoked_at']),
});
