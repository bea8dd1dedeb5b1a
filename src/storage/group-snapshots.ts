// Large tenants are counted beside requests, a stretch of accounts at a time, and read as they were counted last: a million rows grouped while
// somebody waits would hold up every login beside it. Small ones are counted when they are asked for.
import type { AccountGroup } from '../core/rollout/impact.ts';
import type { StepGroup, StepStore } from '../core/rollout/steps.ts';
import type { ActivityStore } from '../core/rollout/store.ts';
import type { Db } from './sql.ts';

/** Below so many accounts the answer is always of this moment. */
const LARGE = 20_000;
const STRETCH = 2000;
/** A snapshot is good for so long, ms; twice as long as a round takes to come by again is still better than none. */
const FRESH_MS = 10 * 60_000;
const WEEK = 7 * 24 * 3600_000;
/** Of its own time, how often over it rests. */
const RESTS = 19;

interface Kept<T> {
  readonly cohort: string | null;
  readonly group: T;
}
type Tuple = readonly unknown[];

/** The stores, answering from snapshots where a tenant is large; `refresh` takes them anew where they are old. */
export function withSnapshots(
  db: Db,
  activity: ActivityStore,
  steps: StepStore,
): {
  readonly activity: ActivityStore;
  readonly steps: StepStore;
  readonly refresh: (isStopped?: () => boolean) => Promise<void>;
} {
  const read = async <T>(tenantId: string, kind: string): Promise<readonly Kept<T>[] | undefined> => {
    const [row] = await db.query('SELECT data FROM group_snapshots WHERE tenant_id = @tenant AND kind = @kind', {
      tenant: tenantId,
      kind,
    });
    return row === undefined ? undefined : (JSON.parse(String(row['data'])) as readonly Kept<T>[]);
  };
  const of = <T>(kept: readonly Kept<T>[], cohort: string | undefined): readonly T[] =>
    kept.flatMap((one) => (cohort === undefined || one.cohort === cohort ? [one.group] : []));

  const take = async (
    tenantId: string,
    kind: string,
    stretch: (after: string) => Promise<readonly Tuple[]>,
    add: (row: Tuple) => void,
    result: () => readonly Kept<unknown>[],
    isStopped: () => boolean,
    rests: number,
  ): Promise<void> => {
    for (let after = ''; ; ) {
      const began = performance.now();
      const rows = await stretch(after);
      for (const row of rows) add(row);
      if (rows.length < STRETCH) break;
      after = String(rows.at(-1)?.[0]);
      await new Promise((resolve) => setTimeout(resolve, Math.min(500, (performance.now() - began) * rests)));
      if (isStopped()) return;
    }
    await db.run([
      {
        sql: `INSERT INTO group_snapshots (tenant_id, kind, at, data) VALUES (@tenant, @kind, @now, @data)
              ON CONFLICT (tenant_id, kind) DO UPDATE SET at = excluded.at, data = excluded.data`,
        rows: 'any',
        values: { tenant: tenantId, kind, data: JSON.stringify(result()) },
      },
    ]);
  };

  const takeActivity = (tenantId: string, isStopped: () => boolean, rests: number): Promise<void> => {
    const groups = new Map<string, { row: Tuple; count: number; last: number; weight: number }>();
    return take(
      tenantId,
      'activity',
      (after) =>
        db.tuples(
          `SELECT account_id, cohort, bound, last_client, last_version, last_login_at, weight FROM account_activity
           WHERE tenant_id = @tenant AND account_id > @after AND status = 'active' ORDER BY account_id LIMIT ${STRETCH}`,
          { tenant: tenantId, after },
        ),
      (row) => {
        const last = row[5] === null ? null : Number(row[5]);
        const weight = Number(row[6]);
        const week = last === null ? '' : Math.floor(last / WEEK);
        const key = `${String(row[1])}\n${String(row[2])}\n${String(row[3])}\n${String(row[4])}\n${week}\n${weight >= 8000 ? 2 : weight >= 4000 ? 1 : 0}`;
        const known = groups.get(key);
        if (known === undefined) groups.set(key, { row, count: 1, last: last ?? 0, weight });
        else {
          known.count++;
          known.last += last ?? 0;
          known.weight += weight;
        }
      },
      () =>
        [...groups.values()].map(({ row, count, last, weight }): Kept<AccountGroup> => {
          const cohort = row[1] as string | null;
          const bound = String(row[2])
            .split(' ')
            .filter((type) => type !== '') as AccountGroup['bound'][number][];
          return {
            cohort,
            group: {
              cohort,
              bound,
              client: row[3] as string | null,
              version: row[4] as string | null,
              lastLoginAt: row[5] === null ? null : last / count,
              weight: weight / count,
              count,
            },
          };
        }),
      isStopped,
      rests,
    );
  };

  const takeSteps = (tenantId: string, isStopped: () => boolean, rests: number): Promise<void> => {
    const groups = new Map<string, { cohort: string | null; group: StepGroup & { count: number } }>();
    return take(
      tenantId,
      'steps',
      (after) =>
        db.tuples(
          `SELECT account_id, cohort, client, version, step, told_at FROM rollout_steps WHERE account_id > @after AND tenant_id = @tenant ORDER BY account_id LIMIT ${STRETCH}`,
          { tenant: tenantId, after },
        ),
      (row) => {
        const [, cohort, client, version, step] = row as [string, string | null, string | null, string | null, unknown];
        const isTold = row[5] !== null;
        const key = `${cohort}\n${client}\n${version}\n${String(step)}\n${isTold}`;
        const known = groups.get(key);
        if (known === undefined)
          groups.set(key, { cohort, group: { client, version, step: Number(step), isTold, count: 1 } });
        else groups.set(key, { cohort, group: { ...known.group, count: known.group.count + 1 } });
      },
      () => [...groups.values()],
      isStopped,
      rests,
    );
  };

  return {
    activity: {
      ...activity,
      async groups(tenantId, cohort, since) {
        const kept = await read<AccountGroup>(tenantId, 'activity');
        if (kept === undefined) return activity.groups(tenantId, cohort, since);
        // A group is of one week: it counts as a whole where the middle of its logins does.
        const groups = of(kept, cohort);
        return since === undefined ? groups : groups.filter(({ lastLoginAt }) => (lastLoginAt ?? 0) >= since);
      },
    },
    steps: {
      ...steps,
      async groups(tenantId, cohort) {
        const kept = await read<StepGroup>(tenantId, 'steps');
        return kept === undefined ? steps.groups(tenantId, cohort) : of(kept, cohort);
      },
    },
    async refresh(isStopped) {
      const large = await db.query(
        `SELECT d.tenant_id, (SELECT min(s.at) FROM group_snapshots s WHERE s.tenant_id = d.tenant_id) AS at, CAST(@now AS BIGINT) AS now FROM adoption_days d
         WHERE d.day = (SELECT max(e.day) FROM adoption_days e WHERE e.tenant_id = d.tenant_id) GROUP BY d.tenant_id HAVING sum(d.accounts) >= ${LARGE}`,
        {},
      );
      for (const row of large) {
        const isOld = row['at'] === null || Number(row['now']) - Number(row['at']) >= FRESH_MS;
        if (isStopped?.() === true) return;
        // Somebody waits where nothing can stop it: a command, a test.
        if (!isOld && isStopped !== undefined) continue;
        const tenantId = String(row['tenant_id']);
        await takeActivity(tenantId, isStopped ?? (() => false), isStopped === undefined ? 0 : RESTS);
        await takeSteps(tenantId, isStopped ?? (() => false), isStopped === undefined ? 0 : RESTS);
      }
    },
  };
}
