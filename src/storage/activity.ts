// Follows the audit log into what the cockpit counts. The cursor moves in the same commit as what it counted, so a kill or a second node counts
// nothing twice and skips nothing.
import type { TypeName } from '../core/authenticator/type.ts';
import type { AdoptionDay } from '../core/rollout/forecast.ts';
import { weightAfter } from '../core/rollout/frequency.ts';
import type { AccountGroup } from '../core/rollout/impact.ts';
import type { ActivityStore } from '../core/rollout/store.ts';
import { cursorAt, cursorStep } from './cursor.ts';
import { type Db, type Row, rowsOf, type Step } from './sql.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const CURSOR = 'activity.seq';
/** Types that are no destination of the move: what is left of `bound` without them is a strong method. */
export const STRONG = `trim(replace(replace(replace(replace(bound, 'recovery-code', ''), 'bypass-code', ''), 'sms', ''), 'email', '')) <> ''`;

/** The columns that are counted, as rows of JSON. */
const COUNTED = {
  id: 'text',
  tenant: 'text',
  cohort: 'text',
  status: 'text',
  bound: 'text',
  last: 'bigint',
  weight: 'bigint',
  client: 'text',
  version: 'text',
} as const;

interface Seen {
  logins: number[];
  client: string | null;
  version: string | null;
}
interface Hours {
  started: number;
  satisfied: number;
  bySms: number;
  rejected: number;
  refused: number;
}

const NOTHING_SEEN: Seen = { logins: [], client: null, version: null };

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const typesOf = (bound: unknown): readonly TypeName[] =>
  String(bound)
    .split(' ')
    .filter((type) => type !== '') as TypeName[];

