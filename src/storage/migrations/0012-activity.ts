// What the cockpit counts: one narrow row per account beside its wide ones, logins by the hour, adoption by the day. All of it follows from the
// audit log and the accounts; it is kept by a job, so that no login pays for it.
import type { Dialect } from './dialect.ts';

export const activity = ({ clustered }: Dialect): readonly string[] => [
  // `weight`: logins, each counting less with age (thousandths; see core/rollout/frequency.ts).
  `CREATE TABLE account_activity (account_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, cohort TEXT, status TEXT NOT NULL, bound TEXT NOT NULL, last_login_at BIGINT,
     weight BIGINT NOT NULL, last_client TEXT, last_version TEXT, reminded_at BIGINT)${clustered}`,
  `CREATE INDEX account_activity_groups ON account_activity (tenant_id, cohort, bound, last_client, last_version, last_login_at, weight, status)`,
  `CREATE TABLE login_hours (tenant_id TEXT NOT NULL, hour BIGINT NOT NULL, started BIGINT NOT NULL, satisfied BIGINT NOT NULL, by_sms BIGINT NOT NULL, rejected BIGINT NOT NULL,
     refused BIGINT NOT NULL, PRIMARY KEY (tenant_id, hour))${clustered}`,
  `CREATE TABLE adoption_days (tenant_id TEXT NOT NULL, day BIGINT NOT NULL, cohort TEXT NOT NULL, accounts BIGINT NOT NULL, bound BIGINT NOT NULL, PRIMARY KEY (tenant_id, day, cohort))${clustered}`,
];
