// Logging out from a relying party's side: any site can link there, so the person is asked, by a page of ours, and a no is a no.
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { oidcStore } from '../../src/storage/oidc.ts';
import type { Answer, TestHouse } from '../kit.ts';
import { aListener, aProvider, authorize, NAVIGATING, open, PASSWORD, RP, redeem, uidOf } from '../oidc-kit.ts';
import { aBrowser, type Browser, ORIGIN } from '../portal-kit.ts';

const END = '/oidc/t1/session/end';
const OUT = 'https://webmail.example/out';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'hufu-tenant': '' };
const WEI = 'wei@lark.example';

/** Whether the portal still knows who is there. */
const isIn = async (b: Browser): Promise<boolean> => (await b.call('GET', '/v1/me')).status === 200;

/** Presses a button of the page that asks. */
async function press(b: Browser, page: Answer, answer: 'yes' | 'no'): Promise<Answer> {
  const [, action = ''] = / action="([^"]+)"/.exec(page.body) ?? [];
  const [, xsrf = ''] = / name="xsrf" value="([^"]+)"/.exec(page.body) ?? [];
  const form = new URLSearchParams({ xsrf, ...(answer === 'yes' ? { logout: 'yes' } : {}) });
  return b.call('POST', new URL(action).pathname, form.toString(), FORM);
}

/** Logs in through the relying party, which may return to OUT after a logout and listens at `told`, if anywhere. */
async function through(h: TestHouse, b: Browser, told?: string): Promise<{ idToken: string; accessToken: string }> {
  await oidcStore(h.house.db, h.house.keys).updateClient('t1', 'webmail', {
    redirect_uris: [RP],
    post_logout_redirect_uris: [OUT],
    ...(told === undefined ? {} : { backchannel_logout_uri: told, backchannel_logout_session_required: true }),
  });
  const asked = authorize();
  const there = await open(b, asked.url);
  await b.login(WEI, PASSWORD);
  const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
  const tokens = (await redeem(h, back.url.searchParams.get('code') ?? '', asked.verifier)).json();
  return { idToken: tokens.id_token, accessToken: tokens.access_token };
}

describe('IN-1.2 logging out from a relying party’s side', () => {
  it('WEB-08 OIDC-09 a link of a stranger’s site ends no session that began at the hosted pages: it asks, and the person says', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    await b.login(WEI, PASSWORD);
    const asked = await b.call('GET', END, undefined, NAVIGATING);
    expect(asked.status).toBe(200);
    expect(asked.body).toContain('Do you want to sign out?');
    // Nothing on it acts by itself.
    expect(asked.body).not.toMatch(/<script|onload|http-equiv/i);
    expect(await isIn(b)).toBe(true);
    // An answer that was not given on that page is none.
    const forged = await b.call('POST', `${END}/confirm`, 'logout=yes&xsrf=guessed', FORM);
    expect([forged.status, await isIn(b)]).toEqual([400, true]);

    const stayed = await press(b, await b.call('GET', END, undefined, NAVIGATING), 'no');
    expect([stayed.status, await isIn(b)]).toEqual([303, true]);
    expect((await open(b, String(stayed.headers['location']))).last?.body).toContain('You are still signed in');

    const left = await press(b, await b.call('GET', END, undefined, NAVIGATING), 'yes');
    expect([left.status, await isIn(b)]).toEqual([303, false]);
    expect((await open(b, String(left.headers['location']))).last?.body).toContain('You are signed out');
  });

  it('WEB-06 WEB-08 NF-1 the page that asks is ours: no script, in no frame, in the person’s language', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    await b.login(WEI, PASSWORD);
    for (const [language, lang, words] of [
      ['zh-CN', 'zh-CN', '确定要退出登录吗？'],
      ['zh-HK,zh;q=0.9', 'zh-HK', '確定要登出嗎？'],
      ['en-GB,en', 'en', 'Do you want to sign out?'],
    ] as const) {
      const { body, headers } = await b.call('GET', END, undefined, { ...NAVIGATING, 'accept-language': language });
      expect(body).toContain(`<html lang="${lang}">`);
      expect(body).toContain(words);
      expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(headers['cache-control']).toContain('no-store');
    }
  });

  it('IN-1.2 WEB-08 with an ID token and a registered address the person says yes and is sent there; whoever listens is told, the portal is over', async () => {
    await using h = await aProvider();
    await using rp = await aListener();
    const b = aBrowser(h);
    const { idToken, accessToken } = await through(h, b, rp.url);
    const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: OUT, state: 'a-state' });
    const asked = await b.call('GET', `${END}?${query.toString()}`, undefined, NAVIGATING);
    expect([asked.status, await isIn(b)]).toEqual([200, true]);
    const left = await press(b, asked, 'yes');
    expect([left.status, left.headers['location']]).toEqual([303, `${OUT}?state=a-state`]);
    expect(await isIn(b)).toBe(false);
    expect(decodeJwt((await rp.told).replace('logout_token=', ''))).toMatchObject({ sub: decodeJwt(idToken).sub });
    const me = { url: '/oidc/t1/me', headers: { authorization: `Bearer ${accessToken}` } };
    expect((await h.app.inject(me)).statusCode).toBe(401);
    // Asked for once more, there is nobody to ask: on, without a page in between.
    const again = await b.call('GET', `${END}?${query.toString()}`, undefined, NAVIGATING);
    expect([again.status, again.headers['location']]).toEqual([303, `${OUT}?state=a-state`]);
  });

  it('IN-1.2 WEB-08 who stays is out of that relying party, and still in at the portal', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    const { idToken, accessToken } = await through(h, b);
    const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: OUT });
    const stayed = await press(b, await b.call('GET', `${END}?${query.toString()}`, undefined, NAVIGATING), 'no');
    expect([stayed.headers['location'], await isIn(b)]).toEqual([OUT, true]);
    const me = { url: '/oidc/t1/me', headers: { authorization: `Bearer ${accessToken}` } };
    expect((await h.app.inject(me)).statusCode).toBe(401);
  });

  it('OIDC-09 with nobody logged in it leads to a registered address or to a page of ours, never elsewhere', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    const { idToken } = await through(h, aBrowser(h));
    const at = async (query: Record<string, string>): Promise<Answer> =>
      b.call('GET', `${END}?${new URLSearchParams(query).toString()}`, undefined, NAVIGATING);
    expect((await at({ id_token_hint: idToken, post_logout_redirect_uri: OUT })).headers['location']).toBe(OUT);
    const elsewhere = await at({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.example/' });
    expect([elsewhere.status, elsewhere.headers['location']]).toEqual([400, undefined]);
    expect(elsewhere.body).toContain('Signing out did not work');
    // Without a relying party that registered it, an address is nobody's.
    const nobodys = await at({ post_logout_redirect_uri: OUT });
    expect(nobodys.headers['location']).toBe(`${ORIGIN}${END}/success`);
    expect((await open(b, `${END}/success`)).last?.body).toContain('You are signed out');
  });
});

