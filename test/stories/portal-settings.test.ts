// A person's own methods, step-ups and activity, from a session.
import { describe, expect, it } from 'vitest';
import { firstPhone } from '../enrolment-kit.ts';
import { aHouse, codeOf, presetText, type TestHouse } from '../kit.ts';
import { aBrowser, aSession, type Browser, bindInPortal, SESSION } from '../portal-kit.ts';

const PASSWORD = 'trading-password';
async function house(preset = 'mobile-otp', policy?: (text: string) => string): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse(policy === undefined ? { preset } : { policy: policy(presetText(preset)) });
  await h.account('700004', { password: PASSWORD });
  return h;
}
/** A step-up by an authenticator's code. */
async function stepUp(h: TestHouse, b: Browser, purpose: string, uri: string, authenticator?: string): Promise<void> {
  const opened = await b.call('POST', '/v1/me/challenges', { purpose, ...(authenticator && { authenticator }) });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
}
/** Binds a backup mailbox with the code mailed to it. */
async function bindMailbox(h: TestHouse, b: Browser): Promise<void> {
  const begun = await b.call('POST', '/v1/me/bindings', { type: 'email', address: 'spare@backup.example' });
  const mail = (await h.outbox()).find(({ channel }) => channel === 'email');
  const output = /\d{3} ?\d{3}/.exec(mail?.text ?? '')?.[0].replace(' ', '') ?? '';
  const done = await b.call('POST', `/v1/me/bindings/${begun.body.id}/confirm`, { output });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
}
const methodsOf = async (b: Browser, language = 'en') =>
  (await b.call('GET', '/v1/me/methods', undefined, { 'accept-language': language })).body.items as {
    type: string;
    state: string;
    actions: string[];
    reason?: string;
    items: { id: string; hint: string }[];
    codesLeft?: number;
    lastUsedAt?: string;
    slots?: { used: number; of: number };
    retiresAt?: string;
    endsAppPasswords?: number;
    isOffered?: true;
  }[];

describe('CM-1.1 the list of methods', () => {
  it('CM-1.1 says what is bound, what may be done with it, and why not', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    const before = await methodsOf(b);
    expect(before.find((m) => m.type === 'totp')).toMatchObject({ state: 'unbound', actions: ['bind'], items: [] });
    expect(before.find((m) => m.type === 'sms')).toMatchObject({
      state: 'bound',
      actions: [],
      reason: expect.stringContaining('customer service'),
      items: [{ hint: '***0001' }],
    });
    await bindInPortal(h, b);
    const zh = await methodsOf(b, 'zh-HK');
    expect(zh.find((m) => m.type === 'totp')).toMatchObject({
      state: 'bound',
      actions: [],
      reason: expect.stringContaining('客戶服務部'),
    });
    const codes = await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' });
    expect(codes.body.codes).toHaveLength(10);
    expect((await methodsOf(b)).find((m) => m.type === 'recovery-code')).toMatchObject({
      state: 'bound',
      codesLeft: 10,
      codesOf: 10,
    });
  });
});

describe('CM-1.1 what else a row tells', () => {
  const rowOf = async (b: Browser, type: string) => (await methodsOf(b)).find((m) => m.type === type);

  it('CM-1.1 when a method last let its owner in; one that took its place was not used yet', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const { uri } = await bindInPortal(h, b);
    expect(await rowOf(b, 'totp')).not.toHaveProperty('lastUsedAt');
    h.pass(600);
    const later = aBrowser(h);
    await later.login('700004', PASSWORD);
    // Half a login is no use of it, nor is a wrong code.
    await later.call('POST', '/v1/me/login/verify', { output: '000000' });
    expect(await rowOf(b, 'totp')).not.toHaveProperty('lastUsedAt');
    const used = h.clock.now;
    await later.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    h.pass(60);
    expect((await rowOf(later, 'totp'))?.lastUsedAt).toBe(new Date(used).toISOString());
    expect((await rowOf(later, 'email'))?.lastUsedAt).toBeUndefined();
    const old = (await rowOf(later, 'totp'))?.items[0]?.id;
    const started = await later.call('POST', '/v1/me/bindings', { type: 'totp', replaces: old });
    await later.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
      output: codeOf(started.body.uri, h.clock.now),
    });
    const changed = await rowOf(later, 'totp');
    expect(changed).toMatchObject({ state: 'bound', items: [{ id: started.body.id }] });
    expect(changed).not.toHaveProperty('lastUsedAt');
  });

  it('CM-1.1 how many phones hold the account, and how many may', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    expect(await rowOf(b, 'app')).not.toHaveProperty('slots');
    const { body } = await b.call('POST', '/v1/me/enrolment', {});
    await firstPhone(h, body.url.split('/s/')[1]);
    expect((await rowOf(b, 'app'))?.slots).toEqual({ used: 1, of: 5 });
  });

  it('CM-1.1 ES-6.1 from when a planned switch takes a method out of use, for the cohort it is planned for', async () => {
    const plan = `schedule: [{ at: '2026-12-01T00:00:00+08:00', phase: totp-only, cohort: vip }, { at: '2026-12-31T00:00:00+08:00', phase: totp-only }]`;
    await using h = await house('mobile-otp', (text) => text.replace('schedule: []', plan));
    await h.account('700005', { password: PASSWORD, cohort: 'vip' });
    const one = await aSession(h, '700004', PASSWORD);
    expect((await rowOf(one, 'sms'))?.retiresAt).toBe('2026-12-30T16:00:00.000Z');
    // The login says so too where the person chooses; before the password it says nothing, and of when it was last used nothing at all.
    const login = await aBrowser(h).login('700004', PASSWORD);
    expect(login.body.authenticators).toEqual([
      {
        id: expect.any(String),
        type: 'sms',
        hint: expect.any(String),
        sends: true,
        retiresAt: '2026-12-30T16:00:00.000Z',
      },
    ]);
    expect((await aBrowser(h).login('700004', 'wrong')).body).not.toHaveProperty('authenticators');
    // Whoever is bound is asked for that now and after the switch, and no longer for an SMS code.
    await bindInPortal(h, one);
    for (const type of ['totp', 'sms']) expect(await rowOf(one, type)).not.toHaveProperty('retiresAt');
    const vip = await aSession(h, '700005', PASSWORD);
    expect((await rowOf(vip, 'sms'))?.retiresAt).toBe('2026-11-30T16:00:00.000Z');
  });
});

