// A backup mailbox: bound by the code mailed to it, then a way to log in that says honestly what it is worth.
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Answer, aHouse, codeOf, presetText, type TestHouse, verify } from '../kit.ts';

const WEBMAIL = { id: 'webmail' };
const BACKUP = 'jige1984@mail.140.com';

/** A mail tenant's house with one account, logged in by password alone. */
async function aMailbox(): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ preset: 'mail' });
  await h.account('jige@lark.example', { password: 'right' });
  await login(h);
  return h;
}
const login = (h: TestHouse): Promise<Answer> =>
  h.call('POST', '/v1/logins', { account: 'jige@lark.example', client: WEBMAIL, firstFactor: 'verified' });
const bindings = '/v1/accounts/jige@lark.example/bindings';
const begin = (h: TestHouse, address: string | undefined = BACKUP): Promise<Answer> =>
  h.call('POST', bindings, { type: 'email', client: WEBMAIL, address });
const confirm = (h: TestHouse, id: string, output: string): Promise<Answer> =>
  h.call('POST', `${bindings}/${id}/confirm`, { output });

/** The six digits in the newest mail to an address. */
async function mailed(h: TestHouse, to = BACKUP): Promise<string> {
  const mail = (await h.outbox()).find((m) => m.channel === 'email' && m.to === to && /\d{3} \d{3}/.test(m.text));
  const found = /(\d{3}) (\d{3})/.exec(mail?.text ?? '');
  if (found === null) throw new Error('no code was mailed there');
  return `${found[1]}${found[2]}`;
}
const other = (code: string): string => (code === '000000' ? '000001' : '000000');

async function bound(h: TestHouse): Promise<string> {
  const started = (await begin(h)).body;
  expect((await confirm(h, started.id, await mailed(h))).status).toBe(200);
  return started.id;
}

describe('a backup mailbox', () => {
  it('CM-2.2 is bound by typing the code mailed to it, and is then shown masked', async () => {
    await using h = await aMailbox();
    const started = await begin(h);
    expect([started.status, started.body]).toMatchObject([
      201,
      { type: 'email', status: 'pending', sentTo: 'jige*****@***140.com', resendAt: expect.any(String) },
    ]);
    const mail = (await h.outbox())[0];
    expect(mail).toMatchObject({ channel: 'email', to: BACKUP, subject: '云雀邮箱：绑定备用邮箱验证码' });
    expect(mail?.text).toContain('用于把此邮箱设为 jige@lark.example 的备用邮箱，10 分钟内有效');
    const code = await mailed(h);
    expect((await confirm(h, started.body.id, other(code))).body.code).toBe('verification-failed');
    expect((await confirm(h, started.body.id, code)).body.authenticator.type).toBe('email');
    expect((await confirm(h, started.body.id, code)).body.code).toBe('already-bound');
    const account = (await h.call('GET', '/v1/accounts/jige@lark.example')).body;
    expect(account.authenticators.find((a: { type: string }) => a.type === 'email')).toMatchObject({
      hint: 'jige*****@***140.com',
      status: 'active',
      canUnbind: 'step-up',
    });
    expect((await begin(h)).body.code).toBe('already-bound');
  });

  it.each(['jige@lark.example', 'JIGE@LARK.example', 'jige+backup@lark.example', 'ｊige@lark.example'])(
    'CM-2.2 is never the mailbox it protects: %s',
    async (address) => {
      await using h = await aMailbox();
      const answer = await begin(h, address);
      expect([answer.status, answer.body.code]).toEqual([422, 'mailbox-protected']);
      expect(await h.outbox()).toEqual([]);
    },
  );

  it.each([undefined, 'nobody', 'a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', '<a@b.example>'])(
    'CM-2.2 WEB-10 needs one plain address: %j',
    async (address) => {
      await using h = await aMailbox();
      const answer = await h.call('POST', bindings, { type: 'email', client: WEBMAIL, ...(address && { address }) });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
      const stray = await h.call('POST', bindings, { type: 'totp', client: WEBMAIL, address: BACKUP });
      expect([stray.status, stray.body.errors[0].at]).toEqual([400, '/address']);
    },
  );

  it('CM-2.2 ENR-04 only the newest code of the newest binding completes it, and only within its time', async () => {
    await using h = await aMailbox();
    const first = (await begin(h)).body;
    const old = await mailed(h);
    expect((await begin(h)).body).toMatchObject({ code: 'resend-too-soon', retryAfter: 60 });
    h.pass(60);
    const second = (await begin(h, 'other@b.example')).body;
    expect((await confirm(h, first.id, old)).body.code).toBe('superseded');
    const code = await mailed(h, 'other@b.example');
    if (old !== code) expect((await confirm(h, second.id, old)).body.code).toBe('verification-failed');
    h.pass(600);
    expect((await confirm(h, second.id, code)).body.code).toBe('expired');
  });

  it('CM-3.4 OIDC-06 logs in with a mailed code, once, and claims no more than one factor', async () => {
    await using h = await aMailbox();
    const id = await bound(h);
    h.pass(61);
    const started = (await login(h)).body;
    expect(started.authenticators).toEqual([{ id, type: 'email', hint: 'jige*****@***140.com', sends: true }]);
    expect((await verify(h, started.id, '123456')).body.code).toBe('verification-failed');
    const sent = await h.call('POST', `/v1/logins/${started.id}/send`, {});
    expect([sent.status, sent.body.sentTo]).toEqual([202, 'jige*****@***140.com']);
    expect((await h.outbox())[0]).toMatchObject({ subject: '云雀邮箱：登录验证码', to: BACKUP });
    const code = await mailed(h);
    const done = await verify(h, started.id, code);
    expect(done.body.status).toBe('satisfied');
    expect(decodeJwt(done.body.assertion)).toMatchObject({ acr: 'urn:hufu:email', amr: ['pwd', 'email'] });
    h.pass(61);
    const next = (await login(h)).body;
    await h.call('POST', `/v1/logins/${next.id}/send`, {});
    const newer = await mailed(h);
    if (newer !== code) expect((await verify(h, next.id, code)).body.code).toBe('verification-failed');
  });

  it('CM-2.2 stands beside an authenticator app, and the code of one is not taken for the other', async () => {
    await using h = await aMailbox();
    await bound(h);
    h.pass(61);
    const stepUp = await login(h);
    await h.call('POST', `/v1/logins/${stepUp.body.id}/send`, {});
    expect((await verify(h, stepUp.body.id, await mailed(h))).body.status).toBe('satisfied');
    const app = await h.call('POST', bindings, { type: 'totp', client: WEBMAIL });
    await h.call('POST', `${bindings}/${app.body.id}/confirm`, { output: codeOf(app.body.uri, h.clock.now) });
    h.pass(61);
    const both = (await login(h)).body;
    expect(both.authenticators.map((a: { type: string }) => a.type)).toEqual(['totp', 'email']);
    await h.call('POST', `/v1/logins/${both.id}/send`, { authenticator: both.authenticators[1].id });
    const code = await mailed(h);
    expect((await verify(h, both.id, code, { type: 'totp' })).body.code).toBe('verification-failed');
    const byApp = await verify(h, both.id, codeOf(app.body.uri, h.clock.now));
    expect(decodeJwt(byApp.body.assertion)).toMatchObject({ acr: 'urn:hufu:aal2', amr: ['pwd', 'otp', 'mfa'] });
  });

  it('SMS-02 codes by mail have limits of their own: codes by SMS do not use them up', async () => {
    await using h = await aHouse({ policy: presetText('mail').concat('email: { perAccountPerHour: 2 }\n') });
    await h.account('jige@lark.example', { password: 'right' });
    await login(h);
    for (const _ of [1, 2]) {
      expect((await begin(h)).status).toBe(201);
      h.pass(60);
    }
    expect((await begin(h)).body.code).toBe('sending-paused');
    h.pass(3600);
    expect((await begin(h)).status).toBe(201);
  });

  it('OTP-03 BF-02 twenty confirmations at once bind it once', async () => {
    await using h = await aMailbox();
    const { id } = (await begin(h)).body;
    const code = await mailed(h);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(h, id, code)));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
  });
});

