// The audit log against whoever owns the database: every change of a copy is found, and the first bad entry is named.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extend, GENESIS } from '../../src/core/audit/chain.ts';
import { auditReader, auditRowOf, sha256 } from '../../src/storage/audit.ts';
import { openReadOnly } from '../../src/storage/read-only.ts';
import { type AuditReport, type ShippedCheckpoint, verifyAudit } from '../../src/storage/verify-audit.ts';
import { aHouse, aLogin, bindTotp, verify } from '../kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-audit-'));
const original = join(folder, 'hufu.db');
/** What was printed and kept elsewhere: in the middle of the log, and at its end. */
const shipped: ShippedCheckpoint[] = [];
let copies = 0;

const ship = (file: string): ShippedCheckpoint => {
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db
    .prepare(
      'SELECT c.*, k.public_key FROM audit_checkpoints c JOIN audit_keys k ON k.id = c.key_id ORDER BY c.pos DESC LIMIT 1',
    )
    .get()!;
  db.close();
  return {
    pos: Number(row['pos']),
    hash: String(row['hash']),
    settled: Number(row['settled']),
    at: Number(row['at']),
    keyId: String(row['key_id']),
    signature: String(row['signature']),
    publicKey: String(row['public_key']),
  };
};

beforeAll(async () => {
  await using h = await aHouse({ folder, database: { sqlite: original } });
  await h.account('700001');
  await bindTotp(h, '700001');
  await h.house.checkpoint();
  shipped.push(ship(original));
  for (let i = 0; i < 3; i++) {
    h.pass(60);
    await verify(h, (await aLogin(h, '700001')).id, '000000');
  }
  await h.house.checkpoint();
  shipped.push(ship(original));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy, as its owner left it: nothing that the database itself refuses stops an owner. */
function tampered(sql: string | ((db: DatabaseSync) => void)): string {
  const file = join(folder, `copy-${++copies}.db`);
  copyFileSync(original, file);
  const db = new DatabaseSync(file);
  for (const { name } of db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  if (typeof sql === 'string') db.exec(sql);
  else sql(db);
  db.close();
  return file;
}

async function check(file: string, kept?: ShippedCheckpoint): Promise<AuditReport> {
  const db = openReadOnly(file);
  try {
    return await verifyAudit(auditReader(db), kept);
  } finally {
    await db.close();
  }
}

/** Renumbers and seals everything again, as somebody would who has the program but not the key. */
function resealed(db: DatabaseSync): void {
  db.exec('DELETE FROM audit_chain');
  const events = db.prepare('SELECT * FROM audit_events ORDER BY seq').all().map(auditRowOf);
  const insert = db.prepare('INSERT INTO audit_chain (pos, seq, hash) VALUES (?, ?, ?)');
  for (const entry of extend(sha256, { pos: 0, hash: GENESIS }, events)) insert.run(entry.pos, entry.seq, entry.hash);
}

describe('a log nobody touched', () => {
  it('OP-2.1 is good, with every event sealed and every checkpoint holding', async () => {
    const report = await check(original, shipped[1]);
    expect(report).toMatchObject({ ok: true, bad: null, unsealed: 0, checkpoints: 3 });
    expect(report.sealed).toBeGreaterThan(9);
    expect(report.sealed).toBe(shipped[1]!.pos);
  });

  it('OP-2.1 is still good when more happened since: what is not sealed yet is said, and is not bad', async () => {
    const file = tampered(
      `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES ('t1', 1, NULL, 'login.started', 'test', '{}')`,
    );
    expect(await check(file)).toMatchObject({ ok: true, unsealed: 1 });
  });

  it('OP-2.1 refuses changes by accident: the tables are append-only', () => {
    const file = join(folder, 'accident.db');
    copyFileSync(original, file);
    const db = new DatabaseSync(file);
    for (const table of ['audit_events', 'audit_chain', 'audit_checkpoints'])
      for (const sql of [
        `DELETE FROM ${table}`,
        `UPDATE ${table} SET at = 1`.replace('audit_chain SET at', 'audit_chain SET pos'),
      ])
        expect(() => db.exec(sql)).toThrow('append-only');
    db.close();
  });
});

describe('OPS-08 a log somebody touched', () => {
  const columns: [string, string][] = [
    ['tenant', `tenant_id = 't2'`],
    ['time', 'at = at + 1'],
    ['account', `account_id = 'acc_other'`],
    ['event', `event = 'login.allowed'`],
    ['actor', `actor = 'key:other'`],
    ['data', `data = '{}'`],
  ];
  it.each(columns)('OP-2.1 names the event whose %s was changed', async (_, set) => {
    expect(await check(tampered(`UPDATE audit_events SET ${set} WHERE seq = 5`))).toMatchObject({
      ok: false,
      sealed: 4,
      bad: { kind: 'changed', pos: 5, seq: 5 },
    });
  });

  it('OP-2.1 names the first of several', async () => {
    const file = tampered(
      `UPDATE audit_events SET at = 0 WHERE seq = 7; DELETE FROM audit_events WHERE seq = 6; UPDATE audit_events SET at = 0 WHERE seq = 4`,
    );
    expect(await check(file)).toMatchObject({ bad: { kind: 'changed', seq: 4 } });
  });

  it('OP-2.1 names the event that is gone from the middle', async () => {
    expect(await check(tampered('DELETE FROM audit_events WHERE seq = 6'))).toMatchObject({
      ok: false,
      bad: { kind: 'missing', pos: 6, seq: 6 },
    });
  });

  it('OP-2.1 names the place when event and entry are gone together', async () => {
    expect(
      await check(tampered('DELETE FROM audit_events WHERE seq = 6; DELETE FROM audit_chain WHERE seq = 6')),
    ).toMatchObject({ ok: false, bad: { kind: 'missing', pos: 6 } });
  });

  it('OP-2.1 finds a gap that was closed by renumbering', async () => {
    const file = tampered(
      `DELETE FROM audit_events WHERE seq = 6; DELETE FROM audit_chain WHERE seq = 6; UPDATE audit_chain SET pos = -pos WHERE pos > 6; UPDATE audit_chain SET pos = -pos - 1 WHERE pos < 0`,
    );
    expect(await check(file)).toMatchObject({ ok: false, bad: { pos: 6, seq: 7 } });
  });

  it('OP-2.1 finds two events that changed places', async () => {
    const file = tampered(
      'UPDATE audit_events SET seq = -1 WHERE seq = 5; UPDATE audit_events SET seq = 5 WHERE seq = 8; UPDATE audit_events SET seq = 8 WHERE seq = -1',
    );
    expect(await check(file)).toMatchObject({ ok: false, bad: { kind: 'reordered', pos: 5, seq: 5 } });
  });

  it('OP-2.1 finds two entries of the chain that changed places', async () => {
    const file = tampered(
      'UPDATE audit_chain SET pos = -1 WHERE pos = 5; UPDATE audit_chain SET pos = 5 WHERE pos = 6; UPDATE audit_chain SET pos = 6 WHERE pos = -1',
    );
    expect(await check(file)).toMatchObject({ ok: false, bad: { kind: 'reordered', pos: 5 } });
  });

  it('OP-2.1 finds a tail of events that is gone', async () => {
    expect(await check(tampered('DELETE FROM audit_events WHERE seq > 8'))).toMatchObject({
      ok: false,
      bad: { kind: 'truncated', seq: 9 },
    });
  });

  it('OP-2.1 finds a tail that is gone with its entries, by the checkpoints left behind', async () => {
    const file = tampered('DELETE FROM audit_events WHERE seq > 8; DELETE FROM audit_chain WHERE pos > 8');
    expect(await check(file)).toMatchObject({ ok: false, bad: { kind: 'truncated', pos: 9 } });
  });

  it('OP-2.1 finds a tail that is gone with entries and checkpoints, by the checkpoint kept elsewhere', async () => {
    const file = tampered(
      'DELETE FROM audit_events WHERE seq > 8; DELETE FROM audit_chain WHERE pos > 8; DELETE FROM audit_checkpoints WHERE pos > 8',
    );
    expect(await check(file)).toMatchObject({ ok: true });
    expect(await check(file, shipped[1])).toMatchObject({ ok: false, bad: { kind: 'truncated', pos: 9 } });
  });

  it('OP-2.1 finds an old table put back, by the checkpoint kept elsewhere', async () => {
    const file = tampered('DELETE FROM audit_events; DELETE FROM audit_chain; DELETE FROM audit_checkpoints');
    expect(await check(file, shipped[0])).toMatchObject({ ok: false, bad: { kind: 'truncated', pos: 1 } });
  });

  it('OP-2.1 finds an event slipped into the past', async () => {
    const file = tampered(
      `INSERT INTO audit_events (seq, tenant_id, at, account_id, event, actor, data) VALUES (-3, 't1', 1, NULL, 'login.started', 'test', '{}')`,
    );
    expect(await check(file)).toMatchObject({ ok: false, bad: { kind: 'inserted', seq: -3 } });
  });

  it('OP-2.1 finds an event slipped into the past and sealed', async () => {
    const file = tampered((db) => {
      db.exec(
        `INSERT INTO audit_events (seq, tenant_id, at, account_id, event, actor, data) VALUES (-3, 't1', 1, NULL, 'login.started', 'test', '{}')`,
      );
      const last = db.prepare('SELECT pos, hash FROM audit_chain ORDER BY pos DESC LIMIT 1').get() as {
        pos: number;
        hash: string;
      };
      const [entry] = extend(sha256, last, [
        auditRowOf(db.prepare('SELECT * FROM audit_events WHERE seq = -3').get()!),
      ]);
      db.prepare('INSERT INTO audit_chain (pos, seq, hash) VALUES (?, ?, ?)').run(entry!.pos, entry!.seq, entry!.hash);
    });
    expect(await check(file)).toMatchObject({ ok: false, bad: { kind: 'inserted', seq: -3 } });
  });

  it('OP-2.1 finds a chain that was made anew, and between which checkpoints', async () => {
    const file = tampered((db) => {
      db.exec(`UPDATE audit_events SET actor = 'nobody' WHERE seq = ${shipped[0]!.pos + 2}`);
      resealed(db);
    });
    const report = await check(file);
    expect(report).toMatchObject({ ok: false, bad: { kind: 'rewritten', pos: shipped[0]!.pos + 1 } });
  });

  it('OP-2.1 finds a chain made anew with checkpoints signed by another key, by the checkpoint kept elsewhere', async () => {
    const file = tampered((db) => {
      db.exec(
        `UPDATE audit_events SET actor = 'nobody' WHERE seq = 2; DELETE FROM audit_checkpoints; DELETE FROM audit_keys`,
      );
      resealed(db);
    });
    expect(await check(file)).toMatchObject({ ok: true });
    expect(await check(file, shipped[0])).toMatchObject({ ok: false, bad: { kind: 'rewritten', pos: 1 } });
  });

  it('OP-2.1 finds a checkpoint that its key did not sign', async () => {
    const file = tampered(
      'UPDATE audit_checkpoints SET at = at + 1 WHERE pos = (SELECT min(pos) FROM audit_checkpoints)',
    );
    expect(await check(file)).toMatchObject({ ok: false, bad: { kind: 'forged-checkpoint', pos: shipped[0]!.pos } });
    expect(await check(original, { ...shipped[1]!, settled: 1 })).toMatchObject({
      ok: false,
      bad: { kind: 'forged-checkpoint' },
    });
  });
});

describe('hufu audit', () => {
  const main = join(import.meta.dirname, '../../src/main.mjs');
  const hufu = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });

  it('OP-2.1 verify says good with 0, bad with 1, and wrong usage with 2', async () => {
    const bad = tampered('DELETE FROM audit_events WHERE seq = 6');
    const [good, found, nothing, unread] = await Promise.all([
      hufu('audit', 'verify', '--database', original),
      hufu('--json', 'audit', 'verify', '--database', bad),
      hufu('audit', 'verify', '--database', join(folder, 'nothing.db')),
      hufu('audit', 'verify', '--database', original, '--checkpoint', join(folder, 'none')),
    ]);
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^good: \d+ events sealed, 2 checkpoints hold; 0 not sealed yet/),
    });
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out)).toMatchObject({ ok: false, bad: { kind: 'missing', seq: 6 } });
    expect([nothing.code, unread.code]).toEqual([2, 2]);
  });

  it('OP-2.1 a backup is told as what it is, and what to ask for instead', async () => {
    const backup = join(folder, 'x.backup');
    writeFileSync(backup, 'HUFU-BACKUP 1\n{"kek":"kek_x"}\nsealed');
    const told = await hufu('audit', 'verify', '--database', backup);
    expect([told.code, told.err]).toEqual([2, expect.stringContaining('is a backup, and encrypted')]);
  });

  it('OP-2.1 checkpoint prints one line that verify accepts, also when lines were appended day by day', async () => {
    const printed = await hufu('audit', 'checkpoint', '--database', original);
    expect(JSON.parse(printed.out)).toEqual(shipped[1]);
    const file = join(folder, 'kept.jsonl');
    writeFileSync(file, `${JSON.stringify(shipped[0])}\n${printed.out}`);
    expect((await hufu('audit', 'verify', '--database', original, '--checkpoint', file)).code).toBe(0);
    const cut = tampered(
      'DELETE FROM audit_events WHERE seq > 8; DELETE FROM audit_chain WHERE pos > 8; DELETE FROM audit_checkpoints WHERE pos > 8',
    );
    expect((await hufu('audit', 'verify', '--database', cut, '--checkpoint', file)).code).toBe(1);
  });

  it('OP-2.1 export writes every event as JSON Lines, and those of a tenant and time', async () => {
    const all = await hufu('audit', 'export', '--database', original);
    const lines = all.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; at: string; event: string });
    expect(lines.map((line) => line.seq)).toEqual(lines.map((_, i) => i + 1));
    const from = lines.at(-1)!.at;
    const [late, none] = await Promise.all([
      hufu('audit', 'export', '--database', original, '--tenant', 't1', '--from', from),
      hufu('audit', 'export', '--database', original, '--tenant', 't1', '--to', '2020-01-01T00:00:00Z'),
    ]);
    expect(late.out.trim().split('\n').length).toBe(lines.filter((line) => line.at >= from).length);
    expect(none.out).toBe('');
    expect((await hufu('audit', 'export', '--database', original, '--format', 'xml')).code).toBe(2);
  });

  it('OP-2.1 export as CSV lets no cell be taken for a formula', async () => {
    const file = tampered(
      `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES ('=1+1', 1, '@SUM(A1)', 'login.started', '-2', '+3'), (char(9) || '=4', 1, ' =5', 'a "quoted", one', '＝6', 'plain')`,
    );
    const { out } = await hufu('audit', 'export', '--database', file, '--format', 'csv');
    const [head, ...rows] = out.trimEnd().split('\r\n');
    expect(head).toBe('seq,at,tenant,account,event,actor,data,accountNumber');
    expect(rows.at(-2)).toMatch(/,'=1\+1,'@SUM\(A1\),login\.started,'-2,'\+3,$/);
    expect(rows.at(-1)).toContain(`,'\t=4,' =5,"a ""quoted"", one",'＝6,plain`);
  });

  it('OP-2.1 verifies a copy without its key file and without changing it', async () => {
    const file = tampered('SELECT 1');
    const before = readFileSync(file);
    await hufu('audit', 'verify', '--database', file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
