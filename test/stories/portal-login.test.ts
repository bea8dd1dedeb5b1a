// Hosted login through the real doors: cookies, captcha, the second step, the session.
import { describe, expect, it } from 'vitest';
import { aHouse, codeOf, type TestHouse } from '../kit.ts';
import { aBrowser, SESSION, solve, VISIT } from '../portal-kit.ts';

const house = () => aHouse({ preset: 'mobile-otp' });
const PASSWORD = 'trading-password';
const trader = (h: TestHouse): Promise<void> => h.account('700004', { password: PASSWORD, name: '何志強' });

describe('MO-5.1 login at the web platform', () => {
  it('MO-5.1 account number, password and captcha, then the code; the session knows who it is', async () => {
    await using h = await house();
    await trader(h);
    const b = aBrowser(h);
    const tenant = await b.call('GET', '/v1/me/tenant', undefined, { 'accept-language': 'zh-HK' });
    expect(tenant.body).toMatchObject({
      id: 't1',
      captcha: true,
      account: { label: '帳戶號碼', pattern: '[0-9]{6}', inputMode: 'numeric' },
      colours: { accent: '#0B3D7A', onAccent: '#FFFFFF' },
      contact: expect.stringContaining('客戶服務部'),
    });
    const login = await b.login('700004', PASSWORD);
    expect(login).toMatchObject({ status: 201, body: { status: 'challenge', account: '700004' } });
    expect(login.body).not.toHaveProperty('assertion');
    expect((await b.call('GET', '/v1/me')).status).toBe(401);
    expect((await b.call('POST', '/v1/me/login/send', {})).status).toBe(202);
    expect((await b.call('GET', '/v1/me/login')).body).toMatchObject({ id: login.body.id, status: 'challenge' });
    const wrong = await b.call('POST', '/v1/me/login/verify', { output: '000000' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'verification-failed' } });
    const done = await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
    expect(done).toMatchObject({ status: 200, body: { status: 'satisfied' } });
    const me = await b.call('GET', '/v1/me');
    expect(me).toMatchObject({
      status: 200,
      body: {
        account: '700004',
        name: '何志強',
        tenant: 't1',
        session: { acr: 'urn:hufu:aal2', amr: ['pwd', 'sms', 'mfa'], trusted: false },
        bound: ['sms'],
      },
    });
    expect(b.cookies.has(VISIT)).toBe(false);
    expect((await b.call('POST', '/v1/me/logout', {})).status).toBe(204);
    expect(b.cookies.has(SESSION)).toBe(false);
    const events = (await h.audit()).map((e) => e.event);
    expect(events).toEqual(
      expect.arrayContaining(['login.started', 'login.satisfied', 'session.started', 'session.ended']),
    );
  });

  it("ES-2.1 MO-5.1 a code is sent in the account's language, whatever language the page has", async () => {
    await using h = await house();
    await h.account('700004', { password: PASSWORD, locale: 'zh-HK' });
    const b = aBrowser(h);
    const first = { account: '700004', password: PASSWORD, captcha: await b.captcha() };
    await b.call('POST', '/v1/me/login', first, { 'accept-language': 'en' });
    expect((await b.call('POST', '/v1/me/login/send', {}, { 'accept-language': 'en' })).status).toBe(202);
    expect((await h.outbox()).at(-1)?.text).toContain('驗證碼');
  });

  it('MO-5.1 a logged-out cookie opens nothing, even when it is put back', async () => {
    await using h = await house();
    await trader(h);
    const b = aBrowser(h);
    await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
    const kept = b.cookies.get(SESSION)!;
    await b.call('POST', '/v1/me/logout', {});
    b.cookies.set(SESSION, kept);
    expect(await b.call('GET', '/v1/me')).toMatchObject({ status: 401, body: { code: 'signed-out' } });
  });

  it('MO-5.1 a captcha is asked for, good once, for this tenant, for ten minutes, and only as it was given', async () => {
    await using h = await house();
    await trader(h);
    const b = aBrowser(h);
    const attempt = async (captcha?: string) =>
      (await b.call('POST', '/v1/me/login', { account: '700004', password: PASSWORD, captcha })).body.code;
    expect(await attempt()).toBe('captcha-failed');
    expect(await attempt('nonsense')).toBe('captcha-failed');
    expect(await attempt(Buffer.from('null').toString('base64'))).toBe('captcha-failed');
    const given = (await b.call('GET', '/v1/me/captcha')).body;
    const payload = JSON.parse(Buffer.from(solve(given), 'base64').toString());
    for (const more of [
      { signature: '0'.repeat(64) },
      { number: payload.number + 1 },
      { salt: payload.salt.replace(/expires=\d+/, 'expires=9999999999') },
      { algorithm: 'SHA-1' },
    ])
      expect(await attempt(Buffer.from(JSON.stringify({ ...payload, ...more })).toString('base64'))).toBe(
        'captcha-failed',
      );
    const late = await b.captcha();
    h.pass(601);
    expect(await attempt(late)).toBe('captcha-failed');
    const good = await b.captcha();
    expect(await attempt(good)).toBeUndefined();
    expect(await attempt(good)).toBe('captcha-failed');
    const raced = await b.captcha();
    const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(raced)));
    expect(answers.filter((code) => code !== 'captcha-failed')).toHaveLength(1);
  });

  it('MO-2.3 WEB-02 a page drawn for one login or account does nothing to another that this browser went on with', async () => {
    await using h = await house();
    await trader(h);
    await h.account('700005', { password: PASSWORD });
    const b = aBrowser(h);
    const first = (await b.login('700004', PASSWORD)).body;
    const second = (await b.login('700005', PASSWORD)).body;
    const drawnFor = (what: string) => ({ 'hufu-for': encodeURIComponent(what) });
    for (const [method, path, body] of [
      ['GET', '/v1/me/login', undefined],
      ['POST', '/v1/me/login/send', {}],
      ['POST', '/v1/me/login/verify', { output: '123456' }],
      ['DELETE', '/v1/me/login', undefined],
    ] as const)
      expect(await b.call(method, path, body, drawnFor(first.id))).toMatchObject({
        status: 409,
        body: { code: 'another-account' },
      });
    // Nothing was counted, sent or ended.
    expect((await h.audit()).map((e) => e.event)).not.toContain('login.failed');
    expect((await b.call('POST', '/v1/me/login/send', {}, drawnFor(second.id))).status).toBe(202);
    const output = await h.smsCode();
    expect((await b.call('POST', '/v1/me/login/verify', { output }, drawnFor(second.id))).status).toBe(200);
    const asked = await b.call('POST', '/v1/me/enrolment', {}, drawnFor('700004'));
    expect(asked).toMatchObject({ status: 409, body: { code: 'another-account' } });
    expect((await b.call('GET', '/v1/me', undefined, drawnFor('700005'))).status).toBe(200);
    expect((await b.call('POST', '/v1/me/enrolment', {}, drawnFor('700005'))).status).toBe(201);
  });

  it('MO-5.1 forced enrolment on the page ends in a session', async () => {
    await using h = await house();
    await trader(h);
    await h.phase('totp-only');
    const b = aBrowser(h);
    expect((await b.login('700004', PASSWORD)).body).toMatchObject({ status: 'enrol', enrol: ['totp'] });
    const started = await b.call('POST', '/v1/me/login/bindings', { type: 'totp' });
    expect(started.status).toBe(201);
    const done = await b.call('POST', `/v1/me/login/bindings/${started.body.id}/confirm`, {
      output: codeOf(started.body.uri, h.clock.now),
    });
    expect(done).toMatchObject({ status: 200, body: { status: 'bound', login: { status: 'satisfied' } } });
    expect(JSON.stringify(done.body)).not.toContain('assertion');
    expect((await b.call('GET', '/v1/me')).body).toMatchObject({ bound: expect.arrayContaining(['totp']) });
  });

  it('MO-5.1 cancel ends the login for everybody who could still complete it', async () => {
    await using h = await house();
    await trader(h);
    const b = aBrowser(h);
    await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    const code = await h.smsCode();
    const kept = b.cookies.get(VISIT)!;
    expect((await b.call('DELETE', '/v1/me/login')).status).toBe(204);
    b.cookies.set(VISIT, kept);
    expect((await b.call('POST', '/v1/me/login/verify', { output: code })).status).toBe(401);
    expect(
      (
        await h.call(
          'GET',
          `/v1/logins/${(await h.audit()).find((e) => e.event === 'login.cancelled')!.data['login'] as string}`,
        )
      ).body.status,
    ).toBe('refused');
  });

  it('MO-5.1 a tenant without pages says so, and so does one that does not exist', async () => {
    await using h = await aHouse();
    for (const tenant of ['t1', 'nowhere', '../t1', 'T1'])
      expect(await aBrowser(h, tenant).call('GET', '/v1/me/tenant')).toMatchObject({
        status: 404,
        body: { code: 'portal-off' },
      });
    expect((await aBrowser(h).call('GET', '/v1/me/tenant', undefined, { 'hufu-tenant': '' })).body.code).toBe(
      'portal-off',
    );
  });
});

