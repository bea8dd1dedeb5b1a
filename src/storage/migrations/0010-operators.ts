// Who works at the console, in which tenants and as what, and the one-time links that let them in first. Who they are beside that is an account.
import type { Dialect } from './dialect.ts';

export const operators = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE operators (id TEXT PRIMARY KEY, created_at BIGINT NOT NULL, created_by TEXT NOT NULL)${clustered}`,
  `CREATE TABLE operator_roles (operator_id TEXT NOT NULL, tenant_id TEXT NOT NULL, role TEXT NOT NULL, granted_at BIGINT NOT NULL, granted_by TEXT NOT NULL,
     PRIMARY KEY (operator_id, tenant_id, role))${clustered}`,
  `CREATE INDEX operator_roles_by_tenant ON operator_roles (tenant_id, operator_id)`,
  `CREATE TABLE operator_links (hash TEXT PRIMARY KEY, operator_id TEXT NOT NULL, created_at BIGINT NOT NULL, created_by TEXT NOT NULL, expires_at BIGINT NOT NULL,
     used_at BIGINT)${clustered}`,
  `CREATE INDEX operator_links_by_operator ON operator_links (operator_id)`,
];
