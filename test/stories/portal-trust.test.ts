// A browser that is trusted: it skips the second step and nothing else, and half of it is worth less than nothing.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aHouse, codeOf, presetText, type TestHouse } from '../kit.ts';
import { aBrowser, aSession, type Browser, bindInPortal, SESSION } from '../portal-kit.ts';
import { type Kept, keyPair, loginTrusted, trustIt, trustProof } from '../trust-kit.ts';

const PASSWORD = 'trading-password';
const DAY = 86_400;

async function house(policy = (text: string) => text): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ policy: policy(presetText('mobile-otp')) });
  await h.account('700004', { password: PASSWORD, email: 'ho@example.com' });
  return h;
}
/** Logs in with an SMS code and trusts the browser. */
async function trusted(h: TestHouse, account = '700004'): Promise<{ b: Browser; kept: Kept }> {
  const b = await aSession(h, account, PASSWORD);
  return { b, kept: await trustIt(b) };
}
const proof = (b: Browser, kept: Kept, account = '700004') => trustProof(b, kept, account);
const login = (b: Browser, kept: Kept, account = '700004', password = PASSWORD) =>
  loginTrusted(b, kept, account, password);
const eventsOf = async (h: TestHouse) => (await h.audit()).map((e) => e.event);

describe('CM-3.3 a trusted browser', () => {
  it('CM-3.3 OIDC-06 skips the second step from then on, says so truly, and only in that browser', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    await b.call('POST', '/v1/me/logout', {});
    for (let i = 0; i < 3; i++) {
      h.pass(DAY);
      const again = await login(b, kept);
      expect(again).toMatchObject({ status: 201, body: { status: 'allowed', trusted: { id: kept.id } } });
      const me = (await b.call('GET', '/v1/me')).body;
      expect(me.session).toMatchObject({ trusted: true, acr: 'urn:hufu:aal1', amr: ['pwd', 'swk'] });
    }
    expect((await aBrowser(h).login('700004', PASSWORD)).body.status).toBe('challenge');
    expect((await b.call('GET', '/v1/me/trusted-devices')).body.items).toMatchObject([
      { id: kept.id, name: 'Chrome · Windows', isThis: true },
    ]);
    expect((await h.audit()).filter((e) => e.event === 'login.allowed').at(-1)?.data).toMatchObject({
      trusted: kept.id,
    });
  });

  it('CM-3.3 a login "this time only" is asked again every time', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    await b.call('POST', '/v1/me/logout', {});
    h.pass(90);
    expect((await b.login('700004', PASSWORD)).body.status).toBe('challenge');
  });

  it('CM-3.3 ENR-09 trust stands in for a login only: a change wants a step-up, a binding cannot be skipped', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    const { uri } = await bindInPortal(h, b);
    h.pass(DAY);
    expect((await login(b, kept)).body.status).toBe('allowed');
    expect((await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).body).toMatchObject({
      code: 'proof-required',
      purpose: 'change',
    });
    expect((await b.call('POST', '/v1/me/trusted-devices', { key: keyPair().spki, name: 'x' })).body.code).toBe(
      'trust-off',
    );
    await b.call('POST', '/v1/me/challenges', { purpose: 'change' });
    await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    expect((await b.call('GET', '/v1/me')).body.session).toMatchObject({ acr: 'urn:hufu:aal2', trusted: true });
    expect((await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).status).toBe(201);
  });

  it('CM-3.3 what must be bound is bound, trusted or not', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    await h.phase('totp-only');
    expect((await login(b, kept)).body.status).toBe('enrol');
  });

  it('CM-3.3 a wrong password learns nothing of trust; a browser cannot be trusted without a second step, long after it, or with a foreign key', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    const wrong = await b.login('700004', 'wrong', { trust: await proof(b, kept) });
    expect(wrong.body).toMatchObject({ code: 'first-factor-failed' });
    expect(wrong.body).not.toHaveProperty('trusted');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' });
    for (const key of [rsa.toString('base64url').slice(0, 200), 'x', keyPair().spki.slice(0, -4)])
      expect((await b.call('POST', '/v1/me/trusted-devices', { key, name: 'x' })).status).toBe(403);
    h.pass(301);
    expect((await b.call('POST', '/v1/me/trusted-devices', { key: keyPair().spki, name: 'x' })).body.code).toBe(
      'proof-required',
    );
    expect((await login(b, kept)).body.status).toBe('allowed');
  });
});

