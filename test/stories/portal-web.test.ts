// What the web can do to a login: fixation, half-way cookies, other sites, guessing who exists. Routes come from the table, so that a new one is
// tried too.
import { describe, expect, it, vi } from 'vitest';
import { ENDPOINTS, type Endpoint, type EndpointName, isPublic, whoCalls } from '../../src/contract/endpoints.ts';
import { EXAMPLES } from '../../src/contract/examples.ts';
import { publishPolicy } from '../../src/flows/registry.ts';
import { aHouse, codeOf, presetText, type TestHouse } from '../kit.ts';
import { aBrowser, aSession, type Browser, bindInPortal, ORIGIN, SESSION, VISIT } from '../portal-kit.ts';

const PASSWORD = 'trading-password';
const ROWS = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).filter(([, e]) => isPublic(e));
const urlOf = (e: Endpoint): string =>
  e.path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'account' ? '700004' : 'aut_0000000000'));
const onPages = ROWS.filter(([, e]) => ['guest', 'visitor', 'person'].includes(whoCalls(e)));

async function house(): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ preset: 'mobile-otp' });
  await h.account('700004', { password: PASSWORD });
  return h;
}
const knock = (b: Browser, name: EndpointName, e: Endpoint, headers: Record<string, string> = {}) =>
  b.call(e.method, urlOf(e), e.body === undefined ? undefined : EXAMPLES[name], headers);

describe('WEB-01 fixation', () => {
  it('WEB-01 a cookie brought along is worth nothing; each proof makes a new one, and the last is another still', async () => {
    await using h = await house();
    const b = aBrowser(h);
    const planted = 'A'.repeat(43);
    b.cookies.set(SESSION, planted).set(VISIT, planted);
    await b.login('700004', PASSWORD);
    const visit = b.cookies.get(VISIT);
    expect(visit).not.toBe(planted);
    await b.call('POST', '/v1/me/login/send', {});
    await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
    const session = b.cookies.get(SESSION)!;
    expect([planted, visit]).not.toContain(session);
  });

  it('WEB-01 a step-up gives the session a new cookie, and the old one opens nothing', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    const { uri } = await bindInPortal(h, b);
    h.pass(60);
    const before = b.cookies.get(SESSION)!;
    await b.call('POST', '/v1/me/challenges', { purpose: 'confirm' });
    const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    expect(done).toMatchObject({ status: 200, body: { status: 'satisfied' } });
    expect(b.cookies.get(SESSION)).not.toBe(before);
    expect((await b.call('GET', '/v1/me')).status).toBe(200);
    b.cookies.set(SESSION, before);
    expect((await b.call('GET', '/v1/me')).status).toBe(401);
  });

  it('WEB-01 a new login in the same browser ends the session that was there', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    const first = b.cookies.get(SESSION)!;
    h.pass(90);
    await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
    expect((await b.call('GET', '/v1/me')).status).toBe(200);
    b.cookies.set(SESSION, first);
    expect((await b.call('GET', '/v1/me')).status).toBe(401);
  });

  it('WEB-01 a cookie that is there twice is no cookie', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    const mine = b.cookies.get(SESSION)!;
    for (const cookie of [
      `${SESSION}=${'B'.repeat(43)}; ${SESSION}=${mine}`,
      `${SESSION}=${mine}; ${SESSION}=${'B'.repeat(43)}`,
      `${SESSION.toLowerCase()}=${mine}`,
      `hufu-t1=${mine}`,
    ])
      expect((await b.call('GET', '/v1/me', undefined, { cookie })).status, cookie).toBe(401);
  });
});

