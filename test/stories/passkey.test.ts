// Passkeys on the tenant's own pages: bound, used, and every way to cheat with one.
import { generateKeyPairSync } from 'node:crypto';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { describe, expect, it } from 'vitest';
import { aHouse, type TestHouse } from '../kit.ts';
import { aPasskey, type SoftPasskey } from '../passkey-kit.ts';
import { aBrowser, type Browser, ORIGIN } from '../portal-kit.ts';

const PASSWORD = 'mailbox-password';
const WEI = 'wei@lark.example';

async function aMailHouse(): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ preset: 'mail' });
  await h.account(WEI, { password: PASSWORD });
  return h;
}

/** Logged in by password, with a passkey bound. */
async function bound(
  h: TestHouse,
  account = WEI,
  passkey = aPasskey(ORIGIN),
): Promise<{ b: Browser; passkey: SoftPasskey }> {
  const b = aBrowser(h);
  expect((await b.login(account, PASSWORD)).body.status).toBe('allowed');
  const started = await b.call('POST', '/v1/me/bindings', { type: 'passkey', label: 'MacBook' });
  expect(started.status).toBe(201);
  const made = await b.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
    passkey: passkey.create(started.body.passkey),
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return { b, passkey };
}

/** A fresh login that waits for the passkey, and what the browser is asked. */
async function asked(h: TestHouse, account = WEI): Promise<{ b: Browser; options: Record<string, unknown> }> {
  const b = aBrowser(h);
  const login = await b.login(account, PASSWORD);
  expect(login.body.status).toBe('challenge');
  const prompt = await b.call('POST', '/v1/me/login/passkey', {});
  expect(prompt.status, JSON.stringify(prompt.body)).toBe(200);
  return { b, options: prompt.body.passkey };
}

