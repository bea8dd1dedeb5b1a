// The mini-program in WeChat, through the real server: bound by a scan, approving, its codes, given anew, unbound. WeChat itself is a stand-in.
import { describe, expect, it } from 'vitest';
import { finish, me, push, scan } from '../approval-kit.ts';
import { open } from '../enrolment-kit.ts';
import { presetText } from '../kit.ts';
import { anAppPassword, mailbox, said } from '../mail-kit.ts';
import type { Browser } from '../portal-kit.ts';
import {
  answered,
  aWechatHouse,
  bound,
  called,
  codeOf,
  confirm,
  entered,
  type Key,
  MAILBOX,
  restore,
  scanToJoin,
  shownQr,
  type WechatHouse,
} from '../wechat-kit.ts';
import { APP_SECRET } from '../wechat-stand-in.ts';

describe('binding', () => {
  it('CM-2.1 the QR of the page, scanned with WeChat, binds the mailbox: the page turns to bound, and a code logs in', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const browser = await entered(h);
    const methods = await browser.call('GET', '/v1/me/methods');
    expect(methods.body.items.find((m: { type: string }) => m.type === 'wechat')).toMatchObject({
      state: 'unbound',
      actions: ['bind'],
    });
    const qr = await shownQr(browser);
    const at = async () => (await browser.call('GET', `/v1/me/bindings/${qr.id}`)).body.status;
    expect(await at()).toBe('pending');
    const sheet = await open(h, 'tickets:open', { token: qr.token, for: 'wechat' });
    expect(sheet.body).toMatchObject({ account: MAILBOX, tenant: { id: 't1' } });
    const joined = await scanToJoin(house, 'wei', qr.token);
    expect(joined.status).toBe(201);
    expect(await at()).toBe('pending');
    expect((await confirm(h, joined.body)).status).toBe(200);
    expect(await at()).toBe('bound');
    const after = await browser.call('GET', '/v1/me/methods');
    expect(after.body.items.find((m: { type: string }) => m.type === 'wechat')).toMatchObject({ state: 'bound' });
    h.pass(60);
    const login = await entered(h);
    const done = await login.call('POST', '/v1/me/login/verify', { output: codeOf(joined.body, h.clock.now) });
    expect(done.body).toMatchObject({ status: 'satisfied' });
    expect((await me(login)).body.session).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: 'urn:hufu:aal2' });
    expect((await h.outbox())[0]?.text).toContain(MAILBOX);
  });

  it('CM-2.1 the first WeChat that scans has the QR: another one is refused, the same one is given the same again', async () => {
    await using house = await aWechatHouse();
    const { token } = await shownQr(await entered(house.h));
    const first = await scanToJoin(house, 'wei', token);
    const other = await scanToJoin(house, 'mallory', token);
    expect(other.body).toMatchObject({ code: 'ticket-used-up' });
    const again = await scanToJoin(house, 'wei', token);
    expect(again.body.key).toBe(first.body.key);
    expect((await confirm(house.h, first.body)).status).toBe(200);
    expect((await scanToJoin(house, 'wei', token)).body).toMatchObject({ code: 'ticket-used-up' });
  });

  it('CM-2.1 two WeChats at once on one QR: one is given the secret', async () => {
    await using house = await aWechatHouse();
    const { token } = await shownQr(await entered(house.h));
    const both = await Promise.all(['wei', 'mallory'].map((who) => scanToJoin(house, who, token)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('CM-2.1 a QR that expired, was replaced, or is for the other app binds nothing', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const browser = await entered(h);
    const old = await shownQr(browser);
    const fresh = await shownQr(browser);
    expect((await scanToJoin(house, 'wei', old.token)).body).toMatchObject({ code: 'superseded' });
    expect((await browser.call('GET', `/v1/me/bindings/${old.id}`)).body.status).toBe('superseded');
    const app = await open(h, 'tickets:open', { token: fresh.token });
    expect(app.body).toMatchObject({ code: 'ticket-elsewhere' });
    h.pass(601);
    expect((await scanToJoin(house, 'wei', fresh.token)).body).toMatchObject({ code: 'ticket-expired' });
    expect((await browser.call('GET', `/v1/me/bindings/${fresh.id}`)).body.status).toBe('expired');
  });

  it('CM-2.1 ENR-04 a code typed on the page completes nothing: only the WeChat that scanned does', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const browser = await entered(h);
    const qr = await shownQr(browser);
    const joined = await scanToJoin(house, 'wei', qr.token);
    const typed = await browser.call('POST', `/v1/me/bindings/${qr.id}/confirm`, {
      output: codeOf(joined.body, h.clock.now),
    });
    expect(typed.body).toMatchObject({ code: 'binding-not-allowed' });
    expect((await browser.call('GET', `/v1/me/bindings/${qr.id}`)).body.status).toBe('pending');
  });

  it.each([
    [40029, 401, 'wechat-login-failed'],
    [40163, 401, 'wechat-login-failed'],
    [45011, 503, 'wechat-busy'],
    [-1, 503, 'wechat-busy'],
    [40226, 403, 'wechat-refused'],
    [40125, 403, 'wechat-refused'],
  ])(
    'CM-2.1 code2session answers %i: nobody is bound, and no secret of ours is told',
    async (errcode, status, code) => {
      await using house = await aWechatHouse();
      const { token } = await shownQr(await entered(house.h));
      house.wechat.failing('/sns/jscode2session', errcode);
      const answer = await scanToJoin(house, 'wei', token);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(JSON.stringify(answer.body)).not.toContain(APP_SECRET);
    },
  );

  it('CM-2.1 a code of wx.login is good once, whoever repeats it', async () => {
    await using house = await aWechatHouse();
    const { h, wechat } = house;
    const { token } = await shownQr(await entered(h));
    const code = wechat.login('wei');
    expect((await open(h, 'wechat:join', { token, code })).status).toBe(201);
    expect((await open(h, 'wechat:join', { token, code })).body).toMatchObject({ code: 'wechat-login-failed' });
  });

  it('CM-2.1 no mini-program set up: the page says so, and binds nothing', async () => {
    await using house = await aWechatHouse({ wechat: undefined } as object);
    const started = await (await entered(house.h)).call('POST', '/v1/me/bindings', { type: 'wechat' });
    expect(started.body).toMatchObject({ code: 'wechat-off' });
  });
});

