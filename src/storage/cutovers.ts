// Cut-overs over either database: their record, and who of their accounts tried to log in since.

import type { Cutover } from '../core/rollout/cutover.ts';
import type { CutoverStore } from '../core/rollout/cutover-store.ts';
import { STRONG } from './activity.ts';
import { settledSeq } from './settled.ts';
import type { Db, Row, Step } from './sql.ts';

const DAY = 24 * 3600_000;
/** What says that somebody tries, is refused, or is in. */
const EVENTS = ['login.started', 'login.allowed', 'login.refused', 'login.satisfied'];
/** Refusals that no phase is to blame for. */
const OTHERWISE: ReadonlySet<string> = new Set(['account-suspended', 'device-revoked', 'device-required']);
const LIST = EVENTS.map((event) => `'${event}'`).join(', ');

/** A refusal outweighs having been in; a login begun does not, for whoever got in since the stage began can. */
const TRIED = `INSERT INTO cutover_accounts (cutover_id, account_id, tried_at, refused_why, got_in_at) VALUES (@cutover, @account, @at, @why, NULL)
  ON CONFLICT (cutover_id, account_id) DO UPDATE SET refused_why = excluded.refused_why,
    tried_at = CASE WHEN cutover_accounts.got_in_at IS NULL AND cutover_accounts.tried_at >= CAST(@since AS BIGINT) THEN cutover_accounts.tried_at ELSE excluded.tried_at END,
    got_in_at = CASE WHEN excluded.refused_why IS NULL AND cutover_accounts.got_in_at >= CAST(@since AS BIGINT) THEN cutover_accounts.got_in_at ELSE NULL END`;
const GOT_IN = `INSERT INTO cutover_accounts (cutover_id, account_id, tried_at, refused_why, got_in_at) VALUES (@cutover, @account, @at, NULL, @at)
  ON CONFLICT (cutover_id, account_id) DO UPDATE SET got_in_at = excluded.got_in_at, refused_why = NULL`;
/** Those who tried since the stage began. */
const SINCE = `cutover_id = @id AND (tried_at >= @since OR got_in_at >= @since)`;
const FAILING = `got_in_at IS NULL AND (refused_why IS NOT NULL OR tried_at < @unfinished)`;

