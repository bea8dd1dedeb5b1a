// The rollout's own rows.
import type { RolloutWrite } from '../../core/rollout/writes.ts';
import type { Rows } from './row.ts';

export const ROLLOUT_WRITES: Rows<RolloutWrite['op']> = {
  'note-reminder': {
    sql: `UPDATE account_activity SET reminded_at = @now WHERE tenant_id = @tenant AND account_id = @account AND (reminded_at IS NULL OR reminded_at < @notSince)`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, account: w.accountId, notSince: w.notSince }),
  },
  // Watched from the log's end: what happened before says nothing of the cut-over.
  'insert-cutover': {
    sql: `INSERT INTO cutovers (id, tenant_id, cohort, phase, phase_before, status, paused_why, stages, stage, threshold, least, stage_minutes, goes_on, overridden, affected, reason, actor,
            started_at, stage_at, ended_at, watched, revision, requester)
          VALUES (@id, @tenant, @cohort, @phase, @before, @status, NULL, @stages, 0, @threshold, @least, @stageMinutes, @goesOn, @overridden, CAST(@affected AS BIGINT), @reason, @actor,
            @now, @now, NULL, (SELECT coalesce(max(seq), 0) FROM audit_events), 1, @requester)
          ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: ({ cutover: c }) => ({
      id: c.id,
      tenant: c.tenantId,
      cohort: c.cohort ?? '',
      phase: c.phase,
      before: c.before,
      status: c.status,
      requester: JSON.stringify(c.requester),
      stages: c.stages.join(' '),
      threshold: Math.round(c.threshold * 10_000),
      least: c.least,
      stageMinutes: c.stageMinutes,
      goesOn: c.goesOn ? 1 : 0,
      overridden: c.isOverridden ? 1 : 0,
      affected: c.affected,
      reason: c.reason,
      actor: c.actor,
    }),
  },
  'move-cutover': {
    sql: `UPDATE cutovers SET status = @status, paused_why = @why, stage = CAST(@stage AS BIGINT), revision = revision + 1, approved_by = coalesce(CAST(@approvedBy AS TEXT), approved_by),
            stage_at = CASE WHEN CAST(@fresh AS BIGINT) = 1 THEN @now ELSE stage_at END, ended_at = CASE WHEN CAST(@ended AS BIGINT) = 1 THEN @now ELSE ended_at END
          WHERE id = @id AND revision = CAST(@revision AS BIGINT)`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      revision: w.revision,
      status: w.status,
      why: w.pausedWhy,
      stage: w.stage,
      fresh: w.isNewStage ? 1 : 0,
      ended: w.isEnd ? 1 : 0,
      approvedBy: w.approvedBy,
    }),
  },
  'note-campaign': {
    sql: `INSERT INTO campaigns (id, tenant_id, at, cohort, reminded, reason, actor) VALUES (@id, @tenant, @now, @cohort, @reminded, @reason, @actor)`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      tenant: w.tenantId,
      cohort: w.cohort,
      reminded: w.reminded,
      reason: w.reason,
      actor: w.actor,
    }),
  },
  'save-cohort': {
    sql: `INSERT INTO cohort_rules (tenant_id, name, rule, run, cursor, matching, joining, leaving, unbound, actor, changed_at, ran_at, revision)
          VALUES (@tenant, @name, @rule, 'new', '', 0, 0, 0, 0, @actor, @now, NULL, 1)
          ON CONFLICT (tenant_id, name) DO UPDATE SET rule = excluded.rule, run = 'new', cursor = '', matching = 0, joining = 0, leaving = 0, unbound = 0, actor = excluded.actor,
            changed_at = excluded.changed_at, ran_at = NULL, revision = cohort_rules.revision + 1 WHERE cohort_rules.revision = CAST(@revision AS BIGINT)`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, name: w.name, rule: w.rule, actor: w.actor, revision: w.revision }),
  },
  'run-cohort': {
    sql: `UPDATE cohort_rules SET run = @run, cursor = '', matching = 0, joining = 0, leaving = 0, unbound = 0, revision = revision + 1,
            most_joining = CASE WHEN CAST(@run AS TEXT) = 'applying' THEN joining END, most_leaving = CASE WHEN CAST(@run AS TEXT) = 'applying' THEN leaving END,
            most_unbound = CASE WHEN CAST(@run AS TEXT) = 'applying' THEN unbound END
          WHERE tenant_id = @tenant AND name = @name AND revision = CAST(@revision AS BIGINT)`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, name: w.name, revision: w.revision, run: w.run }),
  },
  'drop-cohort': {
    sql: `DELETE FROM cohort_rules WHERE tenant_id = @tenant AND name = @name AND revision = CAST(@revision AS BIGINT)`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, name: w.name, revision: w.revision }),
  },
  'drop-listed': {
    sql: `DELETE FROM cohort_listed WHERE tenant_id = @tenant AND name = @name`,
    rows: 'any',
    values: (w) => ({ tenant: w.tenantId, name: w.name }),
  },
  'list-account': {
    sql: `INSERT INTO cohort_listed (tenant_id, name, canonical) VALUES (@tenant, @name, @canonical) ON CONFLICT DO NOTHING`,
    rows: 'any',
    values: (w) => ({ tenant: w.tenantId, name: w.name, canonical: w.canonical }),
  },
};
