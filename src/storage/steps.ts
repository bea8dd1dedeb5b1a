// How far accounts came, kept beside the audit log: only the events that are a step leave the database, so following costs next to nothing.
import { STEP_EVENTS, type StepGroup, type StepStore, stepOf } from '../core/rollout/steps.ts';
import { cursorAt, cursorStep } from './cursor.ts';
import { settledSeq } from './settled.ts';
import type { Db, Row, Step } from './sql.ts';

const CURSOR = 'steps.seq';
const VERIFIED = 4;
const LIST = [...STEP_EVENTS, 'account.updated'].map((event) => `'${event}'`).join(', ');
const OF = `SELECT e.seq, e.tenant_id, e.at, e.account_id, e.event, e.data, a.cohort, v.last_client, v.last_version
  FROM audit_events e JOIN accounts a ON a.id = e.account_id LEFT JOIN account_activity v ON v.tenant_id = e.tenant_id AND v.account_id = e.account_id`;
const PUT = `INSERT INTO rollout_steps (account_id, tenant_id, cohort, client, version, step, told_at, step_at) VALUES (@id, @tenant, @cohort, @client, @version, @step, @told, @at)
  ON CONFLICT (account_id) DO UPDATE SET cohort = excluded.cohort, client = coalesce(excluded.client, rollout_steps.client), version = coalesce(excluded.version, rollout_steps.version),
    told_at = coalesce(rollout_steps.told_at, excluded.told_at),
    step_at = CASE WHEN excluded.step > rollout_steps.step THEN excluded.step_at ELSE rollout_steps.step_at END,
    step = CASE WHEN excluded.step > rollout_steps.step THEN excluded.step ELSE rollout_steps.step END`;

/** The steps over either database. */
export function stepStore(db: Db): StepStore {
  return {
    async follow(limit) {
      const at = await cursorAt(db, CURSOR);
      const from = Number(at ?? 0);
      const to = Math.min(await settledSeq(db), from + limit);
      if (to <= from) return 0;
      const range = { from, to };
      const events = await db.query(
        `${OF} WHERE e.seq > @from AND e.seq <= @to AND (e.event IN (${LIST})
           OR (e.event = 'login.satisfied' AND EXISTS (SELECT 1 FROM rollout_steps s WHERE s.account_id = e.account_id AND s.step = ${VERIFIED}))) ORDER BY e.seq`,
        range,
      );
      const steps: Step[] = [cursorStep(CURSOR, at, String(to))];
      const fresh = new Map<string, number>();
      for (const event of events) {
        const step = put(event);
        if (step === undefined) continue;
        steps.push(step);
        if (step.values['step'] === VERIFIED) fresh.set(String(event['account_id']), Number(event['seq']));
      }
      // Who verified in this very stretch may have used it in it too.
      for (const [id, seq] of fresh) {
        const logins = await db.query(
          `${OF} WHERE e.account_id = @id AND e.seq > @seq AND e.seq <= @to AND e.event = 'login.satisfied' ORDER BY e.seq`,
          { id, seq, to },
        );
        for (const login of logins) {
          const step = put(login);
          if (step !== undefined) steps.push(step);
        }
      }
      // Another node was first: what it wrote is written.
      await db.commit('steps', steps);
      return to - from;
    },
    async campaigns(tenantId, since) {
      const rows = await db.query(
        'SELECT at, cohort, reminded, reason FROM campaigns WHERE tenant_id = @tenant AND at >= @since ORDER BY at LIMIT 500',
        { tenant: tenantId, since },
      );
      return rows.map((row) => ({
        at: Number(row['at']),
        cohort: row['cohort'] as string | null,
        reminded: Number(row['reminded']),
        reason: String(row['reason']),
      }));
    },
    async groups(tenantId, cohort) {
      const rows = await db.query(
        `SELECT client, version, step, CASE WHEN told_at IS NULL THEN 0 ELSE 1 END AS told, count(*) AS n FROM rollout_steps
         WHERE tenant_id = @tenant ${cohort === undefined ? '' : 'AND cohort = @cohort'} GROUP BY client, version, step, CASE WHEN told_at IS NULL THEN 0 ELSE 1 END`,
        cohort === undefined ? { tenant: tenantId } : { tenant: tenantId, cohort },
      );
      return rows.map(
        (row): StepGroup => ({
          client: row['client'] as string | null,
          version: row['version'] as string | null,
          step: Number(row['step']),
          isTold: Number(row['told']) === 1,
          count: Number(row['n']),
        }),
      );
    },
  };
}

/** The row an event leaves, if it is a step; or the cohort its account moved to. */
function put(event: Row): Step | undefined {
  const id = String(event['account_id']);
  const name = String(event['event']);
  const cohort = event['cohort'] as string | null;
  if (name === 'account.updated')
    return {
      sql: 'UPDATE rollout_steps SET cohort = @cohort WHERE account_id = @id',
      rows: 'any',
      values: { id, cohort },
    };
  const { type } = JSON.parse(String(event['data'])) as { readonly type?: unknown };
  const step = stepOf(name, type);
  if (step === 0) return undefined;
  const at = Number(event['at']);
  return {
    sql: PUT,
    rows: 'one',
    values: {
      id,
      tenant: String(event['tenant_id']),
      cohort,
      client: event['last_client'] as string | null,
      version: event['last_version'] as string | null,
      step,
      told: step === 1 ? at : null,
      at,
    },
  };
}
