// Bulk work: jobs of operators, and their rows. What a row asks for is cleared when it is done.
import type { Dialect } from './dialect.ts';

export const bulk = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE bulk_jobs (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, status TEXT NOT NULL,
     operator_id TEXT, operator TEXT NOT NULL, session_id TEXT, approved_by TEXT, created_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT,
     held_by TEXT, held_until BIGINT)${clustered}`,
  `CREATE INDEX bulk_jobs_by_tenant ON bulk_jobs (tenant_id, id)`,
  `CREATE INDEX bulk_jobs_running ON bulk_jobs (id) WHERE status = 'running'`,
  `CREATE TABLE bulk_rows (job_id TEXT NOT NULL, line BIGINT NOT NULL, account TEXT NOT NULL, status TEXT NOT NULL, input TEXT, code TEXT, detail TEXT, at BIGINT,
     PRIMARY KEY (job_id, line))${clustered}`,
  `CREATE INDEX bulk_rows_by_status ON bulk_rows (job_id, status, line)`,
];