/** The activity of accounts over either database. */
export function activityStore(db: Db): ActivityStore {
  const upTo =
    db.dialect === 'sqlite'
      ? 'SELECT max(seq) AS seq FROM audit_events'
      : `SELECT value AS seq FROM meta WHERE name = 'audit.settled'`;

  /** What these accounts are now, and what was counted of them so far. */
  const known = (ids: readonly string[]): Promise<Row[]> =>
    db.query(
      `SELECT a.id, a.tenant_id, a.cohort, a.status, v.weight, v.last_login_at, v.last_client, v.last_version,
         (SELECT string_agg(b.type, ' ') FROM (SELECT DISTINCT u.type FROM authenticators u WHERE u.account_id = a.id AND u.status = 'active' ORDER BY u.type) b) AS bound
       FROM ${rowsOf(db.dialect, '@ids', { id: 'text' })} q JOIN accounts a ON a.id = q.id LEFT JOIN account_activity v ON v.tenant_id = a.tenant_id AND v.account_id = a.id`,
      { ids: JSON.stringify(ids.map((id) => ({ id }))) },
    );

  const rowOf = (row: Row, seen: Seen): Record<string, string | number | null> => {
    let weight = Number(row['weight'] ?? 0);
    let last = numberOf(row['last_login_at']);
    for (const at of seen.logins) {
      weight = weightAfter(weight, last, at);
      last = Math.max(last ?? 0, at);
    }
    return {
      id: String(row['id']),
      tenant: String(row['tenant_id']),
      cohort: textOf(row['cohort']),
      status: String(row['status']),
      bound: textOf(row['bound']) ?? '',
      last,
      weight,
      client: seen.client ?? textOf(row['last_client']),
      version: seen.client === null ? textOf(row['last_version']) : seen.version,
    };
  };
  const rowsStep = (rows: readonly Record<string, string | number | null>[]): Step => ({
    sql: `INSERT INTO account_activity (account_id, tenant_id, cohort, status, bound, last_login_at, weight, last_client, last_version, reminded_at)
          SELECT r.id, r.tenant, r.cohort, r.status, r.bound, r.last, r.weight, r.client, r.version, NULL FROM ${rowsOf(db.dialect, '@rows', COUNTED)} r WHERE true
          ON CONFLICT (tenant_id, account_id) DO UPDATE SET cohort = excluded.cohort, status = excluded.status, bound = excluded.bound, last_login_at = excluded.last_login_at,
            weight = excluded.weight, last_client = excluded.last_client, last_version = excluded.last_version`,
    rows: 'any',
    values: { rows: JSON.stringify(rows) },
  });

  return {
    async follow(limit) {
      const at = await cursorAt(db, CURSOR);
      const from = Number(at ?? 0);
      const [settled] = await db.query(upTo, {});
      const events = await db.query(
        'SELECT seq, tenant_id, at, account_id, event, data FROM audit_events WHERE seq > @from AND seq <= @to ORDER BY seq LIMIT @limit',
        { from, to: Number(settled?.['seq'] ?? 0), limit },
      );
      const last = events.at(-1);
      if (last === undefined) return 0;
      const { accounts, hours } = read(events);
      const steps: Step[] = [cursorStep(CURSOR, at, String(last['seq']))];
      const rows = await known([...accounts.keys()]);
      steps.push(rowsStep(rows.map((row) => rowOf(row, accounts.get(String(row['id'])) ?? NOTHING_SEEN))));
      for (const [key, one] of hours) {
        const [tenant = '', hour = ''] = key.split(' ');
        steps.push({
          sql: `INSERT INTO login_hours (tenant_id, hour, started, satisfied, by_sms, rejected, refused) VALUES (@tenant, @hour, @started, @satisfied, @bySms, @rejected, @refused)
                ON CONFLICT (tenant_id, hour) DO UPDATE SET started = login_hours.started + excluded.started, satisfied = login_hours.satisfied + excluded.satisfied,
                  by_sms = login_hours.by_sms + excluded.by_sms, rejected = login_hours.rejected + excluded.rejected, refused = login_hours.refused + excluded.refused`,
          rows: 'one',
          values: { tenant, hour: Number(hour), ...one },
        });
      }
      // Another node was first: what it counted is counted.
      return (await db.commit('activity', steps)) === -1 ? events.length : 0;
    },
    async count() {
      const day = `CAST(@now AS BIGINT) / ${DAY}`;
      await db.run([
        {
          sql: `INSERT INTO adoption_days (tenant_id, day, cohort, accounts, bound)
                SELECT tenant_id, ${day}, coalesce(cohort, ''), count(*), sum(CASE WHEN ${STRONG} THEN 1 ELSE 0 END) FROM account_activity WHERE status = 'active' GROUP BY tenant_id, coalesce(cohort, '')
                ON CONFLICT (tenant_id, day, cohort) DO UPDATE SET accounts = excluded.accounts, bound = excluded.bound`,
          rows: 'any',
          values: {},
        },
      ]);
    },
    async groups(tenantId, cohort, since) {
      // By the week of the last login: near enough for what is told, and few groups however many accounts.
      const rows = await db.query(
        `SELECT cohort, bound, last_client, last_version, last_login_at / ${7 * DAY} AS week, CASE WHEN weight >= 8000 THEN 2 WHEN weight >= 4000 THEN 1 ELSE 0 END AS class,
                count(*) AS n, avg(last_login_at) AS last, avg(weight) AS weight
         FROM account_activity WHERE tenant_id = @tenant AND status = 'active' ${cohort === undefined ? '' : 'AND cohort = @cohort'}
         ${since === undefined ? '' : 'AND last_login_at >= @since'}
         GROUP BY cohort, bound, last_client, last_version, week, class`,
        { tenant: tenantId, ...(cohort === undefined ? {} : { cohort }), ...(since === undefined ? {} : { since }) },
      );
      return rows.map(
        (row): AccountGroup => ({
          cohort: textOf(row['cohort']),
          bound: typesOf(row['bound']),
          client: textOf(row['last_client']),
          version: textOf(row['last_version']),
          lastLoginAt: numberOf(row['last']),
          weight: Number(row['weight']),
          count: Number(row['n']),
        }),
      );
    },
    async list(tenantId, cohort, after, limit) {
      const rows = await db.query(
        `SELECT v.*, a.account, a.name FROM account_activity v JOIN accounts a ON a.id = v.account_id
         WHERE v.tenant_id = @tenant AND v.status = 'active' AND v.account_id > @after ${cohort === undefined ? '' : 'AND v.cohort = @cohort'} ORDER BY v.account_id LIMIT @limit`,
        { tenant: tenantId, after, limit, ...(cohort === undefined ? {} : { cohort }) },
      );
      return rows.map((row) => ({
        id: String(row['account_id']),
        account: String(row['account']),
        name: textOf(row['name']),
        cohort: textOf(row['cohort']),
        bound: typesOf(row['bound']),
        client: textOf(row['last_client']),
        version: textOf(row['last_version']),
        lastLoginAt: numberOf(row['last_login_at']),
        weight: Number(row['weight']),
        remindedAt: numberOf(row['reminded_at']),
      }));
    },
    async adoption(tenantId, sinceDay) {
      const rows = await db.query(
        'SELECT day, cohort, accounts, bound FROM adoption_days WHERE tenant_id = @tenant AND day >= @since ORDER BY day, cohort',
        { tenant: tenantId, since: sinceDay },
      );
      const cohorts = new Map<string | null, AdoptionDay[]>([[null, []]]);
      for (const row of rows) {
        const one = { day: Number(row['day']), accounts: Number(row['accounts']), bound: Number(row['bound']) };
        const name = String(row['cohort']);
        cohorts.set(name, [...(cohorts.get(name) ?? []), one]);
        const all = cohorts.get(null) ?? [];
        const last = all.at(-1);
        if (last?.day === one.day)
          all[all.length - 1] = { day: one.day, accounts: last.accounts + one.accounts, bound: last.bound + one.bound };
        else all.push(one);
      }
      return cohorts;
    },
    async hours(tenantId, sinceHour) {
      const rows = await db.query(
        'SELECT * FROM login_hours WHERE tenant_id = @tenant AND hour >= @since ORDER BY hour',
        { tenant: tenantId, since: sinceHour },
      );
      return rows.map((row) => ({
        hour: Number(row['hour']),
        started: Number(row['started']),
        satisfied: Number(row['satisfied']),
        bySms: Number(row['by_sms']),
        rejected: Number(row['rejected']),
        refused: Number(row['refused']),
      }));
    },
  };
}