describe('CM-3.1 login at the mail provider', () => {
  it('CM-3.1 a password alone is enough for who has nothing bound; a captcha is asked for after three wrong ones', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account('wei@lark.example', { password: PASSWORD });
    const b = aBrowser(h);
    const attempt = (password: string, captcha?: string) =>
      b.call('POST', '/v1/me/login', { account: 'wei@lark.example', password, captcha });
    expect((await attempt(PASSWORD)).body.status).toBe('allowed');
    expect((await b.call('GET', '/v1/me')).body.session).toMatchObject({ acr: 'urn:hufu:aal1', amr: ['pwd'] });
    for (let i = 0; i < 3; i++) expect((await attempt('wrong')).body.code).toBe('first-factor-failed');
    expect((await attempt(PASSWORD)).body.code).toBe('captcha-failed');
    expect((await attempt(PASSWORD, await b.captcha())).body.status).toBe('allowed');
  });

  it('CM-3.1 the open login is told as events until it ends', async () => {
    await using h = await house();
    await trader(h);
    const b = aBrowser(h);
    await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    const stream = b.call('GET', '/v1/me/login/events');
    const poll = b.call('GET', '/v1/me/login?wait=25');
    await new Promise(setImmediate);
    await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
    const told = await stream;
    expect(told.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const views = [...String(told.body).matchAll(/^event: login\ndata: (.*)$/gm)].map((m) => JSON.parse(m[1]!));
    expect(views.map((v) => v.status)).toEqual(['challenge', 'satisfied']);
    expect((await poll).body.status).toBe('satisfied');
  });
});
