// Moving cohorts: cut-overs and who tried since, cohorts by rules, how far each account came on the way to a stronger method, and reminders sent.
import type { Dialect } from './dialect.ts';

export const cutover = ({ clustered }: Dialect): readonly string[] => [
  // `cohort` is '' for everybody in no cohort with a phase of its own; `watched` is how far the audit log was read.
  `CREATE TABLE cutovers (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, cohort TEXT NOT NULL, phase TEXT NOT NULL, phase_before TEXT, status TEXT NOT NULL, paused_why TEXT,
     stages TEXT NOT NULL, stage BIGINT NOT NULL, threshold BIGINT NOT NULL, least BIGINT NOT NULL, stage_minutes BIGINT NOT NULL, goes_on BIGINT NOT NULL,
     overridden BIGINT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, started_at BIGINT NOT NULL, stage_at BIGINT NOT NULL, ended_at BIGINT, watched BIGINT NOT NULL,
     revision BIGINT NOT NULL)${clustered}`,
  `CREATE INDEX cutovers_by_tenant ON cutovers (tenant_id, id)`,
  `CREATE UNIQUE INDEX cutovers_open ON cutovers (tenant_id, cohort) WHERE status IN ('running', 'paused')`,
  // The newest attempt of each account a cut-over has taken: when it began, whether it was refused, whether it got in.
  `CREATE TABLE cutover_accounts (cutover_id TEXT NOT NULL, account_id TEXT NOT NULL, tried_at BIGINT NOT NULL, refused_why TEXT, got_in_at BIGINT,
     PRIMARY KEY (cutover_id, account_id))${clustered}`,
  // A cohort by a rule: `cursor` is the account the run came to; the counts are of the run.
  `CREATE TABLE cohort_rules (tenant_id TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL, run TEXT NOT NULL, cursor TEXT NOT NULL, matching BIGINT NOT NULL, joining BIGINT NOT NULL,
     leaving BIGINT NOT NULL, unbound BIGINT NOT NULL, actor TEXT NOT NULL, changed_at BIGINT NOT NULL, ran_at BIGINT, revision BIGINT NOT NULL, PRIMARY KEY (tenant_id, name))${clustered}`,
  // Accounts named one by one, as they are spelt canonically.
  `CREATE TABLE cohort_listed (tenant_id TEXT NOT NULL, name TEXT NOT NULL, canonical TEXT NOT NULL, PRIMARY KEY (tenant_id, name, canonical))${clustered}`,
  // The furthest step of each account: 1 told, 2 opened, 3 scanned, 4 verified, 5 used.
  `CREATE TABLE rollout_steps (account_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, cohort TEXT, client TEXT, version TEXT, step BIGINT NOT NULL, told_at BIGINT, step_at BIGINT NOT NULL)${clustered}`,
  `CREATE INDEX rollout_steps_groups ON rollout_steps (tenant_id, cohort, client, version, step, told_at)`,
  `CREATE TABLE campaigns (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, at BIGINT NOT NULL, cohort TEXT, reminded BIGINT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL)${clustered}`,
  `CREATE INDEX campaigns_by_tenant ON campaigns (tenant_id, at)`,
];
