// What was begun or proven before a change of hands counts no longer after it, also when the change comes between a decision and its commit.
import { describe, expect, it } from 'vitest';
import { startLogin } from '../../src/flows/start-login.ts';
import { verify as verifyFlow } from '../../src/flows/verify.ts';
import { type Answer, aHouse, aLogin, bindTotp, codeOf, ESTAR_X, STAR_95, type TestHouse, verify } from '../kit.ts';

const CALLER = { tenantId: 't1', actor: 'test', keyId: 'test', client: null };
const operator = (h: TestHouse, act: 'unbind' | 'unlock', more: object = {}): Promise<Answer> =>
  h.call('POST', `/v1/console/accounts/700001/${act}`, { operator: 'x', reason: 'test', ...more });
const bindCodes = (h: TestHouse, login: string, client: object = STAR_95): Promise<Answer> =>
  h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client, login });

/** An account with an authenticator, and a login of it satisfied just now. */
async function aProvenHouse(): Promise<TestHouse & AsyncDisposable & { uri: string; bound: string; login: string }> {
  const h = await aHouse();
  await h.account('700001', { password: 'correct horse' });
  const { uri, id } = await bindTotp(h, '700001');
  h.pass(60);
  const login = (await aLogin(h, '700001')).id as string;
  expect((await verify(h, login, codeOf(uri, h.clock.now))).body.status).toBe('satisfied');
  return Object.assign(h, { uri, bound: id, login });
}

const CHANGES: readonly [string, (h: TestHouse) => Promise<unknown>][] = [
  ['an operator’s unbinding', (h) => operator(h, 'unbind')],
  ['an operator’s unlocking', (h) => operator(h, 'unlock')],
  [
    'a suspension that ended',
    async (h) => {
      await h.call('PUT', '/v1/accounts/700001', { status: 'suspended' });
      await h.call('PUT', '/v1/accounts/700001', { status: 'active' });
    },
  ],
  ['another phone number', (h) => h.call('PUT', '/v1/accounts/700001', { phone: '+85291239999' })],
  ['another password', (h) => h.call('PUT', '/v1/accounts/700001', { password: 'battery staple' })],
];

