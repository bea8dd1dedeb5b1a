// Approvals under attack: other people's phones, stale and copied QRs, two answers at once, bombing, and what changes between the answer and the login.
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type Asked,
  another,
  answer,
  aPhoneHouse,
  aStranger,
  aVisitor,
  claim,
  finish,
  me,
  push,
  scan,
  TRUSTING,
  waiting,
} from '../approval-kit.ts';
import { open, PIN, PORTAL, signed } from '../enrolment-kit.ts';
import { VISIT } from '../portal-kit.ts';

describe('a QR', () => {
  it('SCN-01 is refused once the page has replaced it, and its answer after ten minutes', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const old = await scan(browser);
    h.pass(60);
    const next = await scan(browser);
    h.pass(10);
    expect((await claim(h, phone, old)).body.code).toBe('expired');
    const sheet = await claim(h, phone, next);
    expect(sheet.status).toBe(200);
    h.pass(530);
    expect((await answer(h, phone, sheet.body, 'approve')).body.code).toBe('expired');
    expect((await finish(browser)).body.code ?? 'closed').toMatch(/expired|closed|signed-out/);
    expect((await me(browser)).status).toBe(401);
  });

  it('SCN-01 a second phone of the owner cannot take over what the first has', async () => {
    await using a = await aPhoneHouse();
    const { h, phone, token } = a;
    const second = await another(h, token);
    const browser = await aVisitor(h);
    const qr = await scan(browser);
    const sheet = await claim(h, phone, qr);
    expect((await claim(h, second, qr)).body.code).toBe('closed');
    expect((await answer(h, second, sheet.body, 'approve')).body.code).toBe('closed');
    expect((await claim(h, phone, qr)).body.id).toBe(sheet.body.id);
  });

  it('SCN-01 two phones of the owner at once: one has it, the other is told so', async () => {
    await using a = await aPhoneHouse();
    const { h, phone, token } = a;
    const second = await another(h, token);
    for (let round = 0; round < 10; round++) {
      const browser = await aVisitor(h);
      const qr = await scan(browser);
      const both = await Promise.all([claim(h, phone, qr), claim(h, second, qr)]);
      expect(both.map((x) => x.status).sort()).toEqual([200, 409]);
    }
  });

  it('SCN-04 someone else’s phone finds nothing, decides nothing, and its owner is told once', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const stranger = await aStranger(h);
    const browser = await aVisitor(h);
    const qr = await scan(browser);
    for (let n = 0; n < 3; n++) {
      const refused = await claim(h, stranger, qr);
      expect([refused.status, refused.body.code]).toEqual([404, 'approval-unknown']);
    }
    const told = (await h.outbox()).filter((m) => /被他人扫描|被他人掃瞄/.test(m.text));
    expect(told.map((m) => [m.channel, m.to]).sort()).toEqual([
      ['email', 'ho@guoan.example'],
      ['sms', '+85291230001'],
    ]);
    expect((await h.audit()).filter((e) => e.event === 'approval.foreign')).toHaveLength(1);
    // The right phone is not kept out by it.
    const sheet = await claim(h, phone, qr);
    const forged = await answer(h, stranger, sheet.body, 'approve');
    expect([forged.status, forged.body.code]).toEqual([404, 'approval-unknown']);
    expect((await finish(browser)).body.status).toBe('need');
  });

  it('SCN-04 anyone who has it may ask which phone it is for, and learns no account', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const qr = await scan(browser);
    const seen = await open(h, 'approvals:look', { token: qr.toLowerCase() });
    const sha = async (text: string): Promise<string> =>
      Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64url');
    const mark = await sha(`hufu/look/v1\n${await sha(`hufu/scan/v1\0${qr}`)}\n${phone.id}`);
    expect(seen.body).toEqual({ phones: [mark] });
    expect((await browser.call('GET', '/v1/me/login')).body.approval.status).toBe('waiting');
    expect((await open(h, 'approvals:look', { token: '0'.repeat(26) })).body.code).toBe('approval-unknown');
  });

  it('SCN-14 a link that is opened shows and decides nothing', async () => {
    await using a = await aPhoneHouse();
    const { h } = a;
    const browser = await aVisitor(h);
    const qr = await scan(browser);
    for (const method of ['GET', 'HEAD', 'POST']) await h.call(method, `/s/${qr}`, undefined, { authorization: '' });
    expect((await browser.call('GET', '/v1/me/login')).body).toMatchObject({
      status: 'challenge',
      approval: { status: 'waiting' },
    });
  });
});

