// Relying parties and the portal together: one login at the hosted pages, told truly to whoever asked, over at once when it ends.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { oidcStore } from '../../src/storage/oidc.ts';
import { type Answer, codeOf, type TestHouse } from '../kit.ts';
import { aListener, aProvider, authorize, claimsOf, open, PASSWORD, RP, redeem, uidOf } from '../oidc-kit.ts';
import { aBrowser, type Browser, ORIGIN } from '../portal-kit.ts';

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

  const ends: Record<string, (h: TestHouse, b: Browser) => Promise<Answer>> = {
    'the person logs out': (_, b) => b.call('POST', '/v1/me/logout', {}),
    'the password changes': (h) => h.call('PUT', '/v1/accounts/wei@lark.example', { password: 'another one' }),
    'the account is suspended': (h) => h.call('PUT', '/v1/accounts/wei@lark.example', { status: 'suspended' }),
  };
  for (const [what, end] of Object.entries(ends))
    it(`IN-1.2 TD-06 ${what}: whoever listens is told, and the tokens are void`, async () => {
      await using h = await aProvider();
      await using rp = await aListener();
      await oidcStore(h.house.db, h.house.keys).updateClient('t1', 'webmail', {
        redirect_uris: [RP],
        backchannel_logout_uri: rp.url,
        backchannel_logout_session_required: true,
      });
      const b = aBrowser(h);
      const asked = authorize();
      const there = await open(b, asked.url);
      await b.login('wei@lark.example', PASSWORD);
      const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
      const tokens = (await redeem(h, back.url.searchParams.get('code') ?? '', asked.verifier)).json();
      const me = (): Promise<{ statusCode: number }> =>
        h.app.inject({ url: '/oidc/t1/me', headers: { authorization: `Bearer ${tokens.access_token}` } });
      expect((await me()).statusCode).toBe(200);
      expect((await end(h, b)).status).toBeLessThan(300);
      const told = decodeJwt((await rp.told).replace('logout_token=', ''));
      expect(told).toMatchObject({ iss: `${ORIGIN}/oidc/t1`, aud: 'webmail', sub: decodeJwt(tokens.id_token).sub });
      expect((await me()).statusCode).toBe(401);
    });

  it('IN-1.2 nothing is promised or given that would outlive the session: no refresh token', async () => {
    await using h = await aProvider();
    const told = (await h.app.inject('/oidc/t1/.well-known/openid-configuration')).json();
    expect(told.scopes_supported).not.toContain('offline_access');
    expect(told.grant_types_supported).toEqual(['authorization_code']);
    const b = aBrowser(h);
    const asked = authorize({ scope: 'openid offline_access' });
    const there = await open(b, asked.url);
    await b.login('wei@lark.example', PASSWORD);
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    const tokens = (await redeem(h, back.url.searchParams.get('code') ?? '', asked.verifier)).json();
    expect(tokens).toMatchObject({ scope: 'openid' });
    expect(tokens).not.toHaveProperty('refresh_token');
  });

  it('IN-1.2 of two browsers one logs out: the other’s relying party goes on', async () => {
    await using h = await aProvider();
    await aBrowser(h).login('wei@lark.example', PASSWORD);
    const b = aBrowser(h);
    const asked = authorize();
    const there = await open(b, asked.url);
    await b.login('wei@lark.example', PASSWORD);
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    const tokens = (await redeem(h, back.url.searchParams.get('code') ?? '', asked.verifier)).json();
    const c = aBrowser(h);
    await c.login('wei@lark.example', PASSWORD);
    expect((await c.call('POST', '/v1/me/logout', {})).status).toBe(204);
    const me = { url: '/oidc/t1/me', headers: { authorization: `Bearer ${tokens.access_token}` } };
    expect((await h.app.inject(me)).statusCode).toBe(200);
  });

  it('IN-1.2 a suspended account ends its tokens', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    const asked = authorize();
    const there = await open(b, asked.url);
    await b.login('wei@lark.example', PASSWORD);
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    await h.call('PUT', '/v1/accounts/wei@lark.example', { status: 'suspended' });
    const reply = await redeem(h, back.url.searchParams.get('code') ?? '', asked.verifier);
    expect(reply.statusCode).toBe(400);
    expect((await open(b, authorize().url)).url.pathname).toBe('/t/t1/login');
  });

  it('IN-1.2 OIDC-06 the page for relying parties explains every strength that is published, from weakest to strongest', async () => {
    await using h = await aProvider();
    const published = (await h.app.inject('/oidc/t1/.well-known/openid-configuration')).json().acr_values_supported;
    const page = readFileSync(join(import.meta.dirname, '../../docs/integrate/oidc.md'), 'utf8');
    expect([...page.matchAll(/^\| `(urn:hufu:\w+)` \|/gm)].map(([, acr]) => acr)).toEqual(published);
  });
});