describe('TD-01 theft', () => {
  it('TD-01 the token in another browser, without the key: asked for the second step, the trust is over, its owner is told', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    const thief = aBrowser(h);
    const stolen = { ...kept, key: keyPair().key };
    expect((await login(thief, stolen)).body.status).toBe('challenge');
    expect(thief.cookies.has(SESSION)).toBe(false);
    expect(await eventsOf(h)).toContain('trust.stolen');
    const told = (await h.outbox()).filter(
      (m) => m.text.includes('受信任瀏覽器') || m.text.includes('trusted browser') || m.text.includes('受信任的浏览器'),
    );
    expect(new Set(told.map((m) => m.channel))).toEqual(new Set(['sms', 'email']));
    h.pass(90);
    expect((await login(b, kept)).body.status).toBe('challenge');
  });

  it('TD-01 a token that was used up, even with the key, is theft; in the same moment it is only asked again', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    const copy = { ...kept };
    expect((await login(b, kept)).body.status).toBe('allowed');
    h.pass(10);
    expect((await login(aBrowser(h), copy)).body.status).toBe('challenge');
    expect(await eventsOf(h)).not.toContain('trust.stolen');
    h.pass(60);
    expect((await login(aBrowser(h), copy)).body.status).toBe('challenge');
    expect(await eventsOf(h)).toContain('trust.stolen');
    // What the trust gave is over as well.
    expect((await b.call('GET', '/v1/me')).status).toBe(401);
    expect((await login(b, kept)).body.status).toBe('challenge');
  });

  it('TD-01 a proof that was recorded is no proof: the nonce is ours, minutes old, and the token is gone', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    const recorded = await proof(b, kept);
    const use = (trust: object) => aBrowser(h).login('700004', PASSWORD, { trust });
    for (const nonce of [
      'x',
      `${recorded.nonce}x`,
      recorded.nonce.replace(/^./, (c: string) => (c === 'A' ? 'B' : 'A')),
    ])
      expect((await use({ ...recorded, nonce })).body.status).toBe('challenge');
    h.pass(301);
    expect((await use(recorded)).body.status).toBe('challenge');
    expect(await eventsOf(h)).not.toContain('trust.stolen');
    expect((await login(b, kept)).body.status).toBe('allowed');
  });

  it('TD-01 many logins at once with one token: one is let in', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    const trust = await proof(b, kept);
    const solved = await Promise.all(Array.from({ length: 6 }, () => b.captcha()));
    const answers = await Promise.all(
      solved.map((captcha) =>
        aBrowser(h).call('POST', '/v1/me/login', { account: '700004', password: PASSWORD, captcha, trust }),
      ),
    );
    expect(answers.filter((a) => a.body.status === 'allowed')).toHaveLength(1);
    expect(answers.filter((a) => a.body.status === 'challenge')).toHaveLength(5);
  });
});