describe('an answer', () => {
  it('SCN-02 is one: twice, and yes and no at once from two phones, decide once', async () => {
    await using a = await aPhoneHouse();
    const { h, phone, token } = a;
    const second = await another(h, token);
    h.pass(60);
    for (let round = 0; round < 5; round++) {
      const browser = await aVisitor(h);
      const asked = await push(browser);
      const [one] = await waiting(h, phone);
      const [two] = await waiting(h, second);
      const answers = await Promise.all([
        answer(h, phone, one, 'approve', asked.number),
        answer(h, second, two, 'deny'),
        answer(h, phone, one, 'approve', asked.number),
      ]);
      expect(answers.filter((x) => x.status === 200)).toHaveLength(1);
      const said = answers.find((x) => x.status === 200)?.body.status;
      expect((await finish(browser)).status).toBe(said === 'approved' ? 200 : 409);
      expect((await me(browser)).status).toBe(said === 'approved' ? 200 : 401);
      expect((await answer(h, phone, one, 'deny')).body.code).toBe('closed');
      h.pass(3600);
    }
  });

  it('SCN-02 must be signed by the phone’s own key over what it was shown', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const { body: sheet } = await claim(h, phone, await scan(browser));
    const path = `/v1/app/approvals/${sheet.id}`;
    const forged: readonly (readonly [string, string])[] = [
      ['approve', await phone.signApproval(sheet.canonical, 'deny')],
      ['approve-trust', await phone.signApproval(sheet.canonical, 'approve')],
      ['approve', await phone.signApproval(sheet.canonical.replace('127.0.0.1', '203.0.113.7'), 'approve')],
      ['approve', 'A'.repeat(86)],
    ];
    for (const [given, signature] of forged)
      expect((await signed(h, phone, 'POST', path, { answer: given, signature })).body.code).toBe('conflict');
    expect((await finish(browser)).body.status).toBe('need');
    expect((await answer(h, phone, sheet, 'approve')).status).toBe(200);
  });

  it('SCN-03 is redeemed once, and only by the browser that began', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const other = await aVisitor(h);
    const { body: sheet } = await claim(h, phone, await scan(browser));
    await answer(h, phone, sheet, 'approve');
    expect((await finish(other)).body.status).toBe('need');
    const all = await Promise.all(Array.from({ length: 8 }, () => finish(browser)));
    expect(all.filter((x) => x.status === 200 && x.body.status === 'satisfied')).toHaveLength(1);
    expect((await me(other)).status).toBe(401);
    expect((await me(browser)).status).toBe(200);
  });

  it('SCN-03 a login of a relying party is redeemed by the key that began it, and by no other, the pages’ neither', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const { body: login } = await h.call('POST', '/v1/logins', {
      account: ACCOUNT,
      client: PORTAL,
      firstFactor: 'verified',
    });
    const shown = await h.call('POST', `/v1/logins/${login.id}/scan`, {});
    const { body: sheet } = await claim(h, phone, shown.body.url.split('/s/')[1]);
    await answer(h, phone, sheet, 'approve');
    const support = { authorization: `Bearer ${await h.key({ scopes: ['logins:read'] })}` };
    const told = await h.call('GET', `/v1/logins/${login.id}`, undefined, support);
    expect([told.body.status, told.body.assertion]).toEqual(['satisfied', undefined]);
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.assertion).toMatch(/^eyJ/);

    const browser = await aVisitor(h);
    const open = (await browser.call('GET', '/v1/me/login')).body;
    await answer(h, phone, (await claim(h, phone, await scan(browser))).body, 'approve');
    expect((await h.call('GET', `/v1/logins/${open.id}`)).body.assertion).toBeUndefined();
    expect((await finish(browser)).body.status).toBe('satisfied');
  });

  it('SCN-08 the cookie of before the approval opens nothing after it', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const copied = browser.cookies.get(VISIT) ?? '';
    const { body: sheet } = await claim(h, phone, await scan(browser));
    await answer(h, phone, sheet, 'approve');
    await finish(browser);
    const thief = await aVisitor(h, 'Another Browser');
    thief.cookies.set(VISIT, copied);
    expect((await finish(thief)).status).toBe(401);
    expect((await thief.call('GET', '/v1/me/login')).status).toBe(401);
    expect((await me(thief)).status).toBe(401);
  });

  it.each([
    ['the account is suspended', async ({ h }: Asked) => h.account(ACCOUNT, { status: 'suspended' })],
    [
      'the phone is removed',
      async ({ h, phone, token }: Asked) => {
        const second = await another(h, token);
        const gone = await signed(h, second, 'DELETE', `/v1/app/phones/${phone.id}`);
        expect(gone.status).toBe(204);
      },
    ],
    [
      'another phone changes the PIN',
      async ({ h, phone, token }: Asked) => {
        const second = await another(h, token);
        h.pass(60);
        const changed = await signed(h, second, 'POST', `/v1/app/phones/${second.id}/pin-change`, {
          output: await second.codeFrom(PIN, h.clock.now),
          tag: await second.tagOf('314159'),
        });
        expect(changed.status).toBe(200);
        expect((await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body.status).toBe('unsynced');
      },
    ],
    [
      'wrong codes freeze it',
      async ({ h }: Asked) => {
        for (let n = 0; n < 10; n++) {
          const login = await h.call('POST', '/v1/logins', {
            account: ACCOUNT,
            client: PORTAL,
            firstFactor: 'verified',
          });
          if (login.status === 201) await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: '000000' });
          h.pass(10);
        }
      },
    ],
  ])('SCN-12 BF-11 counts for nothing when %s before the browser comes back', async (_what, change) => {
    await using a = await aPhoneHouse({
      policy: TRUSTING.replace('delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600]', 'delaysSeconds: [0]'),
    });
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const login = (await h.call('POST', '/v1/logins', { account: ACCOUNT, client: PORTAL, firstFactor: 'verified' }))
      .body;
    const { body: sheet } = await claim(h, phone, await scan(browser));
    const qr = (await h.call('POST', `/v1/logins/${login.id}/scan`, {})).body.url.split('/s/')[1];
    const { body: other } = await claim(h, phone, qr);
    expect((await answer(h, phone, sheet, 'approve')).status).toBe(200);
    expect((await answer(h, phone, other, 'approve')).status).toBe(200);
    await change(a);
    const told = await finish(browser);
    expect(told.body.status).not.toBe('satisfied');
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect((await me(browser)).status).toBe(401);
    const read = (await h.call('GET', `/v1/logins/${login.id}`)).body;
    expect([read.status, read.assertion]).not.toContain('satisfied');
    expect(read.assertion).toBeUndefined();
  });

  it('BF-11 is not taken from a phone that was frozen meanwhile', async () => {
    await using a = await aPhoneHouse({
      policy: TRUSTING.replace('delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600]', 'delaysSeconds: [0]'),
    });
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const { body: sheet } = await claim(h, phone, await scan(browser));
    const login = await h.call('POST', '/v1/logins', { account: ACCOUNT, client: PORTAL, firstFactor: 'verified' });
    for (let n = 0; n < 10; n++) await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: '000000' });
    expect((await answer(h, phone, sheet, 'approve')).body.code).toBe('frozen');
    // Saying no is never too late.
    expect((await answer(h, phone, sheet, 'deny')).body.status).toBe('denied');
  });
});

