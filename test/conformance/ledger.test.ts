// SQLite's ledger of time steps: its index lies in memory, and is never asked for more than what the log on disk proves.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import { stepLedger } from '../../src/storage/ledger.ts';
import { spentSteps } from '../../src/storage/migrations/0012-spent-steps.ts';
import { SQLITE } from '../../src/storage/migrations/dialect.ts';
import { aHouse, type TestHouse } from '../kit.ts';
import { accountRow, anId, authenticatorRow } from './stores.ts';

const HOUR = 3600_000;
const PERIOD = 30_000;
const folder = mkdtempSync(join(tmpdir(), 'hufu-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (name: string): Promise<TestHouse & AsyncDisposable> =>
  aHouse({ folder, database: { sqlite: join(folder, `${name}.db`) } });
const step = (authenticatorId: string, at: number): Write => ({
  op: 'spend-step',
  authenticatorId,
  step: Math.floor(at / PERIOD),
  periodSeconds: 30,
  lookAhead: 2,
});
const spend = async (h: TestHouse, authenticatorId: string, at: number): Promise<string> =>
  (await h.house.ports.store.commit(authenticatorId, [step(authenticatorId, at)])).kind;
const sqliteOf = (h: TestHouse) => {
  const { db } = h.house;
  if (db.dialect !== 'sqlite') throw new Error('this is about SQLite');
  return db;
};

describe('the ledger of time steps', () => {
  it('NF-4 OTP-03 two processes on one file: a step spent through one is spent for the other, also after pruning', async () => {
    await using one = await open('two');
    await using other = await open('two');
    for (let n = 0; n < 20; n++) {
      const at = one.clock.now + n * PERIOD;
      const [a, b] = [anId('aut'), anId('aut')];
      expect(await spend(one, a, at)).toBe('done');
      expect(await spend(other, a, at)).toBe('conflict');
      // What one takes back must not hide what the other writes in its place.
      const undone: Write[] = [step(anId('aut'), at), { op: 'expect-failures', scope: a, count: 9 }];
      expect((await one.house.ports.store.commit(a, undone)).kind).toBe('conflict');
      expect(await spend(other, b, at)).toBe('done');
      expect(await spend(one, b, at)).toBe('conflict');
      // Another day: all is pruned but the newest row, and the next one must still be noticed.
      if (n % 5 === 4) {
        for (const h of [one, other]) h.clock.now += 40 * HOUR;
        await one.house.prune();
      }
    }
  });

  it('NF-4 OTP-03 both processes at once: each of many steps has one winner', async () => {
    await using one = await open('race');
    await using other = await open('race');
    const ids = Array.from({ length: 60 }, () => anId('aut'));
    const told = await Promise.all(
      ids.flatMap((id) => [one, other, other, one].map((h) => spend(h, id, one.clock.now))),
    );
    for (const [n] of ids.entries()) expect(told.slice(4 * n, 4 * n + 4).filter((t) => t === 'done')).toHaveLength(1);
  });

  it('NF-4 STO-01 a step is spent for whoever opens the file after the one who spent it', async () => {
    const id = anId('aut');
    const first = await open('again');
    const { now } = first.clock;
    expect(await spend(first, id, now)).toBe('done');
    await first.close();
    await using second = await open('again');
    expect(await spend(second, id, now)).toBe('conflict');
    expect(await spend(second, id, now - PERIOD)).toBe('conflict');
    expect(await spend(second, id, now + PERIOD)).toBe('done');
  });

  it('OTP-16 a clock set back by minutes or hours finds what was spent then, in memory or in the log', async () => {
    await using h = await open('clock');
    const start = h.clock.now;
    const id = anId('aut');
    const spentAt: number[] = [];
    for (let at = start; at < start + 20 * HOUR; at += HOUR / 2) {
      h.clock.now = at;
      expect(await spend(h, id, at)).toBe('done');
      spentAt.push(at);
    }
    for (const at of spentAt.toReversed()) {
      h.clock.now = at;
      expect(await spend(h, id, at)).toBe('conflict');
      expect(await spend(h, id, at + 5 * PERIOD)).toBe('done');
    }
  });

  it('NF-4 STO-03 what was undone is free again: the commit failed, or one beside it did', async () => {
    await using h = await open('undone');
    const { store } = h.house.ports;
    const { now } = h.clock;
    const taken = authenticatorRow(anId('acc'), { id: anId('aut') });
    await store.commit('x', [taken]);
    const ids = Array.from({ length: 12 }, () => anId('aut'));
    const told = await Promise.allSettled(
      ids.map((id, n) =>
        store.commit(id, [
          step(id, now),
          ...(n % 3 === 0 ? [] : n % 3 === 1 ? [taken] : [{ op: 'expect-failures', scope: id, count: 9 } as const]),
        ]),
      ),
    );
    expect(told.map((t) => (t.status === 'fulfilled' ? t.value.kind : 'fault'))).toEqual(
      ids.map((_, n) => ['done', 'fault', 'conflict'][n % 3]),
    );
    for (const [n, id] of ids.entries()) expect(await spend(h, id, now)).toBe(n % 3 === 0 ? 'conflict' : 'done');
  });

  it('NF-4 STO-02 a COMMIT that failed leaves nothing in memory that is not on disk, and nothing on disk that is not asked', async () => {
    await using h = await open('commit');
    const { raw } = sqliteOf(h);
    const { now } = h.clock;
    const [before, during] = [anId('aut'), anId('aut')];
    expect(await spend(h, before, now)).toBe('done');
    // A deferred foreign key fails at COMMIT, after every statement of the group has held.
    raw.exec(`CREATE TABLE parents (id INTEGER PRIMARY KEY); CREATE TABLE children (id INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
              CREATE TRIGGER orphan AFTER INSERT ON spent_steps BEGIN INSERT INTO children VALUES (7); END`);
    await expect(spend(h, during, now)).rejects.toThrow(/constraint/i);
    raw.exec('DROP TRIGGER orphan');
    expect(await spend(h, during, now)).toBe('done');
    expect(await spend(h, during, now)).toBe('conflict');
    expect(await spend(h, before, now)).toBe('conflict');
  });

  it('OTP-01 steps spent before there was a ledger of their own stay spent, and lasting marks stay where they are', async () => {
    const [account, id] = [anId('acc'), anId('aut')];
    const old = await open('old');
    const { now } = old.clock;
    await old.house.ports.store.commit(account, [
      { op: 'insert-account', account: accountRow(account) },
      authenticatorRow(account, { id }),
    ]);
    const { raw } = sqliteOf(old);
    raw.exec(`DROP TABLE spent_steps; DROP INDEX spent_by_authenticator;
              INSERT INTO spent VALUES (${Math.floor(now / PERIOD)}, '${id}'), (-3, 'codes')`);
    for (const statement of spentSteps(SQLITE)) raw.exec(statement);
    await old.close();
    await using h = await open('old');
    expect(await spend(h, id, now)).toBe('conflict');
    expect(await spend(h, id, now + PERIOD)).toBe('done');
    expect(await h.house.db.query('SELECT mark FROM spent', {})).toEqual([{ mark: -3 }]);
  });

  it('NF-4 memory holds minutes of the log, not all of it', async () => {
    await using h = await open('bound');
    const ledger = stepLedger(sqliteOf(h).raw);
    const { now } = h.clock;
    const at = (endsAt: number) => ({ authenticatorId: 'a', endsAt, periodMs: PERIOD, lookAhead: 0 });
    for (let minutes = 0; minutes < 240; minutes++) {
      expect(await spend(h, 'a', now + minutes * 60_000)).toBe('done');
      ledger.begin(now + minutes * 60_000);
      const end = (Math.floor((now + minutes * 60_000) / PERIOD) + 1) * PERIOD;
      expect(ledger.isFree(at(end))).toBe(false);
      ledger.keep();
      expect(ledger.near('a').length).toBeLessThanOrEqual(21);
    }
  });
});
