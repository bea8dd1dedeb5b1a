// Cases, what operators did, and customers' objections.
import type { CaseWrite } from '../../core/operator/case-writes.ts';
import type { Rows } from './row.ts';

/** An objection to something about the account stands: no operator has looked yet. */
export const OBJECTED = (account: '@id' | '@account'): string =>
  `EXISTS (SELECT 1 FROM vetoes w WHERE w.account_id = ${account} AND w.used_at IS NOT NULL AND w.lifted_at IS NULL)`;

export const CASE_WRITES: Rows<CaseWrite['op']> = {
  'insert-case': {
    sql: `INSERT INTO cases (id, tenant_id, account_id, account, action, input, reason, note, caller_check, effects, risk_flags, situation, requester, requester_id,
            requester_session, via, ip, status, revision, created_at, submitted_at, expires_at)
          VALUES (@id, @tenant, @account, @name, @action, @input, @reason, @note, @callerCheck, @effects, @riskFlags, @situation, @requester, @requesterId,
            @session, @via, @ip, 'submitted', @revision, @now, @now, CAST(@expiresAt AS BIGINT))`,
    rows: 'one',
    values: ({ case: c }) => ({
      id: c.id,
      tenant: c.tenantId,
      account: c.accountId,
      name: c.account,
      action: c.action,
      input: JSON.stringify(c.input),
      reason: c.reason,
      note: c.note,
      callerCheck: c.callerCheck === null ? null : JSON.stringify(c.callerCheck),
      effects: JSON.stringify(c.effects),
      riskFlags: c.riskFlags.join(' '),
      situation: c.situation,
      requester: c.requester.login,
      requesterId: c.requester.id,
      session: c.requester.sessionId,
      via: c.via,
      ip: c.ip,
      revision: c.revision,
      expiresAt: c.expiresAt,
    }),
  },
  'edit-case': {
    sql: `UPDATE cases SET input = @input, reason = @reason, note = @note, caller_check = @callerCheck, effects = @effects, risk_flags = @riskFlags, situation = @situation,
            status = 'submitted', revision = revision + 1, submitted_at = @now, expires_at = CAST(@expiresAt AS BIGINT), decided_by = NULL, decided_at = NULL, decision_reason = NULL
          WHERE id = @id AND tenant_id = @tenant AND revision = CAST(@revision AS BIGINT) AND (status = 'returned' OR (status = 'submitted' AND expires_at > @now))`,
    rows: 'one',
    values: ({ case: c }) => ({
      id: c.id,
      tenant: c.tenantId,
      input: JSON.stringify(c.input),
      reason: c.reason,
      note: c.note,
      callerCheck: c.callerCheck === null ? null : JSON.stringify(c.callerCheck),
      effects: JSON.stringify(c.effects),
      riskFlags: c.riskFlags.join(' '),
      situation: c.situation,
      revision: c.revision,
      expiresAt: c.expiresAt,
    }),
  },
  'decide-case': {
    sql: `UPDATE cases SET status = @to, decided_by = @by, decided_at = @now, decision_reason = @reason
          WHERE id = @id AND tenant_id = @tenant AND status = 'submitted' AND revision = CAST(@revision AS BIGINT) AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      tenant: w.tenantId,
      revision: w.revision,
      to: w.to,
      by: w.by,
      reason: w.reason,
    }),
  },
  'veto-cases': {
    sql: `UPDATE cases SET status = 'vetoed', decided_by = 'customer', decided_at = @now WHERE account_id = @account AND status = 'submitted' AND expires_at > @now`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'note-act': {
    sql: `INSERT INTO operator_acts (id, tenant_id, account_id, action, operator, reason, caller_check, case_id, at)
          VALUES (@id, @tenant, @account, @action, @operator, @reason, @callerCheck, @case, @now)`,
    rows: 'one',
    values: ({ act: a }) => ({
      id: a.id,
      tenant: a.tenantId,
      account: a.accountId,
      action: a.action,
      operator: a.operator,
      reason: a.reason,
      callerCheck: a.callerCheck,
      case: a.caseId,
    }),
  },
  'insert-veto': {
    sql: `INSERT INTO vetoes (hash, tenant_id, account_id, created_at, expires_at, change)
          SELECT @hash, @tenant, @account, @now, CAST(@expiresAt AS BIGINT), CAST(@change AS TEXT)
          WHERE CAST(@change AS TEXT) IS NULL
             OR NOT EXISTS (SELECT 1 FROM vetoes v WHERE v.account_id = @account AND v.change IS NOT NULL AND v.used_at >= CAST(@seen AS BIGINT))`,
    rows: 'one',
    values: (w) => ({
      hash: w.hash,
      tenant: w.tenantId,
      account: w.accountId,
      expiresAt: w.expiresAt,
      change: w.change === undefined ? null : JSON.stringify(w.change),
      seen: w.seen ?? 0,
    }),
  },
  'expect-changes': {
    sql: `SELECT 1 AS held WHERE (SELECT count(*) FROM vetoes WHERE account_id = @account AND change IS NOT NULL AND used_at IS NULL AND expires_at > @now) = CAST(@count AS BIGINT)`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, count: w.count }),
  },
  'settle-changes': {
    sql: `UPDATE vetoes SET used_at = coalesce(used_at, @now), lifted_at = CASE WHEN CAST(@lifted AS BIGINT) = 1 THEN CAST(@now AS BIGINT) ELSE NULL END
          WHERE account_id = @account AND change IS NOT NULL AND ((used_at IS NULL AND created_at >= CAST(@since AS BIGINT)) OR hash = @hash)`,
    rows: 'some',
    values: (w) => ({ account: w.accountId, hash: w.hash, since: w.since, lifted: w.isLifted ? 1 : 0 }),
  },
  'close-changes': {
    sql: `UPDATE vetoes SET expires_at = @now WHERE account_id = @account AND change IS NOT NULL AND used_at IS NULL AND expires_at > @now`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'use-veto': {
    sql: `UPDATE vetoes SET used_at = @now WHERE hash = @hash AND account_id = @account AND used_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ hash: w.hash, account: w.accountId }),
  },
  'freeze-account': {
    sql: `UPDATE accounts SET status = 'suspended', revision = revision + 1 WHERE id = @account AND status = 'active'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'thaw-account': {
    sql: `UPDATE accounts SET status = CASE WHEN suspended_at IS NULL THEN 'active' ELSE 'suspended' END, revision = revision + 1
          WHERE id = @account AND status = 'suspended' AND ${OBJECTED('@account')}`,
    rows: 'one',
    values: (w) => ({ account: w.accountId }),
  },
  'lift-vetoes': {
    sql: `UPDATE vetoes SET lifted_at = @now WHERE account_id = @account AND used_at IS NOT NULL AND lifted_at IS NULL`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
};
