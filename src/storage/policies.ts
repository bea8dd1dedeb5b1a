// Every version of a tenant's policy: none is ever changed or removed.
import type { PolicyVersion, PolicyVersions } from '../core/policy/versions.ts';
import type { Db, Row } from './sql.ts';

/** The versions over an open, migrated database. */
export const policyVersions = (db: Db): PolicyVersions => ({
  async list(tenantId, below, limit) {
    const rows = await db.query(
      'SELECT version, created_at, actor, reason FROM policies WHERE tenant_id = @tenant AND version < @below ORDER BY version DESC LIMIT @limit',
      { tenant: tenantId, below, limit },
    );
    return rows.map(versionOf);
  },
  async get(tenantId, version) {
    const [row] = await db.query(
      'SELECT version, created_at, actor, reason, document FROM policies WHERE tenant_id = @tenant AND version = @version',
      { tenant: tenantId, version },
    );
    return row === undefined ? undefined : { ...versionOf(row), document: String(row['document']) };
  },
});

const versionOf = (row: Row): PolicyVersion => ({
  version: Number(row['version']),
  at: Number(row['created_at']),
  actor: String(row['actor']),
  reason: String(row['reason']),
});
