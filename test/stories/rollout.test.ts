// A brokerage moves its traders from SMS to authenticator apps: the star-rollout preset, told through the API.
import { describe, expect, it } from 'vitest';
import { parseOtpauthUri } from '../../src/otp/otpauth.ts';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, NINE, presetText, STAR_93, STAR_95, verify } from '../kit.ts';

const start = (client: object, account = '700001'): object => ({ account, client, firstFactor: 'verified' });

describe('ES-1 clients and their versions', () => {
  it.each([
    [STAR_95, '9.5.8.4'],
    [STAR_93, '9.3.9.9999'],
    [ESTAR_X, '3.6.20'],
  ])(
    'ES-1.1 $id below its minimum, where TOTP is needed: installed, required and where to get it',
    async (client, old) => {
      await using h = await aHouse();
      await h.account('700001');
      await h.phase('totp-only');
      const refused = await h.call('POST', '/v1/logins', start({ ...client, version: old }));
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ code: 'client-too-old', installed: old, required: client.version });
      expect(refused.body.download).toMatch(/^https:/);
      expect(refused.body.detail).toContain(old);
      expect(refused.body.detail).toContain(client.version);
      expect((await h.call('POST', '/v1/logins', start(client))).body.status).toBe('enrol');
    },
  );

  it('ES-1.1 in coexist an old client still gets SMS, bound or not, but neither TOTP nor a binding', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const old = { id: 'star-9.5', version: '9.5.8.4' };
    expect((await aLogin(h, '700001', old)).authenticators.map((a: { type: string }) => a.type)).toEqual(['sms']);
    const { uri } = await bindTotp(h, '700001');
    const login = await aLogin(h, '700001', old);
    expect(login.authenticators.map((a: { type: string }) => a.type)).toEqual(['sms']);
    h.pass(60);
    const totp = await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' });
    expect([totp.status, totp.body.code]).toEqual([403, 'method-not-offered']);
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    expect((await verify(h, login.id, await h.smsCode())).body.status).toBe('satisfied');
    await h.account('700002');
    const other = await aLogin(h, '700002', old);
    await h.call('POST', `/v1/logins/${other.id}/send`, {});
    await verify(h, other.id, await h.smsCode());
    const bind = await h.call('POST', '/v1/accounts/700002/bindings', { type: 'totp', client: old });
    expect([bind.status, bind.body.code]).toEqual([403, 'client-too-old']);
  });

  it.each([
    ['9.5.8.5', 201, 'enrol'],
    ['9.5.8.10', 201, 'enrol'],
    ['99', 201, 'enrol'],
    ['09.5', 403, 'client-too-old'],
    ['9.5.8.5-rc', 422, 'version-malformed'],
    ['\u{1f4b9}', 422, 'version-malformed'],
    ['９.5.8.5', 422, 'version-malformed'],
    ['9.5.8.5 ', 422, 'version-malformed'],
    ['9.5..8', 422, 'version-malformed'],
    ['-9', 422, 'version-malformed'],
    ['1e9', 422, 'version-malformed'],
    [undefined, 403, 'client-too-old'],
  ])('ES-1.1 ENR-12 version %j answers %i %s', async (version, status, told) => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const answer = await h.call('POST', '/v1/logins', start({ id: 'star-9.5', version }));
    expect([answer.status, answer.body.code ?? answer.body.status]).toEqual([status, told]);
  });

  it.each(['star-9.4', 'constructor', '__proto__', 'STAR-9.5', ' star-9.5'])(
    'ES-1.1 %j is no client: a clear error',
    async (id) => {
      await using h = await aHouse();
      await h.account('700001');
      const answer = await h.call('POST', '/v1/logins', start({ id, version: '99' }));
      expect([answer.status, answer.body.code]).toEqual([422, 'client-unknown']);
      expect(answer.body.detail).toContain(id);
    },
  );

  it('ES-1.2 ENR-11 an API key tied to a client speaks for no other, and its version is what was registered', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const bearer = { authorization: `Bearer ${await h.key({ client: 'star-9.5', version: '9.5.8.4' })}` };
    const other = await h.call('POST', '/v1/logins', start(STAR_93), bearer);
    expect([other.status, other.body.code, other.body.client]).toEqual([403, 'client-mismatch', 'star-9.5']);
    const forged = await h.call('POST', '/v1/logins', start({ id: 'star-9.5', version: '99' }), bearer);
    expect([forged.body.code, forged.body.installed]).toEqual(['client-too-old', '9.5.8.4']);
    for (const [path, body] of [
      ['/v1/accounts/700001/bindings', { type: 'totp', client: STAR_93 }],
      ['/v1/accounts/700001/challenges', { purpose: 'unbind', client: STAR_93 }],
    ] as const)
      expect((await h.call('POST', path, body, bearer)).body.code).toBe('client-mismatch');
  });

  it('ES-1.2 ENR-12 what a program declares of itself tightens and never grants', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const told = async (client: object): Promise<string> => {
      const { body } = await h.call('POST', '/v1/logins', start({ id: 'star-9.5', ...client }));
      return body.code ?? body.status;
    };
    expect(await told({ version: '9.5.8.5', declaredVersion: '9.5.8.4' })).toBe('client-too-old');
    expect(await told({ version: '9.5.8.4', declaredVersion: '99' })).toBe('client-too-old');
    expect(await told({ declaredVersion: '99' })).toBe('client-too-old');
    expect(await told({ version: '9.5.8.5', declaredVersion: 'newest' })).toBe('version-malformed');
    expect(await told({ version: '9.5.8.5', declaredVersion: '99' })).toBe('enrol');
  });

  it('ES-1.3 the secret is what every authenticator reads: SHA-1, 6 digits, 30 s, Chinese labels that survive', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    const { body } = await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' });
    expect(parseOtpauthUri(body.uri)).toMatchObject({
      issuer: '极星国际',
      account: '700001',
      algorithm: 'SHA1',
      digits: 6,
      periodSeconds: 30,
    });
    expect(body.uri).not.toContain('+');
    expect(body.key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(body.uri).toContain(`secret=${body.key.replaceAll(' ', '')}`);
    expect(body.codeSeconds).toBe(30);
  });
});