describe('a number', () => {
  it('SCN-06 that is wrong decides against the request, counts, and three mute the phones for a quarter of an hour', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    for (let n = 1; n <= 3; n++) {
      const browser = await aVisitor(h);
      const asked = await push(browser);
      const [sheet] = await waiting(h, phone);
      const wrong = asked.number === '00' ? '01' : '00';
      const told = await answer(h, phone, sheet, 'approve', wrong);
      expect([told.status, told.body.code, told.body.attemptsLeft]).toEqual([422, 'verification-failed', 10 - n]);
      expect((await answer(h, phone, sheet, 'approve', asked.number)).body.code).toBe('closed');
      expect((await finish(browser)).body.status).toBe('need');
    }
    const browser = await aVisitor(h);
    const muted = await browser.call('POST', '/v1/me/login/push', {});
    expect([muted.status, muted.body.code, muted.body.retryAfter]).toEqual([429, 'push-paused', 900]);
    // A scan carries its secret: nobody guesses it.
    expect((await claim(h, phone, await scan(browser))).status).toBe(200);
  });

  it('SCN-06 is needed: without it, or with a picked answer, nothing is approved', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    await push(browser);
    const [sheet] = await waiting(h, phone);
    expect((await answer(h, phone, sheet, 'approve')).body.code).toBe('verification-failed');
    expect((await finish(browser)).body.status).toBe('need');
  });

  it('SCN-11 fifty pushes: three are asked, the rest refused, and the owner is told once', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    const all = await Promise.all(Array.from({ length: 50 }, () => browser.call('POST', '/v1/me/login/push', {})));
    expect(all.filter((x) => x.status === 201)).toHaveLength(3);
    for (const one of all) if (one.status !== 201) expect([one.status, one.body.code]).toEqual([429, 'push-paused']);
    expect((await waiting(h, phone)).length).toBeLessThanOrEqual(3);
    const told = (await h.outbox()).filter((m) => /请求过多|請求過多/.test(m.text));
    expect(told.map((m) => m.channel).sort()).toEqual(['email', 'sms']);
    h.pass(3601);
    expect((await (await aVisitor(h)).call('POST', '/v1/me/login/push', {})).status).toBe(201);
  });

  it('CM-3.4 the code of the phone that is muted still logs in', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const browser = await aVisitor(h);
    for (let n = 0; n < 4; n++) await browser.call('POST', '/v1/me/login/push', {});
    const done = await browser.call('POST', '/v1/me/login/verify', { output: await phone.codeFrom(PIN, h.clock.now) });
    expect(done.body.status).toBe('satisfied');
  });
});