describe('WEB-02 WEB-03 a login that is only half done', () => {
  it('WEB-02 its cookie opens its own calls and no other, under whatever name it is sent', async () => {
    await using h = await house();
    const b = aBrowser(h);
    await b.login('700004', PASSWORD);
    const token = b.cookies.get(VISIT)!;
    for (const [name, e] of onPages.filter(([, e]) => whoCalls(e) === 'person'))
      for (const cookie of [`${VISIT}=${token}`, `${SESSION}=${token}`]) {
        const answer = await knock(b, name, e, { cookie });
        expect(answer, name).toMatchObject({ status: 401, body: { code: 'signed-out' } });
      }
    const of = onPages.filter(([, e]) => whoCalls(e) === 'visitor').map(([, e]) => e.path);
    expect(of.length).toBeGreaterThan(5);
    for (const path of of) expect(path).toMatch(/^\/v1\/me\/login(\/|$)/);
  });

  it('WEB-02 a session is no half-done login either, and neither crosses to another tenant', async () => {
    await using h = await house();
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('mobile-otp'), actor: 'test' });
    const b = await aSession(h, '700004', PASSWORD);
    const token = b.cookies.get(SESSION)!;
    for (const [name, e] of onPages.filter(([, e]) => whoCalls(e) === 'visitor'))
      expect((await knock(b, name, e, { cookie: `${VISIT}=${token}` })).status, name).toBe(401);
    const cookie = `__Host-hufu-t2=${token}; __Host-hufu-login.t2=${token}; ${SESSION}=${token}`;
    for (const [name, e] of onPages.filter(([, e]) => whoCalls(e) !== 'guest'))
      expect((await knock(b, name, e, { cookie, 'hufu-tenant': 't2' })).status, name).toBe(401);
  });

  it('WEB-03 its token is no API key, no password and no code: as Bearer or Basic it opens nothing', async () => {
    await using h = await house();
    const b = aBrowser(h);
    const login = await b.login('700004', PASSWORD);
    const token = b.cookies.get(VISIT)!;
    const basic = Buffer.from(`700004:${token}`).toString('base64');
    for (const [name, e] of ROWS.filter(([, e]) => !['guest', 'visitor', 'anyone'].includes(whoCalls(e))))
      for (const authorization of [`Bearer ${token}`, `Bearer hufu_${login.body.id}.${token}`, `Basic ${basic}`]) {
        const { status } = await knock(b, name, e, { authorization, cookie: '' });
        expect([401, 403, 429], `${name} ${status}`).toContain(status);
        expect(status, name).not.toBe(200);
      }
  });
});

describe('WEB-04 there is one policy', () => {
  it('WEB-04 when it lets nobody in, no call of any kind gives a session or an assertion', async () => {
    await using h = await house();
    const b = aBrowser(h);
    const login = await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    const code = await h.smsCode();
    const approved = aBrowser(h);
    await h.account('700005', { password: PASSWORD, phone: '+85291230005' });
    const other = await approved.login('700005', PASSWORD);
    await approved.call('POST', '/v1/me/login/send', {});
    expect((await h.call('POST', `/v1/logins/${other.body.id}/verify`, { output: await h.smsCode() })).status).toBe(
      200,
    );
    // From here on nobody is let in.
    const closed = presetText('mobile-otp').replace(
      /^login:\n(?: .*\n)+/m,
      'login:\n  - { name: closed, refuse: no-method }\n',
    );
    const published = await publishPolicy(h.house.ports, {
      tenantId: 't1',
      document: closed,
      actor: 'test',
      reason: 'test',
    });
    expect(published).toMatchObject({ kind: 'published' });
    const bodies: Partial<Record<EndpointName, unknown>> = {
      startPortalLogin: { account: '700004', password: PASSWORD, captcha: await b.captcha() },
      verifyPortalLogin: { output: code },
      startLogin: { account: '700004', client: { id: 'portal' }, firstFactor: { password: PASSWORD } },
      verify: { output: code },
    };
    for (const who of [b, approved])
      for (const [name, e] of ROWS) {
        const url = urlOf(e).replace('aut_0000000000', login.body.id);
        const body = e.body === undefined ? undefined : (bodies[name] ?? EXAMPLES[name]);
        const headers = whoCalls(e) === 'key' ? { authorization: `Bearer ${h.token}` } : {};
        if (e.streams === true || name === 'importAccounts' || name === 'cancelPortalLogin') continue;
        const answer = await who.call(e.method, url, body, headers);
        expect(JSON.stringify(answer.body ?? ''), name).not.toContain('"assertion"');
        expect(who.cookies.has(SESSION), name).toBe(false);
        if (e.path === '/v1/rollout/phase') expect(answer.status).not.toBe(500);
      }
  });
});

