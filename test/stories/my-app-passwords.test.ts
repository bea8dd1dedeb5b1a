// App passwords from a person's own pages: both ways in lead to these calls (CM-5.1).
import { describe, expect, it } from 'vitest';
import { aHouse, codeOf } from '../kit.ts';
import { MAIN_PASSWORD, mailbox, said } from '../mail-kit.ts';
import { aBrowser, bindInPortal, SESSION } from '../portal-kit.ts';

const WEI = 'wei@lark.example';
const LIST = '/v1/me/app-passwords';

/** A mailbox whose owner is logged in on a page. */
async function owner() {
  const h = await aHouse({ preset: 'mail' });
  await h.account(WEI, { password: MAIN_PASSWORD });
  const b = aBrowser(h);
  await b.login(WEI, MAIN_PASSWORD);
  expect(b.cookies.has(SESSION)).toBe(true);
  return { h, b, login: mailbox(h, WEI) };
}

describe('CM-5.1 in the settings', () => {
  it('CM-5.1 CM-5.2 CM-5.3 CM-5.4 binding the first method makes one needed; made, used, seen used, revoked', async () => {
    const { h, b, login } = await owner();
    await using _ = h;
    expect((await b.call('GET', LIST)).body).toMatchObject({ enabled: true, needed: false, items: [] });
    await bindInPortal(h, b);
    expect((await b.call('GET', LIST)).body).toMatchObject({ needed: true });
    expect(said(await login(MAIN_PASSWORD))).toBe('credentials');

    const made = await b.call('POST', LIST, { name: 'Foxmail', protocols: ['imap', 'smtp'], profile: true });
    expect(made).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } });
    expect(made.body).toMatchObject({
      grouped: expect.stringMatching(/^(\w{4} ){3}\w{4}$/),
      settings: { address: WEI, smtp: { port: 994, startTls: 25 } },
      profile: { url: expect.stringContaining('https://hufu.test/mail/profile/') },
    });
    const waiting = b.call('GET', `${LIST}/${made.body.id}?wait=20`);
    expect(said(await login(made.body.password))).toBe('accepted by app-password');
    expect((await waiting).body).toMatchObject({ lastUsed: { protocol: 'imap', ip: '203.0.113.7' } });

    expect((await b.call('DELETE', `${LIST}/${made.body.id}`)).status).toBe(204);
    expect(said(await login(made.body.password))).toBe('credentials');
    await b.call('POST', LIST, { name: 'Outlook' });
    expect((await b.call('DELETE', LIST)).body.revoked).toHaveLength(1);
    expect((await b.call('GET', LIST)).body.items).toEqual([]);
  });

  it('CM-5.2 making one rests on proof that is minutes old: a session somebody walked away from makes none', async () => {
    const { h, b } = await owner();
    await using _ = h;
    const { uri } = await bindInPortal(h, b);
    h.pass(301);
    expect((await b.call('POST', LIST, { name: 'Foxmail' })).body).toMatchObject({
      status: 401,
      code: 'proof-required',
    });
    await b.call('POST', '/v1/me/challenges', { purpose: 'change' });
    const verified = await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
    expect(verified.status).toBe(200);
    expect((await b.call('POST', LIST, { name: 'Foxmail' })).status).toBe(201);
    h.pass(301);
    expect((await b.call('POST', LIST, { name: 'another' })).status).toBe(401);
    expect((await b.call('GET', LIST)).body.items).toHaveLength(1);
  });

  it('CM-5.2 WEB-03 nobody else makes, reads or revokes them: no session, another account, a page of another origin', async () => {
    const { h, b } = await owner();
    await using _ = h;
    const made = (await b.call('POST', LIST, { name: 'Foxmail' })).body;
    const stranger = aBrowser(h);
    for (const [method, path] of [
      ['GET', LIST],
      ['POST', LIST],
      ['GET', `${LIST}/${made.id}`],
      ['DELETE', `${LIST}/${made.id}`],
      ['DELETE', LIST],
    ] as const) {
      const body = method === 'POST' ? { name: 'x' } : undefined;
      expect((await stranger.call(method, path, body)).status).toBe(401);
      if (method !== 'GET')
        expect((await b.call(method, path, body, { origin: 'https://evil.example' })).status).toBe(403);
    }
    await h.account('lin@lark.example', { password: MAIN_PASSWORD });
    const other = aBrowser(h);
    await other.login('lin@lark.example', MAIN_PASSWORD);
    expect((await other.call('GET', `${LIST}/${made.id}`)).status).toBe(404);
    expect((await other.call('DELETE', `${LIST}/${made.id}`)).status).toBe(404);
    // The app password itself is no way into the pages.
    expect((await aBrowser(h).login(WEI, made.password)).status).not.toBe(201);
    expect((await b.call('GET', LIST)).body.items).toHaveLength(1);
  });
});
