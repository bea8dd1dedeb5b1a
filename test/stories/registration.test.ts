// Registrations from customer service and from the portal: what is mailed, how long it lasts, what a new one voids, and who may open it.
import { describe, expect, it } from 'vitest';
import { instantIn } from '../../src/core/outbox/registration.ts';
import {
  confirm,
  firstPhone,
  furtherPhone,
  join,
  logIn,
  logInBy,
  mailedCode,
  open,
  PIN,
  PORTAL,
  prove,
  readQr,
  register,
  registrationMail,
  signed,
} from '../enrolment-kit.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';

const mobile = (policy?: string) => aHouse(policy === undefined ? { preset: 'mobile-otp' } : { policy });
const desk = { reason: 'asked by telephone, identity checked', operator: 'desk-3' };
const sendTo = (h: TestHouse, account: string, more: object = {}) =>
  h.call('POST', `/v1/console/accounts/${account}/registration`, { ...desk, ...more });
const withRule = (rule: string): string => presetText('mobile-otp').replace(/^enrolment:.*$/m, `enrolment: ${rule}`);
const withContact = { phone: '+85291230001', email: 'chan@example.com' };

describe('the registration mail', () => {
  it('MO-1.1 ENR-02 tells account, activation code and expiry in text, with the QR inline; the operator sees neither code nor QR', async () => {
    await using h = await mobile();
    await h.account('700004', withContact);
    const sent = await sendTo(h, '700004');
    expect(sent).toMatchObject({
      status: 201,
      body: { sentTo: expect.stringContaining('*'), slots: { used: 0, of: 5 } },
    });
    const mail = await registrationMail(h);
    const code = await mailedCode(h);
    expect(mail).toMatchObject({ to: 'chan@example.com' });
    for (const said of ['700004', code, '5 部手機', '客戶服務部 852-2700 0000', '不會以電話、短訊或電郵索取'])
      expect(mail.text).toContain(said);
    // The expiry it prints is the ticket's own.
    expect(mail.text).toContain(instantIn('zh-HK', 'Asia/Hong_Kong', Date.parse(sent.body.expiresAt)));
    expect(Date.parse(sent.body.expiresAt)).toBe(h.clock.now + 86_400_000);
    expect(JSON.stringify(sent.body)).not.toContain(code.replace('-', ''));
    expect((await open(h, 'tickets:open', { account: '700004', code })).body).toMatchObject({ isFirst: true });
    // The picture in the html is the QR of that very ticket, and the html fetches nothing.
    const png = /<img src="data:image\/png;base64,([^"]+)"/.exec(mail.html ?? '')?.[1] ?? '';
    const token = readQr(png).split('https://hufu.test/s/')[1] ?? '';
    expect((await open(h, 'tickets:open', { token })).body).toMatchObject({ account: '700004', activationCode: code });
    expect(mail.html).not.toMatch(/<script|src="http|url\(|<link/);
  });

  it.each(['zh-CN', 'zh-HK', 'en'])(
    'MO-1.1 NF-1 is written in %s for whoever reads that, and holds no link where the policy wants none',
    async (locale) => {
      await using h = await mobile(withRule('{ links: false }'));
      await h.account('700004', { ...withContact, locale });
      await sendTo(h, '700004');
      const { text } = await registrationMail(h);
      expect(text).not.toMatch(/https?:|www\.|hufu\.test/);
      expect(text).toContain({ 'zh-CN': '激活码：', 'zh-HK': '激活碼：', en: 'Activation code: ' }[locale]);
      expect(text).not.toMatch(/[!！]/);
    },
  );

  it('MO-1.1 cannot be sent without an address, and says so; nothing is issued', async () => {
    await using h = await mobile();
    await h.account('700004');
    expect(await sendTo(h, '700004')).toMatchObject({ status: 422, body: { code: 'no-mail-address' } });
    expect((await h.call('GET', '/v1/accounts/700004/phones')).body.ticket).toBeNull();
  });
});

describe('how long it lasts', () => {
  it.each([
    [86_400 - 1, 200, undefined],
    [86_400, 410, 'ticket-expired'],
    [86_400 + 1, 410, 'ticket-expired'],
  ])('MO-1.1 ENR-02 %d s after sending it answers %d, with no job running', async (seconds, status, code) => {
    await using h = await mobile();
    await h.account('700004');
    const { token, code: typed } = await register(h, '700004');
    h.pass(seconds);
    for (const ticket of [{ token }, { account: '700004', code: typed }]) {
      const opened = await open(h, 'tickets:open', ticket);
      expect(opened.status).toBe(status);
      if (code !== undefined)
        expect(opened.body).toMatchObject({ code, contact: expect.stringContaining('852-2700 0000') });
      expect((await join(h, ticket)).answer.status).toBe(status === 200 ? 201 : status);
    }
  });

  it('ENR-02 the expiry written down when it was issued stands, whatever the policy says later', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token } = await register(h, '700004');
    const { publishPolicy } = await import('../../src/flows/registry.ts');
    await publishPolicy(h.house.ports, {
      tenantId: 't1',
      document: withRule('{ ticketSeconds: 60 }'),
      actor: 'test',
      reason: 'shorter',
    });
    h.pass(3600);
    expect((await open(h, 'tickets:open', { token })).status).toBe(200);
  });

  it('ENR-02 a phone that joined in time completes after the ticket has expired', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token } = await register(h, '700004');
    await firstPhone(h, token);
    h.pass(86_400 - 90);
    const { phone } = await join(h, { token });
    h.pass(180);
    await prove(h, phone);
    expect((await confirm(h, phone)).status).toBe(200);
  });
});

