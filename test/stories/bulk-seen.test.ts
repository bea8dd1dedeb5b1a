// Whoever starts or approves an import sees what each row changes before it is done, and nothing else is done (OP-1.3, OP-1.4, OPS-01).
import { describe, expect, it } from 'vitest';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

interface Seat {
  readonly h: TestHouse;
  readonly kit: TestOperator;
  readonly jun: TestOperator;
  readonly id: string;
  readonly path: string;
}

/** An import of four rows by kit that waits for jun. */
async function asked(): Promise<Seat> {
  const h = await aHouse({
    policy: `${presetText('star-rollout')}\nconsole: { secondOperator: [change-person], callerCheck: off }\n`,
  });
  const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
  const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
  await h.account('880001', { phone: '+85291230001', email: 'chan.taiman@star.example', name: '陈大文' });
  await h.account('880002', { phone: '+85291230002' });
  const made = await kit.call('POST', '/v1/console/bulk', { kind: 'import', name: 'monthly clean-up', reason: 'R05' });
  const { id } = made.body;
  const path = `/v1/console/bulk/${id}`;
  const put = await kit.call('POST', `${path}/rows`, {
    rows: [
      { line: 2, account: '880001', phone: '+852 9876 5432', email: 'thief@evil.example', name: '陈大文' },
      { line: 3, account: '880002', phone: '91230002' },
      { line: 4, account: '880003', name: '李四', phone: '+85291230003' },
      { line: 5, account: '880002x', phone: 'no number' },
    ],
  });
  expect(put.status).toBe(200);
  expect((await kit.call('POST', `${path}/start`, {})).body.status).toBe('asked');
  return { h, kit, jun, id, path };
}

describe('an import before it is done', () => {
  it('OP-1.3 OP-1.4 OPS-01 the second operator sees old and new of each row, contacts masked, how many, and the reason in words', async () => {
    const { h, jun, id, path } = await asked();
    const job = (await jun.call('GET', path, undefined, { headers: { 'accept-language': 'en' } })).body;
    expect(job).toMatchObject({
      reason: 'R05',
      reasonText: expect.stringMatching(/authorised person/i),
      rows: { waiting: 3, refused: 1 },
      changes: { new: 1, same: 1, phone: 1, email: 1, name: 0, cohort: 0, locale: 0 },
    });
    const { items } = (await jun.call('GET', `${path}/rows`)).body;
    expect(
      items.map((row: { changes?: unknown; isNew?: boolean }) => [row.isNew ?? null, row.changes ?? null]),
    ).toEqual([
      [
        false,
        [
          { field: 'phone', from: '***0001', to: '***5432' },
          { field: 'email', from: 'chan*****@***tar.example', to: expect.stringMatching(/^th\*+@/) },
        ],
      ],
      [false, []],
      [
        true,
        [
          { field: 'name', from: null, to: '李四' },
          { field: 'phone', from: null, to: '***0003' },
        ],
      ],
      [null, null],
    ]);
    const lines = (mark: string) =>
      jun
        .call('GET', `${path}/rows?mark=${mark}`)
        .then(({ body }) => body.items.map((row: { line: number }) => row.line));
    expect([await lines('email'), await lines('new'), await lines('same'), await lines('cohort')]).toEqual([
      [2],
      [4],
      [3],
      [],
    ]);
    const told = (await jun.call('GET', `${path}/report`)).body as string;
    expect(told.split('\r\n')[1]).toMatch(/,phone: \*\*\*0001 → \*\*\*5432; email: chan\*{5}@\S+ → th\*+@\S+,/);
    expect(told + JSON.stringify(items)).not.toMatch(/98765432|9876 5432|thief|taiman/);
    const inbox = (await jun.call('GET', '/v1/console/inbox')).body.items;
    expect(inbox).toEqual([expect.objectContaining({ id, rows: 3, changes: job.changes, riskFlags: [] })]);
    await h.close();
  });

  it('OPS-01 what speaks for a second look at its accounts is counted, and told in the inbox', async () => {
    const { h, kit, jun, path } = await asked();
    await kit.call('POST', `${path}/stop`, {});
    // Whose number was changed lately, by whomever.
    await h.account('880001', { phone: '+85291239999' });
    const made = await kit.call('POST', '/v1/console/bulk', { kind: 'import', name: 'again', reason: 'R05' });
    await kit.call('POST', `/v1/console/bulk/${made.body.id}/rows`, {
      rows: [
        { line: 2, account: '880001', email: 'thief@evil.example' },
        { line: 3, account: '880009' },
      ],
    });
    await kit.call('POST', `/v1/console/bulk/${made.body.id}/start`, {});
    const job = (await jun.call('GET', `/v1/console/bulk/${made.body.id}`)).body;
    expect(job.riskFlags).toEqual([{ flag: 'contact-changed', rows: 1 }]);
    const { items } = (await jun.call('GET', `/v1/console/bulk/${made.body.id}/rows?mark=contact-changed`)).body;
    expect(items).toEqual([expect.objectContaining({ line: 2, riskFlags: ['contact-changed'] })]);
    expect((await jun.call('GET', '/v1/console/inbox')).body.items[0].riskFlags).toEqual(['contact-changed']);
    await h.close();
  });

  it('OPS-01 a row that would change something else by the time it is done is not done: the approval was of what was shown', async () => {
    const { h, kit, jun, path } = await asked();
    const more = await kit.call('POST', `${path}/rows`, { rows: [{ line: 9, account: '880001', phone: '91119999' }] });
    expect(more.body.code).toBe('closed');
    expect((await jun.call('POST', `${path}/approve`, {})).body.status).toBe('running');
    // Between the approval and the row: another number, and an account where there was none.
    await h.account('880001', { phone: '+85291237777' });
    await h.account('880003', { phone: '+85291238888' });
    await h.house.work();
    const { items } = (await jun.call('GET', `${path}/rows`)).body;
    expect(items.map((row: { status: string; code?: string }) => [row.status, row.code ?? null])).toEqual([
      ['refused', 'situation-changed'],
      ['done', null],
      ['refused', 'situation-changed'],
      ['refused', 'invalid-request'],
    ]);
    const left = await Promise.all(['880001', '880003'].map((name) => h.call('GET', `/v1/accounts/${name}`)));
    expect(left.map(({ body }) => body.phoneHint)).toEqual([
      expect.stringMatching(/7777$/),
      expect.stringMatching(/8888$/),
    ]);
    await h.close();
  });

  it('OP-1.4 approved, what was shown is done, and stays to be read', async () => {
    const { h, jun, path } = await asked();
    await jun.call('POST', `${path}/approve`, {});
    await h.house.work();
    const { items } = (await jun.call('GET', `${path}/rows?mark=phone`)).body;
    expect(items).toMatchObject([{ line: 2, status: 'done', changes: [{ from: '***0001', to: '***5432' }, {}] }]);
    expect((await h.call('GET', '/v1/accounts/880001')).body.phoneHint).toMatch(/5432$/);
    await h.close();
  });
});
