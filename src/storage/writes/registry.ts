// A tenant's registry: policy versions and API keys.
import type { Rows } from './row.ts';

export const REGISTRY_WRITES: Rows<'bump-tenant' | 'insert-policy' | 'insert-key' | 'revoke-key'> = {
  'bump-tenant': {
    sql: `UPDATE tenants SET version = version + 1 WHERE id = @tenant AND version = @version`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, version: w.version }),
  },
  'insert-policy': {
    sql: `INSERT INTO policies (tenant_id, version, document, created_at, actor, reason) VALUES (@tenant, @version, @document, @now, @actor, @reason) ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, version: w.version, document: w.document, actor: w.actor, reason: w.reason }),
  },
  'insert-key': {
    sql: `INSERT INTO api_keys (id, tenant_id, name, hash, scopes, client_id, client_version, created_at, expires_at, revoked_at)
          VALUES (@id, @tenant, @name, @hash, @scopes, @client, @clientVersion, @now, @expiresAt, NULL)`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      tenant: w.tenantId,
      name: w.name,
      hash: w.hash,
      scopes: w.scopes.join(' '),
      client: w.clientId,
      clientVersion: w.clientVersion,
      expiresAt: w.expiresAt,
    }),
  },
  'revoke-key': {
    sql: `UPDATE api_keys SET revoked_at = @now WHERE id = @id AND tenant_id = @tenant AND revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({ id: w.id, tenant: w.tenantId }),
  },
};