describe('opening and using it', () => {
  it('ENR-01 opening consumes nothing, GET is no way in, and the address of the QR gives nothing away', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token } = await register(h, '700004');
    for (let n = 0; n < 8; n++) expect((await open(h, 'tickets:open', { token })).body.slotsLeft).toBe(5);
    for (const method of ['GET', 'HEAD'] as const)
      for (const url of [`/s/${token}`, '/v1/app/tickets:open', `/v1/app/tickets:open?token=${token}`]) {
        const answer = await h.app.inject({ method, url });
        expect(answer.body).not.toMatch(/700004|[0-9A-Z]{5}-[0-9A-Z]{5}/);
        if (url.startsWith('/v1')) expect([404, 405]).toContain(answer.statusCode);
      }
    expect((await h.call('GET', '/v1/accounts/700004/phones')).body.slots.used).toBe(0);
  });

  it('MO-1.1 MO-2.5 a new one voids the old: scanned or typed it is refused, and says to use the newest', async () => {
    await using h = await mobile();
    await h.account('700004');
    const old = await register(h, '700004');
    h.pass(60);
    const { token } = await register(h, '700004');
    expect(await open(h, 'tickets:open', { token: old.token })).toMatchObject({
      status: 409,
      body: { code: 'superseded' },
    });
    expect((await join(h, { token: old.token })).answer.status).toBe(409);
    expect((await join(h, { account: '700004', code: old.code })).answer.status).toBe(404);
    expect((await join(h, { token })).answer.status).toBe(201);
  });

  it('BF-01 ENR-06 five wrong activation codes void it, unknown accounts answer alike, and the owner is told', async () => {
    await using h = await mobile();
    await h.account('700004', withContact);
    const { code, token } = await register(h, '700004');
    const wrong = code.replace(/.$/, (last) => (last === '7' ? '8' : '7'));
    const tell = async (account: string) => {
      const { body, status } = await open(h, 'tickets:open', { account, code: wrong });
      return { ...body, instance: '', status };
    };
    const unknown = await tell('799999');
    for (let n = 0; n < 5; n++) expect(await tell('700004')).toEqual(unknown);
    expect(unknown).toMatchObject({ status: 404, code: 'ticket-unknown' });
    // The right one comes too late, typed or scanned.
    expect((await open(h, 'tickets:open', { account: '700004', code })).status).toBe(404);
    expect((await open(h, 'tickets:open', { token })).body).toMatchObject({ code: 'superseded' });
    expect(
      (await h.outbox())
        .filter((m) => m.text.includes('多次輸錯'))
        .map((m) => m.channel)
        .sort(),
    ).toEqual(['email', 'sms']);
    const events = (await h.audit()).map((e) => e.event);
    expect(events.filter((e) => e === 'ticket.rejected')).toHaveLength(5);
    expect(events).toContain('ticket.voided');
  });

  it('BF-01 right guesses sent with the fifth wrong one do not slip through: what is void stays void', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { code } = await register(h, '700004');
    const answers = await Promise.all(
      [...Array.from({ length: 30 }, (_, n) => `0000000${String(n).padStart(3, '0')}`), code].map((typed) =>
        open(h, 'tickets:open', { account: '700004', code: typed }),
      ),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(0);
    expect((await h.audit()).filter((e) => e.event === 'ticket.rejected')).toHaveLength(5);
  });

  it('ENR-06 nothing of it is kept to be read: not its token, its code, nor a secret, and its answers are not stored on the way', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token, code } = await register(h, '700004');
    const opened = await open(h, 'tickets:open', { token });
    expect(opened.headers['cache-control']).toBe('no-store');
    const phone = await firstPhone(h, token);
    const bare = code.replace('-', '');
    const tag = await phone.tagOf(PIN);
    const tables = await h.house.db.query("SELECT name FROM sqlite_master WHERE type = 'table'", {});
    for (const { name } of tables) {
      const rows = await h.house.db.query(`SELECT * FROM ${String(name)}`, {});
      const text = rows
        .flatMap((row) => Object.values(row))
        .map((v) => (v instanceof Uint8Array ? Buffer.from(v).toString('latin1') : String(v)))
        .join('\n');
      for (const secret of [token, bare, code, PIN, tag]) expect(text.includes(secret), `${String(name)}`).toBe(false);
    }
    const told = JSON.stringify([
      (await h.call('GET', '/v1/accounts/700004/phones')).body,
      (await h.call('GET', '/v1/accounts/700004')).body,
      (await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body,
      await h.audit(),
    ]);
    for (const secret of [token, bare, code]) expect(told).not.toContain(secret);
  });
});