describe('CM-1.1 passkeys', () => {
  it('CM-1.1 WA-01 is bound, listed, and then logs in; the login says that it cannot be phished', async () => {
    await using h = await aMailHouse();
    const { b, passkey } = await bound(h);
    const methods = await b.call('GET', '/v1/me/methods');
    const row = methods.body.items.find((m: { type: string }) => m.type === 'passkey');
    expect(row).toMatchObject({ state: 'bound', items: [{ hint: 'MacBook' }] });
    h.pass(60);
    const login = await asked(h);
    expect(login.options).toMatchObject({
      rpId: 'hufu.test',
      userVerification: 'required',
      allowCredentials: [{ id: passkey.id }],
    });
    const done = await login.b.call('POST', '/v1/me/login/verify', {
      type: 'passkey',
      passkey: passkey.get(login.options),
    });
    expect(done.body.status).toBe('satisfied');
    expect((await login.b.call('GET', '/v1/me')).body.session).toMatchObject({
      acr: 'urn:hufu:phr',
      amr: ['pwd', 'swk', 'user', 'mfa'],
    });
  });

  it('WA-01 our judge and the library agree on a right answer', async () => {
    await using h = await aMailHouse();
    const { passkey } = await bound(h);
    const { options } = await asked(h);
    const response = passkey.get(options);
    const jwk = await passkeyRow(h);
    const oracle = await verifyAuthenticationResponse({
      response: { ...response, rawId: response['id'], type: 'public-key', clientExtensionResults: {} } as never,
      expectedChallenge: String(options['challenge']),
      expectedOrigin: ORIGIN,
      expectedRPID: 'hufu.test',
      credential: { id: passkey.id, publicKey: coseOf(jwk), counter: 0 },
    });
    expect(oracle.verified).toBe(true);
  });

  it.each<[string, (p: SoftPasskey, o: Record<string, any>) => Record<string, unknown>]>([
    ['another origin', (p, o) => p.get(o, { origin: 'https://hufu.test.evil.example' })],
    ['a sub-domain', (p, o) => p.get(o, { origin: 'https://www.hufu.test' })],
    ['plain http', (p, o) => p.get(o, { origin: 'http://hufu.test' })],
    ['a frame of another site', (p, o) => p.get(o, { crossOrigin: true })],
    ['another relying party id', (p, o) => p.get(o, { rpId: 'evil.example' })],
    ['an old challenge', (p, o) => p.get(o, { challenge: 'AAAA' })],
    ['a registration instead of an answer', (p, o) => p.get(o, { type: 'webauthn.create' })],
    ['nobody present', (p, o) => p.get(o, { flags: 0x04 })],
    ['nobody verified', (p, o) => p.get(o, { flags: 0x01 })],
    ['another key', (p, o) => p.get(o, { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey })],
    ['another credential', (p, o) => p.get(o, { id: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['the handle of somebody else', (p, o) => p.get(o, { userHandle: 'c29tZWJvZHk' })],
    ['nothing of it', () => ({ id: 'AAAA', response: { clientDataJSON: 'AAAA' } })],
  ])('WA-01 refuses and counts %s', async (_what, cheat) => {
    await using h = await aMailHouse();
    const { passkey } = await bound(h);
    const { b, options } = await asked(h);
    const refused = await b.call('POST', '/v1/me/login/verify', { passkey: cheat(passkey, options) });
    expect(refused).toMatchObject({ status: 422, body: { code: 'verification-failed', attemptsLeft: 9 } });
    // The right one still works.
    expect((await b.call('POST', '/v1/me/login/verify', { passkey: passkey.get(options) })).body.status).toBe(
      'satisfied',
    );
  });

  it('WA-01 an answer is good for its login, once', async () => {
    await using h = await aMailHouse();
    const { passkey } = await bound(h);
    const one = await asked(h);
    const two = await asked(h);
    const answer = passkey.get(one.options);
    expect((await two.b.call('POST', '/v1/me/login/verify', { passkey: answer })).body.code).toBe(
      'verification-failed',
    );
    const all = await Promise.all(
      Array.from({ length: 8 }, () => one.b.call('POST', '/v1/me/login/verify', { passkey: answer })),
    );
    expect(all.filter((a) => a.status === 200)).toHaveLength(1);
  });

  it('WA-01 a counter that does not go on is a copy, and is refused', async () => {
    await using h = await aMailHouse();
    const passkey = aPasskey(ORIGIN, 5);
    await bound(h, WEI, passkey);
    const one = await asked(h);
    const answer = passkey.get(one.options);
    expect((await one.b.call('POST', '/v1/me/login/verify', { passkey: answer })).body.status).toBe('satisfied');
    const two = await asked(h);
    const copied = await two.b.call('POST', '/v1/me/login/verify', { passkey: passkey.get(two.options, { count: 6 }) });
    expect(copied.status).toBe(422);
    expect((await two.b.call('POST', '/v1/me/login/verify', { passkey: passkey.get(two.options) })).body.status).toBe(
      'satisfied',
    );
  });

  it('WA-03 a passkey of one account opens no other, and is bound to one account only', async () => {
    await using h = await aMailHouse();
    await h.account('li@lark.example', { password: PASSWORD });
    const { passkey } = await bound(h);
    await bound(h, 'li@lark.example');
    const li = await asked(h, 'li@lark.example');
    expect((await li.b.call('POST', '/v1/me/login/verify', { passkey: passkey.get(li.options) })).status).toBe(422);
    await h.account('zhao@lark.example', { password: PASSWORD });
    const zhao = aBrowser(h);
    await zhao.login('zhao@lark.example', PASSWORD);
    const started = await zhao.call('POST', '/v1/me/bindings', { type: 'passkey' });
    const twice = await zhao.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
      passkey: passkey.create(started.body.passkey),
    });
    expect([twice.status, twice.body.code]).toEqual([409, 'already-bound']);
  });

  it.each<[string, object]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['nobody verified', { flags: 0x41 }],
  ])('WA-01 a registration with %s binds nothing', async (_what, change) => {
    await using h = await aMailHouse();
    const b = aBrowser(h);
    await b.login(WEI, PASSWORD);
    const started = await b.call('POST', '/v1/me/bindings', { type: 'passkey' });
    const refused = await b.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
      passkey: aPasskey(ORIGIN).create(started.body.passkey, change),
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'verification-failed']);
    expect((await aBrowser(h).login(WEI, PASSWORD)).body.status).toBe('allowed');
  });

  it('WA-03 what is typed never counts as a passkey, nor a passkey as what is typed', async () => {
    await using h = await aMailHouse();
    const { passkey } = await bound(h);
    const { b, options } = await asked(h);
    const answer = passkey.get(options);
    const typed = await b.call('POST', '/v1/me/login/verify', { type: 'passkey', output: 'satisfied' });
    expect(typed.body.code).toBe('method-not-offered');
    const both = await b.call('POST', '/v1/me/login/verify', { output: '123456', passkey: answer });
    expect(both.body.code).toBe('invalid-request');
    expect((await b.call('POST', '/v1/me/login/verify', {})).body.code).toBe('invalid-request');
  });
});

/** The public key that is kept of the only passkey, as the verifier opens it. */
async function passkeyRow(h: TestHouse): Promise<{ x: string; y: string }> {
  const snapshot = await h.house.ports.store.account('t1', WEI, false);
  const row = snapshot?.authenticators.find((a) => a.type === 'passkey');
  return JSON.parse(new TextDecoder().decode(row!.secret())).key;
}

/** A P-256 key as COSE (RFC 9053 §7.1.1). */
function coseOf({ x, y }: { x: string; y: string }): Uint8Array<ArrayBuffer> {
  const bytes = [
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ];
  return Uint8Array.from(Buffer.concat(bytes));
}
