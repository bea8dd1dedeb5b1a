// The demo's ninety days: made up, always the same, written once, and read by the cockpit like any other.
import { describe, expect, it } from 'vitest';
import { HISTORY_DAYS, madeHistory } from '../../src/commands/demo-data/history.ts';
import { seedHistory } from '../../src/commands/demo-data/history-rows.ts';
import { aHouse, codeOf, NINE, type TestHouse } from '../kit.ts';
import { aPostgres } from '../postgres.ts';

const DAY = 24 * 3600_000;
const told = async (h: TestHouse) => (await h.call('GET', '/v1/console/rollout')).body;

describe('ES-6.2 the history of the demo', () => {
  it('ES-6.2 is the same for one day, rises with campaigns, and rests on weekends', () => {
    const [a, b] = [madeHistory(NINE, '81'), madeHistory(NINE, '81')];
    expect(a.accounts(1, 500)).toEqual(b.accounts(1, 500));
    expect([a.adoption(), a.hours(), a.campaigns()]).toEqual([b.adoption(), b.hours(), b.campaigns()]);
    const days = new Map<number, { accounts: number; bound: number }>();
    for (const { day, accounts, bound } of a.adoption()) {
      const sum = days.get(day) ?? { accounts: 0, bound: 0 };
      days.set(day, { accounts: sum.accounts + accounts, bound: sum.bound + bound });
    }
    const shares = [...days.values()].map(({ accounts, bound }) => bound / accounts);
    expect(shares).toHaveLength(HISTORY_DAYS);
    for (const [n, share] of shares.entries()) expect(share).toBeLessThanOrEqual((shares[n + 1] ?? 1) + 0.005);
    expect(shares.at(-1)).toBeGreaterThan(0.4);
    const logins = (weekday: number): number =>
      a
        .hours()
        .reduce((n, { hour, started }) => (Math.floor((hour + 8) / 24 + 4) % 7 === weekday ? n + started : n), 0);
    expect(logins(0)).toBeLessThan(logins(3) * 0.2);
    for (const { started, satisfied, bySms, refused } of a.hours()) {
      expect(satisfied + refused).toBeLessThanOrEqual(started);
      expect(bySms).toBeLessThanOrEqual(satisfied);
    }
  });

  it.each(['SQLite', 'PostgreSQL'])(
    'ES-6.2 NF-3 %s: it is written once, the cockpit tells it, and what really happens goes on from it',
    async (kind) => {
      const pg = kind === 'PostgreSQL' ? await aPostgres() : undefined;
      try {
        await using h = await aHouse(pg === undefined ? {} : { database: { postgres: await pg.database() } });
        await seedHistory(h.house, 't1', NINE);
        await seedHistory(h.house, 't1', NINE);
        await h.house.seal();
        await h.house.count();
        const before = await told(h);
        expect(before.accounts).toBe(3000);
        expect(before.adoption[0].days).toHaveLength(HISTORY_DAYS + 1);
        expect(before.adoption[0].days.at(-1).bound).toBe(before.bound);
        expect(before.campaigns).toHaveLength(5);
        expect(before.plan).toHaveLength(3);
        expect(before.forecast.error).toBeLessThan(0.05);
        // Its people are people: one of them logs in by SMS, binds, and is counted.
        const [row] = await h.house.db.query(
          `SELECT a.account FROM accounts a JOIN account_activity v ON v.account_id = a.id
         WHERE a.tenant_id = 't1' AND v.bound = 'sms' AND a.phone LIKE '+8526%' ORDER BY a.account LIMIT 1`,
          {},
        );
        const account = String(row?.['account']);
        const client = { id: 'star-9.5', version: '9.5.8.5' };
        const login = (await h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' })).body;
        await h.call('POST', `/v1/logins/${login.id}/send`, {});
        expect((await h.call('POST', `/v1/logins/${login.id}/verify`, { output: await h.smsCode() })).status).toBe(200);
        const binding = (await h.call('POST', `/v1/accounts/${account}/bindings`, { type: 'totp', client })).body;
        await h.call('POST', `/v1/accounts/${account}/bindings/${binding.id}/confirm`, {
          output: codeOf(binding.uri, h.clock.now),
        });
        await h.house.seal();
        await h.house.count();
        expect((await told(h)).bound).toBe(before.bound + 1);
        expect(h.clock.now).toBeLessThan(NINE + DAY);
      } finally {
        await pg?.close();
      }
    },
  );
});