describe('TD-02 TD-03 TD-06 TD-08 what trust belongs to, and how it ends', () => {
  it('TD-02 one account’s trust is ignored for another, and at another tenant; it stays good for its own', async () => {
    await using h = await house();
    await h.account('700005', { password: PASSWORD, phone: '+85291230005' });
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('mobile-otp'), actor: 'test' });
    await h.house.keys.ready('t2');
    await h.account('700004', { password: PASSWORD }, 't2');
    const { b, kept } = await trusted(h);
    expect((await login(aBrowser(h), kept, '700005')).body.status).toBe('challenge');
    expect((await login(aBrowser(h, 't2'), kept)).body.status).toBe('challenge');
    const refused = (await h.audit()).filter((e) => e.event === 'trust.refused').map((e) => e.data['why']);
    expect(refused).toEqual(['another', 'another']);
    expect((await login(b, kept)).body.status).toBe('allowed');
  });

  it('TD-03 day 30 and a second is too late; so is a row that is gone, or a policy that changed its mind', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    h.pass(30 * DAY - 1);
    expect((await login(b, kept)).body.status).toBe('allowed');
    h.pass(2);
    expect((await login(b, kept)).body.status).toBe('challenge');
    h.pass(90);
    const second = await trusted(h);
    await h.house.db.run([{ sql: 'DELETE FROM trusted_devices', rows: 'any', values: {} }]);
    expect((await login(second.b, second.kept)).body.status).toBe('challenge');
    await using short = await house((text) => text.replace('days: 30', 'days: 2'));
    const third = await trusted(short);
    short.pass(2 * DAY + 1);
    expect((await login(third.b, third.kept)).body.status).toBe('challenge');
    await using off = await house((text) => text.replace('trust: { enabled: true', 'trust: { enabled: false'));
    await expect(trusted(off)).rejects.toThrow('trust-off');
  });

  it('TD-06 revoked one by one or all at once, with the sessions they gave, but not the one that asks', async () => {
    await using h = await house();
    const first = await trusted(h);
    h.pass(90);
    const second = await trusted(h);
    expect((await login(first.b, first.kept)).body.status).toBe('allowed');
    expect((await second.b.call('DELETE', `/v1/me/trusted-devices/${first.kept.id}`)).status).toBe(204);
    expect((await first.b.call('GET', '/v1/me')).status).toBe(401);
    expect((await login(first.b, first.kept)).body.status).toBe('challenge');
    expect((await second.b.call('DELETE', `/v1/me/trusted-devices/${first.kept.id}`)).status).toBe(404);
    expect((await second.b.call('DELETE', '/v1/me/trusted-devices')).status).toBe(204);
    expect((await second.b.call('GET', '/v1/me')).status).toBe(200);
    expect((await second.b.call('GET', '/v1/me/trusted-devices')).body.items).toEqual([]);
    expect((await login(second.b, second.kept)).body.status).toBe('challenge');
  });

  it('TD-06 a new password, a suspension, an operator’s reset and a removed method end it, and the sessions it gave', async () => {
    for (const [what, act] of [
      ['password', (h: TestHouse) => h.call('PUT', '/v1/accounts/700004', { password: 'another' })],
      [
        'suspended',
        async (h: TestHouse) => {
          await h.call('PUT', '/v1/accounts/700004', { status: 'suspended' });
          await h.call('PUT', '/v1/accounts/700004', { status: 'active' });
        },
      ],
      [
        'reset',
        (h: TestHouse) => h.call('POST', '/v1/console/accounts/700004/unbind', { reason: 'lost', operator: 'desk' }),
      ],
    ] as const) {
      await using h = await house();
      const { b, kept } = await trusted(h);
      await bindInPortal(h, b);
      expect((await login(b, kept)).body.status).toBe('allowed');
      await act(h);
      expect((await b.call('GET', '/v1/me')).status, what).toBe(401);
      const now = what === 'password' ? 'another' : PASSWORD;
      expect((await login(b, kept, '700004', now)).body.status, what).toBe('challenge');
    }
    await using h = await aHouse({ preset: 'mail' });
    await h.account('700004', { password: PASSWORD });
    const owner = await aSession(h, '700004', PASSWORD);
    const { id, uri } = await bindInPortal(h, owner);
    const { key, spki } = keyPair();
    const made = await owner.call('POST', '/v1/me/trusted-devices', { key: spki, name: 'x' });
    const kept = { id: made.body.id, token: made.body.token, key };
    const b = aBrowser(h);
    expect((await login(b, kept)).body.status).toBe('allowed');
    h.pass(60);
    await owner.call('POST', '/v1/me/challenges', { purpose: 'unbind' });
    await owner.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    expect((await owner.call('DELETE', `/v1/me/authenticators/${id}`)).status).toBe(204);
    expect((await owner.call('GET', '/v1/me')).status).toBe(200);
    expect((await b.call('GET', '/v1/me')).status).toBe(401);
    expect((await owner.call('GET', '/v1/me/trusted-devices')).body.items).toEqual([]);
  });

  it('TD-08 a hundred browsers: capped, the oldest shown last and removed on request, also when they come at once', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    const trust = (replaces?: string) =>
      b.call('POST', '/v1/me/trusted-devices', { key: keyPair().spki, name: 'x', replaces });
    const answers = await Promise.all(Array.from({ length: 100 }, () => trust()));
    expect(answers.filter((a) => a.status === 201)).toHaveLength(5);
    for (const a of answers.filter((one) => one.status !== 201))
      expect(a).toMatchObject({ status: 409, body: { code: 'too-many-trusted', most: 5 } });
    const ids = () =>
      b.call('GET', '/v1/me/trusted-devices').then((a) => a.body.items.map((one: { id: string }) => one.id));
    const before = await ids();
    expect(before).toHaveLength(5);
    const made = await trust(before.at(-1));
    expect(made.status).toBe(201);
    const after = await ids();
    expect(after).toHaveLength(5);
    expect(after).toContain(made.body.id);
    expect(after).not.toContain(before.at(-1));
    expect((await trust('trd_somebody_elses')).status).toBe(404);
  });

  it('BF-09 strangers who use up the password attempts do not shut out a browser that is trusted', async () => {
    await using h = await house();
    const { b, kept } = await trusted(h);
    for (let i = 0; i < 40; i++) await aBrowser(h).login('700004', 'guess');
    expect((await aBrowser(h).login('700004', PASSWORD)).status).toBe(429);
    expect((await login(b, kept)).body.status).toBe('allowed');
    const bound = (await b.call('GET', '/v1/me/methods')).body.items.find((m: { type: string }) => m.type === 'sms');
    expect(bound.state).toBe('bound');
  });
});