describe('ES-2 coexist: SMS, and binding by choice', () => {
  it('ES-2.1 an unbound account logs in by SMS', async () => {
    await using h = await aHouse();
    await h.account('700001', { phone: '+85291235678' });
    const login = await aLogin(h, '700001');
    expect(login).toMatchObject({
      status: 'challenge',
      phase: 'coexist',
      authenticators: [{ type: 'sms', hint: '***5678', sends: true }],
    });
    const sent = await h.call('POST', `/v1/logins/${login.id}/send`, {});
    expect([sent.status, sent.body.sentTo]).toEqual([202, '***5678']);
    const done = await verify(h, login.id, await h.smsCode());
    expect(done).toMatchObject({ status: 200, body: { status: 'satisfied' } });
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body).toMatchObject({
      status: 'satisfied',
      satisfiedBy: ['sms'],
    });
  });

  it.each([
    ['ES-2.2', STAR_95, ['qr', 'uri']],
    ['ES-2.3', STAR_93, ['qr', 'uri']],
    ['ES-2.4', ESTAR_X, ['uri']],
  ] as const)('%s after logging in on %o the account binds: %j of the same secret', async (_, client, offers) => {
    await using h = await aHouse();
    for (const account of ['700001', '700002']) {
      await h.account(account);
      const login = await aLogin(h, account, client);
      await h.call('POST', `/v1/logins/${login.id}/send`, {});
      await verify(h, login.id, await h.smsCode());
    }
    const started = await h.call('POST', '/v1/accounts/700002/bindings', { type: 'totp', client });
    expect(started.status).toBe(201);
    expect(started.body.offers).toEqual(offers);
    expect('qr' in started.body).toBe(client.id !== 'estar-x');
    expect('qrSvg' in started.body).toBe(client.id !== 'estar-x');
    expect(started.body.uri).toMatch(/^otpauth:\/\/totp\//);
    const done = await h.call('POST', `/v1/accounts/700002/bindings/${started.body.id}/confirm`, {
      output: codeOf(started.body.uri, h.clock.now),
    });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'bound', authenticator: { type: 'totp' }, offerRecoveryCodes: true },
    });
    const bound = async (account: string): Promise<string[]> =>
      (await h.call('GET', `/v1/accounts/${account}`)).body.authenticators.map((a: { type: string }) => a.type).sort();
    expect(await bound('700002')).toEqual(['sms', 'totp']);
    expect(await bound('700001')).toEqual(['sms']);
  });

  it('ES-2.2 binding needs a login of that account on that client', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.account('700002');
    const login = await aLogin(h, '700001', STAR_95);
    const bind = (account: string, more: object): Promise<{ body: { code?: string } }> =>
      h.call('POST', `/v1/accounts/${account}/bindings`, { type: 'totp', client: STAR_95, ...more });
    expect((await bind('700001', {})).body.code).toBe('login-required');
    expect((await bind('700001', { login: login.id })).body.code).toBe('login-required');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await verify(h, login.id, await h.smsCode());
    expect((await bind('700001', { client: STAR_93 })).body.code).toBe('login-required');
    expect((await bind('700002', { login: login.id })).body.code).toBe('login-required');
    expect((await bind('700001', { login: login.id })).body.code).toBeUndefined();
  });

  it('ES-2.5 an abandoned binding leaves the account unbound, its secret is useless, and starting again gives another', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await verify(h, login.id, await h.smsCode());
    const first = (await h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client: STAR_95 })).body;
    h.pass(599.999);
    expect((await h.call('GET', '/v1/accounts/700001')).body.authenticators).toHaveLength(1);
    const next = await aLogin(h, '700001');
    expect(next.authenticators.map((a: { type: string }) => a.type)).toEqual(['sms']);
    expect((await verify(h, next.id, codeOf(first.uri, h.clock.now), { type: 'totp' })).body.code).toBe(
      'method-not-offered',
    );
    h.pass(0.001);
    const late = await h.call('POST', `/v1/accounts/700001/bindings/${first.id}/confirm`, {
      output: codeOf(first.uri, h.clock.now),
    });
    expect([late.status, late.body.code]).toEqual([410, 'expired']);
    const second = (await h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client: STAR_95 })).body;
    expect(second.key).not.toBe(first.key);
    const again = await h.call('POST', `/v1/accounts/700001/bindings/${first.id}/confirm`, {
      output: codeOf(first.uri, h.clock.now),
    });
    expect([again.status, again.body.code]).toEqual([409, 'superseded']);
  });
});

