// Cohorts by rules over either database: the rule, the run that applies it, and the accounts it looks at. Runs go account by account in order of id,
// a stretch at a time; the place is kept with what was done, so a kill or a second node does nothing twice.

import type { TypeName } from '../core/authenticator/type.ts';
import type { CohortRule, CohortRun, CohortStore, RuledCohort, RunAccount } from '../core/rollout/cohort-rule.ts';
import type { Db, Row, Step, Values } from './sql.ts';

/** Accounts named in one statement: one text however many there are. */
const AT_ONCE = 100;
const PLACES = Array.from({ length: AT_ONCE }, (_, n) => `@a${n}`).join(', ');
const SELECT = `SELECT r.*, (SELECT count(*) FROM cohort_listed l WHERE l.tenant_id = r.tenant_id AND l.name = r.name) AS listed FROM cohort_rules r`;
const NEXT: Readonly<Partial<Record<CohortRun, CohortRun>>> = { counting: 'counted', applying: 'applied' };

/** Cohorts by rules over either database. */
export function cohortStore(db: Db): CohortStore {
  return {
    async list(tenantId) {
      return (await db.query(`${SELECT} WHERE r.tenant_id = @tenant ORDER BY r.name`, { tenant: tenantId })).map(
        cohortOf,
      );
    },
    async get(tenantId, name) {
      const [row] = await db.query(`${SELECT} WHERE r.tenant_id = @tenant AND r.name = @name`, {
        tenant: tenantId,
        name,
      });
      return row === undefined ? undefined : cohortOf(row);
    },
    async unknown(tenantId, name, most) {
      const from = `FROM cohort_listed l LEFT JOIN accounts a ON a.tenant_id = l.tenant_id AND a.canonical = l.canonical
        WHERE l.tenant_id = @tenant AND l.name = @name AND a.id IS NULL`;
      const values = { tenant: tenantId, name };
      const [counted] = await db.query(`SELECT count(*) AS n ${from}`, values);
      const rows = await db.query(`SELECT l.canonical ${from} ORDER BY l.canonical LIMIT @most`, { ...values, most });
      return { count: Number(counted?.['n'] ?? 0), first: rows.map((row) => String(row['canonical'])) };
    },
    async running() {
      const rows = await db.query(`${SELECT} WHERE r.run IN ('counting', 'applying') ORDER BY r.tenant_id, r.name`, {});
      return rows.map((row) => ({ ...cohortOf(row), tenantId: String(row['tenant_id']) }));
    },
    async accounts(tenantId, name, after, limit) {
      const rows = await db.query(
        `SELECT v.account_id, v.cohort, v.bound, v.last_client, v.last_version, v.last_login_at, v.weight, a.phone, a.cohort AS present,
           CASE WHEN l.canonical IS NULL THEN 0 ELSE 1 END AS listed
         FROM account_activity v JOIN accounts a ON a.id = v.account_id
         LEFT JOIN cohort_listed l ON l.tenant_id = a.tenant_id AND l.name = @name AND l.canonical = a.canonical
         WHERE v.tenant_id = @tenant AND v.account_id > @after AND a.status = 'active' ORDER BY v.account_id LIMIT @limit`,
        { tenant: tenantId, name, after, limit },
      );
      return rows.map(
        (row): RunAccount => ({
          id: String(row['account_id']),
          cohort: row['present'] as string | null,
          bound: String(row['bound'])
            .split(' ')
            .filter((type) => type !== '') as TypeName[],
          client: row['last_client'] as string | null,
          version: row['last_version'] as string | null,
          lastLoginAt: row['last_login_at'] === null ? null : Number(row['last_login_at']),
          weight: Number(row['weight']),
          phone: row['phone'] as string | null,
          isListed: Number(row['listed']) === 1,
        }),
      );
    },
    async advance(tenantId, cohort, delta) {
      const { name, run } = cohort;
      const steps: Step[] = [
        {
          sql: `UPDATE cohort_rules SET cursor = @to, run = @next, matching = matching + CAST(@matching AS BIGINT), joining = joining + CAST(@joining AS BIGINT),
                  leaving = leaving + CAST(@leaving AS BIGINT), unbound = unbound + CAST(@unbound AS BIGINT),
                  ran_at = CASE WHEN CAST(@ended AS BIGINT) = 1 THEN CAST(@now AS BIGINT) ELSE ran_at END
                WHERE tenant_id = @tenant AND name = @name AND run = @run AND cursor = @from AND revision = CAST(@revision AS BIGINT)`,
          rows: 'one',
          values: {
            tenant: tenantId,
            name,
            run,
            revision: cohort.revision,
            from: cohort.cursor,
            to: delta.to,
            next: delta.isStopped === true ? 'stopped' : delta.isEnd ? (NEXT[run] ?? run) : run,
            ended: delta.isEnd || delta.isStopped === true ? 1 : 0,
            matching: delta.matching,
            joining: delta.joins.length,
            leaving: delta.leaves.length,
            unbound: delta.unbound,
          },
        },
      ];
      if (run === 'applying') {
        // A revision more: whoever changes the account from what it was reads it again.
        const leaves = `cohort = @name`;
        const joins = cohort.rule.takesOthers === true ? '1 = 1' : '(cohort IS NULL OR cohort = @name)';
        for (const ids of chunks(delta.leaves))
          steps.push(...put(`cohort = NULL`, leaves, { ...ids, name, tenant: tenantId }));
        for (const ids of chunks(delta.joins))
          steps.push(...put(`cohort = @name`, joins, { ...ids, name, tenant: tenantId }));
      }
      return (await db.commit(`cohort ${tenantId} ${name}`, steps)) === -1;
    },
  };
}

const put = (set: string, only: string, values: Values): Step[] =>
  [
    `UPDATE accounts SET ${set}, revision = revision + 1 WHERE id IN (${PLACES}) AND tenant_id = @tenant AND ${only}`,
    `UPDATE account_activity SET ${set} WHERE account_id IN (${PLACES}) AND tenant_id = @tenant AND ${only}`,
    `UPDATE rollout_steps SET ${set} WHERE account_id IN (${PLACES}) AND tenant_id = @tenant AND ${only}`,
  ].map((sql) => ({ sql, rows: 'any', values }));

function* chunks(ids: readonly string[]): Generator<Values> {
  for (let from = 0; from < ids.length; from += AT_ONCE)
    yield Object.fromEntries(Array.from({ length: AT_ONCE }, (_, n) => [`a${n}`, ids[from + n] ?? '']));
}

const cohortOf = (row: Row): RuledCohort => ({
  name: String(row['name']),
  rule: JSON.parse(String(row['rule'])) as CohortRule,
  run: String(row['run']) as CohortRun,
  cursor: String(row['cursor']),
  listed: Number(row['listed']),
  matching: Number(row['matching']),
  joining: Number(row['joining']),
  leaving: Number(row['leaving']),
  unbound: Number(row['unbound']),
  most:
    row['most_joining'] === null
      ? null
      : {
          joining: Number(row['most_joining']),
          leaving: Number(row['most_leaving']),
          unbound: Number(row['most_unbound']),
        },
  actor: String(row['actor']),
  changedAt: Number(row['changed_at']),
  ranAt: row['ran_at'] === null ? null : Number(row['ran_at']),
  revision: Number(row['revision']),
});
