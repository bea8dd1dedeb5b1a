// What is counted of accounts lies by tenant and account, and has no index: the cockpit reads all of a tenant's rows as fast as it read the index, and
// each login that is counted touches one page instead of four.
import type { Dialect } from './dialect.ts';

export const activityNarrow = ({ clustered }: Dialect): readonly string[] => [
  `ALTER TABLE account_activity RENAME TO account_activity_before`,
  `CREATE TABLE account_activity (tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, cohort TEXT, status TEXT NOT NULL, bound TEXT NOT NULL, last_login_at BIGINT,
     weight BIGINT NOT NULL, last_client TEXT, last_version TEXT, reminded_at BIGINT, PRIMARY KEY (tenant_id, account_id))${clustered}`,
  `INSERT INTO account_activity (tenant_id, account_id, cohort, status, bound, last_login_at, weight, last_client, last_version, reminded_at)
   SELECT tenant_id, account_id, cohort, status, bound, last_login_at, weight, last_client, last_version, reminded_at FROM account_activity_before`,
  `DROP TABLE account_activity_before`,
];
