import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { suspensions } from './0029-suspensions.ts';
import { SQLITE } from './dialect.ts';
import { MIGRATIONS } from './index.ts';

describe('a database in which reasons were not told apart', () => {
  it('REB-04 what the relying party suspended after an objection, no unlock opens after the update either', () => {
    const db = new DatabaseSync(':memory:');
    const before = MIGRATIONS.slice(
      0,
      MIGRATIONS.findIndex(({ name }) => name === '0029-suspensions'),
    );
    for (const { statements } of before) for (const sql of statements(SQLITE)) db.exec(sql);
    const account = (id: string, status: string): void => {
      db.prepare(
        `INSERT INTO accounts (id, tenant_id, canonical, account, locale, status, created_at, revision) VALUES (?, 't1', ?, ?, 'en', ?, 5, 1)`,
      ).run(id, id, id, status);
    };
    const said = (id: string, at: number, changed: string, actor = 'key_1'): void => {
      db.prepare(
        `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES ('t1', ?, ?, 'account.updated', ?, ?)`,
      ).run(at, id, actor, JSON.stringify({ changed }));
    };
    const objected = (id: string, at: number, lifted: number | null = null): void => {
      db.prepare(
        `INSERT INTO vetoes (hash, tenant_id, account_id, created_at, expires_at, used_at, lifted_at) VALUES (?, 't1', ?, 1, 2, ?, ?)`,
      ).run(id, id, at, lifted);
    };
    account('open', 'active');
    account('said', 'suspended');
    said('said', 20, 'name status');
    account('unrecorded', 'suspended');
    account('objected', 'suspended');
    said('objected', 10, 'status');
    objected('objected', 20);
    said('objected', 30, 'name');
    account('both', 'suspended');
    objected('both', 20);
    said('both', 30, 'status');
    account('restored', 'suspended');
    objected('restored', 20);
    said('restored', 30, 'status', 'restore');
    account('dealt-with', 'suspended');
    objected('dealt-with', 20, 25);
    said('dealt-with', 30, 'status');
    for (const sql of suspensions()) db.exec(sql);
    const found = db.prepare('SELECT id, suspended_at AS at FROM accounts').all();
    expect(Object.fromEntries(found.map((row) => [row['id'], row['at']]))).toEqual({
      open: null,
      said: 20,
      unrecorded: 5,
      objected: null,
      both: 30,
      restored: null,
      'dealt-with': 30,
    });
    db.close();
  });
});
