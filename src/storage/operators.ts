// Operators by what they may do where. Read for every call at the console: a role taken away is gone with the next one.
import type { Locale } from '../core/locale.ts';
import type { Role } from '../core/operator/roles.ts';
import type { OperatorRow, OperatorStore, Service } from '../core/operator/store.ts';
import type { Db, Row } from './sql.ts';

const LIST_SQL = `SELECT o.id, o.created_at, o.created_by, a.account, a.name, a.status,
    (SELECT max(s.seen_at) FROM sessions s WHERE s.account_id = o.id) AS seen_at,
    (SELECT max(l.expires_at) FROM operator_links l WHERE l.operator_id = o.id AND l.used_at IS NULL AND l.expires_at > @now) AS link_expires_at
  FROM operators o JOIN accounts a ON a.id = o.id
  WHERE @tenant = '' OR EXISTS (SELECT 1 FROM operator_roles r WHERE r.operator_id = o.id AND r.tenant_id = @tenant)
  ORDER BY a.account`;

const maybe = (value: unknown): number | null => (value === null ? null : Number(value));

/** The operators over an open, migrated database. */
export const operatorStore = (db: Db): OperatorStore => ({
  async services(operatorId) {
    const rows = await db.query(
      `SELECT r.tenant_id, t.name, r.role FROM operator_roles r JOIN tenants t ON t.id = r.tenant_id
       WHERE r.operator_id = @operator ORDER BY t.created_at, r.tenant_id, r.role`,
      { operator: operatorId },
    );
    const services: (Service & { roles: Role[] })[] = [];
    for (const row of rows) {
      const last = services.at(-1);
      const role = String(row['role']) as Role;
      if (last?.tenantId === row['tenant_id']) last?.roles.push(role);
      else services.push({ tenantId: String(row['tenant_id']), tenantName: String(row['name']), roles: [role] });
    }
    return services;
  },
  async list(tenantId) {
    const tenant = tenantId ?? '';
    const rows = await db.query(LIST_SQL, { tenant });
    const roles = await db.query(
      `SELECT DISTINCT operator_id, role FROM operator_roles WHERE @tenant = '' OR tenant_id = @tenant ORDER BY operator_id, role`,
      { tenant },
    );
    const methods = await db.query(
      `SELECT account_id, type FROM authenticators WHERE account_id IN (SELECT id FROM operators) AND status = 'active' ORDER BY account_id, type`,
      {},
    );
    const of = (all: readonly Row[], key: string, id: unknown, value: string): readonly string[] => [
      ...new Set(all.filter((row) => row[key] === id).map((row) => String(row[value]))),
    ];
    return rows.map(
      (row): OperatorRow => ({
        id: String(row['id']),
        login: String(row['account']),
        name: row['name'] as string | null,
        status: String(row['status']) as OperatorRow['status'],
        roles: of(roles, 'operator_id', row['id'], 'role') as Role[],
        methods: of(methods, 'account_id', row['id'], 'type'),
        createdAt: Number(row['created_at']),
        createdBy: String(row['created_by']),
        lastSeenAt: maybe(row['seen_at']),
        linkExpiresAt: maybe(row['link_expires_at']),
      }),
    );
  },
  async link(hash) {
    const [row] = await db.query(
      `SELECT l.operator_id, l.expires_at, a.account, a.name, a.locale FROM operator_links l JOIN accounts a ON a.id = l.operator_id
       WHERE l.hash = @hash AND l.used_at IS NULL AND l.expires_at > @now AND a.status = 'active'`,
      { hash },
    );
    return row === undefined
      ? undefined
      : {
          operatorId: String(row['operator_id']),
          login: String(row['account']),
          name: row['name'] as string | null,
          locale: String(row['locale']) as Locale,
          expiresAt: Number(row['expires_at']),
        };
  },
  async origin(operatorId) {
    const [row] = await db.query('SELECT created_at, created_by FROM operators WHERE id = @id', { id: operatorId });
    return row === undefined
      ? undefined
      : { createdAt: Number(row['created_at']), createdBy: String(row['created_by']) };
  },
  async hasJoined() {
    const rows = await db.query(
      `SELECT 1 AS found FROM authenticators WHERE account_id IN (SELECT id FROM operators) AND status = 'active' LIMIT 1`,
      {},
    );
    return rows.length > 0;
  },
});
