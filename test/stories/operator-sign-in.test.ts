// Operators come in by two steps: a one-time link first, then password and code or a passkey, judged, counted and spent as everybody's are.
import { describe, expect, it } from 'vitest';
import { inviteOperator } from '../../src/flows/operator/people.ts';
import { aHouse, codeOf, type TestHouse } from '../kit.ts';
import { aConsoleBrowser, anOperator, CONSOLE_URL, deskOf, joinByTotp, PASSWORD, tokenIn } from '../operator-kit.ts';
import { aPasskey, type SoftPasskey } from '../passkey-kit.ts';

const CLI = { tenantId: 't1', actor: 'cli', keyId: 'cli', client: null };

/** A link for a new operator, as the command line makes it. */
async function aLink(h: TestHouse, login = 'mei.lam'): Promise<string> {
  await deskOf(h);
  const made = await inviteOperator(h.house.ports, CLI, { login, tenants: { t1: ['support'] } });
  if (made.kind !== 'invited' || made.link === null) throw new Error(JSON.stringify(made));
  return `${CONSOLE_URL}/#/join/${made.link.token}`;
}

async function joinByPasskey(h: TestHouse, link: string): Promise<SoftPasskey> {
  const b = await aConsoleBrowser(h);
  const token = tokenIn(link);
  const began = await b.call('POST', '/v1/operator/join/start', { token, name: 'Mei' });
  expect(began.body).toEqual({ status: 'bind', methods: ['passkey'] });
  // A code without a password would be one step.
  expect((await b.call('POST', '/v1/operator/join/bindings', { type: 'totp' })).body.code).toBe('binding-not-allowed');
  const binding = await b.call('POST', '/v1/operator/join/bindings', { type: 'passkey' });
  const key = aPasskey(CONSOLE_URL);
  const done = await b.call('POST', `/v1/operator/join/bindings/${binding.body.id}/confirm`, {
    token,
    passkey: key.create(binding.body.passkey),
  });
  expect(done.body).toEqual({ status: 'signed-in' });
  return key;
}

const login = (password = PASSWORD, name = 'mei.lam') => ({ login: name, password });

