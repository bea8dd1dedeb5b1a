// Unbinding, and recovery codes: the ways out, and what must not come back by them.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';

async function aBoundHouse(
  options: Parameters<typeof aHouse>[0] = {},
): Promise<TestHouse & AsyncDisposable & { uri: string; bound: string }> {
  const h = await aHouse(options);
  await h.account('700001');
  const { uri, id } = await bindTotp(h, '700001');
  h.pass(60);
  return Object.assign(h, { uri, bound: id });
}
const makeCodes = (h: TestHouse, account = '700001', proof?: string) =>
  h.call('POST', `/v1/accounts/${account}/bindings`, {
    type: 'recovery-code',
    client: STAR_95,
    ...(proof === undefined ? {} : { proof }),
  });
const recoveryCodes = async (h: TestHouse, account = '700001'): Promise<string[]> =>
  (await makeCodes(h, account)).body.codes;

describe('recovery codes', () => {
  it('are offered after binding, until there are some', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const confirmIn = async (): Promise<boolean> => {
      h.pass(30);
      const login = await aLogin(h, '700001');
      const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
      const path = `/v1/logins/${login.id}/bindings/${started.id}/confirm`;
      return (await h.call('POST', path, { output: codeOf(started.uri, h.clock.now) })).body.offerRecoveryCodes;
    };
    await h.phase('totp-only');
    expect(await confirmIn()).toBe(true);
    expect(await recoveryCodes(h)).toHaveLength(10);
    const totp = (await h.call('GET', '/v1/accounts/700001')).body.authenticators.find(
      (a: { type: string }) => a.type === 'totp',
    );
    await h.call('POST', '/v1/console/accounts/700001/unbind', {
      operator: 'x',
      reason: 'test',
      authenticator: totp.id,
    });
    // They went with the authenticator they stood in for, so they are offered again.
    expect(await confirmIn()).toBe(true);
  });

  it.each([
    [
      'its owner',
      (h: TestHouse & { bound: string }) => h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`),
    ],
    [
      'an operator',
      (h: TestHouse & { bound: string }) =>
        h.call('POST', '/v1/console/accounts/700001/unbind', { operator: 'x', reason: 'x', authenticator: h.bound }),
    ],
  ])(
    'REB-08 go with the last authenticator that %s removes: they let nobody in afterwards, and the owner is told',
    async (who, remove) => {
      await using h = await aBoundHouse();
      const [code] = await recoveryCodes(h);
      const held = (await h.call('GET', '/v1/accounts/700001')).body.authenticators;
      const codes = held.find((a: { type: string }) => a.type === 'recovery-code').id;
      const done = await remove(h);
      if (who === 'an operator') expect(done.body.removed).toEqual([h.bound, codes]);
      const types = (await h.call('GET', '/v1/accounts/700001')).body.authenticators.map(
        (a: { type: string }) => a.type,
      );
      expect(types).toEqual(['sms']);
      expect((await h.outbox())[0]?.text).toContain('身份验证器及恢复码已失效');
      const removals = (await h.audit()).filter((e) => e.event === 'binding.removed');
      expect(removals.map((e) => e.data['type'])).toEqual(['totp', 'recovery-code']);
      // Bound anew, the codes of before are nothing.
      h.pass(60);
      await bindTotp(h, '700001');
      h.pass(60);
      expect((await verify(h, (await aLogin(h, '700001')).id, code!, { type: 'recovery-code' })).status).toBe(403);
    },
  );

  it('are the way out in totp-only, each once, and the page tells how many are left', async () => {
    await using h = await aBoundHouse();
    const codes = await recoveryCodes(h);
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    expect(login).toMatchObject({
      authenticators: [{ type: 'totp' }],
      recovery: ['recovery-code'],
      help: { way: 'recovery-code' },
    });
    expect((await verify(h, login.id, codes[3]!)).body.status).toBe('satisfied');
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.satisfiedBy).toEqual(['recovery-code']);
    const again = await verify(h, (await aLogin(h, '700001')).id, codes[3]!);
    expect([again.status, again.body.code]).toEqual([422, 'verification-failed']);
    expect((await verify(h, (await aLogin(h, '700001')).id, codes[4]!)).status).toBe(200);
    const page = (await h.call('GET', '/v1/accounts/700001')).body.authenticators.find(
      (a: { type: string }) => a.type === 'recovery-code',
    );
    expect(page.codesLeft).toBe(8);
  });

  it('made anew, the old ones are worthless', async () => {
    await using h = await aBoundHouse();
    const [old] = await recoveryCodes(h);
    const step = (await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'change', client: STAR_95 })).body;
    await verify(h, step.id, codeOf(h.uri, h.clock.now), { type: 'totp' });
    const [fresh] = (await makeCodes(h, '700001', step.id)).body.codes;
    expect((await verify(h, (await aLogin(h, '700001')).id, old!)).status).toBe(422);
    expect((await verify(h, (await aLogin(h, '700001')).id, fresh!)).status).toBe(200);
  });

  it.each(['star-rollout', 'star-desktop-bind', 'mobile-otp', 'mail'])(
    'REB-01 %s: once there are some, a login makes no others, only a fresh code of the authenticator does',
    async (preset) => {
      await using h = await aHouse({ preset });
      const { policy } = await h.house.registry.get(h.tenant, 0);
      const [id, known] = Object.entries(policy.clients)[0]!;
      const client = { id, version: known.minimumVersion ?? '1' };
      await h.account('700001');
      await h.phase('totp-only');
      const { uri } = await bindTotp(h, '700001', client);
      const make = (more: object = {}) =>
        h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client, ...more });
      expect((await make()).status).toBe(201);
      h.pass(60);
      const login = await aLogin(h, '700001', client);
      expect((await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' })).body.status).toBe('satisfied');
      const refused = await make({ login: login.id, proof: login.id });
      expect([refused.status, refused.body.code, refused.body.purpose]).toEqual([401, 'proof-required', 'change']);
      h.pass(30);
      const step = (await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'change', client })).body;
      expect((await verify(h, step.id, codeOf(uri, h.clock.now), { type: 'totp' })).body.status).toBe('satisfied');
      expect((await make({ proof: step.id })).status).toBe(201);
    },
  );

  it.each([
    ['lower case', (c: string) => c.toLowerCase()],
    ['no dashes', (c: string) => c.replaceAll('-', '')],
    ['spaces', (c: string) => c.replaceAll('-', '').replace(/(..)/g, '$1 ')],
    ['O for 0 and l for 1', (c: string) => c.replaceAll('0', 'O').replaceAll('1', 'l')],
    ['a zero-width space', (c: string) => `${c.slice(0, 4)}\u200b${c.slice(4)}`],
  ])('REB-10 written with %s it is the same code, and spent with it', async (_, written) => {
    await using h = await aBoundHouse();
    const [code] = await recoveryCodes(h);
    expect((await verify(h, (await aLogin(h, '700001')).id, written(code!))).status).toBe(200);
    expect((await verify(h, (await aLogin(h, '700001')).id, code!)).status).toBe(422);
  });

  it('REB-10 another account’s, a shortened or a lengthened one is refused', async () => {
    await using h = await aBoundHouse();
    await h.account('700002');
    await bindTotp(h, '700002');
    const [mine] = await recoveryCodes(h);
    const [other] = await recoveryCodes(h, '700002');
    const plain = mine!.replaceAll('-', '');
    const login = await aLogin(h, '700001');
    for (const output of [other!, plain.slice(0, -1), `${plain}0`, plain.slice(1)])
      expect((await verify(h, login.id, output, { type: 'recovery-code' })).status).toBe(422);
    h.pass(30);
    expect((await verify(h, login.id, mine!)).status).toBe(200);
  });

  it('REB-09 one code twenty times at once is one login', async () => {
    await using h = await aBoundHouse();
    const [code] = await recoveryCodes(h);
    const logins = await Promise.all(Array.from({ length: 20 }, () => aLogin(h, '700001')));
    const answers = await Promise.all(logins.map((login) => verify(h, login.id, code!)));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter((a) => a.status !== 200).map((a) => a.body.code))).not.toContain('internal');
  });

  it('cannot be made without a binding, nor without a login', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    expect(
      (await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95 })).body.code,
    ).toBe('binding-not-allowed');
    await h.phase('coexist');
    expect(
      (await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95 })).body.code,
    ).toBe('login-required');
  });
});

describe('REB-08 what was removed', () => {
  it.each(['by its owner', 'by an operator'])(
    'REB-08 %s: its codes are worthless from the commit on, in open logins too, also after binding anew',
    async (who) => {
      await using h = await aBoundHouse();
      const open = await aLogin(h, '700001');
      if (who === 'by its owner')
        expect((await h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`)).status).toBe(204);
      else await h.call('POST', '/v1/console/accounts/700001/unbind', { operator: 'x', reason: 'test' });
      expect((await verify(h, open.id, codeOf(h.uri, h.clock.now), { authenticator: h.bound })).body.code).toBe(
        who === 'by its owner' ? 'method-not-offered' : 'closed',
      );
      expect((await h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`)).status).toBe(404);
      await bindTotp(h, '700001');
      h.pass(60);
      const login = await aLogin(h, '700001');
      expect((await verify(h, login.id, codeOf(h.uri, h.clock.now), { type: 'totp' })).status).toBe(422);
      expect(
        (await h.call('GET', `/v1/accounts/700001`)).body.authenticators.map((a: { id: string }) => a.id),
      ).not.toContain(h.bound);
    },
  );

  it('REB-08 a code that races its authenticator’s removal is in before it or not at all', async () => {
    await using h = await aBoundHouse();
    const open = await aLogin(h, '700001');
    const [removed, late] = await Promise.all([
      h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`),
      verify(h, open.id, codeOf(h.uri, h.clock.now), { type: 'totp' }),
    ]);
    expect(removed.status).toBe(204);
    const order = (await h.audit()).map((e) => e.event);
    if (late.status === 200)
      expect(order.lastIndexOf('login.satisfied')).toBeLessThan(order.indexOf('binding.removed'));
    else expect(late.status).toBe(403);
  });

  it('REB-08 removed in parallel it is removed once, with one entry', async () => {
    await using h = await aBoundHouse();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([204, ...Array(9).fill(404)]);
    expect((await h.audit()).filter((e) => e.event === 'binding.removed')).toHaveLength(1);
  });

  it('another account’s binding cannot be removed, read or named', async () => {
    await using h = await aBoundHouse();
    await h.account('700002');
    const login = await aLogin(h, '700002');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await verify(h, login.id, await h.smsCode());
    expect((await h.call('DELETE', `/v1/accounts/700002/authenticators/${h.bound}`)).status).toBe(404);
    expect(
      (
        await h.call('POST', '/v1/console/accounts/700002/unbind', {
          operator: 'x',
          reason: 'test',
          authenticator: h.bound,
        })
      ).status,
    ).toBe(404);
    expect((await verify(h, (await aLogin(h, '700001')).id, codeOf(h.uri, h.clock.now))).status).toBe(200);
  });
});

