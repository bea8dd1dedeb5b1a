// Operators and their roles.
import type { OperatorWrite } from '../../core/operator/writes.ts';
import type { Rows } from './row.ts';

export const OPERATOR_WRITES: Rows<OperatorWrite['op']> = {
  'insert-operator': {
    sql: `INSERT INTO operators (id, created_at, created_by) VALUES (@id, @now, @by)`,
    rows: 'one',
    values: (w) => ({ id: w.id, by: w.by }),
  },
  'grant-role': {
    sql: `INSERT INTO operator_roles (operator_id, tenant_id, role, granted_at, granted_by) VALUES (@operator, @tenant, @role, @now, @by)`,
    rows: 'one',
    values: (w) => ({ operator: w.operatorId, tenant: w.tenantId, role: w.role, by: w.by }),
  },
  'drop-roles': {
    sql: `DELETE FROM operator_roles WHERE operator_id = @operator AND tenant_id = @tenant`,
    rows: 'any',
    values: (w) => ({ operator: w.operatorId, tenant: w.tenantId }),
  },
};