describe('earlier logins', () => {
  it.each(CHANGES)('TD-06 REB-08 prove nothing after %s', async (_, change) => {
    await using h = await aProvenHouse();
    await change(h);
    for (const login of [h.login, undefined]) {
      const named = login === undefined ? '' : `&login=${login}`;
      const bind = { type: 'recovery-code', client: STAR_95, ...(login === undefined ? {} : { login }) };
      expect((await h.call('POST', '/v1/accounts/700001/bindings', bind)).body.code).toBe('login-required');
      const gone = await h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}?client=star-9.5${named}`);
      expect(['login-required', 'not-found']).toContain(gone.body.code);
    }
    // The record of them stays as it was.
    expect((await h.call('GET', `/v1/logins/${h.login}`)).body.status).toBe('satisfied');
  });

  it('TD-06 stay as they are when a row is put again unchanged, its password too', async () => {
    await using h = await aProvenHouse();
    await h.call('PUT', '/v1/accounts/700001', { password: 'correct horse', phone: '+85291230001', status: 'active' });
    await h.call('PUT', '/v1/accounts/700001', { name: 'Chan', email: 'chan@star.example' });
    expect((await bindCodes(h, h.login)).status).toBe(201);
  });

  it('BF-11 an open login is over after an operator’s unbinding, a suspension and another phone number', async () => {
    for (const [name, change] of CHANGES.filter(([n]) => !/unlocking|password/.test(n))) {
      await using h = await aProvenHouse();
      const open = (await aLogin(h, '700001')).id;
      await change(h);
      h.pass(30);
      const late = await verify(h, open, codeOf(h.uri, h.clock.now));
      expect([name, late.status, late.body.code]).toEqual([name, 409, 'closed']);
    }
  });

  it('REB-08 of a revoked device prove nothing, those of the others still do', async () => {
    await using h = await aHouse({
      policy: `${(await import('../kit.ts')).presetText('star-rollout')}\ndevices: { bindOnFirstCode: true, kinds: [phone, desktop] }\n`,
    });
    await h.account('700001');
    const PC = { ...STAR_95, deviceId: 'pc-1', name: 'PC' };
    const PHONE = { ...ESTAR_X, deviceId: 'phone-1', name: 'Phone' };
    const { uri, id } = await bindTotp(h, '700001', PC);
    const on = async (client: object): Promise<string> => {
      h.pass(60);
      const { id } = await aLogin(h, '700001', client);
      expect((await verify(h, id, codeOf(uri, h.clock.now))).body.status).toBe('satisfied');
      return id;
    };
    const phone = await on(PHONE);
    const pc = await on(PC);
    const { items } = (await h.call('GET', '/v1/accounts/700001/client-devices')).body;
    const device = items.find((d: { name: string }) => d.name === 'Phone').id;
    expect((await h.call('DELETE', `/v1/accounts/700001/client-devices/${device}`)).status).toBe(204);
    const path = `/v1/accounts/700001/authenticators/${id}?client=estar-x&login=${phone}`;
    expect((await h.call('DELETE', path)).body.code).toBe('login-required');
    expect((await bindCodes(h, pc, PC)).status).toBe(201);
  });
});

describe('a change between the decision and the commit', () => {
  /** The ports, with something that happens just before the next commit of `op`. */
  const before = (h: TestHouse, op: string, happens: () => Promise<unknown>) => {
    const { store } = h.house.ports;
    let done = false;
    const commit: typeof store.commit = async (key, writes) => {
      if (!done && writes.some((w) => w.op === op)) {
        done = true;
        await happens();
      }
      return store.commit(key, writes);
    };
    return { ...h.house.ports, store: { ...store, commit } };
  };

  it.each([
    [
      'its owner unbinds',
      (h: TestHouse & { bound: string }) => h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`),
      'method-not-offered',
    ],
    ['an operator unbinds', (h: TestHouse) => operator(h, 'unbind'), 'closed'],
    [
      'the account is suspended',
      (h: TestHouse) => h.call('PUT', '/v1/accounts/700001', { status: 'suspended' }),
      'closed',
    ],
  ] as const)('SCN-12 BF-11 %s: the right code from before is refused', async (_, happens, code) => {
    await using h = await aProvenHouse();
    const open = (await aLogin(h, '700001')).id;
    h.pass(30);
    const ports = before(h, 'move-challenge', () => happens(h));
    const late = await verifyFlow(ports, CALLER, { id: open, type: 'totp', output: codeOf(h.uri, h.clock.now) });
    expect(late).toMatchObject({ kind: 'refused', code });
    expect((await h.audit()).filter((e) => e.event === 'login.satisfied' && e.data['login'] === open)).toEqual([]);
  });

  it('SCN-12 the row is gone by other means: the challenge does not move by it', async () => {
    await using h = await aProvenHouse();
    const open = (await aLogin(h, '700001')).id;
    h.pass(30);
    const gone = { sql: `DELETE FROM authenticators WHERE type = 'totp'`, rows: 'any', values: {} } as const;
    const ports = before(h, 'move-challenge', () => h.house.db.run([gone]));
    const late = await verifyFlow(ports, CALLER, { id: open, type: 'totp', output: codeOf(h.uri, h.clock.now) });
    expect(late).toMatchObject({ kind: 'refused', code: 'method-not-offered' });
  });

  it('BF-11 the account is suspended while a login is let in without a second step: it is refused', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account('700001');
    const ports = before(h, 'insert-challenge', () => h.call('PUT', '/v1/accounts/700001', { status: 'suspended' }));
    const input = { account: '700001', client: { id: 'webmail' }, firstFactor: 'verified' } as const;
    expect(await startLogin(ports, CALLER, input)).toMatchObject({ kind: 'refused', code: 'account-suspended' });
  });
});
