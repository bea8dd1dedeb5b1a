// What is read of operators and integrations, the same on every store.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import { OPERATORS } from '../../src/core/operator/operator.ts';
import { accountRow, anId, authenticatorRow, STORES, type StoreUnderTest } from './stores.ts';

describe.each(STORES)('OP-1.3 operators on $name', ({ open }) => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it('OP-1.3 roles, links, methods and who made whom an operator, as they stand now on every node', async () => {
    const [one, two] = store.nodes;
    const { ports } = one.house;
    await one.house.readyForOperators();
    await two.house.readyForOperators();
    const [mei, lee] = [anId('acc'), anId('acc')];
    const hash = anId('lnk');
    const grant = (operatorId: string, role: 'viewer' | 'support'): Write => ({
      op: 'grant-role',
      operatorId,
      tenantId: 't1',
      role,
      by: 'cli',
    });
    expect(await ports.operators.hasJoined()).toBe(false);
    await ports.store.commit(mei, [
      {
        op: 'insert-account',
        account: accountRow(mei, { tenantId: OPERATORS, account: 'mei', canonical: 'mei', name: 'Mei' }),
      },
      { op: 'insert-operator', id: mei, by: 'cli' },
      grant(mei, 'support'),
      grant(mei, 'viewer'),
      { ...(authenticatorRow(mei) as Extract<Write, { op: 'insert-authenticator' }>), tenantId: OPERATORS },
    ]);
    await ports.store.commit(lee, [
      { op: 'insert-account', account: accountRow(lee, { tenantId: OPERATORS, account: 'lee', canonical: 'lee' }) },
      { op: 'insert-operator', id: lee, by: mei },
      { op: 'insert-operator-link', hash, operatorId: lee, by: mei, expiresAt: store.now() + 10_000 },
    ]);
    const there = two.house.ports.operators;
    expect(await there.hasJoined()).toBe(true);
    expect(await there.services(mei)).toEqual([{ tenantId: 't1', tenantName: 'Tenant', roles: ['support', 'viewer'] }]);
    expect(await there.services(lee)).toEqual([]);
    expect(await there.origin(lee)).toMatchObject({ createdBy: mei });
    expect(await there.origin(anId('acc'))).toBeUndefined();
    expect(await there.list('t1')).toMatchObject([
      { id: mei, login: 'mei', name: 'Mei', roles: ['support', 'viewer'], methods: ['totp'], linkExpiresAt: null },
    ]);
    expect((await there.list(null)).map((o) => [o.login, o.linkExpiresAt === null])).toEqual([
      ['lee', false],
      ['mei', true],
    ]);
    expect(await there.link(hash)).toMatchObject({ operatorId: lee, login: 'lee' });
    store.pass(10_000);
    expect(await there.link(hash)).toBeUndefined();
  });

  it('OP-1.3 keys, relying parties, and how channels do', async () => {
    const { ports } = store.nodes[1].house;
    const operator = anId('acc');
    expect((await ports.integrations.keys('t1')).items.map((key) => key.name)).toContain('test');
    expect(await ports.integrations.relyingParties('t1')).toEqual([]);
    const id = anId('msg');
    await ports.store.commit(operator, [
      { op: 'insert-operator', id: operator, by: 'cli' },
      {
        op: 'enqueue',
        message: {
          id,
          tenantId: 't1',
          accountId: operator,
          channel: 'sms',
          to: '+85291230001',
          text: 'x',
          purpose: 'notice',
          expiresAt: store.now() + 60_000,
        },
      },
    ]);
    expect(await ports.integrations.test('t1', id)).toMatchObject({ status: 'waiting', channel: 'sms', error: null });
    expect(await ports.integrations.test('t2', id)).toBeUndefined();
    expect(await ports.integrations.testsBy(operator, store.now() - 1000)).toEqual({ count: 1, firstAt: store.now() });
    expect(await ports.integrations.testsBy(operator, store.now())).toMatchObject({ count: 0 });
    await store.nodes[1].house.deliver();
    expect(await ports.integrations.channels('t1')).toMatchObject([{ channel: 'sms', sent: 1, failed: 0, waiting: 0 }]);
  });
});