describe('what its owner hears', () => {
  const told = async (h: TestHouse, subject: RegExp) =>
    (await h.outbox()).filter((m) => subject.test(m.subject ?? '')).map((m) => ({ to: m.to, text: m.text }));

  it('CM-1.1 CM-4.2 every change is told to the backup mailbox too, its own replacement to the one before, each with what to do if it was not them', async () => {
    await using h = await aMailbox();
    const id = await bound(h);
    h.pass(60);
    const login = await h.call('POST', '/v1/logins', {
      account: 'jige@lark.example',
      client: WEBMAIL,
      firstFactor: 'verified',
    });
    await h.call('POST', `/v1/logins/${login.body.id}/send`, {});
    expect((await verify(h, login.body.id, await mailed(h))).body.status).toBe('satisfied');
    const at = '/v1/accounts/jige%40lark.example/bindings';
    const totp = await h.call('POST', at, { type: 'totp', client: WEBMAIL });
    expect(
      (await h.call('POST', `${at}/${totp.body.id}/confirm`, { output: codeOf(totp.body.uri, h.clock.now) })).status,
    ).toBe(200);
    const bindings = await told(h, /已绑定身份验证器/);
    expect(bindings.map(({ to }) => to)).toContain(BACKUP);
    for (const { text } of bindings) expect(text).toContain('如非您本人操作，请致电');

    h.pass(60);
    const step = await h.call('POST', '/v1/accounts/jige%40lark.example/challenges', {
      purpose: 'change',
      client: WEBMAIL,
    });
    expect((await verify(h, step.body.id, codeOf(totp.body.uri, h.clock.now))).body.status).toBe('satisfied');
    const fresh = 'thief@elsewhere.example';
    const change = await h.call('POST', at, {
      type: 'email',
      client: WEBMAIL,
      address: fresh,
      replaces: id,
      proof: step.body.id,
    });
    expect(change.status).toBe(201);
    const before = (await told(h, /已绑定身份验证器/)).length;
    expect((await confirm(h, change.body.id, await mailed(h, fresh))).status).toBe(200);
    const after = (await told(h, /已绑定身份验证器/)).slice(0, -before || undefined);
    expect(after.map(({ to }) => to)).toContain(BACKUP);
    expect(after.map(({ to }) => to)).not.toContain(fresh);
  });
});
