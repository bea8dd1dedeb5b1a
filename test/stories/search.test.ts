// Finding customers, on both databases: what is typed finds whom it should and nobody of another tenant, page after page, however it was written.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { termsOf } from '../../src/core/search/terms.ts';
import { searchAccounts } from '../../src/flows/search.ts';
import { indexAccounts } from '../../src/jobs/index-accounts.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

const PEOPLE = [
  ['700001', '陈大文', '+85291230001', 'wei.chan@corp.cn'],
  ['700002', 'CHAN Tai Man, David', '+85291235678', 'david.chan@corp.cn'],
  ['700003', '陳大文 David', '+8613800138000', 'D.Chan@qq.com'],
  ['700004', '深圳市大疆创新科技有限公司', '+8675526656677', 'ops@dji.example'],
  ['5678', 'José O’Brien', '+447911123456', 'jose@example.com'],
  ['wei@corp.cn', '王伟', '+85261112222', 'backup.wei@163.com'],
  ['810001', '陳國華', '+85262220001', 'a@hk.example'],
  ['810002', '陈国华', '+8613900000002', 'b@sz.example'],
  ['810003', '國安證券有限公司', '+85262220003', 'c@hk.example'],
  ['810004', '国安证券（深圳）', '+8613900000004', 'd@sz.example'],
  ['810005', 'Peter 衞志峯', '+85262220005', 'e@hk.example'],
  ['810006', '昌隆證券', '+85262220006', 'f@hk.example'],
] as const;
/** What was found, by what is typed, before simplified and traditional characters found each other; and what has been since. */
const BOTH_WAYS = [
  ['陳國華', ['810001'], ['810001', '810002']],
  ['陈国华', ['810002'], ['810001', '810002']],
  ['国华', ['810002'], ['810001', '810002']],
  ['國華', ['810001'], ['810001', '810002']],
  ['陳国華', [], ['810001', '810002']],
  ['國安證券', ['810003'], ['810003', '810004']],
  ['国安证券', ['810004'], ['810004', '810003']],
  ['安证', ['810004'], ['810004', '810003']],
  ['卫志峰', [], ['810005']],
  ['衞志峯', ['810005'], ['810005']],
  ['衛 peter', [], ['810005']],
  ['志峯 peter', ['810005'], ['810005']],
  ['志峰 peter', [], ['810005']],
  ['昌隆', ['810006'], ['810006']],
  ['大文 david', ['700003'], ['700003']],
  ['david 大文', ['700003'], ['700003']],
  ['陳大文 david', ['700003'], ['700003']],
] as const;

let server: TestPostgres;
beforeAll(async () => {
  server = await aPostgres();
});
afterAll(() => server.close());

