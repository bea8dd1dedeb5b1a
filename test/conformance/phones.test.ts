// Slots and secrets of phones on every store, from two nodes at once: what the database itself holds to, whoever asks.
import { createECDH, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import type { Caller } from '../../src/core/ports.ts';
import { issueTicket } from '../../src/flows/enrolment/issue-ticket.ts';
import { joinPhone } from '../../src/flows/enrolment/join-phone.ts';
import { operatorRevokePhone, resetPin } from '../../src/flows/enrolment/operate.ts';
import { firstPhone, furtherPhone, signed } from '../enrolment-kit.ts';
import type { TestHouse } from '../kit.ts';
import type { TestPhone } from '../phone.ts';
import { keyRow, phoneRow, ticketRow } from './enrolment-cases.ts';
import { anId, STORES, type StoreUnderTest } from './stores.ts';

const caller: Caller = { tenantId: 't1', actor: 'test', keyId: 'test', client: null };
const keys = () => ({
  signKey: generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64url'),
  boxKey: createECDH('prime256v1').generateKeys().toString('base64url'),
});

describe.each(STORES)('$name', ({ open }) => {
  let store: StoreUnderTest;
  let n = 0;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const anAccount = async (): Promise<string> => {
    const account = `7000${++n}`;
    await store.nodes[0].account(account);
    return account;
  };
  const issue = async (account: string): Promise<string> => {
    const issued = await issueTicket(store.nodes[0].house.ports, caller, { account, actor: 'test', as: 'issue' });
    if (issued.kind !== 'issued') throw new Error(issued.code);
    return issued.url.split('/s/')[1] ?? '';
  };
  const join = (token: string, at: number) =>
    joinPhone(
      store.nodes[at % 2 === 0 ? 0 : 1].house.ports,
      { token, name: `Phone ${at}`, platform: 'test', ...keys() },
      null,
    );
  const inForce = async (account: string) => {
    const { db, ports } = store.nodes[1].house;
    const snapshot = await ports.store.account('t1', account, false);
    return db.query(`SELECT slot, status FROM phones WHERE account_id = @id AND status <> 'revoked' ORDER BY slot`, {
      id: snapshot?.account.id ?? '',
    });
  };

  it('MO-2.3 ENR-05 six phones at once on a five-slot ticket: five join, the sixth is refused and leaves nothing', async () => {
    const account = await anAccount();
    const token = await issue(account);
    const answers = await Promise.all(Array.from({ length: 6 }, (_, at) => join(token, at)));
    expect(answers.map((a) => (a.kind === 'refused' ? a.code : a.kind)).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'joined'),
      'ticket-used-up',
    ]);
    expect((await inForce(account)).map((row) => Number(row['slot']))).toEqual([1, 2, 3, 4, 5]);
    const { db } = store.nodes[0].house;
    const [orphans] = await db.query(
      `SELECT count(*) AS n FROM authenticators u WHERE u.type = 'app' AND NOT EXISTS (SELECT 1 FROM phones p WHERE p.account_id = u.account_id AND u.params LIKE '%/' || p.id)`,
      {},
    );
    expect(Number(orphans?.['n'])).toBe(0);
  });

  it('MO-2.4 REB-08 a phone begun at one node is completed at the other, and revoked there it is refused here at once', async () => {
    const account = await anAccount();
    const token = await issue(account);
    const [one, other] = store.nodes;
    const main = await firstPhone(one, token);
    const sub = await furtherPhone(other, token);
    const state = async (at: TestHouse, phone: TestPhone) =>
      (await signed(at, phone, 'GET', `/v1/app/phones/${phone.id}`)).body;
    for (const phone of [main, sub]) expect(await state(one, phone)).toMatchObject({ status: 'active', pinEpoch: 1 });
    await operatorRevokePhone(other.house.ports, caller, { account, phone: sub.id, reason: 'lost', operator: 'desk' });
    expect(await state(one, sub)).toMatchObject({ code: 'phone-revoked' });
    await resetPin(one.house.ports, caller, { account, reason: 'forgotten', operator: 'desk' });
    expect(await state(other, main)).toMatchObject({ status: 'unsynced', pinEpoch: 2 });
  });

  it('ENR-17 phones leave and join at the same time, and never are there more than five', async () => {
    const account = await anAccount();
    const token = await issue(account);
    const first = await Promise.all(Array.from({ length: 5 }, (_, at) => join(token, at)));
    const leaving = first.flatMap((a, at) =>
      a.kind === 'joined' && at < 3
        ? [
            operatorRevokePhone(store.nodes[1].house.ports, caller, {
              account,
              phone: a.phone,
              reason: 'lost',
              operator: 'desk',
            }),
          ]
        : [],
    );
    const joining = Array.from({ length: 6 }, (_, at) => join(token, at));
    await Promise.all([...leaving, ...joining]);
    const slots = (await inForce(account)).map((row) => Number(row['slot']));
    expect(slots.length).toBeLessThanOrEqual(5);
    expect(new Set(slots).size).toBe(slots.length);
    // Whoever comes after them finds what is free, and no more.
    const late = await Promise.all(Array.from({ length: 6 }, (_, at) => join(token, at)));
    expect(late.filter((a) => a.kind === 'joined')).toHaveLength(5 - slots.length);
  });

  it('ENR-17 the database has no sixth slot, nor two complete phones in one, whatever a program asks', async () => {
    const { ports } = store.nodes[0].house;
    const account = anId('acc');
    const ticket = anId('tic');
    const commit = (...writes: Write[]) => ports.store.commit(account, writes);
    expect((await commit(ticketRow(account, store.now(), { id: ticket }))).kind).toBe('done');
    await expect(commit(phoneRow(account, ticket, 6))).rejects.toThrow(/constraint/i);
    const [one, other] = [phoneRow(account, ticket, 1), phoneRow(account, ticket, 1, { issue: 2 })];
    expect((await commit(one, other)).kind).toBe('done');
    const complete = (id: string): Write => ({
      op: 'complete-phone',
      accountId: account,
      id,
      role: 'main',
      pinEpoch: 1,
    });
    expect((await commit(complete(one.id))).kind).toBe('done');
    await expect(commit(complete(other.id))).rejects.toThrow(/unique/i);
    const key = keyRow(account, one.id, 'active', store.now());
    expect((await commit(key)).kind).toBe('done');
    await expect(commit(keyRow(account, one.id, 'active', store.now()))).rejects.toThrow(/unique/i);
  });

  it('PIN-08 REB-08 the secrets that go are exactly those that should, by the whole id of the phone', async () => {
    const { ports, db } = store.nodes[0].house;
    const account = anId('acc');
    const ticket = anId('tic');
    const ids = ['phn_aaaaaaaaaaaa-', 'phn_baaaaaaaaaaaa-', 'phn_c_aaaaaaaaaaa%'].map((id) => `${id}${n}`);
    const left = async () =>
      (
        await db.query(`SELECT params FROM authenticators WHERE account_id = @account ORDER BY params`, { account })
      ).map((row) => ids.indexOf(String(row['params']).split('/')[3] ?? ''));
    const commit = async (...writes: Write[]) => expect((await ports.store.commit(account, writes)).kind).toBe('done');
    await commit(
      ticketRow(account, store.now(), { id: ticket }),
      ...ids.map((id, at) => phoneRow(account, ticket, at + 1, { id })),
      ...ids.map((id) => keyRow(account, id, 'active', store.now())),
      ...ids.map((id) => keyRow(account, id, 'pending', store.now())),
    );
    await commit({ op: 'drop-pending-key', accountId: account, phoneId: ids[1]! });
    expect(await left()).toEqual([0, 0, 1, 2, 2]);
    await commit(
      { op: 'revoke-phone', accountId: account, id: ids[0]! },
      { op: 'drop-revoked-keys', accountId: account },
    );
    expect(await left()).toEqual([1, 2, 2]);
    await commit({ op: 'drop-other-keys', accountId: account, phoneId: ids[2]! });
    expect(await left()).toEqual([2, 2]);
    await commit({ op: 'drop-other-keys', accountId: account, phoneId: null });
    expect(await left()).toEqual([]);
    n++;
  });

  it('ENR-02 a ticket is good until a millisecond before it expires, in the statement that takes the slot', async () => {
    const { ports } = store.nodes[0].house;
    for (const [ms, kind] of [
      [9_999, 'done'],
      [10_000, 'conflict'],
    ] as const) {
      const account = anId('acc');
      const ticket = anId('tic');
      await ports.store.commit(account, [ticketRow(account, store.now(), { id: ticket })]);
      store.pass(ms);
      expect((await ports.store.commit(account, [phoneRow(account, ticket, 1)])).kind).toBe(kind);
    }
  });
});