describe('ES-3.1 totp-only, not bound yet', () => {
  it.each([
    [STAR_95, true],
    [STAR_93, true],
    [ESTAR_X, false],
  ])(
    'ES-3.1 a right password on %o goes straight into binding, and only the first right code finishes the login',
    async (client, qr) => {
      await using h = await aHouse();
      await h.account('700001', { password: 'a right password' });
      await h.phase('totp-only');
      const login = (
        await h.call('POST', '/v1/logins', { account: '700001', client, firstFactor: { password: 'a right password' } })
      ).body;
      expect(login).toMatchObject({ status: 'enrol', enrol: ['totp'], authenticators: [] });
      expect(login.assertion).toBeUndefined();
      const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
      expect('qr' in started).toBe(qr);
      const confirm = (
        output: string,
      ): Promise<{ status: number; body: { code?: string; login?: { status: string; assertion: string } } }> =>
        h.call('POST', `/v1/logins/${login.id}/bindings/${started.id}/confirm`, { output });
      const wrong = await confirm('000000');
      expect([wrong.status, wrong.body.code]).toEqual([422, 'verification-failed']);
      expect((await h.call('GET', `/v1/logins/${login.id}`)).body.status).toBe('enrol');
      const right = await confirm(codeOf(started.uri, h.clock.now));
      expect(right.body.login).toMatchObject({ status: 'satisfied' });
      expect(right.body.login!.assertion).toMatch(/^ey/);
      expect((await h.call('GET', `/v1/logins/${login.id}`)).body.status).toBe('satisfied');
      expect(
        (await h.outbox()).some((m) => m.channel === 'sms' && /\d{6}/.test(m.text) && m.text.includes('验证码')),
      ).toBe(false);
    },
  );
});

