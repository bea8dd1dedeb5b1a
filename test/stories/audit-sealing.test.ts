// Sealing beside everything else: several nodes at once, commits that come late, and a process that is killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../src/compose.ts';
import { auditReader } from '../../src/storage/audit.ts';
import { openReadOnly } from '../../src/storage/read-only.ts';
import { verifyAudit } from '../../src/storage/verify-audit.ts';
import { aHouse } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

let postgres: TestPostgres;
const folder = mkdtempSync(join(tmpdir(), 'hufu-sealing-'));
beforeAll(async () => {
  postgres = await aPostgres();
});
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await postgres.close();
  rmSync(folder, { recursive: true, force: true });
});

const anEvent = (house: House, n: number): Promise<unknown> =>
  house.ports.store.commit(`account-${n}`, [
    { op: 'audit', event: { tenantId: 't1', accountId: null, event: 'login.started', actor: 'test', data: { n } } },
  ]);

const chain = async (house: House): Promise<{ pos: number; seq: number }[]> =>
  (await house.db.query('SELECT pos, seq FROM audit_chain ORDER BY pos', {})).map((row) => ({
    pos: Number(row['pos']),
    seq: Number(row['seq']),
  }));

describe('OP-2.1 several nodes', () => {
  it('OP-2.1 seal at once into one chain, each event once, while both write', async () => {
    const url = await postgres.database();
    await using one = await aHouse({ folder, database: { postgres: url, max: 8 } });
    await using two = await aHouse({ folder, database: { postgres: url, max: 8 } });
    const nodes = [one.house, two.house];
    const writing = { done: false };
    const writes = Promise.all(Array.from({ length: 300 }, (_, n) => anEvent(nodes[n % 2]!, n))).then(() => {
      writing.done = true;
    });
    const sealing = [...nodes, ...nodes].map(async (node) => {
      let sealed = 0;
      do sealed += await node.seal();
      while (!writing.done);
      return sealed + (await node.seal());
    });
    await writes;
    const sealed = (await Promise.all(sealing)).reduce((sum, n) => sum + n, 0);
    const entries = await chain(one.house);
    expect(entries.map((e) => e.pos)).toEqual(entries.map((_, i) => i + 1));
    const events = await one.house.db.query('SELECT seq FROM audit_events ORDER BY seq', {});
    expect(entries.map((e) => e.seq).sort((a, b) => a - b)).toEqual(events.map((row) => Number(row['seq'])));
    expect(sealed).toBe(events.length);
    await Promise.all(nodes.map((node) => node.checkpoint()));
    expect(await verifyAudit(auditReader(one.house.db))).toMatchObject({ ok: true, unsealed: 0 });
  });

  it('OP-2.1 seal a commit that comes late, and settle nothing before it has come', async () => {
    const url = await postgres.database();
    await using h = await aHouse({ folder, database: { postgres: url } });
    const late = new pg.Client({ connectionString: url });
    await late.connect();
    await late.query('BEGIN');
    const { rows } = await late.query<{ seq: string }>(
      `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES ('t1', 1, NULL, 'login.started', 'late', '{}') RETURNING seq`,
    );
    const seq = Number(rows[0]!.seq);
    for (let n = 0; n < 5; n++) await anEvent(h.house, n);
    for (let round = 0; round < 3; round++) expect((await h.house.checkpoint())!.settled).toBeLessThan(seq);
    expect((await chain(h.house)).map((e) => e.seq)).not.toContain(seq);
    await late.query('COMMIT');
    await late.end();
    await anEvent(h.house, 6);
    await h.house.checkpoint();
    const entries = await chain(h.house);
    expect(entries.find((e) => e.seq === seq)!.pos).toBeGreaterThan(entries.find((e) => e.seq === seq + 5)!.pos);
    await anEvent(h.house, 7);
    expect((await h.house.checkpoint())!.settled).toBeGreaterThan(seq);
    expect(await verifyAudit(auditReader(h.house.db))).toMatchObject({ ok: true, unsealed: 0 });
  });

  it('OP-2.1 OPS-08 find what a database owner changed on PostgreSQL too, where nobody changes by accident', async () => {
    const url = await postgres.database();
    await using h = await aHouse({ folder, database: { postgres: url } });
    for (let n = 0; n < 5; n++) await anEvent(h.house, n);
    await h.house.checkpoint();
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    for (const sql of ['UPDATE audit_events SET at = 0', 'DELETE FROM audit_chain', 'TRUNCATE audit_checkpoints'])
      await expect(owner.query(sql)).rejects.toThrow('append-only');
    await owner.query(`SET session_replication_role = 'replica'`);
    const verify = async (): Promise<unknown> => {
      const db = openReadOnly(url);
      const report = await verifyAudit(auditReader(db));
      await db.close();
      return report;
    };
    expect(await verify()).toMatchObject({ ok: true });
    await owner.query(`UPDATE audit_events SET actor = 'nobody' WHERE seq = 4`);
    expect(await verify()).toMatchObject({ ok: false, bad: { kind: 'changed', seq: 4 } });
    await owner.query('DELETE FROM audit_events WHERE seq = 3');
    expect(await verify()).toMatchObject({ ok: false, bad: { kind: 'missing', seq: 3 } });
    await owner.end();
  });
});

describe('OP-2.1 a process killed while sealing', () => {
  /** A node that writes and seals as fast as it can, and says each time it has sealed. */
  const NODE = `
    const { openHouse } = await import(process.argv[1]);
    const house = await openHouse({ database: { sqlite: process.argv[2] }, keyFile: process.argv[3], baseUrl: 'http://127.0.0.1', channels: {}, requestsPerSecond: 1000 });
    const event = { tenantId: 't1', accountId: null, event: 'login.started', actor: 'test', data: {} };
    for (;;) {
      const writes = Promise.all(Array.from({ length: 400 }, (_, n) => house.ports.store.commit('a' + n, [{ op: 'audit', event }])));
      await house.checkpoint();
      process.stdout.write('s');
      await writes;
    }`;

  it('OP-2.1 leaves a chain that holds, and the next one seals the rest', async () => {
    const file = join(folder, 'killed.db');
    const keyFile = join(folder, 'killed.keys');
    for (const afterBytes of [1, 6, 13]) {
      const child: ChildProcess = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          '--input-type=module',
          '-e',
          NODE,
          new URL('../../src/compose.ts', import.meta.url).href,
          file,
          keyFile,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      children.push(child);
      let bytes = 0;
      child.stdout!.on('data', (data: Buffer) => {
        bytes += data.length;
        if (bytes >= afterBytes) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      const db = openReadOnly(file);
      expect(await verifyAudit(auditReader(db))).toMatchObject({ ok: true });
      await db.close();
    }
    const next = await openHouse({
      database: { sqlite: file },
      keyFile,
      baseUrl: 'http://127.0.0.1',
      channels: {},
      requestsPerSecond: 1000,
    });
    await next.checkpoint();
    const report = await verifyAudit(auditReader(next.db));
    expect(report).toMatchObject({ ok: true, unsealed: 0 });
    expect(report.sealed).toBeGreaterThan(100);
    await next.close();
  });
});
