// What one operator may not do to one account is not done in bulk of one row either (OP-1.3, OPS-01, OPS-10).
import { describe, expect, it } from 'vitest';
import { aHouse, bindTotp, presetText, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

interface Row {
  readonly line: number;
  readonly account: string;
  readonly [name: string]: unknown;
}

async function aDesk(console: string, more: Parameters<typeof aHouse>[0] = {}) {
  const h = await aHouse({ policy: `${presetText('star-rollout')}\nconsole: ${console}\n`, ...more });
  const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
  const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
  return { h, kit, jun };
}
const draft = async (who: TestOperator, kind: string, rows: readonly Row[]): Promise<string> => {
  const made = await who.call('POST', '/v1/console/bulk', { kind, name: 'autumn', reason: 'R02' });
  expect(made.status).toBe(201);
  const put = await who.call('POST', `/v1/console/bulk/${made.body.id}/rows`, { rows });
  expect(put.status).toBe(200);
  return made.body.id;
};
const steer = (who: TestOperator, id: string, step: string) => who.call('POST', `/v1/console/bulk/${id}/${step}`);
const begun = async (who: TestOperator, kind: string, rows: readonly Row[]): Promise<string> =>
  (await steer(who, await draft(who, kind, rows), 'start')).body.status;
const report = async (who: TestOperator, id: string) =>
  (await who.call('GET', `/v1/console/bulk/${id}/rows`)).body.items.map((r: Row) => [r['status'], r['code'] ?? null]);
const account = async (h: TestHouse, name: string) => (await h.call('GET', `/v1/accounts/${name}`)).body;
const bound = async (h: TestHouse, name: string): Promise<string[]> =>
  (await account(h, name)).authenticators.map((a: { type: string }) => a.type);

describe('bulk work of few rows', () => {
  it('OP-1.3 OPS-01 in preset recommended one operator unbinds nobody by a job of one row; a second one lets it begin', async () => {
    await using h = await aHouse({ preset: 'recommended' });
    const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    await h.account('700001', { phone: '+85291230001' });
    const id = await draft(kit, 'unbind', [{ line: 2, account: '700001' }]);
    expect((await steer(kit, id, 'start')).body.status).toBe('asked');
    await h.house.work();
    expect((await report(kit, id))[0]).toEqual(['waiting', null]);
    expect((await steer(kit, id, 'approve')).body.code).toBe('own-case');
    expect((await steer(jun, id, 'approve')).body.status).toBe('running');
    await h.house.work();
    expect((await report(kit, id))[0]?.[0]).not.toBe('waiting');
    // Registrations wait there by their flag, which every row of a list has: nobody was verified.
    await h.account('700002', { email: 'two@mail.example' });
    expect(await begun(kit, 'register', [{ line: 2, account: '700002' }])).toBe('asked');
    const shown = (await kit.call('GET', '/v1/console/bulk')).body;
    expect([shown.alone, shown.changesWait]).toEqual([{ import: 100, register: 0, unbind: 0 }, true]);
  });

  for (const [what, console, kind, to] of [
    ['an action that always waits', '{ secondOperator: [unbind], callerCheck: off }', 'unbind', 'asked'],
    ['an action that waits when risky', '{ secondOperatorWhenRisky: [unbind], callerCheck: off }', 'unbind', 'asked'],
    ['an action whose caller is verified', '{ callerCheck: required }', 'unbind', 'asked'],
    ['bulk itself', '{ secondOperator: [bulk], callerCheck: off }', 'unbind', 'asked'],
    ['another action', '{ secondOperator: [bypass], callerCheck: recorded }', 'unbind', 'running'],
    ['a registration', '{ secondOperator: [register], callerCheck: off }', 'register', 'asked'],
    ['bindings, while registrations wait', '{ secondOperator: [register], callerCheck: off }', 'unbind', 'running'],
  ] as const)
    it(`OP-1.3 OPS-01 one row, ${what}: ${to}`, async () => {
      const { h, kit } = await aDesk(console);
      await h.account('700001', { phone: '+85291230001', email: 'one@mail.example' });
      await bindTotp(h, '700001');
      expect(await begun(kit, kind, [{ line: 2, account: '700001' }])).toBe(to);
      await h.house.work();
      if (kind === 'unbind') expect((await bound(h, '700001')).includes('totp')).toBe(to === 'asked');
      await h.close();
    });

  it('OP-1.3 OPS-01 an import of new accounts begins at once; of one row that changes whom an account belongs to it waits', async () => {
    const { h, kit, jun } = await aDesk('{ secondOperator: [change-person], callerCheck: off }');
    await h.account('700001', { phone: '+85291230001', email: 'one@mail.example' });
    expect(await begun(kit, 'import', [{ line: 2, account: '700009', phone: '+85291230009' }])).toBe('running');
    const same = { line: 2, account: '700001', name: 'Tai Man', phone: '9123 0001', email: 'one@mail.example' };
    expect(await begun(kit, 'import', [same])).toBe('running');
    for (const change of [{ phone: '+85255556666' }, { email: 'kit@elsewhere.example' }]) {
      const id = await draft(kit, 'import', [{ line: 2, account: '700001', ...change }]);
      expect((await steer(kit, id, 'start')).body.status).toBe('asked');
      await h.house.work();
      const { emailHint, phoneHint } = await account(h, '700001');
      expect([emailHint, phoneHint]).toEqual([expect.stringMatching(/^o/), expect.stringMatching(/0001$/)]);
      expect((await steer(jun, id, 'approve')).body.status).toBe('running');
      await h.house.work();
      expect(await report(kit, id)).toEqual([['done', null]]);
      // As it was, for the next.
      await h.account('700001', { phone: '+85291230001', email: 'one@mail.example' });
    }
    await h.close();
  });

  it('OP-1.3 OPS-01 an account made after the job was begun alone is not changed by it', async () => {
    const { h, kit } = await aDesk('{ secondOperator: [change-person], callerCheck: off }');
    const id = await draft(kit, 'import', [{ line: 2, account: '700001', phone: '+85255556666' }]);
    expect((await steer(kit, id, 'start')).body.status).toBe('running');
    await h.account('700001', { phone: '+85291230001' });
    await h.house.work();
    expect(await report(kit, id)).toEqual([['refused', 'situation-changed']]);
    expect((await account(h, '700001')).phoneHint).toMatch(/0001$/);
    await h.close();
  });

  it('OP-1.3 OPS-01 where phases wait, an import that puts an account into another cohort waits too', async () => {
    const { h, kit } = await aDesk('{ secondOperator: [switch-phase], callerCheck: off }');
    await h.account('700001', { phone: '+85291230001' });
    expect(await begun(kit, 'import', [{ line: 2, account: '700001', phone: '+85291230002' }])).toBe('running');
    expect(await begun(kit, 'import', [{ line: 2, account: '700001', cohort: 'late' }])).toBe('asked');
    await h.close();
  });

  it('OPS-10 many small jobs are one large one: an hour’s rows of one operator count together, and every start is an action', async () => {
    const { h, kit } = await aDesk('{ callerCheck: off, bulkRows: 3, actionsPerHour: 4 }');
    const rows = (from: number, n: number): Row[] =>
      Array.from({ length: n }, (_, i) => ({ line: i + 2, account: `71${from + i}` }));
    expect(await begun(kit, 'import', rows(10, 2))).toBe('running');
    await h.house.work();
    expect(await begun(kit, 'import', rows(20, 2))).toBe('asked');
    expect(await begun(kit, 'import', rows(30, 1))).toBe('running');
    expect(await begun(kit, 'import', rows(40, 1))).toBe('asked');
    const told = await steer(kit, await draft(kit, 'import', rows(50, 1)), 'start');
    expect([told.status, told.body.code]).toEqual([429, 'too-many-actions']);
    for (let n = 0; n < 10; n++) {
      h.pass(361);
      await kit.call('GET', '/v1/console/bulk');
    }
    expect(await begun(kit, 'import', rows(60, 3))).toBe('running');
    await h.close();
  });

  it('OPS-10 two jobs started at once do not both fit where one does', async () => {
    const { h, kit } = await aDesk('{ callerCheck: off, bulkRows: 3 }');
    const ids = [
      await draft(
        kit,
        'import',
        [2, 3].map((line) => ({ line, account: `72${line}` })),
      ),
      await draft(
        kit,
        'import',
        [2, 3].map((line) => ({ line, account: `73${line}` })),
      ),
    ];
    const told = await Promise.all(ids.map((id) => steer(kit, id, 'start')));
    expect(told.map((t) => t.body.status).sort()).toEqual(['asked', 'running']);
    await h.close();
  });

  it('OPS-01 nobody puts rows into another’s draft, nor starts it, and then approves it as that one’s', async () => {
    const { h, kit, jun } = await aDesk('{ secondOperator: [unbind], callerCheck: off }');
    await h.account('700001', { phone: '+85291230001' });
    await h.account('700002', { phone: '+85291230002' });
    const id = await draft(jun, 'unbind', [{ line: 2, account: '700001' }]);
    const put = await kit.call('POST', `/v1/console/bulk/${id}/rows`, { rows: [{ line: 3, account: '700002' }] });
    expect([put.status, put.body.code]).toEqual([403, 'own-case']);
    expect((await steer(kit, id, 'start')).body.code).toBe('own-case');
    expect((await jun.call('GET', `/v1/console/bulk/${id}`)).body.rows.waiting).toBe(1);
    await h.close();
  });
});