describe('ES-4 logging in once bound', () => {
  it.each(['totp', 'sms'])('ES-4.1 in coexist the person chooses, and %s works', async (choice) => {
    await using h = await aHouse();
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    h.pass(60);
    const login = await aLogin(h, '700001');
    expect(login.authenticators.map((a: { type: string }) => a.type)).toEqual(['totp', 'sms']);
    if (choice === 'sms') await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const output = choice === 'totp' ? codeOf(uri, h.clock.now) : await h.smsCode();
    const named = login.authenticators.find((a: { type: string }) => a.type === choice).id;
    expect((await verify(h, login.id, output, { authenticator: named })).body.status).toBe('satisfied');
  });

  it('ES-4.2 after the switch only TOTP: an SMS code still valid is refused, named or not, and none is sent', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    h.pass(60);
    const login = await aLogin(h, '700001');
    const sms = login.authenticators.find((a: { type: string }) => a.type === 'sms').id;
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const code = await h.smsCode();
    const sent = (await h.outbox()).length;
    await h.phase('totp-only');
    for (const more of [{ type: 'sms' }, { authenticator: sms }]) {
      const refused = await verify(h, login.id, code, more);
      expect([refused.status, refused.body.code, refused.body.offered]).toEqual([403, 'method-not-offered', ['totp']]);
    }
    expect((await verify(h, login.id, code)).body.code).toBe('verification-failed');
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body).toMatchObject({
      status: 'challenge',
      authenticators: [{ type: 'totp' }],
    });
    h.pass(60);
    const send = await h.call('POST', `/v1/logins/${login.id}/send`, {});
    expect([send.status, send.body.code]).toEqual([403, 'method-not-offered']);
    const next = await aLogin(h, '700001');
    expect(next.authenticators.map((a: { type: string }) => a.type)).toEqual(['totp']);
    for (const body of [{}, { authenticator: sms }])
      expect((await h.call('POST', `/v1/logins/${next.id}/send`, body)).status).toBe(403);
    expect(await h.outbox()).toHaveLength(sent);
    expect((await verify(h, next.id, codeOf(uri, h.clock.now))).body.status).toBe('satisfied');
  });

  it('ES-4.3 the code screen is told how long a code lasts; the window is the policy’s; a used code never works again', async () => {
    await using h = await aHouse({
      policy: presetText('star-rollout')
        .replace('periodSeconds: 30', 'periodSeconds: 60')
        .replace('{ back: 1, forward: 1 }', '{ back: 1, forward: 0 }'),
    });
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    h.pass(300);
    const login = await aLogin(h, '700001');
    expect(login.codeSeconds).toBe(60);
    expect((await verify(h, login.id, codeOf(uri, h.clock.now, 1))).status).toBe(422);
    expect((await verify(h, login.id, codeOf(uri, h.clock.now, -2))).status).toBe(422);
    const code = codeOf(uri, h.clock.now, -1);
    expect((await verify(h, login.id, code)).body.status).toBe('satisfied');
    expect((await verify(h, (await aLogin(h, '700001')).id, code)).body.code).toBe('verification-failed');
  });
});