describe('who may ask for one', () => {
  it('ENR-09 a login that would not be enough today, or none, opens no registration', async () => {
    await using h = await mobile();
    await h.account('700004');
    const ask = (more: object = {}) => h.call('POST', '/v1/accounts/700004/registration', { client: PORTAL, ...more });
    expect(await ask()).toMatchObject({ status: 401, body: { code: 'login-required' } });
    const login = await h.call('POST', '/v1/logins', { account: '700004', client: PORTAL, firstFactor: 'verified' });
    expect((await ask({ login: login.body.id })).status).toBe(401);
    const bySms = await logIn(h, '700004');
    const { status, body } = await ask({ login: bySms });
    expect(status).toBe(201);
    await firstPhone(h, body.url.split('/s/')[1]);
    // The SMS login is from before there was a phone: now it proves too little.
    expect(await ask({ login: bySms })).toMatchObject({ status: 401, body: { code: 'login-required' } });
  });

  it('MO-1.2 MO-2.5 where a new registration puts the old phones out at once, their owner gets one by themselves too', async () => {
    await using h = await mobile(withRule('{ reissue: replace-at-once, selfService: true }'));
    await h.account('700004', withContact);
    const phone = await firstPhone(h, (await register(h, '700004')).token);
    h.pass(60);
    const login = await h.call('POST', '/v1/logins', { account: '700004', client: PORTAL, firstFactor: 'verified' });
    const output = await phone.codeFrom(PIN, h.clock.now);
    expect((await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output })).body.status).toBe('satisfied');
    const again = { client: PORTAL, login: login.body.id };
    const made = await h.call('POST', '/v1/accounts/700004/registration', again);
    expect(made.status).toBe(201);
    expect((await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body.code).toBe('phone-revoked');
    // That login proves nothing more.
    expect((await h.call('POST', '/v1/accounts/700004/registration', again)).body.code).toBe('login-required');
  });

  it('MO-1.2 the policy may leave it to customer service', async () => {
    await using h = await mobile(withRule('{ selfService: false }'));
    await h.account('700004');
    const login = await logIn(h, '700004');
    expect(await h.call('POST', '/v1/accounts/700004/registration', { client: PORTAL, login })).toMatchObject({
      status: 403,
      body: { code: 'binding-not-allowed' },
    });
  });
});

describe('recommended: a first factor opens it', () => {
  const rule = withRule('{ firstFactor: true, activationSeconds: 600, selfService: true, reissue: add }');

  it('ENR-03 MO-1.1 the mailed ticket alone joins nothing; the password makes one activation, for one phone and ten minutes', async () => {
    await using h = await mobile(rule);
    await h.account('700004', { ...withContact, password: 'trading password' });
    await sendTo(h, '700004');
    const ticket = { account: '700004', code: await mailedCode(h) };
    expect((await open(h, 'tickets:open', ticket)).body).toMatchObject({ needs: 'first-factor', activation: null });
    expect((await join(h, ticket)).answer).toMatchObject({ status: 403, body: { code: 'first-factor-needed' } });
    expect((await open(h, 'tickets:open', { ...ticket, password: 'guess' })).body).toMatchObject({
      code: 'first-factor-failed',
    });
    const activation = async () =>
      (await open(h, 'tickets:open', { ...ticket, password: 'trading password' })).body.activation.token as string;

    const token = await activation();
    const first = await firstPhone(h, token);
    expect((await join(h, { token })).answer.status).toBe(409);

    const late = await activation();
    h.pass(9 * 60 + 59);
    expect((await open(h, 'tickets:open', { token: late })).status).toBe(200);
    h.pass(2);
    expect((await join(h, { token: late })).answer).toMatchObject({ status: 410, body: { code: 'ticket-expired' } });

    const second = await furtherPhone(h, await activation());
    h.pass(60);
    for (const phone of [first, second])
      expect((await logInBy(h, '700004', await phone.codeFrom(PIN, h.clock.now))).status).toBe(200);
  });

  it('ENR-05 one activation, five phones at once: one joins', async () => {
    await using h = await mobile(rule);
    await h.account('700004');
    const { token } = await register(h, '700004');
    const answers = await Promise.all(Array.from({ length: 5 }, () => join(h, { token })));
    expect(answers.map((a) => a.answer.status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect((await h.call('GET', '/v1/accounts/700004/phones')).body.slots.used).toBe(1);
  });
});
