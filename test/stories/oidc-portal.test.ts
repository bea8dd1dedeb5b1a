// Relying parties and the portal together: one login at the hosted pages, told truly to whoever asked, over at once when it ends.
import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { oidcStore } from '../../src/storage/oidc.ts';
import { type Answer, aHouse, codeOf, type TestHouse } from '../kit.ts';
import { aBrowser, type Browser, ORIGIN } from '../portal-kit.ts';

const RP = 'https://webmail.example/callback';
const PASSWORD = 'mailbox-password';

async function aProvider(): Promise<TestHouse & AsyncDisposable> {
  // The provider's own clock is the machine's.
  const h = await aHouse({ preset: 'mail', now: Date.now() });
  await oidcStore(h.house.db, h.house.keys).addClient('t1', {
    id: 'webmail',
    name: 'Webmail',
    metadata: { redirect_uris: [RP] },
    secret: 'a-secret-of-the-webmail',
  });
  await h.account('wei@lark.example', { password: PASSWORD });
  return h;
}

/** Follows redirects on our own origin as a browser does. */
async function open(b: Browser, url: string): Promise<{ url: URL; last: Answer | null }> {
  let at = new URL(url, ORIGIN);
  for (let hops = 0; hops < 8; hops++) {
    if (at.origin !== ORIGIN || at.pathname.startsWith('/t/')) return { url: at, last: null };
    const last = await b.call('GET', at.pathname + at.search, undefined, { origin: '', 'hufu-tenant': '' });
    const next = last.headers['location'];
    if (typeof next !== 'string') return { url: at, last };
    at = new URL(next, at);
  }
  throw new Error('too many redirects');
}

function authorize(more: Record<string, string> = {}): { url: string; verifier: string } {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'webmail',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: RP,
    state: 'some-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  return { url: `/oidc/t1/auth?${query.toString()}`, verifier };
}

async function claimsOf(h: TestHouse, code: string, verifier: string): Promise<Record<string, unknown>> {
  const reply = await h.app.inject({
    method: 'POST',
    url: '/oidc/t1/token',
    headers: {
      authorization: `Basic ${Buffer.from('webmail:a-secret-of-the-webmail').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: RP,
      code_verifier: verifier,
    }).toString(),
  });
  expect(reply.statusCode, reply.body).toBe(200);
  return decodeJwt(reply.json().id_token);
}

const uidOf = (url: URL): string => /#oidc=([\w-]+)/.exec(url.href)?.[1] ?? '';

describe('IN-1.2 OpenID Connect with the hosted login', () => {
  it('IN-1.2 OIDC-06 a person without a second step logs in by password, and that is what is told', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    const asked = authorize();
    const there = await open(b, asked.url);
    expect(there.url.pathname).toBe('/t/t1/login');
    expect((await b.login('wei@lark.example', PASSWORD)).body.status).toBe('allowed');
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    expect(back.url.href).toMatch(/^https:\/\/webmail\.example\/callback\?code=/);
    const claims = await claimsOf(h, back.url.searchParams.get('code') ?? '', asked.verifier);
    expect(claims).toMatchObject({
      iss: `${ORIGIN}/oidc/t1`,
      acr: 'urn:hufu:aal1',
      amr: ['pwd'],
      preferred_username: 'wei@lark.example',
    });
  });

  it('IN-1.2 WEB-04 a bound person is asked for the second step there as everywhere, and single sign-on ends with the session', async () => {
    await using h = await aProvider();
    const first = aBrowser(h);
    await first.login('wei@lark.example', PASSWORD);
    const bound = await h.call('POST', '/v1/accounts/wei@lark.example/bindings', {
      type: 'totp',
      client: { id: 'webmail' },
    });
    // A login through the API on that client is what a binding rests on.
    if (bound.status !== 201) {
      await h.call('POST', '/v1/logins', {
        account: 'wei@lark.example',
        client: { id: 'webmail' },
        firstFactor: 'verified',
      });
    }
    const again =
      bound.status === 201
        ? bound
        : await h.call('POST', '/v1/accounts/wei@lark.example/bindings', { type: 'totp', client: { id: 'webmail' } });
    const { uri, id } = again.body;
    await h.call('POST', `/v1/accounts/wei@lark.example/bindings/${id}/confirm`, { output: codeOf(uri, h.clock.now) });
    h.pass(60);

    const b = aBrowser(h);
    const asked = authorize({ acr_values: 'urn:hufu:aal2' });
    const there = await open(b, asked.url);
    expect((await b.login('wei@lark.example', PASSWORD)).body.status).toBe('challenge');
    // Half-way through, the relying party gets nothing.
    expect((await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`)).url.pathname).toBe('/t/t1/login');
    const code = codeOf(uri, h.clock.now);
    expect((await b.call('POST', '/v1/me/login/verify', { output: code })).body.status).toBe('satisfied');
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    const claims = await claimsOf(h, back.url.searchParams.get('code') ?? '', asked.verifier);
    expect(claims).toMatchObject({ acr: 'urn:hufu:aal2', amr: ['pwd', 'otp', 'mfa'] });

    // Single sign-on: no login is asked for while the session stands …
    expect((await open(b, authorize().url)).url.origin).toBe('https://webmail.example');
    // … and it is over with it, although the provider still has a cookie of its own.
    expect((await b.call('POST', '/v1/me/logout', {})).status).toBe(204);
    expect((await open(b, authorize().url)).url.pathname).toBe('/t/t1/login');
  });

  it('IN-1.2 a suspended account ends its tokens', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    const asked = authorize();
    const there = await open(b, asked.url);
    await b.login('wei@lark.example', PASSWORD);
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    await h.call('PUT', '/v1/accounts/wei@lark.example', { status: 'suspended' });
    const reply = await h.app.inject({
      method: 'POST',
      url: '/oidc/t1/token',
      headers: {
        authorization: `Basic ${Buffer.from('webmail:a-secret-of-the-webmail').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.url.searchParams.get('code') ?? '',
        redirect_uri: RP,
        code_verifier: asked.verifier,
      }).toString(),
    });
    expect(reply.statusCode).toBe(400);
    expect((await open(b, authorize().url)).url.pathname).toBe('/t/t1/login');
  });
});
