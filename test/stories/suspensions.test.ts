// Two reasons that nobody gets in: the owner's objection, and the relying party. Each is lifted by whoever may lift it, and leaves the other standing (REB-04).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import type { Answer, TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { aSwap, newest, object, WEI } from '../swap-kit.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await aPostgres();
});
afterAll(() => server.close());

const callerCheck = { how: 'call-back' };
const at = (path: string): string => `/v1/console/accounts/${WEI}/${path}`;

describe.each(['SQLite', 'PostgreSQL'])('on %s', (name) => {
  let h: TestHouse & AsyncDisposable;
  let lin: TestOperator;
  beforeEach(async () => {
    ({ h } = await aSwap({
      preset: 'mail',
      ...(name === 'SQLite' ? {} : { database: { postgres: await server.database() } }),
    }));
    lin = await anOperator(h, { login: 'lin', roles: ['support'] });
    return () => h.close();
  });

  const say = (status: 'active' | 'suspended'): Promise<Answer> => h.call('PUT', `/v1/accounts/${WEI}`, { status });
  const unlock = (): Promise<Answer> => lin.call('POST', at('unlock'), { reason: 'R04', callerCheck });
  const preview = async (): Promise<readonly { kind: string }[]> =>
    (await lin.call('POST', at('actions:preview'), { action: 'unlock', verified: true })).body.effects;
  /** Something an operator did, and its owner's objection to it. */
  const objected = async (): Promise<void> => {
    expect((await lin.call('POST', at('unbind'), { reason: 'R04', callerCheck })).status).toBe(200);
    expect((await object(h, await newest(h))).body.outcome).toBe('suspended');
  };
  it('REB-04 an account that is suspended for a reason nobody recorded is not opened by a change of its name', async () => {
    await h.house.db.query(`UPDATE accounts SET status = 'suspended' WHERE account = @account`, { account: WEI });
    expect((await h.call('PUT', `/v1/accounts/${WEI}`, { name: '韋小姐' })).body.status).toBe('suspended');
    expect((await say('active')).body.status).toBe('active');
  });

  /** What the relying party and support are told, which is the same; and whether anybody gets in. */
  const reasons = async (): Promise<readonly string[]> => {
    const { body } = await h.call('GET', `/v1/accounts/${WEI}`);
    const { body: shown } = await lin.call('GET', `/v1/console/accounts/${WEI}`);
    expect(shown.suspensions).toEqual(body.suspensions);
    const why = body.suspensions.map((one: { by: string }) => one.by);
    const status = why.length === 0 ? 'active' : 'suspended';
    expect([body.status, shown.status]).toEqual([status, status]);
    const login = { account: WEI, client: { id: 'webmail' }, firstFactor: 'verified' };
    expect((await h.call('POST', '/v1/logins', login)).body.code === 'account-suspended').toBe(why.length > 0);
    return why;
  };

  it('OP-1.5 REB-04 what the relying party suspends after an objection, no unlock opens; support is told so before', async () => {
    await objected();
    expect(await reasons()).toEqual(['objection']);
    h.pass(60);
    const since = h.clock.now;
    expect((await say('suspended')).body.suspensions).toContainEqual({
      by: 'relying-party',
      since: new Date(since).toISOString(),
    });
    h.pass(60);
    expect((await say('suspended')).body.suspensions[0].since).toBe(new Date(since).toISOString());
    expect(await reasons()).toEqual(['relying-party', 'objection']);
    const effects = (await preview()).map(({ kind }) => kind);
    expect(effects).toEqual(expect.arrayContaining(['objection-lifted', 'suspension-stays']));
    expect(effects).not.toContain('account-opens');
    expect((await unlock()).status).toBe(200);
    expect(await reasons()).toEqual(['relying-party']);
    expect((await preview()).map(({ kind }) => kind)).toEqual(['suspension-stays']);
    expect((await say('active')).body).toMatchObject({ status: 'active', suspensions: [] });
    expect(await reasons()).toEqual([]);
  });

  it('OP-1.5 REB-04 what an objection suspended, the relying party does not open by saying that the account is active', async () => {
    await objected();
    for (const row of [{ status: 'active' }, { name: 'Wei' }, { status: 'active', name: 'Wei Chan' }])
      expect((await h.call('PUT', `/v1/accounts/${WEI}`, row)).body.status).toBe('suspended');
    const rows = { accounts: [{ account: WEI, status: 'active' }] };
    expect((await h.call('POST', '/v1/accounts:import', rows)).body.updated).toBe(1);
    expect(await reasons()).toEqual(['objection']);
    expect((await unlock()).status).toBe(200);
    expect(await reasons()).toEqual([]);
  });

  it('OP-1.5 REB-04 an objection made while the relying party has it suspended stands when that is over', async () => {
    expect((await lin.call('POST', at('unbind'), { reason: 'R04', callerCheck })).status).toBe(200);
    const code = await newest(h);
    expect((await say('suspended')).body.status).toBe('suspended');
    expect((await object(h, code)).body.outcome).toBe('suspended');
    expect(await reasons()).toEqual(['relying-party', 'objection']);
    expect((await say('active')).body.status).toBe('suspended');
    expect(await reasons()).toEqual(['objection']);
    expect((await unlock()).status).toBe(200);
    expect(await reasons()).toEqual([]);
  });

  it('OP-1.5 REB-04 one that was suspended and opened again between is open when the objection is lifted, and other changes leave it suspended', async () => {
    await objected();
    await say('suspended');
    expect((await h.call('PUT', `/v1/accounts/${WEI}`, { name: 'Wei' })).body.status).toBe('suspended');
    expect(await reasons()).toEqual(['relying-party', 'objection']);
    await say('active');
    await unlock();
    expect(await reasons()).toEqual([]);
  });

  it('OP-1.5 REB-04 suspended by the relying party in the very moment of an unlock: it stays suspended', async () => {
    await objected();
    const { store } = h.house.ports;
    const commit = store.commit.bind(store);
    const isUnlock = (writes: readonly Write[]): boolean => writes.some((w) => w.op === 'thaw-account');
    // The unlock is decided and not yet written when the suspension is.
    let isBetween = false;
    store.commit = async (id, writes) => {
      if (isUnlock(writes) && !isBetween) {
        isBetween = true;
        await say('suspended');
      }
      return commit(id, writes);
    };
    expect((await unlock()).status).toBe(200);
    expect(isBetween).toBe(true);
    expect(await reasons()).toEqual(['relying-party']);
  });
});
