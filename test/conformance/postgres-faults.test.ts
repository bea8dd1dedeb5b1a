// What only a database with others on it does: undo a commit because someone was in its way, or go away in the middle of one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import { aHouse, type TestHouse } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { accountRow, anId, event, eventsOf } from './stores.ts';

describe('PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-faults-'));
  let server: TestPostgres;
  let h: TestHouse;
  let other: pg.Client;
  beforeAll(async () => {
    server = await aPostgres();
    const url = await server.database();
    h = await aHouse({ folder, database: { postgres: url } });
    other = new pg.Client({ connectionString: url, application_name: 'other' });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await h.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const spendAndTell = (account: string): Write[] => [
    { op: 'spend-step', authenticatorId: account, step: 5, periodSeconds: 30, lookAhead: 2 },
    event(account),
  ];
  const waiting = async (): Promise<readonly number[]> => {
    const { rows } = await other.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'hufu' AND wait_event = 'advisory'`,
    );
    return rows.map((row) => row.pid);
  };
  /** Holds the account's lock until `work` is done, as another node's commit would. */
  const whileHeld = async (account: string, work: () => Promise<void>): Promise<void> => {
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [account]);
    await work();
    await other.query('ROLLBACK');
  };
  const untilWaiting = async (): Promise<readonly number[]> => {
    for (;;) {
      const pids = await waiting();
      if (pids.length > 0) return pids;
    }
  };

  it.each(['40P01', '40001'])(
    'NF-3 a commit undone because others were in its way (%s) is repeated, and written once',
    async (code) => {
      await other.query(`CREATE SEQUENCE tries_${code}`);
      await other.query(
        `CREATE FUNCTION disturb_${code}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('tries_${code}') <= 3 THEN RAISE EXCEPTION 'in the way' USING ERRCODE = '${code}'; END IF; RETURN NEW; END $$`,
      );
      await other.query(
        `CREATE TRIGGER disturb BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION disturb_${code}()`,
      );
      const account = anId('acc');
      expect(await h.house.ports.store.commit(account, spendAndTell(account))).toEqual({ kind: 'done' });
      await other.query('DROP TRIGGER disturb ON audit_events');
      expect(await eventsOf(h, account)).toHaveLength(1);
    },
  );

  it('NF-4 STO-11 a connection lost between two statements of a transaction is a fault for whoever holds it, not the end of the process', async () => {
    if (h.house.db.dialect !== 'postgres') throw new Error('not PostgreSQL');
    const lent = await h.house.db.pool.connect();
    const { rows } = await lent.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise<void>((resolve) => lent.once('end', () => resolve()));
    await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    // Without anyone listening to it, the error event of that moment would end this process and fail the whole run.
    await expect(lent.query('SELECT 1')).rejects.toThrow(/not queryable|terminat/);
    lent.release(true);
    expect(await h.house.db.query('SELECT 1 AS one', {})).toEqual([{ one: 1 }]);
  });

  it('NF-4 STO-11 a connection lost in the middle of a commit is a fault, told as 503; the next one works', async () => {
    await h.account('700900');
    const [row] = await h.house.db.query(`SELECT id FROM accounts WHERE canonical = '700900'`, {});
    const account = String(row?.['id']);
    const login = { account: '700900', client: { id: 'star-9.5', version: '9.5.8.5' }, firstFactor: 'verified' };
    const before = (await eventsOf(h, account)).length;
    await whileHeld(account, async () => {
      const answer = h.call('POST', '/v1/logins', login);
      for (const pid of await untilWaiting()) await other.query('SELECT pg_terminate_backend($1)', [pid]);
      expect(await answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    });
    expect(await eventsOf(h, account)).toHaveLength(before);
    expect((await h.call('POST', '/v1/logins', login)).status).toBe(201);
  });

  it('NF-3 a commit waits for the node that holds its account, and then sees what that one committed', async () => {
    const account = anId('acc');
    let told: unknown;
    await whileHeld(account, async () => {
      const commit = h.house.ports.store.commit(account, spendAndTell(account));
      void commit.then((result) => {
        told = result;
      });
      await untilWaiting();
      expect(told).toBeUndefined();
      await other.query('INSERT INTO spent_steps (ends_at, authenticator_id) VALUES (180000, $1)', [account]);
      await other.query('COMMIT');
      expect(await commit).toEqual({ kind: 'conflict', op: 'spend-step' });
    });
    expect(await eventsOf(h, account)).toHaveLength(0);
  });

  it('NF-3 a text the database cannot hold spoils nobody else in its group', async () => {
    const accounts = Array.from({ length: 5 }, () => anId('acc'));
    const told = await Promise.allSettled(
      accounts.map((id, n) =>
        h.house.ports.store.commit(id, [
          { op: 'insert-account', account: accountRow(id, n === 2 ? { name: 'a\0b' } : {}) },
        ]),
      ),
    );
    expect(told.map((t) => t.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const loads = await Promise.allSettled(
      accounts.map((id, n) => h.house.ports.store.account('t1', n === 2 ? '\0' : id.toLowerCase(), false)),
    );
    expect(loads.map((t) => (t.status === 'fulfilled' ? t.value?.account.id : t.status))).toEqual(
      accounts.map((id, n) => (n === 2 ? 'rejected' : id)),
    );
  });
});