describe('REB-02 the last method', () => {
  it('REB-02 where one must stay, the last is not removed by its owner; an operator may', async () => {
    await using h = await aBoundHouse({ policy: `${presetText('star-rollout')}\nkeepAtLeast: 1\n` });
    await h.house.db.run([{ sql: `DELETE FROM authenticators WHERE type = 'sms'`, rows: 'any', values: {} }]);
    const answers = await Promise.all(
      [1, 2, 3].map(() => h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`)),
    );
    expect(answers.map((a) => [a.status, a.body.code])).toEqual(Array(3).fill([409, 'last-authenticator']));
    await recoveryCodes(h);
    expect((await h.call('DELETE', `/v1/accounts/700001/authenticators/${h.bound}`)).body.code).toBe(
      'last-authenticator',
    );
    expect((await h.call('POST', '/v1/console/accounts/700001/unbind', { operator: 'x', reason: 'lost' })).status).toBe(
      200,
    );
  });

  it('REB-02 two removals of the last two at once: exactly one succeeds', async () => {
    await using h = await aBoundHouse();
    const snapshot = (await h.house.ports.store.account(h.tenant, '700001', false))!;
    const ids = snapshot.authenticators.map((a) => a.id);
    expect(ids).toHaveLength(2);
    const accountId = snapshot.account.id;
    const removed = await Promise.all(
      ids.map((id) => h.house.ports.store.commit(accountId, [{ op: 'remove-authenticator', accountId, id, keep: 1 }])),
    );
    expect(removed.map((r) => r.kind).sort()).toEqual(['conflict', 'done']);
    expect((await h.house.ports.store.account(h.tenant, '700001', false))!.authenticators).toHaveLength(1);
  });
});