describe('CM-4.2 changing the WeChat that is bound', () => {
  const rowOf = async (browser: Browser) =>
    (await browser.call('GET', '/v1/me/methods')).body.items.find((m: { type: string }) => m.type === 'wechat');
  /** A mailbox bound to wei's WeChat, in a session that proved it just now, with the QR that binds another in its place. */
  const changing = async () => {
    const house = await aWechatHouse();
    const { h } = house;
    const old = await bound(house);
    const browser = await entered(h);
    await browser.call('POST', '/v1/me/login/verify', { output: codeOf(old, h.clock.now) });
    h.pass(60);
    const row = await rowOf(browser);
    expect(row).toMatchObject({ state: 'bound', actions: ['change', 'unbind'] });
    const qr = await shownQr(browser, row.items[0].id);
    return { house, h, old, browser, qr, id: row.items[0].id as string };
  };
  /** Whether that WeChat's code, signature and the restoring of its secret work. */
  const works = async (house: WechatHouse, key: Key, person: string) => {
    const { h } = house;
    h.pass(60);
    const login = await entered(h);
    const code = await login.call('POST', '/v1/me/login/verify', { output: codeOf(key, h.clock.now) });
    const signed = await called(h, key, 'GET', `/v1/app/phones/${key.phone}`);
    return { code: code.status, signed: signed.status, person };
  };
  const YES = (person: string) => ({ code: 200, signed: 200, person });
  const NO = (person: string) => ({ code: 422, signed: 401, person });

  it('CM-4.2 REB-03 REB-08 the old one works until the new one is confirmed, then the new one alone, from one commit on', async () => {
    const { house, h, old, browser, qr, id } = await changing();
    await using _ = house;
    expect(await works(house, old, 'wei')).toEqual(YES('wei'));
    const joined = await scanToJoin(house, 'wei-new', qr.token);
    expect(joined.status).toBe(201);
    expect((await rowOf(browser)).items).toMatchObject([{ id }]);
    expect(await works(house, old, 'wei')).toEqual(YES('wei'));
    expect(
      (await (await entered(h)).call('POST', '/v1/me/login/verify', { output: codeOf(joined.body, h.clock.now) }))
        .status,
    ).toBe(422);
    expect((await confirm(h, joined.body)).status).toBe(200);
    expect((await rowOf(browser)).items).toMatchObject([{ id: qr.id }]);
    expect((await browser.call('GET', `/v1/me/bindings/${qr.id}`)).body.status).toBe('bound');
    expect(await works(house, old, 'wei')).toEqual(NO('wei'));
    expect(await works(house, joined.body, 'wei-new')).toEqual(YES('wei-new'));
    expect((await restore(house, 'wei')).body.items).toEqual([]);
    expect((await h.audit()).filter((e) => e.event === 'binding.removed').map((e) => e.data)).toEqual([
      { authenticator: id, type: 'wechat', by: 'change' },
    ]);
  });

  it.each([
    ['before anybody scanned', async () => {}],
    [
      'after another WeChat scanned',
      async (house: WechatHouse, token: string) => void (await scanToJoin(house, 'wei-new', token)),
    ],
  ])('CM-4.2 given up %s, the old one works and nothing else ever does', async (_when, until) => {
    const { house, h, old, browser, qr, id } = await changing();
    await using _ = house;
    await until(house, qr.token);
    h.pass(601);
    expect((await scanToJoin(house, 'wei-new', qr.token)).body).toMatchObject({ code: 'ticket-expired' });
    expect(await works(house, old, 'wei')).toEqual(YES('wei'));
    expect((await rowOf(browser)).items).toMatchObject([{ id }]);
    expect((await restore(house, 'wei-new')).body.items).toEqual([]);
    // Begun anew, it is the newest QR that counts.
    expect((await restore(house, 'wei')).body.items).toMatchObject([{ account: MAILBOX }]);
  });

  it('CM-4.2 confirmed ten times at once by the new one, and answered meanwhile by the old one: exactly one is bound', async () => {
    const { house, h, old, browser, qr } = await changing();
    await using _ = house;
    const joined = await scanToJoin(house, 'wei-new', qr.token);
    const login = await entered(h);
    const output = codeOf(old, h.clock.now);
    const [answered_, ...confirmed] = await Promise.all([
      login.call('POST', '/v1/me/login/verify', { output }),
      ...Array.from({ length: 10 }, () => confirm(h, joined.body)),
    ]);
    expect(confirmed.filter(({ status }) => status === 200)).toHaveLength(1);
    expect([200, 422]).toContain(answered_.status);
    expect((await rowOf(browser)).items).toMatchObject([{ id: qr.id }]);
    expect(await works(house, old, 'wei')).toEqual(NO('wei'));
    expect(await works(house, joined.body, 'wei-new')).toEqual(YES('wei-new'));
  });

  it('CM-4.2 the same WeChat may take its own place, with a fresh secret', async () => {
    const { house, h, old, browser, qr } = await changing();
    await using _ = house;
    const joined = await scanToJoin(house, 'wei', qr.token);
    expect((await confirm(h, joined.body)).status).toBe(200);
    expect(joined.body.key).not.toBe(old.key);
    expect(await works(house, old, 'wei')).toEqual(NO('wei'));
    expect(await works(house, joined.body, 'wei')).toEqual(YES('wei'));
    expect((await rowOf(browser)).items).toHaveLength(1);
    expect((await restore(house, 'wei')).body.items).toMatchObject([{ phone: joined.body.phone }]);
  });

  it('CM-4.2 REB-01 minutes later it wants a fresh verification, and without `replaces` a second WeChat is none', async () => {
    const { house, h, browser, id } = await changing();
    await using _ = house;
    const second = await browser.call('POST', '/v1/me/bindings', { type: 'wechat' });
    expect(second.body).toMatchObject({ code: 'already-bound' });
    h.pass(301);
    const late = await browser.call('POST', '/v1/me/bindings', { type: 'wechat', replaces: id });
    expect(late.body).toMatchObject({ code: 'proof-required', purpose: 'change' });
  });
});