describe('ES-5 ways out', () => {
  it('ES-5.1 in coexist the owner unbinds after an SMS login, is told on every channel, and may bind again', async () => {
    await using h = await aHouse();
    await h.account('700001', { email: 'trader@example.com' });
    const bound = await bindTotp(h, '700001');
    h.pass(43_201);
    const path = `/v1/accounts/700001/authenticators/${bound.id}`;
    expect((await h.call('DELETE', path)).body.code).toBe('login-required');
    const login = await aLogin(h, '700001');
    expect(login.help.way).toBe('unbind-after-sms');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await verify(h, login.id, await h.smsCode());
    const page = (await h.call('GET', '/v1/accounts/700001')).body.authenticators.find(
      (a: { type: string }) => a.type === 'totp',
    );
    expect(page).toMatchObject({ status: 'active', canUnbind: 'self' });
    const before = (await h.outbox()).length;
    expect((await h.call('DELETE', path)).status).toBe(204);
    expect(
      (await h.outbox())
        .slice(0, -before)
        .map((m) => m.channel)
        .sort(),
    ).toEqual(['email', 'sms']);
    expect((await h.call('GET', '/v1/accounts/700001')).body).toMatchObject({
      mayBind: expect.arrayContaining(['totp']),
    });
    h.pass(60);
    expect((await bindTotp(h, '700001')).uri).not.toBe(bound.uri);
  });

  it('ES-5.2 in totp-only there is no way round: the screen names whom to call, an operator unbinds with a reason, the next login binds', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const bound = await bindTotp(h, '700001');
    await h.phase('totp-only');
    h.pass(60);
    const login = await aLogin(h, '700001');
    expect(login.help).toEqual({ way: 'contact', contact: expect.stringContaining('852-2500 0000') });
    const self = await h.call('DELETE', `/v1/accounts/700001/authenticators/${bound.id}`);
    expect([self.status, self.body.code, self.body.contact]).toEqual([
      403,
      'unbind-by-operator',
      expect.stringContaining('852-2500 0000'),
    ]);
    const noReason = await h.call('POST', '/v1/console/accounts/700001/unbind', { operator: 'li' });
    expect(noReason.status).toBe(400);
    const removed = await h.call('POST', '/v1/console/accounts/700001/unbind', {
      operator: 'li',
      reason: 'phone lost, called back',
    });
    expect(removed.body.removed).toEqual([bound.id]);
    const entry = (await h.audit()).findLast((e) => e.event === 'binding.removed')!;
    expect([entry.actor, entry.data['reason']]).toEqual(['operator:li', 'phone lost, called back']);
    expect((await verify(h, login.id, codeOf(bound.uri, h.clock.now))).status).toBeGreaterThanOrEqual(400);
    expect((await aLogin(h, '700001')).status).toBe('enrol');
  });

  it('ES-5.3 every binding says that deleting the entry does not unbind, in the person’s language', async () => {
    await using h = await aHouse();
    for (const [account, locale, says] of [
      ['700001', 'zh-CN', '不会解绑'],
      ['700002', 'zh-HK', '不會解除綁定'],
      ['700003', 'en', 'does not unlink'],
    ] as const) {
      await h.account(account, { locale });
      const login = await aLogin(h, account);
      await h.call('POST', `/v1/logins/${login.id}/send`, {});
      await verify(h, login.id, await h.smsCode());
      const started = (await h.call('POST', `/v1/accounts/${account}/bindings`, { type: 'totp', client: STAR_95 }))
        .body;
      expect(started.warning).toContain(says);
      const done = (
        await h.call('POST', `/v1/accounts/${account}/bindings/${started.id}/confirm`, {
          output: codeOf(started.uri, h.clock.now),
        })
      ).body;
      expect(done.warning).toContain(says);
    }
  });

  it('ES-5.3 "can’t get a code?" leads to the way out of the phase: unbind after SMS, a recovery code, or a call', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    const way = async (): Promise<string> => (await aLogin(h, '700001')).help.way;
    expect(await way()).toBe('unbind-after-sms');
    await h.phase('totp-only');
    expect(await way()).toBe('contact');
    const codes = () => h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95 });
    // ENR-09: the SMS login from before the switch proves nothing any more; one by the authenticator does.
    expect(await codes()).toMatchObject({ status: 401, body: { code: 'login-required' } });
    h.pass(30);
    await verify(h, (await aLogin(h, '700001')).id, codeOf(uri, h.clock.now));
    expect((await codes()).status).toBe(201);
    expect(await way()).toBe('recovery-code');
  });
});