describe('CM-4.1 what goes with a method', () => {
  const policies: readonly (readonly [string, (text: string) => string, readonly (number | undefined)[]])[] = [
    ['the last one ends app passwords', (text) => text, [1, undefined]],
    ['any one does', (text) => text.replace('appPasswords:\n', 'appPasswords:\n  endWith: [any-method]\n'), [1, 1]],
    [
      'none does',
      (text) => text.replace('appPasswords:\n', 'appPasswords:\n  endWith: [suspended]\n'),
      [undefined, undefined],
    ],
  ];
  it.each(policies)('CM-4.1 APW-05 is told before it is removed: %s', async (_name, policy, told) => {
    await using h = await house('mail', policy);
    const b = await aSession(h, '700004', PASSWORD);
    const endsNow = async () => (await methodsOf(b)).find(({ type }) => type === 'totp')?.endsAppPasswords;
    expect(await endsNow()).toBeUndefined();
    await bindInPortal(h, b);
    expect(await endsNow()).toBeUndefined();
    expect((await b.call('POST', '/v1/me/app-passwords', { name: 'Foxmail' })).status).toBe(201);
    expect(await endsNow()).toBe(told[0]);
    await bindMailbox(h, b);
    expect(await endsNow()).toBe(told[1]);
  });

  it('CM-2.4 recovery codes are offered beside a method until they are there', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const isOffered = async () => (await methodsOf(b)).find(({ type }) => type === 'recovery-code')?.isOffered === true;
    expect(await isOffered()).toBe(false);
    await bindInPortal(h, b);
    expect(await isOffered()).toBe(true);
    await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' });
    expect(await isOffered()).toBe(false);
  });

  it('CM-4.1 what was removed in another tab is not found, and nobody is asked to verify for it', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const { id, uri } = await bindInPortal(h, b);
    h.pass(60);
    await stepUp(h, b, 'unbind', uri);
    expect((await b.call('DELETE', `/v1/me/authenticators/${id}`)).status).toBe(204);
    h.pass(400);
    const again = await b.call('DELETE', `/v1/me/authenticators/${id}`);
    expect(again).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('ENR-09 a change rests on fresh proof', () => {
  it('ENR-09 binding is free for five minutes after the login, then wants a step-up, which is good for that session alone', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    const { uri } = await bindInPortal(h, b);
    h.pass(301);
    const refused = await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' });
    expect(refused).toMatchObject({ status: 401, body: { code: 'proof-required', purpose: 'change' } });
    expect(refused.headers['www-authenticate']).toBe('Bearer error="insufficient_user_authentication"');
    const other = aBrowser(h);
    await other.login('700004', PASSWORD);
    await other.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    h.pass(301);
    expect((await other.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).body.code).toBe('proof-required');
    await stepUp(h, b, 'change', uri);
    expect((await other.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).body.code).toBe('proof-required');
    expect((await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).status).toBe(201);
  });

  it('ENR-09 a session by password alone, from before there was a method, changes nothing afterwards', async () => {
    await using h = await house('mail');
    const early = await aSession(h, '700004', PASSWORD);
    const b = await aSession(h, '700004', PASSWORD);
    const { id, uri } = await bindInPortal(h, b);
    for (const call of [
      () => early.call('POST', '/v1/me/bindings', { type: 'recovery-code' }),
      () => early.call('DELETE', `/v1/me/authenticators/${id}`),
    ])
      expect(await call()).toMatchObject({ status: 401, body: { code: 'proof-required' } });
    h.pass(60);
    await stepUp(h, early, 'change', uri);
    expect((await early.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).status).toBe(201);
  });

  it('ENR-09 who has nothing yet and waited too long proves the password again', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    h.pass(301);
    expect((await b.call('POST', '/v1/me/bindings', { type: 'totp' })).body.code).toBe('login-required');
  });

  it('ENR-09 CM-4.1 unbinding wants its own step-up, spent by it', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const { id, uri } = await bindInPortal(h, b);
    h.pass(301);
    const remove = () => b.call('DELETE', `/v1/me/authenticators/${id}`);
    expect(await remove()).toMatchObject({ status: 401, body: { code: 'proof-required', purpose: 'unbind' } });
    await stepUp(h, b, 'change', uri);
    expect((await remove()).body.code).toBe('proof-required');
    h.pass(30);
    await stepUp(h, b, 'unbind', uri);
    expect((await remove()).status).toBe(204);
    expect((await b.call('GET', '/v1/me')).body.bound).not.toContain('totp');
    expect((await h.outbox()).some((m) => /unlinked|解绑/.test(m.text))).toBe(true);
  });

  it('ENR-09 CM-4.1 a step-up for one method removes no other', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const { id, uri } = await bindInPortal(h, b);
    const codes = await b.call('POST', '/v1/me/bindings', { type: 'recovery-code' });
    expect(codes.body.codes).toHaveLength(10);
    const other = (await methodsOf(b)).find(({ type }) => type === 'recovery-code')?.items[0]?.id ?? '';
    h.pass(301);
    await stepUp(h, b, 'unbind', uri, other);
    expect((await b.call('DELETE', `/v1/me/authenticators/${id}`)).body.code).toBe('proof-required');
    expect((await b.call('DELETE', `/v1/me/authenticators/${other}`)).status).toBe(204);
    const none = await b.call('POST', '/v1/me/challenges', { purpose: 'unbind', authenticator: other });
    expect(none.body.code).toBe('not-found');
  });

  it('ENR-09 BF-08 a step-up that fails counts with every other code, and changes nothing', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const { id } = await bindInPortal(h, b);
    h.pass(301);
    const cookie = b.cookies.get(SESSION);
    await b.call('POST', '/v1/me/challenges', { purpose: 'unbind' });
    expect((await b.call('POST', '/v1/me/login/verify', { output: '000000' })).body).toMatchObject({ attemptsLeft: 9 });
    expect(b.cookies.get(SESSION)).toBe(cookie);
    expect((await b.call('DELETE', `/v1/me/authenticators/${id}`)).body.code).toBe('proof-required');
    const login = aBrowser(h);
    await login.login('700004', PASSWORD);
    expect((await login.call('POST', '/v1/me/login/verify', { output: '000000' })).body).toMatchObject({
      attemptsLeft: 8,
    });
  });

  it('ENR-09 a step-up ends with the session it began in', async () => {
    await using h = await house('mail');
    const b = await aSession(h, '700004', PASSWORD);
    const { uri } = await bindInPortal(h, b);
    h.pass(60);
    await b.call('POST', '/v1/me/challenges', { purpose: 'unbind' });
    await b.call('POST', '/v1/me/logout', {});
    const late = await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    expect(late.status).toBe(401);
    expect(b.cookies.has(SESSION)).toBe(false);
  });
});

