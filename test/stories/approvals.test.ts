// Scan to approve and asked on the phone, from the page through the phone and back to the page.
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { placesFrom } from '../../src/places.ts';
import { ACCOUNT, answer, aPhoneHouse, aVisitor, claim, finish, me, push, scan, waiting } from '../approval-kit.ts';
import { PIN, PORTAL, signed } from '../enrolment-kit.ts';
import { SESSION, VISIT } from '../portal-kit.ts';

describe('scan to approve', () => {
  it('CM-3.2 shows who, where, which browser and the place; the waiting page continues, and the browser is in', async () => {
    await using a = await aPhoneHouse({ placeOf: placesFrom('127.0.0.0/8,本机,本機,This computer') });
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const before = await browser.call('GET', '/v1/me/login');
    expect(before.body).toMatchObject({ status: 'challenge' });
    const shown = await browser.call('POST', '/v1/me/login/scan', {});
    expect(shown.body).toMatchObject({
      url: expect.stringMatching(/^https:\/\/hufu\.test\/s\/[0-9A-HJKMNP-TV-Z]{26}$/),
      qr: expect.stringMatching(/^data:image\/png;base64,/),
      refreshAt: new Date(h.clock.now + 60_000).toISOString(),
    });
    expect(shown.headers['cache-control']).toBe('no-store');
    const sheet = await claim(h, phone, shown.body.url.split('/s/')[1]);
    expect(sheet.body).toMatchObject({
      kind: 'scan',
      purpose: 'login',
      tenant: { id: 't1', name: 'Tenant' },
      account: ACCOUNT,
      client: '網上交易平台',
      browser: 'Chrome 147 · Windows',
      ip: '127.0.0.1',
      place: '本機',
      needsNumber: false,
      mayTrust: true,
    });
    for (const value of ['Chrome 147 · Windows', '127.0.0.1', '本機', ACCOUNT, phone.id])
      expect(sheet.body.canonical).toContain(value);
    expect((await browser.call('GET', '/v1/me/login')).body).toMatchObject({
      status: 'challenge',
      approval: { kind: 'scan', status: 'claimed', by: 'iPhone' },
    });
    expect((await finish(browser)).body.status).toBe('need');
    const page = browser.call('GET', '/v1/me/login?wait=20');
    const began = performance.now();
    expect((await answer(h, phone, sheet.body, 'approve')).body).toEqual({ status: 'approved' });
    expect((await page).body).toMatchObject({ status: 'satisfied', approval: { status: 'approved' } });
    expect(performance.now() - began).toBeLessThan(1000);
    expect((await finish(browser)).body).toEqual({ status: 'satisfied' });
    // A key on the phone and its owner's consent, not a code (RFC 8176).
    expect((await me(browser)).body).toMatchObject({
      account: ACCOUNT,
      session: { acr: 'urn:hufu:aal2', amr: ['pwd', 'swk', 'user', 'mfa'] },
    });
    expect(browser.cookies.has(VISIT)).toBe(false);
  });

  it('CM-3.2 “approve and trust this device” reaches the page; “this time only” does not', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    for (const [given, told, trusting] of [
      ['approve-trust', { status: 'satisfied', mayTrust: true, trust: true }, 201],
      ['approve', { status: 'satisfied' }, 403],
    ] as const) {
      const browser = await aVisitor(h);
      const sheet = await claim(h, phone, await scan(browser));
      await answer(h, phone, sheet.body, given);
      expect((await finish(browser)).body).toEqual(told);
      // The page cannot overrule what was said on the phone.
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
      const asked = await browser.call('POST', '/v1/me/trusted-devices', { key, name: 'Chrome' });
      expect(asked.status).toBe(trusting);
    }
  });

  it('CM-3.2 “it wasn’t me” refuses, warns on every channel, and offers to secure the account', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const open = await aVisitor(h);
    await answer(h, phone, (await claim(h, phone, await scan(open))).body, 'approve');
    await finish(open);
    expect((await me(open)).status).toBe(200);

    const thief = await aVisitor(h);
    const sheet = await claim(h, phone, await scan(thief));
    expect((await answer(h, phone, sheet.body, 'deny')).body).toEqual({ status: 'denied' });
    expect((await thief.call('GET', '/v1/me/login')).body).toMatchObject({
      status: 'refused',
      approval: { status: 'denied' },
    });
    expect((await finish(thief)).body.code).toBe('closed');
    expect(
      (await thief.call('POST', '/v1/me/login/verify', { output: await phone.codeFrom(PIN, h.clock.now) })).body.code,
    ).toBe('closed');
    const [one, two] = (await h.outbox()).slice(0, 2);
    expect([one?.channel, two?.channel].sort()).toEqual(['email', 'sms']);
    expect(one?.text).toMatch(/一次登录已被拒绝|一次登入已被拒絕/);
    expect((await h.audit()).map((e) => e.event)).toContain('approval.denied');

    expect((await signed(h, phone, 'POST', '/v1/app/secure', {})).status).toBe(204);
    expect((await me(open)).status).toBe(401);
    expect((await h.audit()).at(-1)).toMatchObject({ event: 'account.secured', actor: `phone:${phone.id}` });
  });

  it('CM-3.4 SCN-16 a code typed on the page instead completes the login, and the scan is over', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const sheet = await claim(h, phone, await scan(browser));
    const output = await phone.codeFrom(PIN, h.clock.now);
    expect((await browser.call('POST', '/v1/me/login/verify', { output })).body.status).toBe('satisfied');
    expect((await me(browser)).status).toBe(200);
    for (const given of ['approve', 'deny'] as const)
      expect((await answer(h, phone, sheet.body, given)).body.code).toBe('closed');
    expect((await me(browser)).status).toBe(200);
  });

  it('CM-3.2 a relying party shows the QR itself, waits, and gets the assertion of a key on the phone', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const client = { ...PORTAL, ip: '203.0.113.7', name: 'TRADING-PC' };
    const login = (await h.call('POST', '/v1/logins', { account: ACCOUNT, client, firstFactor: 'verified' })).body;
    const shown = (await h.call('POST', `/v1/logins/${login.id}/scan`, {})).body;
    const sheet = await claim(h, phone, shown.url.split('/s/')[1]);
    expect(sheet.body).toMatchObject({ ip: '203.0.113.7', browser: 'TRADING-PC', place: null });
    const polled = h.call('GET', `/v1/logins/${login.id}?wait=20`);
    await answer(h, phone, sheet.body, 'approve');
    const read = (await polled).body;
    expect(read).toMatchObject({ status: 'satisfied', satisfiedBy: ['app'] });
    expect(decodeJwt(read.assertion)).toMatchObject({
      sub: ACCOUNT,
      login: login.id,
      acr: 'urn:hufu:aal2',
      amr: ['pwd', 'swk', 'user', 'mfa'],
    });
  });

  it('CM-4.1 names the change that is asked for, and the answer is the proof for it', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const asked = await h.call('POST', `/v1/accounts/${ACCOUNT}/challenges`, { purpose: 'unbind', client: PORTAL });
    const shown = (await h.call('POST', `/v1/logins/${asked.body.id}/scan`, {})).body;
    const sheet = await claim(h, phone, shown.url.split('/s/')[1]);
    expect(sheet.body).toMatchObject({ purpose: 'unbind', mayTrust: false });
    expect(sheet.body.canonical).toContain('\npurpose: unbind\n');
    await answer(h, phone, sheet.body, 'approve');
    expect((await h.call('GET', `/v1/logins/${asked.body.id}`)).body.status).toBe('satisfied');
  });
});

describe('asked on the phone', () => {
  it('CM-3.2 SCN-06 the number on the page, typed on the phone, lets the browser in', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    expect(await waiting(h, phone)).toEqual([]);
    const asked = await push(browser);
    expect(asked).toMatchObject({ number: expect.stringMatching(/^\d{2}$/), sentTo: ['iPhone'] });
    const [sheet] = await waiting(h, phone);
    expect(sheet).toMatchObject({ id: asked.id, kind: 'push', needsNumber: true });
    expect(JSON.stringify(sheet)).not.toContain(`"${asked.number}"`);
    expect((await answer(h, phone, sheet, 'approve', asked.number)).body.status).toBe('approved');
    expect((await finish(browser)).body.status).toBe('satisfied');
    expect((await me(browser)).status).toBe(200);
    expect(browser.set.some((line) => line.startsWith(`${SESSION}=`))).toBe(true);
  });

  it('CM-3.2 a phone that waits to be asked is woken at once', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const polled = signed(h, phone, 'GET', '/v1/app/approvals?wait=20');
    const browser = await aVisitor(h);
    const began = performance.now();
    const asked = await push(browser);
    expect((await polled).body.items.map((one: { id: string }) => one.id)).toEqual([asked.id]);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