/** What a stretch of the log says of accounts and hours. */
function read(events: readonly Row[]): { accounts: Map<string, Seen>; hours: Map<string, Hours> } {
  const accounts = new Map<string, Seen>();
  const hours = new Map<string, Hours>();
  for (const row of events) {
    const at = Number(row['at']);
    const event = String(row['event']);
    const data = JSON.parse(String(row['data'])) as Readonly<Record<string, unknown>>;
    const id = textOf(row['account_id']);
    if (id !== null) {
      let seen = accounts.get(id);
      if (seen === undefined) accounts.set(id, (seen = { logins: [], client: null, version: null }));
      if (event === 'login.satisfied' || event === 'login.allowed') seen.logins.push(at);
      if (event.startsWith('login.') && textOf(data['client']) !== null) {
        seen.client = textOf(data['client']);
        seen.version = textOf(data['version']);
      }
    }
    const what = HOURLY[event];
    if (what === undefined) continue;
    const key = `${String(row['tenant_id'])} ${Math.floor(at / HOUR)}`;
    let hour = hours.get(key);
    if (hour === undefined) hours.set(key, (hour = { started: 0, satisfied: 0, bySms: 0, rejected: 0, refused: 0 }));
    for (const name of what) hour[name]++;
    if (event === 'login.satisfied' && data['type'] === 'sms') hour.bySms++;
  }
  return { accounts, hours };
}

const HOURLY: Readonly<Record<string, readonly (keyof Hours)[]>> = {
  'login.started': ['started'],
  'login.allowed': ['started', 'satisfied'],
  'login.refused': ['started', 'refused'],
  'login.satisfied': ['satisfied'],
  'output.rejected': ['rejected'],
};