describe('CM-1.4 recent activity', () => {
  it('CM-1.4 tells logins and changes, newest first, page by page, of this account only', async () => {
    await using h = await house('mail');
    await h.account('700005', { password: PASSWORD, phone: '+85291230005' });
    await aSession(h, '700005', PASSWORD);
    const b = await aSession(h, '700004', PASSWORD);
    const { uri } = await bindInPortal(h, b);
    await aBrowser(h).login('700004', 'wrong');
    h.pass(60);
    await stepUp(h, b, 'confirm', uri);
    const all: { id: string; at: string; event: string; client?: string; outcome: string }[] = [];
    let after = '';
    for (let pages = 0; pages < 20; pages++) {
      const { body } = await b.call('GET', `/v1/me/activity?limit=3${after}`);
      all.push(...body.items);
      if (body.next === null) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    const events = all.map((one) => one.event);
    expect(events).toEqual(
      expect.arrayContaining(['login.allowed', 'binding.confirmed', 'first-factor.rejected', 'challenge.satisfied']),
    );
    // Said once: the session goes with the login that began it, and its renewal with the step-up.
    expect(events.filter((event) => event.startsWith('session.'))).toEqual([]);
    expect(events.filter((e) => e === 'login.allowed')).toHaveLength(1);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(all.map((one) => one.at)).toEqual(
      all
        .map((one) => one.at)
        .toSorted()
        .toReversed(),
    );
    expect(all.find((one) => one.event === 'first-factor.rejected')).toMatchObject({ outcome: 'failed' });
    const whole = (await b.call('GET', '/v1/me/activity?limit=200')).body.items;
    expect(whole.map((one: { event: string }) => one.event).sort()).toEqual(events.toSorted());
  });
});
