// The OpenID provider as relying parties meet it: by openid-client, and by hand where a client would refuse to misbehave.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../src/commands/free-port.ts';
import { type House, openHouse } from '../../src/compose.ts';
import { type OidcDoor, oidcDoor } from '../../src/protocols/oidc/door.ts';
import type { LoggedIn } from '../../src/protocols/oidc/ports.ts';
import { oidcStore } from '../../src/storage/oidc.ts';
import { presetText } from '../kit.ts';

const RP = 'http://127.0.0.1:1/callback';
let folder: string;
let house: House;
let app: FastifyInstance;
let door: OidcDoor;
let base: string;
let issuer: string;
/** Adds to the clock of the door, which looks for new keys every half minute. */
let skewMs = 0;
/** While true the portal can end no session. */
let isAway = false;
/** Who is logged in at the portal, by the cookie `who`. */
const sessions = new Map<string, LoggedIn>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hufu-oidc-'));
  house = await openHouse({
    database: { sqlite: ':memory:' },
    keyFile: join(folder, 'hufu.keys'),
    baseUrl: 'http://127.0.0.1',
    channels: {},
    requestsPerSecond: 1000,
  });
  await house.registry.create({ id: 't1', name: 'One', document: presetText('mail'), actor: 'test' });
  await house.registry.create({ id: 't2', name: 'Two', document: presetText('mail'), actor: 'test' });
  app = Fastify();
  const port = await freePort('127.0.0.1');
  base = `http://127.0.0.1:${port}`;
  issuer = `${base}/oidc/t1`;
  const store = oidcStore(house.db, house.keys);
  door = oidcDoor({
    tenants: house.registry,
    records: store,
    baseUrl: base,
    clock: () => Date.now() + skewMs,
    keys: (tenantId) => house.signing.privateJwks(tenantId),
    loggedIn: async (_tenant, cookies) => sessions.get(/who=(\w+)/.exec(cookies ?? '')?.[1] ?? ''),
    logout: async () => {
      if (isAway) throw new Error('the database is away');
    },
    profile: async (_tenant, id) =>
      id === 'gone' ? undefined : { account: 'wei', name: '魏', email: 'wei@example.cn', phone: null, locale: 'zh-CN' },
    onFault: (error) => {
      if (!isAway) throw error;
    },
  });
  door.mount(app);
  await app.listen({ host: '127.0.0.1', port });
  await store.addClient('t1', {
    id: 'webmail',
    name: 'Webmail',
    metadata: { redirect_uris: [RP], post_logout_redirect_uris: ['http://127.0.0.1:1/out'] },
    secret: 'a-secret-of-the-webmail',
  });
  await store.addClient('t1', {
    id: 'other',
    name: 'Other',
    metadata: { redirect_uris: [RP] },
    secret: 'another-secret',
  });
});
afterAll(async () => {
  await app.close();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser: follows redirects on our own origin, keeps cookies by path, and stops at the relying party or a page. */
class Browser {
  readonly jar: { name: string; value: string; path: string }[] = [];
  constructor(who: string) {
    this.jar.push({ name: 'who', value: who, path: '/' });
  }
  async open(url: string, options: RequestInit = {}): Promise<{ url: URL; status: number; text: string }> {
    let at = new URL(url);
    let init = options;
    for (let hops = 0; hops < 10; hops++) {
      if (at.origin !== base || at.pathname.startsWith('/t/')) return { url: at, status: 0, text: '' };
      const cookie = this.jar
        .filter((c) => at.pathname.startsWith(c.path))
        .map((c) => `${c.name}=${c.value}`)
        .join('; ');
      const reply = await fetch(at, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
      for (const line of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        const path = /path=([^;]+)/i.exec(line)?.[1] ?? '/';
        const i = this.jar.findIndex((c) => c.name === name && c.path === path);
        if (i >= 0) this.jar.splice(i, 1);
        if (value !== '') this.jar.push({ name, value, path });
      }
      const next = reply.headers.get('location');
      if (next === null) return { url: at, status: reply.status, text: await reply.text() };
      at = new URL(next, at);
      init = {};
    }
    throw new Error('too many redirects');
  }
}

const config = (id = 'webmail', secret = 'a-secret-of-the-webmail'): Promise<client.Configuration> =>
  client.discovery(new URL(issuer), id, secret, undefined, { execute: [client.allowInsecureRequests] });

const login = (who: string, more: Partial<LoggedIn> = {}): void => {
  sessions.set(who, {
    accountId: `acc_${who}`,
    acr: 'urn:hufu:aal2',
    amr: ['pwd', 'otp', 'mfa'],
    at: Date.now(),
    ...more,
  });
};

interface Started {
  readonly rp: client.Configuration;
  readonly verifier: string;
  readonly url: URL;
  readonly checks: { readonly expectedNonce: string; readonly expectedState: string };
}

async function start(parameters: Record<string, string> = {}): Promise<Started> {
  const rp = await config();
  const verifier = client.randomPKCECodeVerifier();
  const checks = { expectedNonce: client.randomNonce(), expectedState: client.randomState() };
  const url = client.buildAuthorizationUrl(rp, {
    redirect_uri: RP,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce: checks.expectedNonce,
    state: checks.expectedState,
    ...parameters,
  });
  return { rp, verifier, url, checks };
}

const finish = (started: Started, back: URL) =>
  client.authorizationCodeGrant(started.rp, back, { pkceCodeVerifier: started.verifier, ...started.checks });

describe('OpenID Connect', () => {
  it('IN-1.2 a relying party nobody here wrote logs a person in, and is told truly how', async () => {
    login('wei');
    const started = await start();
    const { url } = await new Browser('wei').open(started.url.href);
    expect(url.href).toMatch(/^http:\/\/127.0.0.1:1\/callback\?code=/);
    const tokens = await finish(started, url);
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      iss: issuer,
      aud: 'webmail',
      sub: 'acc_wei',
      acr: 'urn:hufu:aal2',
      amr: ['pwd', 'otp', 'mfa'],
      preferred_username: 'wei',
      name: '魏',
    });
    const info = await client.fetchUserInfo(started.rp, tokens.access_token, 'acc_wei');
    expect(info.email).toBe('wei@example.cn');
  });

  it('IN-1.2 OIDC-06 a login by password alone is not told as two steps', async () => {
    login('pw', { acr: 'urn:hufu:aal1', amr: ['pwd'] });
    const started = await start();
    const tokens = await finish(started, (await new Browser('pw').open(started.url.href)).url);
    expect(tokens.claims()).toMatchObject({ acr: 'urn:hufu:aal1', amr: ['pwd'] });
  });

  it('IN-1.2 whoever is not logged in goes to the portal, and comes back from it', async () => {
    sessions.delete('new');
    const browser = new Browser('new');
    const started = await start();
    const portal = await browser.open(started.url.href);
    expect(portal.url.pathname).toBe('/t/t1/login');
    const uid = /#oidc=([\w-]+)/.exec(portal.url.href)?.[1];
    login('new');
    const { url } = await browser.open(`${issuer}/interaction/${uid}/done`);
    expect((await finish(started, url)).claims()?.sub).toBe('acc_new');
  });

  it('IN-1.2 acr_values and max_age ask for a stronger or newer login, once', async () => {
    for (const [ask, reason] of [
      [{ acr_values: 'urn:hufu:aal2' }, 'stronger'],
      [{ max_age: '0' }, 'newer'],
      [{ prompt: 'login' }, 'again'],
    ] as const) {
      login('up', { acr: 'urn:hufu:aal1', amr: ['pwd'], at: Date.now() - 600_000 });
      const browser = new Browser('up');
      await browser.open((await start()).url.href);
      const started = await start(ask);
      const portal = await browser.open(started.url.href);
      expect(portal.url.pathname, reason).toBe('/t/t1/login');
      expect(portal.url.hash, reason).toContain('&again');
      const uid = /#oidc=([\w-]+)/.exec(portal.url.hash)?.[1];
      // The old session is not enough, however often it is shown.
      expect((await browser.open(`${issuer}/interaction/${uid}/done`)).url.pathname, reason).toBe('/t/t1/login');
      login('up', { at: Date.now() + 1000 });
      const claims = (await finish(started, (await browser.open(`${issuer}/interaction/${uid}/done`)).url)).claims();
      expect(claims?.acr, reason).toBe('urn:hufu:aal2');
    }
  });

  it('IN-1.2 another browser cannot finish a login it did not begin', async () => {
    sessions.delete('alice');
    const alice = new Browser('alice');
    const uid = /#oidc=([\w-]+)/.exec((await alice.open((await start()).url.href)).url.hash)?.[1];
    login('mallory');
    const there = await new Browser('mallory').open(`${issuer}/interaction/${uid}/done`);
    expect(there.url.pathname).toBe('/t/t1/login');
    expect(there.url.search).not.toContain('code=');
  });

  it('OIDC-01 OIDC-02 no login without PKCE by S256, and no code without its verifier', async () => {
    login('wei');
    for (const change of [
      { code_challenge: '', code_challenge_method: '' },
      { code_challenge_method: 'plain' },
      { code_challenge: 'x'.repeat(42) },
      { code_challenge: 'x'.repeat(129) },
    ]) {
      const started = await start();
      for (const [key, value] of Object.entries(change))
        if (value === '') started.url.searchParams.delete(key);
        else started.url.searchParams.set(key, value);
      const { url } = await new Browser('wei').open(started.url.href);
      expect(url.searchParams.get('code'), JSON.stringify(change)).toBeNull();
      expect(url.searchParams.get('error'), JSON.stringify(change)).toBe('invalid_request');
    }
    for (const verifier of ['', client.randomPKCECodeVerifier()]) {
      const started = await start();
      const { url } = await new Browser('wei').open(started.url.href);
      expect(await redeem(url.searchParams.get('code') ?? '', verifier)).toMatchObject({ error: 'invalid_grant' });
    }
  });

  it('OIDC-03 a login returns to a registered address exactly, or nowhere', async () => {
    login('wei');
    for (const uri of [
      `${RP}/`,
      RP.toUpperCase(),
      'http://127.0.0.1:2/callback',
      'http://127.0.0.1:1/x/../callback',
      `${RP}#x`,
      'http://127.0.0.1:1/*',
      'http://a@127.0.0.1:1/callback',
      'http://127.0.0.1.example/callback',
      'http://127。0。0。1:1/callback',
      'http://127.0.0.1:1/callback?next=http://evil.example',
    ]) {
      const there = await new Browser('wei').open((await start({ redirect_uri: uri })).url.href);
      expect(there.status, uri).toBe(400);
      expect(there.url.origin, uri).toBe(base);
    }
  });

  it('OIDC-04 a code works once, for its own relying party, and its second use ends what it gave', async () => {
    login('wei');
    const started = await start();
    const { url } = await new Browser('wei').open(started.url.href);
    const code = url.searchParams.get('code') ?? '';
    expect(await redeem(code, started.verifier, 'other', 'another-secret')).toMatchObject({ error: 'invalid_grant' });
    const started2 = await start();
    const back = (await new Browser('wei').open(started2.url.href)).url;
    const code2 = back.searchParams.get('code') ?? '';
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(code2, started2.verifier)));
    const good = answers.filter((answer) => 'access_token' in answer);
    expect(good).toHaveLength(1);
    expect(await meStatus(good[0]?.['access_token'])).toBe(401);
    expect(await redeem(code2, started2.verifier)).toMatchObject({ error: 'invalid_grant' });

    // One after the other: the first use gives a token that works, until the second.
    const started3 = await start();
    const code3 = (await new Browser('wei').open(started3.url.href)).url.searchParams.get('code') ?? '';
    const tokens = await redeem(code3, started3.verifier);
    expect(await meStatus(tokens['access_token'])).toBe(200);
    expect(await redeem(code3, started3.verifier)).toMatchObject({ error: 'invalid_grant' });
    expect(await meStatus(tokens['access_token'])).toBe(401);
  });

  it('OIDC-04 a code is good for a minute', async () => {
    login('wei');
    for (const [seconds, answer] of [
      [58, { token_type: 'Bearer' }],
      [61, { error: 'invalid_grant' }],
    ] as const) {
      const started = await start();
      const { url } = await new Browser('wei').open(started.url.href);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
      try {
        expect(await redeem(url.searchParams.get('code') ?? '', started.verifier), String(seconds)).toMatchObject(
          answer,
        );
      } finally {
        vi.useRealTimers();
      }
    }
  });

  it('OIDC-09 logging out asks first, and returns to a registered address only', async () => {
    login('wei');
    const browser = new Browser('wei');
    const started = await start();
    const tokens = await finish(started, (await browser.open(started.url.href)).url);
    const page = await browser.open(
      `${issuer}/session/end?id_token_hint=${tokens.id_token}&post_logout_redirect_uri=${encodeURIComponent('http://127.0.0.1:1/out')}`,
    );
    expect(page.status).toBe(200);
    expect(page.text).toContain('op.logoutForm');
    // Asked and not answered, or forged: whoever was logged in still is.
    const forged = await browser.open(`${issuer}/session/end?id_token_hint=${tokens.id_token}x`);
    expect(forged.status).toBe(400);
    const open = await browser.open(
      `${issuer}/session/end?id_token_hint=${tokens.id_token}&post_logout_redirect_uri=${encodeURIComponent('http://evil.example/')}`,
    );
    expect(open.status).toBe(400);
    expect((await browser.open((await start({ prompt: 'none' })).url.href)).url.searchParams.get('code')).toBeTruthy();
  });

  it('WEB-08 nobody is told that they are out while the portal could not end their session', async () => {
    login('lin');
    const browser = new Browser('lin');
    const page = await browser.open(`${issuer}/session/end`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    isAway = true;
    try {
      const body = new URLSearchParams({ xsrf, logout: 'yes' });
      const headers = { accept: 'text/html', 'accept-language': 'en' };
      const told = await browser.open(`${issuer}/session/end/confirm`, { method: 'POST', body, headers });
      expect([told.status, told.text]).toEqual([503, expect.stringContaining('You may still be signed in')]);
    } finally {
      isAway = false;
    }
  });

  it('IN-1.2 a tenant knows only its own relying parties and codes', async () => {
    login('wei');
    const started = await start();
    const elsewhere = new URL(started.url.href.replace('/oidc/t1/', '/oidc/t2/'));
    expect((await new Browser('wei').open(elsewhere.href)).status).toBe(400);
    expect((await fetch(`${base}/oidc/nowhere/.well-known/openid-configuration`)).status).toBe(404);
  });

  it('IN-1.2 NF-5 another key signs after a rotation; what the one before signed is still good, and a login under way goes on', async () => {
    login('wei');
    const kidOf = (token: string | undefined): unknown => decodeProtectedHeader(token ?? '').kid;
    const first = await start();
    const before = await finish(first, (await new Browser('wei').open(first.url.href)).url);
    const underWay = await start();
    const { url } = await new Browser('wei').open(underWay.url.href);
    const done = await house.signing.rotate('t1', 'test');
    skewMs += 120_000;
    const after = await finish(underWay, url);
    expect([kidOf(before.id_token), kidOf(after.id_token)]).toEqual([done.retired, done.id]);
    const published = createLocalJWKSet((await (await fetch(`${issuer}/jwks`)).json()) as JSONWebKeySet);
    for (const { id_token } of [before, after])
      expect((await jwtVerify(id_token ?? '', published, { issuer, audience: 'webmail' })).payload.sub).toBe('acc_wei');
    // Programs notice by themselves: openid-client fetches the key it does not know.
    const again = await start();
    const known = await finish(again, (await new Browser('wei').open(again.url.href)).url);
    expect(kidOf(known.id_token)).toBe(done.id);
  });

  it('IN-1.2 when an account ends, its relying parties are told and its tokens are void', async () => {
    const told: string[] = [];
    const rp = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        told.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => rp.listen(0, '127.0.0.1', resolve));
    const { port } = rp.address() as AddressInfo;
    await oidcStore(house.db, house.keys).addClient('t1', {
      id: 'listener',
      name: 'Listener',
      metadata: {
        redirect_uris: [RP],
        backchannel_logout_uri: `http://127.0.0.1:${port}/out`,
        backchannel_logout_session_required: true,
      },
      secret: 'a-listening-secret',
    });
    login('leaver');
    const started = await start({ client_id: 'listener' });
    const { url } = await new Browser('leaver').open(started.url.href);
    const tokens = await redeem(url.searchParams.get('code') ?? '', started.verifier, 'listener', 'a-listening-secret');
    await door.endAccount('t1', 'acc_leaver');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^logout_token=/);
    const info = await fetch(`${issuer}/me`, {
      headers: { authorization: `Bearer ${tokens['access_token'] as string}` },
    });
    expect(info.status).toBe(401);
    await new Promise((resolve) => rp.close(resolve));
  });
});

const meStatus = async (token: unknown): Promise<number> =>
  (await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${String(token)}` } })).status;

async function redeem(
  code: string,
  verifier: string,
  id = 'webmail',
  secret = 'a-secret-of-the-webmail',
): Promise<Record<string, unknown>> {
  const reply = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: RP,
      ...(verifier === '' ? {} : { code_verifier: verifier }),
    }),
  });
  return (await reply.json()) as Record<string, unknown>;
}