describe('WEB-06 cookies and headers', () => {
  it('WEB-06 every cookie is __Host-, Secure, HttpOnly, SameSite; every answer uncached, sniffed by nobody, for TLS only', async () => {
    await using h = await house();
    const b = aBrowser(h);
    await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
    for (const [name, e] of onPages.filter(([n, row]) => n !== 'logout' && row.streams !== true)) {
      const { headers } = await knock(b, name, e);
      expect(headers, name).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringMatching(/max-age=\d{7,}/),
      });
      expect(headers, name).not.toHaveProperty('access-control-allow-origin');
    }
    await b.call('POST', '/v1/me/logout', {});
    expect(b.set.length).toBeGreaterThanOrEqual(4);
    for (const line of b.set) {
      expect(line).toMatch(/^__Host-hufu-/);
      expect(line).toMatch(/; Path=\/; Secure; HttpOnly; SameSite=(Lax|Strict); Max-Age=\d+$/);
      expect(line).not.toContain('Domain');
      if (line.startsWith(VISIT)) expect(line).toContain('SameSite=Strict');
    }
  });

  it('WEB-06 tokens are nowhere but in cookies: not in bodies, the database, the audit', async () => {
    await using h = await house();
    const b = aBrowser(h);
    const told: string[] = [];
    told.push(JSON.stringify((await b.login('700004', PASSWORD)).body));
    await b.call('POST', '/v1/me/login/send', {});
    const visit = b.cookies.get(VISIT)!;
    told.push(JSON.stringify((await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() })).body));
    told.push(JSON.stringify((await b.call('GET', '/v1/me')).body));
    for (const table of ['visits', 'sessions', 'audit_events', 'outbox', 'challenges'])
      told.push(JSON.stringify(await h.house.db.query(`SELECT * FROM ${table}`, {})));
    for (const token of [visit, b.cookies.get(SESSION)!]) expect(told.join('\n')).not.toContain(token);
  });

  it('WEB-06 a session ends when it idles, and in any case after half a day', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    h.pass(1799);
    expect((await b.call('GET', '/v1/me')).status).toBe(200);
    h.pass(1801);
    expect((await b.call('GET', '/v1/me')).status).toBe(401);
    const c = await aSession(h, '700004', PASSWORD);
    const until = h.clock.now + 43_200_000;
    while (h.clock.now + 1_500_000 < until) {
      h.pass(1500);
      expect((await c.call('GET', '/v1/me')).status).toBe(200);
    }
    h.pass((until - h.clock.now) / 1000);
    expect((await c.call('GET', '/v1/me')).status).toBe(401);
  });
});

describe('WEB-08 other sites', () => {
  it('WEB-08 OPS-07 no call that changes anything is taken from another origin, without one, or without our header', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    h.pass(61);
    await b.login('700004', PASSWORD);
    expect([...b.cookies.keys()].sort()).toEqual([VISIT, SESSION].sort());
    const before = [...b.cookies];
    for (const [n, [name, e]] of onPages.filter(([, e]) => e.method !== 'GET').entries()) {
      b.ip = `203.0.113.${n}`;
      for (const origin of [
        'https://evil.example',
        'https://hufu.test.evil.example',
        'http://hufu.test',
        'https://x.hufu.test',
        'null',
        '',
      ])
        expect(await knock(b, name, e, { origin }), `${name} ${origin}`).toMatchObject({
          status: 403,
          body: { code: 'cross-site' },
        });
      for (const site of ['cross-site', 'same-site'])
        expect((await knock(b, name, e, { 'sec-fetch-site': site })).status, name).toBe(403);
      expect((await knock(b, name, e, { 'hufu-tenant': '' })).status, name).toBe(404);
      if (e.body !== undefined) {
        const sent = await b.call(e.method, urlOf(e), JSON.stringify(EXAMPLES[name]), { 'content-type': 'text/plain' });
        expect(sent.status, name).toBe(415);
        const form = await b.call(e.method, urlOf(e), 'a=b', { 'content-type': 'application/x-www-form-urlencoded' });
        expect(form.status, name).toBe(415);
      }
    }
    expect([...b.cookies]).toEqual(before);
    expect((await b.call('GET', '/v1/me', undefined, { origin: ORIGIN })).status).toBe(200);
  });

  it('WEB-08 reading changes nothing: no GET of a page writes a row', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    await b.login('700004', PASSWORD);
    const before = await h.audit();
    for (const [name, e] of onPages.filter(([, e]) => e.method === 'GET' && e.streams !== true))
      await knock(b, name, e);
    expect(await h.audit()).toEqual(before);
  });
});

describe('BF-07 where people are', () => {
  it('BF-07 only a proxy of ours says it for others', async () => {
    for (const [proxies, seen] of [
      [[], '127.0.0.1'],
      [['10.0.0.0/8'], '127.0.0.1'],
      [['127.0.0.1'], '203.0.113.9'],
    ] as const) {
      await using h = await aHouse({ preset: 'mobile-otp', proxies });
      await h.account('700004', { password: PASSWORD });
      const b = aBrowser(h);
      const captcha = await b.captcha();
      const forged = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' };
      await b.call('POST', '/v1/me/login', { account: '700004', password: PASSWORD, captcha }, forged);
      const [row] = await h.house.db.query('SELECT ip FROM challenges', {});
      expect(row?.['ip'], String(proxies)).toBe(seen);
    }
  });
});