describe.each(['SQLite', 'PostgreSQL'])('on %s', (name) => {
  let h: TestHouse & AsyncDisposable;
  let viewer: TestOperator;
  const find = async (q: string, more = ''): Promise<readonly string[]> => {
    const found = await viewer.call('GET', `/v1/console/accounts?q=${encodeURIComponent(q)}${more}`);
    expect(found.status, JSON.stringify(found.body)).toBe(200);
    return found.body.items.map((one: { account: string }) => one.account);
  };
  /** Everybody on all pages; no cursor tells what somebody was found by. */
  const pages = async (q: string, limit: number): Promise<readonly string[]> => {
    const seen: string[] = [];
    for (let after: string | undefined, page = 0; page < 50; page++) {
      const body = await searchAccounts(h.house.ports, { tenantId: 't1' }, { q, limit, after });
      seen.push(...body.items.map((one) => one.account));
      if (body.next === null) break;
      expect(body.next).toMatch(/^[\w.-]+$/);
      expect(body.next).not.toMatch(/wong|7779|9777/i);
      after = body.next;
    }
    return seen;
  };

  beforeAll(async () => {
    h = await aHouse(name === 'SQLite' ? {} : { database: { postgres: await server.database() } });
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    for (const [account, person, phone, email] of PEOPLE) {
      await h.account(account, { name: person, phone, email });
      await h.account(account, { name: person, phone, email }, 't2');
    }
    await h.account('secret-of-t2', { name: '陈大文' }, 't2');
    viewer = await anOperator(h, { roles: ['viewer'] });
  });
  afterAll(() => h.close());

  it.each([
    ['700001', ['700001']],
    ['7000', ['700001', '700002', '700003', '700004']],
    ['陈大文', ['700001', '700003']],
    ['陳大文', ['700003', '700001']],
    ['大文', ['700003', '700001']],
    ['大疆', ['700004']],
    ['tai man', ['700002']],
    ['man chan', ['700002']],
    ['david', ['700002', '700003']],
    ['jose obrien', ['5678']],
    ['O’BRIEN', ['5678']],
    ['5678', ['5678', '700002']],
    ['9123 5678', ['700002']],
    ['+852 9123 5678', ['700002']],
    ['13800138000', ['700003']],
    ['david.chan@corp.cn', ['700002']],
    ['d.chan@', ['700003']],
    ['WEI@', ['wei@corp.cn']],
    ['wei', ['wei@corp.cn', '700001']],
    ['王伟', ['wei@corp.cn']],
    ['nobody at all', []],
    ['secret-of-t2', []],
    ['%', []],
    ['_', []],
    ["'; DROP TABLE accounts; --", []],
  ])('OP-1.1 OPS-05 "%s" finds %j', async (typed, accounts) => {
    expect(await find(typed)).toEqual(accounts);
  });

  it('OP-1.1 says what each was found by, and masks what it shows', async () => {
    const { body } = await viewer.call('GET', '/v1/console/accounts?q=5678');
    expect(body).toEqual({
      items: [
        {
          account: '5678',
          name: 'José O’Brien',
          phoneHint: '***3456',
          emailHint: 'jo*****@***ple.com',
          status: 'active',
          foundBy: 'account',
        },
        {
          account: '700002',
          name: 'CHAN Tai Man, David',
          phoneHint: '***5678',
          emailHint: 'davi*****@corp.cn',
          status: 'active',
          foundBy: 'phone',
        },
      ],
      next: null,
      isComplete: false,
    });
    expect(await find('5678', '&in=phone')).toEqual(['700002']);
    expect(await find('david', '&in=mail')).toEqual(['700002']);
  });

  it('OP-1.1 OPS-09 goes on from page to page without losing or repeating anyone, and its cursor says nothing of them', async () => {
    for (let n = 0; n < 30; n++)
      await h.account(`wong${String(n).padStart(2, '0')}`, {
        name: n % 3 === 0 ? `Wong Wong ${n}` : `Siu${n} Wong`,
        phone: `+8529777${String(1000 + n)}`,
        email: `wong.${n}@wong.example`,
      });
    for (const [q, count] of [
      ['wong', 30],
      ['wong siu', 20],
      ['9777', 0],
    ] as const) {
      const seen = await pages(q, 4);
      expect(new Set(seen).size, q).toBe(seen.length);
      expect(seen, q).toHaveLength(count);
    }
    // A cursor of another tenant, or a made-up one, only begins again: it opens nothing.
    const [row] = await h.house.db.query(
      `SELECT id FROM accounts WHERE tenant_id = 't2' AND canonical = 'secret-of-t2'`,
      {},
    );
    for (const after of [`0.-1.0.${String(row?.['id'])}`, '1.0.0.acc_x', '99.0.0.', 'x'])
      expect(await find('陈大文', `&after=${encodeURIComponent(after)}`)).toSatisfy((found: string[]) =>
        found.every((one) => one === '700001' || one === '700003'),
      );
  });

  it('OP-1.1 follows a change in the same commit: the old name and number find nobody from then on', async () => {
    await h.account('moved', { name: 'Before Change', phone: '+85291119999', email: 'before@corp.cn' });
    expect(await find('before change')).toEqual(['moved']);
    await h.call('PUT', '/v1/accounts/moved', { name: 'After Wards', phone: '+85291118888', email: 'after@corp.cn' });
    for (const gone of ['before', '9999', 'before@corp.cn']) expect(await find(gone), gone).toEqual([]);
    const left = await h.house.db.query(
      `SELECT t.term FROM account_terms t JOIN accounts a ON a.id = t.account_id WHERE a.canonical = 'moved' AND a.tenant_id = 't1' ORDER BY t.term`,
      {},
    );
    expect(left.map((row) => row['term'])).toEqual(['88881119258', 'after wards', 'after@corp.cn', 'wards|after']);
    for (const here of ['after', '8888', 'after@corp.cn']) expect(await find(here), here).toEqual(['moved']);
  });

  it('OP-1.1 NF-4 indexes the accounts of before by a job that may be killed anywhere and run on every node', async () => {
    const { db, ports } = h.house;
    await db.run([{ sql: 'DELETE FROM account_terms', rows: 'any', values: {} }]);
    expect(await find('陈大文')).toEqual([]);
    // Two rounds of two nodes, cut short, and then the rest.
    await Promise.all([ports.search.index(3), ports.search.index(3)]);
    await ports.search.index(4);
    expect(await ports.search.isComplete()).toBe(false);
    await indexAccounts(ports.search);
    expect(await ports.search.isComplete()).toBe(true);
    expect(await find('陈大文')).toEqual(['700001', '700003']);
    expect(await find('david')).toEqual(['700002', '700003']);
    const { body } = await viewer.call('GET', '/v1/console/accounts?q=david');
    expect(body.isComplete).toBe(true);
  });

  it.each(BOTH_WAYS)(
    'OP-1.1 finds simplified and traditional characters by each other: "%s"',
    async (typed, _, found) => {
      expect((await find(typed)).toSorted()).toEqual(found.toSorted());
    },
  );

  it('OP-1.1 shows those first who are spelt in the traditional characters that were typed', async () => {
    expect(await find('陳國華')).toEqual(['810001', '810002']);
    expect(await find('國安證券')).toEqual(['810003', '810004']);
    expect(await find('david 陳大文')).toEqual(['700003']);
  });

  it('OP-1.1 NF-4 after an update finds whom it found before, and those of other characters when the job has passed them', async () => {
    const { db, ports } = h.house;
    const accounts = await db.query('SELECT id, name, phone, email FROM accounts', {});
    const all = async (): Promise<readonly unknown[]> =>
      await db.query('SELECT * FROM account_terms ORDER BY tenant_id, kind, term, account_id', {});
    await indexAccounts(ports.search);
    const complete = await all();
    // As the version before left it: every account is there, by its words as they are spelt.
    await db.run([
      ...accounts.flatMap((row) =>
        termsOf(row as never, 'folded').map(({ term }) => ({
          sql: "DELETE FROM account_terms WHERE kind = 'n' AND term = @term AND account_id = @id",
          rows: 'any' as const,
          values: { term, id: String(row['id']) },
        })),
      ),
      { sql: "DELETE FROM meta WHERE name LIKE 'search.%'", rows: 'any', values: {} },
      { sql: "INSERT INTO meta (name, value) VALUES ('search.account', '~')", rows: 'any', values: {} },
    ]);
    expect((await all()).length).toBeLessThan(complete.length);
    expect(await find('陈国华')).toEqual(['810002']);
    expect(await find('卫志峰')).toEqual([]);
    expect((await viewer.call('GET', '/v1/console/accounts?q=david')).body.isComplete).toBe(false);

    // Killed anywhere, on two nodes at once: whoever was found before is found all the way, and nobody is shown twice.
    for (let round = 0; round < 100 && !(await ports.search.isComplete()); round++) {
      for (const [typed, before, after] of BOTH_WAYS) {
        const found = await pages(typed, 1);
        expect(new Set(found).size, typed).toBe(found.length);
        expect(found, typed).toEqual(expect.arrayContaining([...before]));
        expect(after, typed).toEqual(expect.arrayContaining([...found]));
      }
      await Promise.all([ports.search.index(2), ports.search.index(2)]);
    }
    expect(await ports.search.isComplete()).toBe(true);
    expect(await all()).toEqual(complete);
    for (const [typed, , after] of BOTH_WAYS)
      expect((await pages(typed, 25)).toSorted(), typed).toEqual(after.toSorted());
  });

  it('OP-1.1 goes through the pages of both spellings without losing or repeating anyone', async () => {
    for (let n = 0; n < 14; n++)
      await h.account(`both${String(n).padStart(2, '0')}`, {
        name: `${n % 2 === 0 ? '龍騰國際' : '龙腾国际'}${n} Ltd`,
      });
    for (const q of ['龍騰', '龙腾', '国际', '國際', 'ltd 龍騰', 'ltd 国际']) {
      const seen = await pages(q, 3);
      expect(new Set(seen).size, q).toBe(seen.length);
      expect(seen, q).toHaveLength(14);
    }
  });

  it('OP-1.1 passes over words that were left of a name that changed, wherever a page ends', async () => {
    for (let n = 0; n < 6; n++) await h.account(`left${n}`, { name: `Quux Ltd ${n}` });
    // The job may put one back when a name changes in that very moment; so may an older node.
    const leave = async (account: string, term: string): Promise<unknown> =>
      h.house.db.run([
        {
          sql: `INSERT INTO account_terms (tenant_id, kind, term, account_id)
                  SELECT tenant_id, 'n', @term, id FROM accounts WHERE tenant_id = 't1' AND canonical = @account`,
          rows: 'one',
          values: { account, term },
        },
      ]);
    await leave('700001', 'quux ltd 1x');
    await leave('700002', 'quux ltd 1x');
    await leave('left0', 'quux ltd 3x');
    await leave('left5', 'quux ltd');
    await leave('left0', 'quux ltd 9');
    for (const q of ['quux', 'quux lt', 'ltd quux'])
      for (let limit = 1; limit < 9; limit++) {
        const seen = await pages(q, limit);
        expect(seen.toSorted(), `${q} ${limit}`).toEqual(['left0', 'left1', 'left2', 'left3', 'left4', 'left5']);
      }
    for (let n = 0; n < 60; n++) await leave('700001', `quux ltd 4${String(n).padStart(2, '0')}`);
    for (const q of ['quux', 'quux lt', 'ltd quux'])
      for (const limit of [1, 4, 25])
        expect((await pages(q, limit)).toSorted(), `${q} ${limit}`).toEqual([
          'left0',
          'left1',
          'left2',
          'left3',
          'left4',
          'left5',
        ]);
  });

  it('OPS-03 OPS-05 is for those who may see customers, in their own tenant', async () => {
    const administrator = await anOperator(h, { roles: ['administrator'] });
    expect((await administrator.call('GET', '/v1/console/accounts?q=7000')).status).toBe(403);
    const elsewhere = await viewer.call('GET', '/v1/console/accounts?q=secret-of-t2', undefined, { tenant: 't2' });
    expect(elsewhere.status).toBe(404);
    expect(
      (
        await h.call('GET', '/v1/console/accounts?q=7000', undefined, {
          authorization: `Bearer ${await h.key({ scopes: ['accounts:read'] })}`,
        })
      ).status,
    ).toBe(403);
  });
});