describe('approving', () => {
  it('CM-3.2 a scan shows who, where and in which browser; yes, this time only, lets the waiting page in', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    const browser = await entered(h);
    const token = await scan(browser);
    const sheet = await called(h, key, 'POST', '/v1/app/approvals:claim', { token });
    expect(sheet.body).toMatchObject({ account: MAILBOX, purpose: 'login', mayTrust: true, needsNumber: false });
    expect((await answered(h, key, sheet.body, 'approve')).body).toEqual({ status: 'approved' });
    expect((await finish(browser)).status).toBe(200);
    const session = (await me(browser)).body.session;
    expect(session).toMatchObject({ acr: 'urn:hufu:aal2' });
    expect(session.amr).not.toContain('swk');
  });

  it('CM-3.2 "it was not me" ends the login, warns its owner, and secures the account', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const mine = await entered(h);
    const key = await bound(house, 'wei', mine);
    const thief = await entered(h);
    const sheet = await called(h, key, 'POST', '/v1/app/approvals:claim', { token: await scan(thief) });
    expect((await answered(h, key, sheet.body, 'deny')).body).toEqual({ status: 'denied' });
    expect((await finish(thief)).body).toMatchObject({ code: 'closed' });
    expect((await called(h, key, 'POST', '/v1/app/secure', {})).status).toBe(204);
    expect((await me(mine)).status).toBe(401);
  });

  it.each([
    { endWith: '[suspended, last-method]', old: 'accepted by app-password' },
    { endWith: '[secured]', old: 'credentials' },
  ])(
    'CM-3.2 APW-11 TD-06 securing the account ends app passwords made lately, and told so; with endWith $endWith older ones: $old',
    async ({ endWith, old }) => {
      const policy = presetText('mail').replace('  most: 20', `  most: 20\n  endWith: ${endWith}`);
      await using house = await aWechatHouse({ policy });
      const { h } = house;
      const key = await bound(house);
      const mail = mailbox(h, MAILBOX);
      const older = await anAppPassword(h, MAILBOX, { name: 'Foxmail' });
      h.pass(8 * 24 * 3600);
      const late = await anAppPassword(h, MAILBOX, { name: 'Mail' });
      expect(said(await mail(late.password))).toBe('accepted by app-password');
      const sheet = await called(h, key, 'POST', '/v1/app/approvals:claim', { token: await scan(await entered(h)) });
      expect((await answered(h, key, sheet.body, 'deny')).body).toEqual({ status: 'denied' });
      expect(said(await mail(late.password))).toBe('accepted by app-password');
      const before = (await h.outbox()).length;
      expect((await called(h, key, 'POST', '/v1/app/secure', {})).status).toBe(204);
      expect(said(await mail(late.password))).toBe('credentials');
      expect(said(await mail(older.password))).toBe(old);
      const told = (await h.outbox()).slice(0, (await h.outbox()).length - before).map((m) => m.text);
      expect(told.some((text) => /专用密码已停用/.test(text))).toBe(true);
      expect((await h.audit()).filter((e) => e.event === 'app-password.ended')).toMatchObject([
        { data: { why: 'secured', count: old === 'credentials' ? 2 : 1 } },
      ]);
    },
  );

  it("SCN-04 another person's WeChat cannot claim the QR of a login", async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    await bound(house);
    await h.account('mei@lark.example', { password: 'mei-2026', email: 'mei@lark.example' });
    const theirs = await bound(house, 'mei', await entered(h, 'mei@lark.example', 'mei-2026'));
    const token = await scan(await entered(h));
    const claimed = await called(h, theirs, 'POST', '/v1/app/approvals:claim', { token });
    expect(claimed.body).toMatchObject({ code: 'approval-unknown' });
    expect((await h.audit()).some(({ event }) => event === 'approval.foreign')).toBe(true);
  });

  it('SCN-12 an approval by a WeChat that was unbound meanwhile lets nobody in', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    const browser = await entered(h);
    const sheet = await called(h, key, 'POST', '/v1/app/approvals:claim', { token: await scan(browser) });
    await answered(h, key, sheet.body, 'approve');
    expect((await called(h, key, 'DELETE', `/v1/app/phones/${key.phone}`)).status).toBe(204);
    expect((await finish(browser)).body).toMatchObject({ code: 'closed' });
    expect((await me(browser)).status).toBe(401);
  });

  it('CM-3.2 SCN-14 an answer counts only under the secret: changed by a bit, of another text, or of another answer, it does not', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    const sheet = (await called(h, key, 'POST', '/v1/app/approvals:claim', { token: await scan(await entered(h)) }))
      .body;
    const forged = { ...key, key: `${key.key.startsWith('A') ? 'B' : 'A'}${key.key.slice(1)}` };
    expect((await answered(h, forged, sheet, 'approve')).body).toMatchObject({ code: 'signature-invalid' });
    expect((await answered(h, key, { ...sheet, canonical: `${sheet.canonical} ` }, 'approve')).body).toMatchObject({
      code: 'conflict',
    });
    const none = { answer: 'approve', signature: 'A'.repeat(43) };
    expect((await called(h, key, 'POST', `/v1/app/approvals/${sheet.id}`, none)).body).toMatchObject({
      code: 'conflict',
    });
    expect((await answered(h, key, sheet, 'approve')).status).toBe(200);
  });
});

