// Operators, their roles, and the links that let them in.
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
  'insert-operator-link': {
    sql: `INSERT INTO operator_links (hash, operator_id, created_at, created_by, expires_at, used_at) VALUES (@hash, @operator, @now, @by, @expiresAt, NULL)`,
    rows: 'one',
    values: (w) => ({ hash: w.hash, operator: w.operatorId, by: w.by, expiresAt: w.expiresAt }),
  },
  'expect-operator-link': {
    sql: `SELECT 1 AS held FROM operator_links WHERE hash = @hash AND operator_id = @operator AND used_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ hash: w.hash, operator: w.operatorId }),
  },
  'use-operator-link': {
    sql: `UPDATE operator_links SET used_at = @now WHERE hash = @hash AND operator_id = @operator AND used_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ hash: w.hash, operator: w.operatorId }),
  },
  'end-operator-links': {
    sql: `UPDATE operator_links SET used_at = @now WHERE operator_id = @operator AND used_at IS NULL`,
    rows: 'any',
    values: (w) => ({ operator: w.operatorId }),
  },
};
