// Cases that wait for a second operator, what operators did to accounts, and what lets a customer object. When contacts and password last changed.
import type { Dialect } from './dialect.ts';

export const cases = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE cases (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT, account TEXT, action TEXT NOT NULL, input TEXT NOT NULL, reason TEXT NOT NULL,
     note TEXT, caller_check TEXT, effects TEXT NOT NULL, risk_flags TEXT NOT NULL, situation TEXT NOT NULL, requester TEXT NOT NULL, requester_id TEXT,
     requester_session TEXT, via TEXT NOT NULL, ip TEXT, status TEXT NOT NULL, revision BIGINT NOT NULL, created_at BIGINT NOT NULL, submitted_at BIGINT NOT NULL,
     expires_at BIGINT NOT NULL, decided_by TEXT, decided_at BIGINT, decision_reason TEXT)${clustered}`,
  `CREATE INDEX cases_of_tenant ON cases (tenant_id, id)`,
  `CREATE INDEX cases_waiting ON cases (tenant_id, expires_at) WHERE status = 'submitted'`,
  `CREATE INDEX cases_of_account ON cases (account_id, id) WHERE account_id IS NOT NULL`,
  `CREATE TABLE operator_acts (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, action TEXT NOT NULL, operator TEXT NOT NULL, reason TEXT NOT NULL,
     caller_check TEXT, case_id TEXT, at BIGINT NOT NULL)${clustered}`,
  `CREATE INDEX operator_acts_of_account ON operator_acts (account_id, at)`,
  `CREATE TABLE vetoes (hash TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
     used_at BIGINT, lifted_at BIGINT)${clustered}`,
  `CREATE INDEX vetoes_of_account ON vetoes (account_id, expires_at)`,
  `ALTER TABLE accounts ADD COLUMN contact_changed_at BIGINT`,
  `ALTER TABLE accounts ADD COLUMN password_changed_at BIGINT`,
];