describe('reminders', () => {
  const asked = async (allowed: number) => {
    const house = await aWechatHouse({ policy: presetText('mail') });
    const { h, wechat } = house;
    const key = await bound(house);
    for (let n = 0; n < allowed; n++) {
      wechat.allow('wei');
      expect((await called(h, key, 'POST', '/v1/app/wechat:remind', {})).status).toBe(204);
    }
    return { house, h, wechat, key };
  };

  it('SCN-06 a request reminds whoever allowed it, once, without number or account; the number is typed in WeChat', async () => {
    const { house, h, wechat, key } = await asked(1);
    await using _ = house;
    const browser = await entered(h);
    const { number } = await push(browser);
    await h.house.deliver();
    expect(wechat.sent).toHaveLength(1);
    const told = JSON.stringify(wechat.sent[0]?.body);
    expect(told).not.toContain(MAILBOX);
    expect(told).not.toContain(`"${number}"`);
    const [sheet] = (await called(h, key, 'GET', '/v1/app/approvals')).body.items;
    expect((await answered(h, key, sheet, 'approve', number)).body).toEqual({ status: 'approved' });
    await push(await entered(h));
    await h.house.deliver();
    expect(wechat.sent).toHaveLength(1);
    expect(wechat.calls.filter((c) => c.endsWith('/send'))).toHaveLength(1);
  });

  it('a worthless access token is given up and asked for anew, once', async () => {
    const { house, h, wechat } = await asked(2);
    await using _ = house;
    await push(await entered(h));
    await h.house.deliver();
    wechat.dropTokens();
    await push(await entered(h));
    await h.house.deliver();
    h.pass(5);
    await h.house.deliver();
    expect(wechat.sent).toHaveLength(2);
    expect(wechat.tokens).toHaveLength(2);
  });
});

