// Bulk work over the console: row by row, by two operators where it is much, paused, killed and gone on with (OP-1.4, OPS-10).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHouse, bindTotp, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

interface Row {
  readonly line: number;
  readonly account: string;
  readonly [name: string]: unknown;
}

describe('bulk work', () => {
  let h: TestHouse;
  let kit: TestOperator;
  let jun: TestOperator;
  beforeEach(async () => {
    h = await aHouse();
    kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    jun = await anOperator(h, { roles: ['security'], login: 'jun' });
  });
  afterEach(() => h.close());

  const draft = async (kind: string, rows: readonly Row[], reason = 'R02'): Promise<string> => {
    const made = await kit.call('POST', '/v1/console/bulk', { kind, name: 'autumn', reason });
    expect([made.status, made.body.status]).toEqual([201, 'draft']);
    for (let at = 0; at < rows.length; at += 500) {
      const put = await kit.call('POST', `/v1/console/bulk/${made.body.id}/rows`, { rows: rows.slice(at, at + 500) });
      expect(put.status).toBe(200);
    }
    return made.body.id;
  };
  const steer = (who: TestOperator, id: string, step: string) => who.call('POST', `/v1/console/bulk/${id}/${step}`);
  const job = async (id: string) => (await kit.call('GET', `/v1/console/bulk/${id}`)).body;
  const report = async (id: string) => (await kit.call('GET', `/v1/console/bulk/${id}/rows`)).body.items;
  const bound = async (account: string) =>
    (await h.call('GET', `/v1/accounts/${account}`)).body.authenticators.map((a: { type: string }) => a.type);

  it('OP-1.4 an import with a bad row does all the others, and tells what is wrong with that one', async () => {
    const id = await draft('import', [
      { line: 2, account: '700001', name: '陈大文', phone: '+85291230001' },
      { line: 3, account: '700002', phone: 'not a number' },
      { line: 4, account: '', name: 'nobody' },
      { line: 5, account: '700003', email: 'a@b.example', locale: 'fr' },
      { line: 6, account: '700004', cohort: 'pilot' },
    ]);
    expect((await job(id)).rows).toEqual({ waiting: 2, done: 0, refused: 3, failed: 0 });
    expect((await steer(kit, id, 'start')).body.status).toBe('running');
    await h.house.work();
    expect(await job(id)).toMatchObject({ status: 'done', rows: { waiting: 0, done: 2, refused: 3, failed: 0 } });
    expect((await report(id)).map((r: Row) => [r.line, r['status'], r['code'] ?? null])).toEqual([
      [2, 'done', null],
      [3, 'refused', 'invalid-request'],
      [4, 'refused', 'invalid-request'],
      [5, 'refused', 'invalid-request'],
      [6, 'done', null],
    ]);
    // Why is told in the language of who reads it.
    const read = await kit.call('GET', `/v1/console/bulk/${id}/rows?status=refused`, undefined, {
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(read.body.items.map((row: Row) => [row['code'], row['told'], row['detail']])).toEqual([
      ['invalid-request', '请求内容不符合要求', expect.stringContaining('不是手机号码')],
      ['invalid-request', '请求内容不符合要求', expect.stringContaining('未填写')],
      ['invalid-request', '请求内容不符合要求', expect.stringContaining('只能是')],
    ]);
    expect((await h.call('GET', '/v1/accounts/700001')).body.name).toBe('陈大文');
    expect((await h.call('GET', '/v1/accounts/700003')).status).toBe(404);
  });

  it('OP-1.4 OPS-10 many rows wait for a second operator, who is never the one that asked', async () => {
    const rows = Array.from({ length: 101 }, (_, n) => ({ line: n + 2, account: `71${String(n).padStart(4, '0')}` }));
    const id = await draft('import', rows);
    expect((await steer(kit, id, 'start')).body.status).toBe('asked');
    await h.house.work();
    expect((await job(id)).rows.done).toBe(0);
    const own = await steer(kit, id, 'approve');
    expect([own.status, own.body.code]).toEqual([403, 'own-case']);
    const viewer = await anOperator(h, { roles: ['support'] });
    expect((await steer(viewer, id, 'approve')).status).toBe(403);
    expect((await steer(jun, id, 'approve')).body).toMatchObject({ status: 'running', approvedBy: 'jun' });
    await h.house.work();
    expect(await job(id)).toMatchObject({ status: 'done', rows: { done: 101 } });
    const told = (await h.audit()).filter((e) => e.event.startsWith('bulk.')).map((e) => [e.event, e.actor]);
    expect(told).toEqual([
      ['bulk.created', 'operator:kit'],
      ['bulk.asked', 'operator:kit'],
      ['bulk.approved', 'operator:jun'],
      ['bulk.done', 'job:bulk'],
    ]);
  });

  it('OP-1.4 two operators who approve at once let it begin once', async () => {
    const may = await anOperator(h, { roles: ['security'], login: 'may' });
    const rows = Array.from({ length: 101 }, (_, n) => ({ line: n + 2, account: `72${String(n).padStart(4, '0')}` }));
    const id = await draft('import', rows);
    await steer(kit, id, 'start');
    const told = await Promise.all([steer(jun, id, 'approve'), steer(may, id, 'approve')]);
    expect(told.map((t) => t.status).sort()).toEqual([200, 409]);
  });

  it('OP-1.4 NF-4 two nodes at work on one job, killed in its middle and gone on with: each binding goes once, each customer is told once', async () => {
    const accounts = Array.from({ length: 12 }, (_, n) => `73${String(n).padStart(4, '0')}`);
    for (const account of accounts) {
      await h.account(account, { phone: '+85291230001' });
      await bindTotp(h, account);
    }
    await h.outbox();
    const id = await draft(
      'unbind',
      accounts.map((account, n) => ({ line: n + 2, account })),
      'R01',
    );
    await steer(kit, id, 'start');
    // A round that is cut off after a few rows, as by a kill: what was done is on record, what was not waits.
    let rounds = 0;
    await h.house.work(() => ++rounds > 5);
    const { done } = (await job(id)).rows;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(accounts.length);
    // Its hold on the job ends by time; then whoever comes first goes on.
    h.pass(61);
    await Promise.all([h.house.work(), h.house.work()]);
    expect(await job(id)).toMatchObject({ status: 'done', rows: { waiting: 0, done: 12, refused: 0, failed: 0 } });
    for (const account of accounts) expect(await bound(account)).not.toContain('totp');
    const removed = (await h.audit()).filter((e) => e.event === 'binding.removed' && e.data['type'] === 'totp');
    expect(removed.map((e) => e.account_id)).toHaveLength(new Set(removed.map((e) => e.account_id)).size);
    expect(removed).toHaveLength(12);
    expect(removed[0]?.data['reason']).toBe(`R01: ${id}`);
  });

  it('OP-1.4 paused, nothing is done; resumed, it goes on; stopped, it never does', async () => {
    const rows = Array.from({ length: 8 }, (_, n) => ({ line: n + 2, account: `74000${n}` }));
    const id = await draft('import', rows);
    await steer(kit, id, 'start');
    expect((await steer(kit, id, 'pause')).body.status).toBe('paused');
    await h.house.work();
    expect((await job(id)).rows.done).toBe(0);
    expect((await steer(kit, id, 'resume')).body.status).toBe('running');
    await h.house.work();
    expect((await job(id)).rows.done).toBe(8);
    const other = await draft('import', [{ line: 2, account: '749999' }]);
    expect((await steer(kit, other, 'stop')).body.status).toBe('stopped');
    for (const step of ['start', 'resume', 'pause', 'approve', 'stop'])
      expect((await steer(jun, other, step)).body.code).toBe('closed');
    expect((await kit.call('POST', `/v1/console/bulk/${other}/rows`, { rows })).body.code).toBe('closed');
    await h.house.work();
    expect((await h.call('GET', '/v1/accounts/749999')).status).toBe(404);
  });

  it('OP-1.4 registrations are mailed, one to each; who has no mail address is reported', async () => {
    await h.account('750001', { email: 'one@mail.example' });
    await h.account('750002');
    const id = await draft('register', [
      { line: 2, account: '750001' },
      { line: 3, account: '750002' },
      { line: 4, account: '759999' },
    ]);
    await steer(kit, id, 'start');
    await h.house.work();
    expect((await report(id)).map((r: Row) => [r.line, r['status'], r['code'] ?? null])).toEqual([
      [2, 'done', null],
      [3, 'refused', 'no-mail-address'],
      [4, 'refused', 'account-unknown'],
    ]);
    const mails = (await h.outbox()).filter((m) => m.to === 'one@mail.example');
    expect(mails.length).toBeGreaterThan(0);
  });

  it('OP-1.4 an operator whose role is taken away does nothing more', async () => {
    const id = await draft('import', [{ line: 2, account: '760001' }]);
    await steer(kit, id, 'start');
    await h.house.ports.store.commit(kit.id, [{ op: 'drop-roles', operatorId: kit.id, tenantId: 't1' }]);
    await h.house.work();
    expect((await jun.call('GET', `/v1/console/bulk/${id}`)).body).toMatchObject({
      status: 'paused',
      rows: { done: 0 },
    });
  });

  it('OP-1.4 the same rows sent again change nothing', async () => {
    const rows = [{ line: 2, account: '770001' }];
    const id = await draft('import', rows);
    const again = await kit.call('POST', `/v1/console/bulk/${id}/rows`, { rows });
    expect([again.status, again.body.rows.waiting]).toEqual([200, 1]);
  });

  it('OP-1.4 an account that two lines name is done once, by the first; also when they go up apart and are spelled apart', async () => {
    const id = await draft('import', [
      { line: 2, account: '77000A', name: 'first' },
      { line: 3, account: '７７０００ａ', name: 'second' },
    ]);
    const put = await kit.call('POST', `/v1/console/bulk/${id}/rows`, {
      rows: [
        { line: 9, account: ' 77000a ', name: 'third' },
        { line: 2, account: '77000A', name: 'first' },
        { line: 10, account: '', mistake: 'has 1 fields where the first row names 2' },
      ],
    });
    expect(put.body.rows).toMatchObject({ waiting: 1, refused: 3 });
    await steer(kit, id, 'start');
    await h.house.work();
    const told = await kit.call('GET', `/v1/console/bulk/${id}/rows`, undefined, {
      headers: { 'accept-language': 'zh-HK' },
    });
    expect(told.body.items.map((r: Row) => [r.line, r['status'], r['detail'] ?? null])).toEqual([
      [2, 'done', null],
      [3, 'refused', expect.stringContaining('與第 2 行是同一帳戶')],
      [9, 'refused', expect.stringContaining('與第 2 行是同一帳戶')],
      [10, 'refused', expect.stringContaining('有 1 個欄位，首行有 2 欄')],
    ]);
    expect((await h.call('GET', '/v1/accounts/77000a')).body.name).toBe('first');
  });

  it('OP-1.4 the report is CSV that no spreadsheet takes for formulas', async () => {
    const id = await draft('import', [
      { line: 2, account: '=HYPERLINK("http://x")' },
      { line: 3, account: '780001', phone: '+44' },
    ]);
    await steer(kit, id, 'start');
    await h.house.work();
    const told = await kit.call('GET', `/v1/console/bulk/${id}/report`);
    expect(String(told.headers['content-type'])).toContain('text/csv');
    expect(told.body).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(told.body.split('\r\n')[0]).toBe('line,account,status,code,detail,at,change,flags');
  });

  it('OPS-05 OP-1.4 another tenant’s job is nowhere, and no operator chooses a password', async () => {
    await h.house.registry.create({
      id: 't2',
      name: 'Other',
      document: (await h.house.registry.get('t1', 0)).document,
      actor: 'test',
    });
    await h.house.keys.ready('t2');
    const id = await draft('import', [{ line: 2, account: '790001' }]);
    const other = await anOperator(h, { tenants: { t2: ['security'] } });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/rows', undefined],
      ['GET', '/report', undefined],
      ['POST', '/rows', { rows: [{ line: 3, account: 'x' }] }],
      ['POST', '/start', undefined],
      ['POST', '/stop', undefined],
    ] as const)
      expect((await other.call(method, `/v1/console/bulk/${id}${path}`, body)).status).toBe(404);
    expect((await other.call('GET', '/v1/console/bulk')).body.items).toEqual([]);
    const secret = { rows: [{ line: 3, account: '790002', password: 'chosen' }] };
    expect((await kit.call('POST', `/v1/console/bulk/${id}/rows`, secret)).status).toBe(400);
  });
});