describe('OP-1.3 signing in to the console', () => {
  it('OP-1.3 a one-time link, name and password, a first code: joined and signed in; the link opens nothing more', async () => {
    await using h = await aHouse();
    const link = await aLink(h);
    const desk = await deskOf(h);
    const shown = await desk.call('POST', '/v1/operator/join', { token: tokenIn(link) });
    expect(shown.body).toMatchObject({ login: 'mei.lam', tenants: [{ id: 't1', name: 'Tenant', roles: ['support'] }] });
    const { browser } = await joinByTotp(h, link);
    const me = await browser.call('GET', '/v1/operator/me');
    expect(me.body).toMatchObject({ operator: { login: 'mei.lam', name: 'Mei Lam' }, tenant: 't1' });
    for (const path of ['/v1/operator/join', '/v1/operator/join/start']) {
      const again = await desk.call('POST', path, {
        token: tokenIn(link),
        ...(path.endsWith('start') ? { name: 'Eve', password: PASSWORD } : {}),
      });
      expect(again.body.code, path).toBe('link-unknown');
    }
    const events = (await h.audit()).filter((e) => e.event.startsWith('operator.'));
    expect(events.map((e) => [e.event, e.actor])).toEqual([
      ['operator.invited', 'cli'],
      ['operator.joined', 'operator:mei.lam'],
      ['operator.signed-in', 'operator:mei.lam'],
    ]);
  });

  it('OP-1.3 a link half used can be used again, one that is a day old or void cannot, two at once let in one', async () => {
    await using h = await aHouse();
    const first = await aLink(h);
    const b = await aConsoleBrowser(h);
    await b.call('POST', '/v1/operator/join/start', { token: tokenIn(first), name: 'Mei', password: PASSWORD });
    const second = await aLink(h);
    const old = await b.call('POST', '/v1/operator/join/start', {
      token: tokenIn(first),
      name: 'Mei',
      password: PASSWORD,
    });
    expect(old.body.code).toBe('link-unknown');

    const token = tokenIn(second);
    const browsers = await Promise.all([aConsoleBrowser(h), aConsoleBrowser(h)]);
    const begun: Record<string, any>[] = [];
    for (const one of browsers) {
      expect(
        (await one.call('POST', '/v1/operator/join/start', { token, name: 'Mei', password: PASSWORD })).status,
      ).toBe(200);
      begun.push((await one.call('POST', '/v1/operator/join/bindings', { type: 'passkey' })).body);
    }
    const done = await Promise.all(
      browsers.map((one, i) =>
        one.call('POST', `/v1/operator/join/bindings/${begun[i]!['id']}/confirm`, {
          token,
          passkey: aPasskey(CONSOLE_URL).create(begun[i]!['passkey']),
        }),
      ),
    );
    expect(done.filter((d) => d.status === 200)).toHaveLength(1);

    const third = await aLink(h, 'late');
    h.pass(24 * 3600);
    const desk = await deskOf(h);
    expect((await desk.call('POST', '/v1/operator/join', { token: tokenIn(third) })).body.code).toBe('link-unknown');
  });

  it('OTP-01 password, then a code that is good once; the password alone opens nothing', async () => {
    await using h = await aHouse();
    const { uri } = await joinByTotp(h, await aLink(h));
    const b = await aConsoleBrowser(h);
    const began = await b.call('POST', '/v1/operator/login', login());
    expect(began.body).toEqual({ status: 'second-factor', methods: ['totp'] });
    // The visit opens the second step and nothing else (WEB-02).
    expect((await b.call('GET', '/v1/operator/me')).status).toBe(401);
    const spent = await b.call('POST', '/v1/operator/login/totp', { code: codeOf(uri, h.clock.now) });
    expect(spent.body.code).toBe('verification-failed');
    h.pass(60);
    const code = codeOf(uri, h.clock.now);
    const done = await b.call('POST', '/v1/operator/login/totp', { code });
    expect(done.body).toEqual({ status: 'signed-in' });
    expect((await b.call('GET', '/v1/operator/me')).status).toBe(200);
    const other = await aConsoleBrowser(h);
    await other.call('POST', '/v1/operator/login', login());
    expect((await other.call('POST', '/v1/operator/login/totp', { code })).body.code).toBe('verification-failed');
    const set = [done.headers['set-cookie']].flat().map(String);
    expect(set[0]).toMatch(
      /^__Host-hufu-operator=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
  });

  it("BF-01 wrong passwords and wrong codes are counted as everybody's are, and an unknown login looks like a wrong password", async () => {
    await using h = await aHouse();
    const { uri } = await joinByTotp(h, await aLink(h));
    const b = await aConsoleBrowser(h);
    const [wrong, unknown] = [
      await b.call('POST', '/v1/operator/login', login('not the password')),
      await b.call('POST', '/v1/operator/login', login(PASSWORD, 'nobody')),
    ];
    expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    expect(wrong.body.code).toBe('first-factor-failed');
    await b.call('POST', '/v1/operator/login', login());
    const answers: string[] = [];
    for (let i = 0; i < 12; i++) {
      answers.push((await b.call('POST', '/v1/operator/login/totp', { code: '000000' })).body.code);
      h.pass(20);
    }
    expect(answers.slice(0, 3)).toEqual(['verification-failed', 'verification-failed', 'verification-failed']);
    expect(answers).toContain('throttled');
    h.pass(600);
    // What a stranger with the password did is on record, and the owner still gets in when the delay is over.
    await b.call('POST', '/v1/operator/login', login());
    expect((await b.call('POST', '/v1/operator/login/totp', { code: codeOf(uri, h.clock.now) })).status).toBe(200);
  });

  it("OP-1.3 a passkey alone lets its operator in; another's, an unverified one, a foreign origin, a repeat: one answer", async () => {
    await using h = await aHouse();
    const key = await joinByPasskey(h, await aLink(h));
    const ask = async (name = 'mei.lam') => {
      const b = await aConsoleBrowser(h);
      const asked = await b.call('POST', '/v1/operator/passkey/options', { login: name });
      expect(asked.status).toBe(200);
      return { b, options: asked.body.passkey };
    };
    const { b, options } = await ask();
    const given = { passkey: key.get(options) };
    expect((await b.call('POST', '/v1/operator/passkey/verify', given)).body).toEqual({ status: 'signed-in' });
    expect((await b.call('GET', '/v1/operator/me')).body.operator.login).toBe('mei.lam');

    const refusals = [];
    const spoilt: readonly ((options: object) => object)[] = [
      () => key.get(options),
      (o) => aPasskey(CONSOLE_URL).get(o),
      (o) => key.get(o, { flags: 0x01 }),
      (o) => key.get(o, { origin: 'https://hufu.test' }),
      (o) => key.get(o, { origin: 'https://console.test.evil.example' }),
    ];
    for (const make of spoilt) {
      const { b: browser, options: fresh } = await ask();
      refusals.push(await browser.call('POST', '/v1/operator/passkey/verify', { passkey: make(fresh) }));
    }
    const nobody = await ask('nobody.at.all');
    // What is asked for a login that does not exist looks like any other.
    expect(Object.keys(nobody.options)).toEqual(Object.keys(options));
    expect(nobody.options).toMatchObject({ rpId: 'console.test', userVerification: 'required', allowCredentials: [] });
    refusals.push(await nobody.b.call('POST', '/v1/operator/passkey/verify', { passkey: key.get(nobody.options) }));
    refusals.push(await (await aConsoleBrowser(h)).call('POST', '/v1/operator/passkey/verify', given));
    for (const r of refusals) expect({ ...r.body, instance: '' }).toEqual({ ...refusals[0]!.body, instance: '' });
    expect(refusals[0]!.body.code).toBe('passkey-refused');
    // A stranger's attempts freeze nobody.
    const again = await ask();
    expect(
      (await again.b.call('POST', '/v1/operator/passkey/verify', { passkey: key.get(again.options) })).status,
    ).toBe(200);
  });

  it('WEB-13 BF-09 what a stranger is asked by freezes nobody at another door, and tells no login there is from one there is not', async () => {
    await using h = await aHouse();
    const key = await joinByPasskey(h, await aLink(h));
    const asStranger = async (name: string, path: string, body: (options: object) => object): Promise<unknown> => {
      const b = await aConsoleBrowser(h);
      const asked = await b.call('POST', '/v1/operator/passkey/options', { login: name });
      const told = await b.call('POST', path, body(asked.body.passkey));
      return { ...told.body, status: told.status, instance: '' };
    };
    const doors: readonly [string, (options: object) => object][] = [
      ['/v1/operator/login/totp', () => ({ code: '123456' })],
      ['/v1/operator/login/passkey', (o) => ({ passkey: aPasskey(CONSOLE_URL).get(o) })],
      ['/v1/operator/login/passkey/options', () => ({})],
      ['/v1/operator/join/bindings', () => ({ type: 'passkey' })],
    ];
    for (const [path, body] of doors)
      expect(await asStranger('mei.lam', path, body), path).toEqual(await asStranger('nobody.at.all', path, body));
    for (let n = 0; n < 12; n++) {
      h.pass(3601);
      await asStranger('mei.lam', ...doors[1]!);
    }
    const b = await aConsoleBrowser(h);
    const asked = await b.call('POST', '/v1/operator/passkey/options', { login: 'mei.lam' });
    const given = { passkey: key.get(asked.body.passkey) };
    expect((await b.call('POST', '/v1/operator/passkey/verify', given)).body).toEqual({ status: 'signed-in' });
  });

  it('WEB-02 a visit of the passkey way cannot be finished by a code', async () => {
    await using h = await aHouse();
    const { uri } = await joinByTotp(h, await aLink(h));
    h.pass(60);
    const b = await aConsoleBrowser(h);
    await b.call('POST', '/v1/operator/passkey/options', { login: 'mei.lam' });
    const tried = await b.call('POST', '/v1/operator/login/totp', { code: codeOf(uri, h.clock.now) });
    expect(tried.status).toBe(401);
    expect((await b.call('GET', '/v1/operator/me')).status).toBe(401);
  });
});

describe('OPS-04 operators of a tenant', () => {
  it('OP-1.3 an administrator invites, changes roles, resets and shuts out; each is on record', async () => {
    await using h = await aHouse();
    const admin = await anOperator(h, { roles: ['administrator'], login: 'root' });
    const invited = await admin.call('POST', '/v1/console/operators', { login: 'mei.lam', roles: ['viewer'] });
    expect(invited.status).toBe(201);
    expect(invited.body.link).toMatch(/^https:\/\/console\.test\/#\/join\/[\w-]{43}$/);
    const { browser } = await joinByTotp(h, invited.body.link);
    const listed = await admin.call('GET', '/v1/console/operators');
    expect(listed.body.items).toMatchObject([
      {
        login: 'mei.lam',
        name: 'Mei Lam',
        status: 'active',
        roles: ['viewer'],
        methods: ['totp'],
        createdBy: admin.id,
      },
      { login: 'root', roles: ['administrator'] },
    ]);
    const { id } = invited.body;
    const act = () => browser.call('GET', '/v1/rollout', undefined, { 'hufu-tenant': 't1' });
    expect((await act()).status).toBe(200);
    // In force with the next call, not with the next session.
    await admin.call('PUT', `/v1/console/operators/${id}/roles`, { roles: ['administrator'] });
    expect((await act()).status).toBe(403);
    const reset = await admin.call('POST', `/v1/console/operators/${id}/reset`);
    expect((await act()).status).toBe(401);
    const fresh = await aConsoleBrowser(h);
    // What was forgotten or found opens nothing any more.
    expect((await fresh.call('POST', '/v1/operator/login', login())).status).toBe(403);
    const back = await joinByTotp(h, reset.body.link);
    expect((await back.browser.call('GET', '/v1/operator/me')).status).toBe(200);
    await admin.call('PUT', `/v1/console/operators/${id}/roles`, { roles: [] });
    expect((await back.browser.call('GET', '/v1/operator/me')).status).toBe(401);
    expect((await fresh.call('POST', '/v1/operator/login', login())).body.code).not.toBe(undefined);
    const events = (await h.audit()).filter((e) => e.event.startsWith('operator.') && e.actor === 'operator:root');
    expect(events.map((e) => e.event)).toEqual([
      'operator.invited',
      'operator.roles-changed',
      'operator.reset',
      'operator.disabled',
    ]);
  });

  it('OPS-04 nobody changes their own roles, resets or invites themselves; who serves another tenant is beyond an administrator of one', async () => {
    await using h = await aHouse();
    await h.house.registry.create({
      id: 't2',
      name: 'Other',
      document: (await h.house.registry.get('t1', 0)).document,
      actor: 'test',
    });
    await h.house.keys.ready('t2');
    const admin = await anOperator(h, { roles: ['administrator'], login: 'root' });
    for (const [method, path, body] of [
      ['PUT', `/v1/console/operators/${admin.id}/roles`, { roles: ['administrator', 'security'] }],
      ['POST', `/v1/console/operators/${admin.id}/reset`, undefined],
      ['POST', '/v1/console/operators', { login: 'ROOT ', roles: ['security'] }],
    ] as const)
      expect((await admin.call(method, path, body)).body.code, path).toBe('own-roles');

    const both = await anOperator(h, { login: 'both', tenants: { t1: ['viewer'], t2: ['security'] } });
    expect((await admin.call('POST', `/v1/console/operators/${both.id}/reset`)).body.code).toBe('operator-elsewhere');
    // Taken out of one tenant, they stay in the other, and signed in.
    expect((await admin.call('PUT', `/v1/console/operators/${both.id}/roles`, { roles: [] })).status).toBe(200);
    expect((await both.call('GET', '/v1/rollout')).status).toBe(404);
    expect((await both.call('GET', '/v1/rollout', undefined, { tenant: 't2' })).status).toBe(200);
    // Not an operator of this tenant: not there.
    expect((await admin.call('PUT', `/v1/console/operators/${both.id}/roles`, { roles: ['viewer'] })).status).toBe(404);
    // Inviting them gives roles here, and no link that would open the other tenant.
    const other = await anOperator(h, { login: 'elsewhere', tenants: { t2: ['security'] } });
    const given = await admin.call('POST', '/v1/console/operators', { login: 'elsewhere', roles: ['viewer'] });
    expect(given.body).toMatchObject({ id: other.id, link: null });
    expect((await other.call('GET', '/v1/rollout', undefined, { tenant: 't1' })).status).toBe(200);
  });

  it('OPS-04 an administrator who was shut out has nothing left to act with', async () => {
    await using h = await aHouse();
    const [one, two] = [
      await anOperator(h, { roles: ['administrator'] }),
      await anOperator(h, { roles: ['administrator'] }),
    ];
    expect((await one.call('PUT', `/v1/console/operators/${two.id}/roles`, { roles: [] })).status).toBe(200);
    expect((await two.call('PUT', `/v1/console/operators/${one.id}/roles`, { roles: [] })).status).toBe(401);
    expect((await one.call('GET', '/v1/operator/me')).status).toBe(200);
  });
});