describe('storage lost, and the end', () => {
  it('CM-3.4 REB-08 given anew to the same WeChat: the secret before is worthless at once, the new one logs in', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const old = await bound(house);
    const given = await restore(house, 'wei');
    expect(given.body.items).toMatchObject([{ phone: old.phone, account: MAILBOX }]);
    const [fresh] = given.body.items;
    expect(fresh.key).not.toBe(old.key);
    expect((await called(h, old, 'GET', `/v1/app/phones/${old.phone}`)).status).toBe(401);
    const stolen = await entered(h);
    expect((await stolen.call('POST', '/v1/me/login/verify', { output: codeOf(old, h.clock.now) })).status).toBe(422);
    h.pass(60);
    const login = await entered(h);
    const done = await login.call('POST', '/v1/me/login/verify', { output: codeOf(fresh, h.clock.now) });
    expect(done.body).toMatchObject({ status: 'satisfied' });
    expect((await restore(house, 'mallory')).body.items).toEqual([]);
  });

  it('CM-3.4 SCN-16 a code is good once, and another WeChat secret makes none', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    const output = codeOf(key, h.clock.now);
    expect((await (await entered(h)).call('POST', '/v1/me/login/verify', { output })).status).toBe(200);
    expect((await (await entered(h)).call('POST', '/v1/me/login/verify', { output })).status).toBe(422);
  });

  it('CM-4.1 REB-08 unbound on the page, by a scan that names the operation: codes and signatures end at once', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    const browser = await entered(h);
    await browser.call('POST', '/v1/me/login/verify', { output: codeOf(key, h.clock.now) });
    h.pass(700);
    const methods = await browser.call('GET', '/v1/me/methods');
    const row = methods.body.items.find((m: { type: string }) => m.type === 'wechat');
    const id = row.items[0].id;
    expect((await browser.call('DELETE', `/v1/me/authenticators/${id}`)).body).toMatchObject({
      code: 'proof-required',
    });
    await browser.call('POST', '/v1/me/challenges', { purpose: 'unbind', authenticator: id });
    const sheet = await called(h, key, 'POST', '/v1/app/approvals:claim', { token: await scan(browser) });
    expect(sheet.body.purpose).toBe('unbind-wechat');
    await answered(h, key, sheet.body, 'approve');
    expect((await finish(browser)).status).toBe(200);
    expect(await browser.call('DELETE', `/v1/me/authenticators/${id}`)).toMatchObject({ status: 204 });
    expect((await called(h, key, 'GET', `/v1/app/phones/${key.phone}`)).status).toBe(401);
    expect((await restore(house, 'wei')).body.items).toEqual([]);
  });

  it('MO-6.4 an operator who removes everything removes the mini-program too', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    const done = await h.call('POST', `/v1/console/accounts/${MAILBOX}/unbind`, { operator: 'x', reason: 'lost' });
    expect(done.status).toBe(200);
    expect((await called(h, key, 'GET', `/v1/app/phones/${key.phone}`)).status).toBe(401);
    expect((await restore(house, 'wei')).body.items).toEqual([]);
  });
});
