// Operators by what they may do where. Read for every call at the console: a role taken away is gone with the next one.

import type { Role } from '../core/operator/roles.ts';
import type { OperatorStore, Service } from '../core/operator/store.ts';
import type { Db } from './sql.ts';

/** The operators over an open, migrated database. */
export const operatorStore = (db: Db): OperatorStore => ({
  async services(operatorId) {
    const rows = await db.query(
      `SELECT r.tenant_id, t.name, r.role FROM operator_roles r JOIN tenants t ON t.id = r.tenant_id
       WHERE r.operator_id = @operator ORDER BY r.tenant_id, r.role`,
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
});