describe('ES-6.1 the switch', () => {
  const asks = async (h: Awaited<ReturnType<typeof aHouse>>, account: string): Promise<string> =>
    (await aLogin(h, account)).phase;

  it('ES-6.1 moves the tenant or one cohort, the next attempt follows, and it can be rolled back', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.account('700002', { cohort: 'pilot' });
    const open = await aLogin(h, '700002');
    await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', cohort: 'pilot', reason: 'pilot' });
    expect([await asks(h, '700001'), await asks(h, '700002')]).toEqual(['coexist', 'totp-only']);
    expect((await h.call('POST', `/v1/logins/${open.id}/send`, {})).status).toBe(403);
    await h.phase('totp-only');
    expect(await asks(h, '700001')).toBe('totp-only');
    await h.phase('coexist');
    expect([await asks(h, '700001'), await asks(h, '700002')]).toEqual(['coexist', 'totp-only']);
    await h.call('POST', '/v1/rollout/phase', { phase: 'coexist', cohort: 'pilot', reason: 'back' });
    expect(await asks(h, '700002')).toBe('coexist');
    expect((await h.call('GET', '/v1/rollout')).body).toMatchObject({
      version: 5,
      phase: 'coexist',
      cohorts: { pilot: 'coexist' },
      schedule: [],
    });
    const told = (await h.audit())
      .filter((e) => e.event === 'rollout.switched')
      .map((e) => [e.data['from'], e.data['to'], e.data['cohort'], e.data['reason']]);
    expect(told).toEqual([
      ['coexist', 'totp-only', 'pilot', 'pilot'],
      ['coexist', 'totp-only', null, 'test'],
      ['totp-only', 'coexist', null, 'test'],
      ['coexist', 'coexist', 'pilot', 'back'],
    ]);
  });

  it('ES-6.1 planned with a time zone it happens at that instant, to the millisecond, with nothing running', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.account('700002', { cohort: 'pilot' });
    await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', at: '2026-11-21T09:00:00+08:00', reason: 'go' });
    await h.call('POST', '/v1/rollout/phase', {
      phase: 'sms-only',
      at: '2026-11-20T22:00:00-05:00',
      cohort: 'pilot',
      reason: 'hold',
    });
    h.clock.now = NINE + 86_400_000 - 1;
    expect([await asks(h, '700001'), await asks(h, '700002')]).toEqual(['coexist', 'coexist']);
    h.clock.now = NINE + 86_400_000;
    expect([await asks(h, '700001'), await asks(h, '700002')]).toEqual(['totp-only', 'totp-only']);
    h.clock.now = Date.UTC(2026, 10, 21, 3) - 1;
    expect(await asks(h, '700002')).toBe('totp-only');
    h.clock.now = Date.UTC(2026, 10, 21, 3);
    expect([await asks(h, '700001'), await asks(h, '700002')]).toEqual(['totp-only', 'sms-only']);
  });

  it('ES-6.1 a planned switch reaches a login that is open when it falls due', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await bindTotp(h, '700001');
    h.pass(60);
    await h.call('POST', '/v1/rollout/phase', {
      phase: 'totp-only',
      at: new Date(h.clock.now + 30_000).toISOString(),
      reason: 'go',
    });
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const code = await h.smsCode();
    h.pass(29.999);
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.authenticators).toHaveLength(2);
    h.pass(0.001);
    expect((await verify(h, login.id, code, { type: 'sms' })).body.code).toBe('method-not-offered');
  });

  it.each([
    ['no zone', { phase: 'totp-only', at: '2026-11-21T09:00:00' }],
    ['no such phase', { phase: 'totp' }],
    ['no such day', { phase: 'totp-only', at: '2026-02-30T09:00:00Z' }],
  ])('ES-6.1 a switch with %s is refused and changes nothing', async (_, body) => {
    await using h = await aHouse();
    expect((await h.call('POST', '/v1/rollout/phase', body)).status).toBe(400);
    expect((await h.call('GET', '/v1/rollout')).body).toMatchObject({ version: 1, phase: 'coexist', schedule: [] });
  });

  it('ES-6.1 switches at the same time all land, one version each', async () => {
    await using h = await aHouse();
    const cohorts = Array.from({ length: 8 }, (_, i) => `c${i}`);
    await Promise.all(
      cohorts.map((cohort) => h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', cohort, reason: 'race' })),
    );
    const { body } = await h.call('GET', '/v1/rollout');
    expect(body.version).toBe(9);
    expect(Object.keys(body.cohorts).sort()).toEqual(cohorts);
  });

  it('ES-6.1 a switch that would force more accounts than the limit to bind needs an override with a reason', async () => {
    await using h = await aHouse({
      policy: presetText('star-rollout').replace('  phase: coexist\n', '  phase: coexist\n  limitAffected: 1\n'),
    });
    for (const account of ['700001', '700002']) await h.account(account);
    const refused = await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only' });
    expect([refused.status, refused.body.code, refused.body.affected, refused.body.limit]).toEqual([
      409,
      'switch-refused',
      2,
      1,
    ]);
    expect((await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', override: true })).body.code).toBe(
      'switch-refused',
    );
    expect(
      (await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', override: true, reason: 'announced' })).status,
    ).toBe(200);
    await h.phase('coexist');
    expect((await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only' })).body.code).toBe('switch-refused');
  });

  it('OP-2.2 every version is kept, and logging in under the newest needs no restart', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    await h.phase('coexist');
    const kept = await h.house.db.query(
      'SELECT version, document, actor, reason FROM policies WHERE tenant_id = @t ORDER BY version',
      { t: h.tenant },
    );
    expect(
      kept.map((row) => [
        Number(row['version']),
        /phase: ([\w-]+)\n/.exec(String(row['document']).split('rollout:')[1]!)![1],
      ]),
    ).toEqual([
      [1, 'coexist'],
      [2, 'totp-only'],
      [3, 'coexist'],
    ]);
    expect(kept.slice(1).every((row) => row['reason'] === 'test' && String(row['actor']).startsWith('key:'))).toBe(
      true,
    );
    expect(await asks(h, '700001')).toBe('coexist');
  });

  it('OP-2.2 a tenant never starts on a policy that does not check', async () => {
    await expect(
      aHouse({ policy: presetText('star-rollout').replace('phase: coexist', 'phase: someday') }),
    ).rejects.toThrow('/rollout/phase');
  });
});
