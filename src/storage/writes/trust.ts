// Trusted devices.
import type { TrustWrite } from '../../core/trust/writes.ts';
import type { Rows } from './row.ts';

export const TRUST_WRITES: Rows<TrustWrite['op']> = {
  'insert-trust': {
    sql: `INSERT INTO trusted_devices (id, tenant_id, account_id, key, hash, hash_before, name, ip, session_id, created_at, last_used_at, expires_at, revoked_at)
          SELECT @id, @tenant, @account, @key, @hash, NULL, @name, @ip, @session, @now, @now, CAST(@expiresAt AS BIGINT), NULL
          WHERE (SELECT count(*) FROM trusted_devices WHERE account_id = @account AND revoked_at IS NULL AND expires_at > @now) < CAST(@most AS BIGINT)`,
    rows: 'one',
    values: ({ device: d, most }) => ({
      id: d.id,
      tenant: d.tenantId,
      account: d.accountId,
      key: d.key,
      hash: d.hash,
      name: d.name,
      ip: d.ip,
      session: d.sessionId,
      expiresAt: d.expiresAt,
      most,
    }),
  },
  'use-trust': {
    sql: `UPDATE trusted_devices SET hash = @to, hash_before = @from, last_used_at = @now
          WHERE id = @id AND account_id = @account AND hash = @from AND revoked_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ id: w.id, account: w.accountId, from: w.from, to: w.to }),
  },
  'revoke-trust': {
    sql: `UPDATE trusted_devices SET revoked_at = @now WHERE id = @id AND account_id = @account AND revoked_at IS NULL`,
    rows: 'any',
    values: (w) => ({ id: w.id, account: w.accountId }),
  },
  'end-trust': {
    sql: `UPDATE trusted_devices SET revoked_at = @now WHERE account_id = @account AND revoked_at IS NULL`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'end-trusted-sessions': {
    sql: `UPDATE sessions SET ended_at = @now WHERE account_id = @account AND ended_at IS NULL AND trust_id IS NOT NULL AND (@trust = '' OR trust_id = @trust) AND id <> @except`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, trust: w.trustId, except: w.except }),
  },
};