describe('WEB-13 nobody learns who exists', () => {
  it('WEB-13 unknown account, wrong password, no password at all: the same status, words and headers, also when guessed often', async () => {
    await using h = await house();
    await h.account('700006', {});
    const told = async (account: string) => {
      const b = aBrowser(h);
      const answers = [];
      for (let i = 0; i < 6; i++) {
        const { status, body, headers } = await b.login(account, 'wrong');
        const { instance: _, ...words } = body;
        answers.push({
          status,
          words,
          names: Object.keys(headers).filter((n) => n !== 'content-length'),
          cookies: b.set.length,
        });
      }
      return answers;
    };
    const known = await told('700004');
    expect(known[0]).toMatchObject({ status: 403, words: { code: 'first-factor-failed' } });
    expect(known[5]).toMatchObject({ status: 429 });
    for (const other of ['799999', '700006', 'nobody@nowhere', "'; --"])
      expect(await told(other), other).toEqual(known);
  });

  it('WEB-13 an unknown account costs what a wrong password costs: one slow hash, every time', async () => {
    await using h = await house();
    const b = aBrowser(h);
    const hashed = vi.spyOn(h.house.ports.passwords, 'verify');
    for (const account of ['700004', '799999', '700004', '799999']) {
      hashed.mockClear();
      expect((await b.login(account, 'wrong')).body.code).toBe('first-factor-failed');
      expect(hashed, account).toHaveBeenCalledTimes(1);
    }
  });

  it('WEB-13 BF-03 other spellings of an account share its counter', async () => {
    await using h = await house();
    const b = aBrowser(h);
    for (const account of ['700004', ' 700004', '７０００04', '700004.']) await b.login(account, 'wrong');
    expect((await b.login('700004', PASSWORD)).body.code).toBe('throttled');
  });
});

describe('SCN-03 SCN-08 SCN-12 a login that was approved elsewhere', () => {
  /** A login in a browser, satisfied by a call that is not the browser's. */
  async function approved(h: TestHouse): Promise<Browser> {
    const b = aBrowser(h);
    const login = await b.login('700004', PASSWORD);
    await b.call('POST', '/v1/me/login/send', {});
    const done = await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: await h.smsCode() });
    expect(done.status).toBe(200);
    expect((await b.call('GET', '/v1/me/login')).body.status).toBe('satisfied');
    return b;
  }

  it('SCN-03 only the browser that began it redeems it, and once', async () => {
    await using h = await house();
    const b = await approved(h);
    const stranger = aBrowser(h);
    expect((await stranger.call('POST', '/v1/me/login/finish', {})).status).toBe(401);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => {
        const tab = aBrowser(h);
        for (const [name, value] of b.cookies) tab.cookies.set(name, value);
        return tab
          .call('POST', '/v1/me/login/finish', {})
          .then((answer) => ({ answer, has: tab.cookies.has(SESSION) }));
      }),
    );
    expect(answers.filter((a) => a.has)).toHaveLength(1);
    expect(answers.map((a) => a.answer.status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
    expect((await h.audit()).filter((e) => e.event === 'session.started')).toHaveLength(1);
  });

  it('SCN-08 the cookie of before the approval is worth nothing after it, in any browser', async () => {
    await using h = await house();
    const b = await approved(h);
    const copied = b.cookies.get(VISIT)!;
    expect((await b.call('POST', '/v1/me/login/finish', {})).status).toBe(200);
    const thief = aBrowser(h);
    thief.cookies.set(VISIT, copied).set(SESSION, copied);
    expect((await thief.call('POST', '/v1/me/login/finish', {})).status).toBe(401);
    expect((await thief.call('GET', '/v1/me/login')).status).toBe(401);
    expect((await thief.call('GET', '/v1/me')).status).toBe(401);
  });

  it('SCN-12 BF-11 not when the account was suspended, its method removed, or the policy closed meanwhile', async () => {
    for (const [what, act] of [
      ['suspended', (h: TestHouse) => h.call('PUT', '/v1/accounts/700004', { status: 'suspended' })],
      [
        'removed',
        (h: TestHouse) =>
          h.house.db.run([{ sql: "DELETE FROM authenticators WHERE type = 'sms'", rows: 'any', values: {} }]),
      ],
      ['switched', (h: TestHouse) => h.phase('totp-only')],
      [
        'frozen',
        (h: TestHouse) =>
          h.house.db.run([
            { sql: 'INSERT INTO failures (scope, n, at) SELECT id, 10, 1 FROM accounts', rows: 'any', values: {} },
          ]),
      ],
    ] as const) {
      await using h = await house();
      const b = await approved(h);
      await act(h);
      const done = await b.call('POST', '/v1/me/login/finish', {});
      expect(done.status, what).toBeGreaterThanOrEqual(400);
      expect(b.cookies.has(SESSION), what).toBe(false);
    }
  });

  it('SCN-03 a login that nobody decided yet is still open', async () => {
    await using h = await house();
    const b = aBrowser(h);
    await b.login('700004', PASSWORD);
    expect(await b.call('POST', '/v1/me/login/finish', {})).toMatchObject({ status: 200, body: { status: 'need' } });
    expect(b.cookies.has(SESSION)).toBe(false);
  });
});
