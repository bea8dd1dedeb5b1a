// The operators' desk: what an action would do, reasons, verification of callers, risk flags, and what the customer is told. Through the console, and by key.
import { describe, expect, it } from 'vitest';
import { answer, waiting } from '../approval-kit.ts';
import { firstPhone, furtherPhone, register, signed } from '../enrolment-kit.ts';
import { type Answer, aHouse, aLogin, bindTotp, codeOf, presetText, type TestHouse, verify } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

const contact = { phone: '+85291230001', email: 'chan@example.com', locale: 'zh-HK' };
const withConsole = (preset: string, section: string): string => `${presetText(preset)}\nconsole: ${section}\n`;
const at = (account: string, what: string): string => `/v1/console/accounts/${account}/${what}`;
const act = (by: TestOperator, what: string, body: object, account = '700004'): Promise<Answer> =>
  by.call('POST', at(account, what), body);
/** Time passes for an operator at work: nobody is signed out for being idle. */
async function work(h: TestHouse, by: TestOperator, seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 600) {
    h.pass(Math.min(600, left));
    await by.call('GET', '/v1/console/cases');
  }
}
const audited = async (h: TestHouse, event: string) => (await h.audit()).filter((e) => e.event === event);
const told = async (h: TestHouse, word: RegExp): Promise<readonly string[]> =>
  (await h.outbox())
    .filter((m) => word.test(m.text))
    .map((m) => m.channel)
    .sort();

async function withTotp(policy?: string) {
  const h = await aHouse(policy === undefined ? {} : { policy });
  await h.account('700004', contact);
  const bound = await bindTotp(h, '700004');
  return { h, ...bound };
}

async function withPhones(policy?: string) {
  const h = await aHouse(policy === undefined ? { preset: 'mobile-otp' } : { policy });
  await h.account('700004', contact);
  const { token } = await register(h, '700004');
  const main = await firstPhone(h, token);
  h.pass(60);
  const sub = await furtherPhone(h, token);
  h.pass(60);
  return { h, main, sub };
}

describe('what an action would do', () => {
  it('OP-1.2 is counted before anybody does it, and nothing is done by looking', async () => {
    const { h, main } = await withPhones();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const seen = await act(lin, 'actions:preview', { action: 'reset-pin', verified: true });
    expect(seen).toMatchObject({
      status: 200,
      body: { needsSecond: false, riskFlags: [], callerCheck: 'recorded' },
    });
    expect(seen.body.effects).toContainEqual({ kind: 'phones-unsynced', count: 2 });
    expect(seen.body.effects).toContainEqual({ kind: 'pin-forgotten', count: 1 });
    const all = await act(lin, 'actions:preview', { action: 'change-person', email: 'lee@example.com' });
    expect(all.body.effects).toEqual(
      expect.arrayContaining([
        { kind: 'phones-revoked', count: 2 },
        { kind: 'contacts-changed', count: 1 },
        { kind: 'registration-sent', count: 1 },
      ]),
    );
    expect(all.body.riskFlags).toEqual(['caller-not-verified']);
    expect((await signed(h, main, 'GET', `/v1/app/phones/${main.id}`)).body.status).toBe('active');
    expect(await audited(h, 'operator.acted')).toEqual([]);
  });

  it('OP-1.2 the options name what can be done on what, with the reasons in the operator’s language and contacts masked', async () => {
    const { h, sub } = await withPhones();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const { body } = await lin.call('GET', at('700004', 'actions'), undefined, {
      headers: { 'accept-language': 'zh-HK' },
    });
    expect(body.reasons[0]).toEqual({ code: 'R01', text: '遺失手機或被盜' });
    expect(body.phones.map((p: { id: string }) => p.id)).toContain(sub.id);
    expect(body.actions.map((a: { action: string }) => a.action)).toEqual(
      expect.arrayContaining(['unlock', 'register', 'revoke-phone', 'reset-pin', 'change-person', 'bypass']),
    );
    expect(body).toMatchObject({ phone: '***0001', mayPush: true });
    expect(JSON.stringify(body)).not.toMatch(/91230001|chan@example/);
    const admin = await anOperator(h, { roles: ['administrator'] });
    expect((await admin.call('GET', at('700004', 'actions'))).status).toBe(403);
  });
});