describe('IN-1.2 asking by a form', () => {
  it('IN-1.2 WEB-08 a login or a logout asked for by POST is the same as by a link, with the same checks', async () => {
    await using h = await aProvider();
    const b = aBrowser(h);
    const post = (path: string, body: string, headers: Record<string, string> = FORM): Promise<Answer> =>
      b.call('POST', path, body, { ...headers, origin: 'https://webmail.example' });
    const asked = authorize();
    const [path = '', query = ''] = asked.url.split('?');
    const sent = await post(path, query);
    expect([sent.status, sent.headers['location']]).toEqual([303, asked.url]);
    expect(sent.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const there = await open(b, String(sent.headers['location']));
    expect(there.url.pathname).toBe('/t/t1/login');
    await b.login(WEI, PASSWORD);
    const back = await open(b, `/oidc/t1/interaction/${uidOf(there.url)}/done`);
    expect((await redeem(h, back.url.searchParams.get('code') ?? '', asked.verifier)).statusCode).toBe(200);

    const wrong = async (form: string, headers?: Record<string, string>): Promise<Answer | null> => {
      const answer = await post(path, form, headers);
      return answer.status === 303 ? (await open(b, String(answer.headers['location']))).last : answer;
    };
    expect(await wrong(query.replace('S256', 'plain'))).toBeNull();
    const stranger = encodeURIComponent('https://evil.example/');
    for (const refused of [
      query.replace(encodeURIComponent(RP), stranger),
      `${query}&client_id=another`,
      query.replace('client_id=webmail', 'client_id=nobody'),
    ])
      expect([refused, (await wrong(refused))?.status]).toEqual([refused, 400]);
    expect((await wrong(query, { ...FORM, 'content-type': 'application/json' }))?.status).toBe(400);
    expect((await wrong(`${query}&state=${'x'.repeat(8200)}`))?.status).toBe(413);
    expect((await post('/oidc/nowhere/auth', query)).status).toBe(404);

    // A stranger's form asks as a stranger's link does.
    const out = await post(END, '');
    expect((await open(b, String(out.headers['location']))).last?.body).toContain('Do you want to sign out?');
    expect(await isIn(b)).toBe(true);
  });
});
