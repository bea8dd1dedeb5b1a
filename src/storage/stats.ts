// What a monitor asks of the store: sums that are kept anyway, so that watching costs no login anything. Never an account's name or id.
import type { ChannelName } from '../core/outbox/message.ts';
import type { TenantStats } from '../core/stats.ts';
import type { Db } from './sql.ts';

export interface Stats {
  tenants(): Promise<readonly TenantStats[]>;
  /** Messages that wait, and how long the oldest has been due, seconds. */
  outbox(): Promise<{ readonly waiting: number; readonly lateSeconds: number; readonly failed: number }>;
  /** Events that are committed and not sealed yet. */
  unsealed(): Promise<number>;
}

/** The store's sums, read when asked by a node with these channels. What no node ever had a channel for is not late: nobody is about to send it. */
export function stats(db: Db, channels: readonly ChannelName[]): Stats {
  const own = Object.fromEntries([...channels, ''].map((channel, n) => [`c${n}`, channel]));
  const places = Object.keys(own)
    .map((name) => `@${name}`)
    .join(', ');
  return {
    async tenants() {
      const sums = await db.query(
        `SELECT t.id AS tenant, coalesce(sum(h.started), 0) AS started, coalesce(sum(h.satisfied), 0) AS satisfied, coalesce(sum(h.by_sms), 0) AS by_sms,
                coalesce(sum(h.rejected), 0) AS rejected, coalesce(sum(h.refused), 0) AS refused
         FROM tenants t LEFT JOIN login_hours h ON h.tenant_id = t.id GROUP BY t.id ORDER BY t.id`,
        {},
      );
      const days = await db.query(
        `SELECT tenant_id, cohort, accounts, bound FROM adoption_days d
         WHERE day = (SELECT max(day) FROM adoption_days e WHERE e.tenant_id = d.tenant_id) ORDER BY tenant_id, cohort`,
        {},
      );
      return sums.map((row) => ({
        tenant: String(row['tenant']),
        started: Number(row['started']),
        satisfied: Number(row['satisfied']),
        bySms: Number(row['by_sms']),
        rejected: Number(row['rejected']),
        refused: Number(row['refused']),
        cohorts: days
          .filter((day) => day['tenant_id'] === row['tenant'])
          .map((day) => ({
            cohort: String(day['cohort']),
            accounts: Number(day['accounts']),
            bound: Number(day['bound']),
          })),
      }));
    },
    async outbox() {
      const [row] = await db.query(
        `SELECT (SELECT count(*) FROM outbox WHERE status = 'waiting') AS waiting,
                (SELECT CAST(@now AS BIGINT) - min(next_at) FROM outbox WHERE status = 'waiting' AND (channel IN (${places}) OR channel IN (SELECT channel FROM channel_nodes))) AS late,
                (SELECT count(*) FROM outbox WHERE status = 'failed' AND created_at > CAST(@now AS BIGINT) - 86400000) AS failed`,
        own,
      );
      return {
        waiting: Number(row?.['waiting'] ?? 0),
        lateSeconds: Math.max(0, Number(row?.['late'] ?? 0)) / 1000,
        failed: Number(row?.['failed'] ?? 0),
      };
    },
    async unsealed() {
      const [row] = await db.query(
        'SELECT (SELECT coalesce(max(seq), 0) FROM audit_events) - (SELECT coalesce(max(seq), 0) FROM audit_chain) AS n',
        {},
      );
      return Math.max(0, Number(row?.['n'] ?? 0));
    },
  };
}