describe('an action', () => {
  it('OP-1.2 MO-6.1 needs a reason of the policy from an operator, and plain words from a key still do', async () => {
    const { h } = await withTotp();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    expect(await act(lin, 'unlock', { reason: 'because' })).toMatchObject({
      status: 422,
      body: { code: 'reason-unknown', reasons: ['R01', 'R02', 'R03', 'R04', 'R05', 'R06'] },
    });
    expect((await act(lin, 'unlock', { reason: 'r04', note: 'typed an old code' })).status).toBe(200);
    expect(await audited(h, 'operator.acted')).toMatchObject([
      { actor: 'operator:lin', data: { action: 'unlock', reason: 'R04', note: 'typed an old code' } },
    ]);
    const byKey = await h.call('POST', at('700004', 'unlock'), { reason: 'identity checked', operator: 'dealer-17' });
    expect(byKey.status).toBe(200);
    expect((await audited(h, 'operator.acted'))[1]).toMatchObject({ actor: 'operator:dealer-17' });
  });

  it('OP-1.2 ES-5.2 unbinding is told on every channel with a way to object, and the old code is worthless', async () => {
    const { h, uri } = await withTotp();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const done = await act(lin, 'unbind', { reason: 'R01', callerCheck: { how: 'call-back' } });
    expect(done).toMatchObject({ status: 200, body: { removed: [expect.any(String)] } });
    expect(await told(h, /已解除綁定[^]*否決碼 [0-9A-Z]{5}-[0-9A-Z]{5}/)).toEqual(['email', 'sms']);
    h.pass(60);
    await h.phase('totp-only');
    // REB-08: the next login begins a new binding, and the old secret opens nothing.
    const login = await aLogin(h, '700004');
    expect(login.status).toBe('enrol');
    expect((await verify(h, login.id, codeOf(uri, h.clock.now))).status).not.toBe(200);
    expect((await audited(h, 'operator.acted'))[0]?.data).toMatchObject({ callerCheck: 'call-back', reason: 'R01' });
  });

  it('OP-1.2 ends the trust in browsers and revokes app passwords, each with a reason and told', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account('wei@lark.example', { ...contact, locale: 'en' });
    const made = await h.call('POST', '/v1/accounts/wei@lark.example/app-passwords', { name: 'Thunderbird' });
    expect(made.status).toBe(201);
    const lin = await anOperator(h, { login: 'lin' });
    const where = 'wei@lark.example';
    const done = await act(lin, 'revoke-app-passwords', { reason: 'R01', appPassword: made.body.id }, where);
    expect(done).toMatchObject({ status: 200, body: { revoked: [made.body.id] } });
    expect(await told(h, /app password revoked/)).toEqual(['email', 'sms']);
    const none = await act(lin, 'trusted-devices/all/revoke', { reason: 'R01' }, where);
    expect(none).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('OPS-05 concerns accounts of the operator’s tenant only, and looks like nothing there for others', async () => {
    await using h = await aHouse();
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    await h.account('700004', contact);
    const other = await anOperator(h, { tenants: { t2: ['support', 'security'] } });
    const own = await act(other, 'unlock', { reason: 'R04' });
    const none = await act(other, 'unlock', { reason: 'R04' }, '799999');
    expect([own.status, own.body.code]).toEqual([none.status, none.body.code]);
    expect(own.body.code).toBe('account-unknown');
    expect((await other.call('POST', at('700004', 'unlock'), { reason: 'R04' }, { tenant: 't1' })).status).toBe(404);
  });

  it('OP-1.5 no more of them within an hour than the policy lets one operator do, however many at once', async () => {
    const { h } = await withTotp(withConsole('star-rollout', '{ actionsPerHour: 3 }'));
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const kim = await anOperator(h, { login: 'kim' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => act(lin, 'unlock', { reason: 'R04' })));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    expect(answers.find((a) => a.status === 429)?.body).toMatchObject({ code: 'too-many-actions', retryAfter: 3600 });
    expect((await act(kim, 'unlock', { reason: 'R04' })).status).toBe(200);
    await work(h, lin, 3600);
    expect((await act(lin, 'unlock', { reason: 'R04' })).status).toBe(200);
  });
});

describe('risk flags', () => {
  it('OP-1.5 REB-06 contact data changed lately, a password changed today, a third reset this week', async () => {
    const { h } = await withTotp();
    await using _ = h;
    const flags = async (action = 'unbind') => {
      const lin = await anOperator(h);
      return (await act(lin, 'actions:preview', { action, verified: true })).body.riskFlags;
    };
    expect(await flags()).toEqual([]);
    await h.account('700004', { ...contact, email: 'thief@example.com', password: 'New-pass-word-1' });
    expect(await flags()).toEqual(['contact-changed', 'password-changed']);
    h.pass(24 * 3600 + 1);
    expect(await flags()).toEqual(['contact-changed']);
    h.pass(7 * 24 * 3600);
    expect(await flags()).toEqual([]);
    for (let n = 0; n < 2; n++) {
      const body = { reason: 'R06', hours: 1, callerCheck: { how: 'call-back' } };
      expect((await act(await anOperator(h), 'bypass', body)).status).toBe(201);
      h.pass(3600);
    }
    expect(await flags()).toEqual(['third-reset']);
    expect(await flags('unlock')).toEqual([]);
    h.pass(7 * 24 * 3600);
    expect(await flags()).toEqual([]);
  });

  it('OP-1.5 a login from where none was before', async () => {
    const { h, uri } = await withTotp();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    for (const ip of ['203.0.113.7', '203.0.113.9', '198.51.100.7']) {
      h.pass(30);
      const login = await aLogin(h, '700004', { id: 'star-9.5', version: '9.5.8.5', ip });
      expect((await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' })).status).toBe(200);
      const { body } = await act(lin, 'actions:preview', { action: 'unbind', verified: true });
      expect(body.riskFlags).toEqual(ip === '198.51.100.7' ? ['new-place'] : []);
    }
  });
});

describe('verifying who calls', () => {
  const required = (preset: string): string => withConsole(preset, '{ callerCheck: required }');

  it('OP-1.5 is asked where the policy requires it, and how it was done is on record', async () => {
    const { h } = await withTotp(required('star-rollout'));
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    expect((await act(lin, 'unbind', { reason: 'R01' })).body.code).toBe('caller-check-required');
    expect((await act(lin, 'unbind', { reason: 'R01', callerCheck: { how: 'code' } })).body.code).toBe(
      'caller-check-failed',
    );
    expect((await act(lin, 'unbind', { reason: 'R01', callerCheck: { how: 'in-person' } })).status).toBe(200);
    expect((await audited(h, 'operator.acted'))[0]?.data['callerCheck']).toBe('in-person');
  });

  it('OP-1.5 by a code of a bound authenticator: spent like any other, good for one action of the operator who asked', async () => {
    const { h, uri } = await withTotp(required('star-rollout'));
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const kim = await anOperator(h, { login: 'kim' });
    h.pass(30);
    const started = await act(lin, 'caller-checks', { how: 'code' });
    expect(started).toMatchObject({ status: 201, body: { offered: [{ type: 'totp' }, { type: 'sms' }] } });
    const { challenge } = started.body;
    const check = `/v1/console/caller-checks/${challenge}`;
    expect((await lin.call('POST', `${check}/verify`, { output: '000000' })).body).toMatchObject({
      code: 'verification-failed',
      attemptsLeft: 9,
    });
    const code = codeOf(uri, h.clock.now);
    expect((await lin.call('POST', `${check}/verify`, { output: code })).body.status).toBe('verified');
    // Somebody else cannot use it, and the code opens no login.
    const callerCheck = { how: 'code', challenge };
    expect((await act(kim, 'unlock', { reason: 'R04', callerCheck })).body.code).toBe('caller-check-failed');
    const login = await aLogin(h, '700004');
    expect((await verify(h, login.id, code)).status).toBe(422);
    expect((await act(lin, 'unlock', { reason: 'R04', callerCheck })).status).toBe(200);
    expect((await act(lin, 'unlock', { reason: 'R04', callerCheck })).body.code).toBe('caller-check-failed');
    expect((await lin.call('GET', check)).body.status).toBe('used');
  });

  it('OP-1.5 a code that is sent says whom to read it to, and that it lets nobody in', async () => {
    await using h = await aHouse();
    await h.account('700004', contact);
    const lin = await anOperator(h, { login: 'lin' });
    const started = await act(lin, 'caller-checks', { how: 'code' });
    expect(started.body.sentTo).toEqual(['***0001']);
    const [sms] = (await h.outbox()).filter((m) => m.channel === 'sms');
    expect(sms?.text).toMatch(/核實碼 \d{6}，請告知正與閣下通話的客戶服務員.*不可用於登入/);
    const code = /\d{6}/.exec(sms?.text ?? '')?.[0] ?? '';
    const login = await aLogin(h, '700004');
    expect((await verify(h, login.id, code)).status).not.toBe(200);
    const answered = await lin.call('POST', `/v1/console/caller-checks/${started.body.challenge}/verify`, {
      output: code,
    });
    expect(answered.body.status).toBe('verified');
  });

  it('OP-1.5 SCN-06 by a push: the customer types the number the operator says; "not me" is flagged', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const ask = async (how: 'approve' | 'deny') => {
      const { body: check } = await act(lin, 'caller-checks', { how: 'push' });
      const [sheet] = await waiting(h, main);
      expect(sheet).toMatchObject({ purpose: 'caller', browser: 'operator:lin', needsNumber: true });
      const given = await answer(h, main, sheet, how, how === 'approve' ? check.number : undefined);
      expect(given.status).toBe(200);
      const state = (await lin.call('GET', `/v1/console/caller-checks/${check.challenge}`)).body.status;
      return { challenge: check.challenge, state };
    };
    const yes = await ask('approve');
    expect(yes.state).toBe('verified');
    const revoke = { reason: 'R01', callerCheck: { how: 'push', challenge: yes.challenge } };
    expect((await act(lin, `phones/${sub.id}/revoke`, revoke)).status).toBe(204);
    expect((await ask('deny')).state).toBe('denied');
    const { body } = await act(lin, 'actions:preview', { action: 'unlock', verified: true });
    expect(body.riskFlags).toContain('caller-check-failed');
    // It proves nothing of a login: a caller's challenge is its own kind.
    const asLogin = await h.call('GET', `/v1/logins/${yes.challenge}`);
    expect(asLogin.body.assertion).toBeUndefined();
  });
});

describe('secrets', () => {
  it('OPS-09 nothing an operator is shown or the log keeps holds a code, a PIN or a ticket; a bypass code is shown once', async () => {
    const { h } = await withPhones();
    await using _ = h;
    const lin = await anOperator(h, { login: 'lin' });
    const callerCheck = { how: 'in-person' };
    const sent = await act(lin, 'registration', { reason: 'R02', callerCheck });
    const mailed = (await h.outbox()).find((m) => m.channel === 'email' && /[0-9A-Z]{5}-[0-9A-Z]{5}/.test(m.text));
    const ticket = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(mailed?.text ?? '')?.[0] ?? 'none';
    const bypass = await act(lin, 'bypass', { reason: 'R06', hours: 2, callerCheck });
    const [code] = bypass.body.codes;
    const shown = JSON.stringify([
      sent.body,
      (await lin.call('GET', at('700004', 'actions'))).body,
      (await lin.call('GET', '/v1/console/cases')).body,
      await h.audit(),
    ]);
    for (const secret of [ticket, ticket.replace('-', ''), code, code.replace('-', '')])
      expect(shown).not.toContain(secret);
  });
});