/** Cut-overs over either database. */
export function cutoverStore(db: Db): CutoverStore {
  return {
    async list(tenantId) {
      const rows = await db.query('SELECT * FROM cutovers WHERE tenant_id = @tenant ORDER BY id DESC LIMIT 100', {
        tenant: tenantId,
      });
      return rows.map(cutoverOf);
    },
    async get(tenantId, id) {
      const [row] = await db.query('SELECT * FROM cutovers WHERE tenant_id = @tenant AND id = @id', {
        tenant: tenantId,
        id,
      });
      return row === undefined ? undefined : cutoverOf(row);
    },
    async open() {
      const rows = await db.query(`SELECT * FROM cutovers WHERE status IN ('running', 'paused') ORDER BY id`, {});
      return rows.map(cutoverOf);
    },
    async follow(cutover, isTaken, limit) {
      const [row] = await db.query('SELECT watched FROM cutovers WHERE id = @id', { id: cutover.id });
      const from = Number(row?.['watched'] ?? 0);
      const settled = await settledSeq(db);
      if (settled <= from) return 0;
      const to = Math.min(settled, from + limit);
      const events = await db.query(
        `SELECT e.seq, e.at, e.account_id, e.event, e.data, a.account, a.cohort FROM audit_events e JOIN accounts a ON a.id = e.account_id
         WHERE e.seq > @from AND e.seq <= @to AND e.tenant_id = @tenant AND e.event IN (${LIST}) ORDER BY e.seq`,
        { from, to, tenant: cutover.tenantId },
      );
      const steps: Step[] = [
        {
          sql: 'UPDATE cutovers SET watched = CAST(@to AS BIGINT) WHERE id = @id AND watched = CAST(@from AS BIGINT)',
          rows: 'one',
          values: { id: cutover.id, from, to },
        },
      ];
      for (const event of events) {
        const id = String(event['account_id']);
        const account = String(event['account']);
        if (!isTaken({ id, account, cohort: event['cohort'] as string | null })) continue;
        const at = Number(event['at']);
        // What began before the stage did was not decided by it.
        if (at < cutover.stageAt) continue;
        const name = String(event['event']);
        const isIn = name === 'login.satisfied' || name === 'login.allowed';
        const why = name === 'login.refused' ? whyOf(String(event['data'])) : null;
        if (why !== null && OTHERWISE.has(why)) continue;
        steps.push({
          sql: isIn ? GOT_IN : TRIED,
          rows: 'one',
          values: { cutover: cutover.id, account: id, at, ...(isIn ? {} : { why, since: cutover.stageAt }) },
        });
      }
      // Another node was first: what it counted is counted.
      await db.commit('cutover', steps);
      return to - from;
    },
    async tally(cutover, unfinished) {
      const [row] = await db.query(
        `SELECT count(*) AS tried, sum(CASE WHEN got_in_at IS NOT NULL THEN 1 ELSE 0 END) AS got_in, sum(CASE WHEN ${FAILING} THEN 1 ELSE 0 END) AS failing
         FROM cutover_accounts WHERE ${SINCE}`,
        { id: cutover.id, since: cutover.stageAt, unfinished },
      );
      return {
        tried: Number(row?.['tried'] ?? 0),
        gotIn: Number(row?.['got_in'] ?? 0),
        failing: Number(row?.['failing'] ?? 0),
      };
    },
    async failing(cutover, unfinished, after, limit) {
      const rows = await db.query(
        `SELECT c.account_id, a.account, a.name, c.tried_at, c.refused_why FROM cutover_accounts c JOIN accounts a ON a.id = c.account_id
         WHERE c.cutover_id = @id AND ${FAILING} AND c.account_id > @after ORDER BY c.account_id LIMIT @limit`,
        { id: cutover.id, unfinished, after, limit },
      );
      return rows.map((one) => ({
        id: String(one['account_id']),
        account: String(one['account']),
        name: one['name'] as string | null,
        triedAt: Number(one['tried_at']),
        why: one['refused_why'] as string | null,
      }));
    },
    async told(tenantId, cohort) {
      const [row] = await db.query(
        `SELECT count(*) AS n FROM account_activity WHERE tenant_id = @tenant AND status = 'active' AND reminded_at IS NOT NULL AND NOT (${STRONG})
           ${cohort === undefined ? '' : 'AND cohort = @cohort'}`,
        cohort === undefined ? { tenant: tenantId } : { tenant: tenantId, cohort },
      );
      return Number(row?.['n'] ?? 0);
    },
    async smsHealth(tenantId) {
      const [row] = await db.query(
        `SELECT sum(CASE WHEN status = 'sent' THEN 1 ELSE 0 END) AS sent, sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failed FROM outbox
         WHERE tenant_id = @tenant AND purpose IN ('code', 'notice', 'objection') AND channel = 'sms' AND created_at > CAST(@now AS BIGINT) - ${DAY}`,
        { tenant: tenantId },
      );
      return { sent: Number(row?.['sent'] ?? 0), failed: Number(row?.['failed'] ?? 0) };
    },
  };
}

/** The rule's reason in a `login.refused` event; 'refused' when it tells none. */
function whyOf(data: string): string {
  const { why } = JSON.parse(data) as { readonly why?: unknown };
  return typeof why === 'string' ? why : 'refused';
}

const cutoverOf = (row: Row): Cutover => ({
  id: String(row['id']),
  tenantId: String(row['tenant_id']),
  cohort: row['cohort'] === '' ? null : String(row['cohort']),
  phase: String(row['phase']) as Cutover['phase'],
  before: row['phase_before'] as Cutover['before'],
  status: String(row['status']) as Cutover['status'],
  pausedWhy: row['paused_why'] as Cutover['pausedWhy'],
  stages: String(row['stages']).split(' ').map(Number),
  stage: Number(row['stage']),
  threshold: Number(row['threshold']) / 10_000,
  least: Number(row['least']),
  stageMinutes: Number(row['stage_minutes']),
  goesOn: Number(row['goes_on']) === 1,
  isOverridden: Number(row['overridden']) === 1,
  affected: row['affected'] === null ? null : Number(row['affected']),
  reason: String(row['reason']),
  actor: String(row['actor']),
  requester: JSON.parse(String(row['requester'])) as Cutover['requester'],
  approvedBy: row['approved_by'] as string | null,
  startedAt: Number(row['started_at']),
  stageAt: Number(row['stage_at']),
  endedAt: row['ended_at'] === null ? null : Number(row['ended_at']),
  revision: Number(row['revision']),
});
