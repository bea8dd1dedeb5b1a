// What customer service does for phones, and what each of it ends: freezes, lost phones, forgotten PINs, a changed authorised person.
import { describe, expect, it } from 'vitest';
import {
  confirm,
  firstPhone,
  furtherPhone,
  join,
  logInBy,
  mailedCode,
  open,
  PIN,
  PORTAL,
  prove,
  register,
  signed,
} from '../enrolment-kit.ts';
import { type Answer, aHouse, presetText, type TestHouse } from '../kit.ts';
import type { TestPhone } from '../phone.ts';

const contact = { phone: '+85291230001', email: 'chan@example.com' };
const desk = { reason: 'identity checked by call-back', operator: 'desk-3' };
const act = (h: TestHouse, what: string, more: object = {}): Promise<Answer> =>
  h.call('POST', `/v1/console/accounts/700004/${what}`, { ...desk, ...more });

/** A house with an account whose two phones are complete; the minute of that is over. */
async function withPhones(
  policy?: string,
): Promise<{ h: TestHouse & AsyncDisposable; main: TestPhone; sub: TestPhone; token: string }> {
  const h = await aHouse(policy === undefined ? { preset: 'mobile-otp' } : { policy });
  await h.account('700004', contact);
  const { token } = await register(h, '700004');
  const main = await firstPhone(h, token);
  const sub = await furtherPhone(h, token);
  h.pass(60);
  return { h, main, sub, token };
}
const works = async (h: TestHouse, phone: TestPhone, pin = PIN): Promise<number> =>
  (await logInBy(h, '700004', await phone.codeFrom(pin, h.clock.now))).status;
const own = (h: TestHouse, phone: TestPhone): Promise<Answer> => signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`);
/** The notices since, by their first words. */
const told = async (h: TestHouse, word: string): Promise<readonly string[]> =>
  (await h.outbox())
    .filter((m) => m.text.includes(word))
    .map((m) => m.channel)
    .sort();
const audited = async (h: TestHouse, event: string) => (await h.audit()).filter((e) => e.event === event);

describe('a freeze', () => {
  it('MO-4.2 MO-6.1 PIN-04 ten codes under a wrong PIN freeze the account; the refusal says whom to call, and an operator ends it', async () => {
    const { h, main } = await withPhones();
    await using _ = h;
    const answers: Answer[] = [];
    for (let n = 0; n < 10; n++) {
      const wrong = await main.codeFrom(String(100_000 + n), h.clock.now);
      answers.push(await logInBy(h, '700004', wrong));
      h.pass(3660);
    }
    expect(answers.map((a) => a.body.attemptsLeft)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    const right = await main.codeFrom(PIN, h.clock.now);
    expect((await logInBy(h, '700004', right)).body).toMatchObject({
      code: 'frozen',
      contact: expect.stringContaining('852-2700 0000'),
    });
    expect(await told(h, '驗證已凍結')).toEqual(['email', 'sms']);
    expect((await act(h, 'unlock')).status).toBe(200);
    expect((await logInBy(h, '700004', right)).status).toBe(200);
  });

  it('PIN-04 BF-01 where each authenticator is frozen by itself, another factor still works', async () => {
    const policy = presetText('mobile-otp').replace('scope: account', 'scope: authenticator');
    const { h, main } = await withPhones(policy);
    await using _ = h;
    const id = (await h.call('GET', '/v1/accounts/700004')).body.authenticators.find(
      (a: { hint: string }) => a.hint === 'First',
    ).id;
    for (let n = 0; n < 10; n++) {
      const login = await h.call('POST', '/v1/logins', { account: '700004', client: PORTAL, firstFactor: 'verified' });
      await h.call('POST', `/v1/logins/${login.body.id}/verify`, { authenticator: id, output: '000000' });
      h.pass(3660);
    }
    const login = await h.call('POST', '/v1/logins', { account: '700004', client: PORTAL, firstFactor: 'verified' });
    const output = await main.codeFrom(PIN, h.clock.now);
    expect((await h.call('POST', `/v1/logins/${login.body.id}/verify`, { authenticator: id, output })).body.code).toBe(
      'frozen',
    );
    const other = (await h.call('GET', '/v1/accounts/700004')).body.authenticators.find(
      (a: { hint: string }) => a.hint === 'Further',
    );
    expect(other.status).toBe('active');
  });

  it('BF-01 BF-08 guesses at the login, at the PIN question and at the confirmation share one count', async () => {
    const { h, token } = await withPhones();
    await using _ = h;
    const { phone } = await join(h, { token });
    const left: (number | undefined)[] = [];
    left.push((await prove(h, phone, '000001')).body.attemptsLeft);
    left.push((await prove(h, phone, '000002')).body.attemptsLeft);
    left.push((await logInBy(h, '700004', '000000')).body.attemptsLeft);
    h.pass(30);
    await prove(h, phone);
    // A right proof cleared them; from here on everything counts again.
    left.push(
      (await signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/confirm`, { output: '000000' })).body.attemptsLeft,
    );
    left.push((await prove(h, phone, '000003')).body.attemptsLeft);
    expect(left).toEqual([9, 8, 7, 9, 8]);
    for (let n = 0; n < 8; n++) {
      await prove(h, phone, '000004');
      h.pass(3660);
    }
    // Ten in a row, of both kinds: the PIN question is as closed as the login.
    expect((await prove(h, phone)).body.code).toBe('frozen');
    expect((await logInBy(h, '700004', '000000')).body.code).toBe('frozen');
  });
});

describe('lost, stolen or new', () => {
  it('MO-6.2 REB-08 the lost phone is revoked at once with the new registration, and knows it', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    expect((await act(h, 'registration', { revokePhones: [sub.id], mode: 'add' })).status).toBe(201);
    expect(await works(h, sub)).toBe(422);
    expect(await own(h, sub)).toMatchObject({ status: 401, body: { code: 'phone-revoked' } });
    expect(await works(h, main)).toBe(200);
    expect(await audited(h, 'phone.revoked')).toMatchObject([
      { actor: 'operator:desk-3', data: { phone: sub.id, reason: desk.reason } },
    ]);
    expect(await told(h, '已移除手機')).toEqual(['email', 'sms']);
  });

  it('MO-2.5 MO-6.2 replace: the phones before it work until the first new one is complete, then none does', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    await act(h, 'registration');
    const ticket = { account: '700004', code: await mailedCode(h) };
    const { phone: fresh, answer } = await join(h, ticket, 'New');
    expect(answer.body).toMatchObject({ role: 'main' });
    expect(await works(h, main)).toBe(200);
    await fresh.makeStore(answer.body.box, '314159');
    const done = await signed(h, fresh, 'POST', `/v1/app/phones/${fresh.id}/pin`, {
      tag: await fresh.tagOf('314159'),
      output: await fresh.codeFrom('314159', h.clock.now),
    });
    expect(done.status).toBe(200);
    h.pass(60);
    for (const old of [main, sub]) {
      expect(await works(h, old)).toBe(422);
      expect((await own(h, old)).body.code).toBe('phone-revoked');
    }
    expect(await works(h, fresh, '314159')).toBe(200);
    expect((await h.call('GET', '/v1/accounts/700004/phones')).body.slots).toEqual({ used: 1, of: 5 });
  });

  it('MO-2.5 add: the phones before it stay, and a new one joins them with the same PIN', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    await act(h, 'registration', { mode: 'add' });
    const ticket = { account: '700004', code: await mailedCode(h) };
    const { phone, answer } = await join(h, ticket, 'Third');
    expect(answer.body).toMatchObject({ role: 'sub', box: null });
    await prove(h, phone);
    expect((await confirm(h, phone)).status).toBe(200);
    h.pass(60);
    for (const each of [main, sub, phone]) expect(await works(h, each)).toBe(200);
  });

  it('MO-2.5 at once: the phones before it end with the issue itself', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    await act(h, 'registration', { mode: 'replace-at-once' });
    for (const old of [main, sub]) expect((await own(h, old)).body.code).toBe('phone-revoked');
    expect(
      (await h.call('GET', '/v1/accounts/700004')).body.authenticators.map((a: { type: string }) => a.type),
    ).toEqual(['sms']);
  });

  it('ENR-17 with five phones of the old issue, the first of a new one still finds a slot', async () => {
    const { h, token } = await withPhones();
    await using _ = h;
    for (let n = 3; n <= 5; n++) await furtherPhone(h, token, PIN, `Phone ${n}`);
    await act(h, 'registration');
    await firstPhone(h, { account: '700004', code: await mailedCode(h) }, '314159');
    const { body } = await h.call('GET', '/v1/accounts/700004/phones');
    expect(body).toMatchObject({ slots: { used: 1, of: 5 }, items: [{ role: 'main', status: 'active' }] });
  });

  it('MO-6.2 a phone is revoked by itself, with a reason, and by another phone of the account only while that one is synchronised', async () => {
    const { h, main, sub, token } = await withPhones();
    await using _ = h;
    const { phone: joined } = await join(h, { token });
    expect(await signed(h, joined, 'DELETE', `/v1/app/phones/${main.id}`)).toMatchObject({
      status: 409,
      body: { code: 'phone-unsynced' },
    });
    expect((await signed(h, main, 'DELETE', `/v1/app/phones/${sub.id}`)).status).toBe(204);
    expect((await own(h, sub)).body.code).toBe('phone-revoked');
    expect((await signed(h, joined, 'DELETE', `/v1/app/phones/${joined.id}`)).status).toBe(204);
    expect((await act(h, `phones/${main.id}/revoke`)).status).toBe(204);
    expect((await own(h, main)).body.code).toBe('phone-revoked');
    // The slots are free again. The PIN stands: whoever registers next must know it.
    expect((await open(h, 'tickets:open', { token })).body).toMatchObject({ slotsLeft: 5, isFirst: false });
    const next = await furtherPhone(h, token);
    expect((await own(h, next)).body).toMatchObject({ role: 'main', status: 'active' });
  });
});

describe('a forgotten PIN', () => {
  it('MO-6.3 PIN-08 old codes are worthless at once on every phone; one sets the new PIN, the others must show it; with reason and notice', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    expect((await act(h, 'pin-reset')).body).toEqual({ phones: 2 });
    for (const phone of [main, sub]) {
      expect(await works(h, phone)).not.toBe(200);
      expect((await own(h, phone)).body.status).toBe('unsynced');
    }
    const begun = await signed(h, main, 'POST', `/v1/app/phones/${main.id}/sync`, {});
    expect(begun.body.state).toBe('needs-pin');
    const old = await main.codeFrom(PIN, h.clock.now);
    await main.makeStore(begun.body.box, '314159');
    // A fresh secret: what the phone kept before is of no use even with the right old PIN.
    expect(await main.codeFrom('314159', h.clock.now)).not.toBe(old);
    const set = await signed(h, main, 'POST', `/v1/app/phones/${main.id}/pin`, {
      tag: await main.tagOf('314159'),
      output: await main.codeFrom('314159', h.clock.now),
    });
    expect(set.body).toMatchObject({ role: 'main' });
    expect(await prove(h, sub, PIN)).toMatchObject({ status: 422, body: { code: 'verification-failed' } });
    expect((await prove(h, sub, '314159')).status).toBe(200);
    expect((await confirm(h, sub, '314159')).status).toBe(200);
    h.pass(60);
    for (const phone of [main, sub]) expect(await works(h, phone, '314159')).toBe(200);
    expect(await audited(h, 'pin.reset')).toMatchObject([{ actor: 'operator:desk-3', data: { reason: desk.reason } }]);
    expect(await told(h, 'PIN 已重設')).toEqual(['email', 'sms']);
  });

  it('PIN-08 ENR-08 a phone that joined and never showed the PIN does not get the account by waiting for a reset', async () => {
    const { h, main, token } = await withPhones();
    await using _ = h;
    const { phone: stranger } = await join(h, { token }, 'Stranger');
    await act(h, 'pin-reset');
    const path = `/v1/app/phones/${stranger.id}`;
    expect((await signed(h, stranger, 'POST', `${path}/sync`, {})).body.code).toBe('phone-unsynced');
    const tag = await stranger.tagOf('000000');
    expect((await signed(h, stranger, 'POST', `${path}/pin`, { tag, output: '000000' })).body.code).toBe('superseded');
    expect((await signed(h, main, 'POST', `/v1/app/phones/${main.id}/sync`, {})).body.state).toBe('needs-pin');
  });

  it('PIN-08 ENR-05 of two first phones the one that came second is a further one, after a reset too', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account('700004', contact);
    const { token } = await register(h, '700004');
    const { phone: second, answer } = await join(h, { token }, 'Second');
    expect(answer.body.role).toBe('main');
    const first = await firstPhone(h, token);
    expect((await own(h, second)).body.role).toBe('sub');
    await act(h, 'pin-reset');
    expect((await signed(h, second, 'POST', `/v1/app/phones/${second.id}/sync`, {})).body.code).toBe('phone-unsynced');
    expect((await signed(h, first, 'POST', `/v1/app/phones/${first.id}/sync`, {})).body.state).toBe('needs-pin');
  });

  it('PIN-08 of two phones that set the new PIN at once one does, and the other asks for it', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    await act(h, 'pin-reset');
    const set = async (phone: TestPhone, pin: string): Promise<Answer> => {
      const begun = await signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/sync`, {});
      await phone.makeStore(begun.body.box, pin);
      const body = { tag: await phone.tagOf(pin), output: await phone.codeFrom(pin, h.clock.now) };
      return signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/pin`, body);
    };
    const answers = await Promise.all([set(main, '314159'), set(sub, '161803')]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    const loser = answers[0]?.status === 409 ? main : sub;
    expect((await signed(h, loser, 'POST', `/v1/app/phones/${loser.id}/sync`, {})).body.state).toBe('set');
  });
});

describe('a changed PIN', () => {
  const change = async (h: TestHouse, phone: TestPhone, from: string, to: string): Promise<Answer> =>
    signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/pin-change`, {
      output: await phone.codeFrom(from, h.clock.now),
      tag: await phone.tagOf(to),
    });

  it('PIN-05 with a wrong old PIN nothing is changed, and it counts', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    expect(await change(h, main, '999999', '314159')).toMatchObject({ status: 422, body: { attemptsLeft: 9 } });
    expect((await own(h, sub)).body).toMatchObject({ status: 'active', pinEpoch: 1 });
    expect(await works(h, sub)).toBe(200);
    expect(await audited(h, 'pin.changed')).toHaveLength(0);
  });

  it('PIN-05 PIN-06 with the right one it holds; this phone goes on, every other one is unsynced until it shows the new PIN', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    expect(await change(h, main, PIN, '314159')).toMatchObject({ status: 200, body: { pinEpoch: 2 } });
    // The same request once more, as after a lost answer: its code is spent.
    expect((await change(h, main, PIN, '314159')).status).toBe(422);
    h.pass(60);
    // The phone keeps its secret, so the old mask with the old PIN works until the new one is stored (PIN-06).
    expect(await works(h, main)).toBe(200);
    expect((await own(h, sub)).body.status).toBe('unsynced');
    expect(await works(h, sub)).toBe(422);
    expect((await prove(h, sub, PIN)).status).toBe(422);
    expect((await prove(h, sub, '314159')).status).toBe(200);
    h.pass(60);
    expect((await confirm(h, sub, '314159')).status).toBe(200);
    expect(await told(h, 'PIN 已更改')).toEqual(['email', 'sms']);
  });
});

describe('a changed authorised person', () => {
  it('MO-6.4 one action ends phones, PIN, tickets and logins, tells the old channels, and mails a registration to the new person', async () => {
    const { h, main, sub, token } = await withPhones();
    await using _ = h;
    const before = await h.call('POST', '/v1/logins', { account: '700004', client: PORTAL, firstFactor: 'verified' });
    const done = await act(h, 'authorised-person', { name: '李大文', email: 'lee@example.com', phone: '+85291230002' });
    expect(done).toMatchObject({ status: 201, body: { slots: { used: 0, of: 5 } } });
    for (const phone of [main, sub]) {
      expect((await own(h, phone)).body.code).toBe('phone-revoked');
      expect(await works(h, phone)).not.toBe(200);
    }
    const late = await h.call('POST', `/v1/logins/${before.body.id}/verify`, {
      output: await main.codeFrom(PIN, h.clock.now),
    });
    expect(late.status).not.toBe(200);
    expect((await open(h, 'tickets:open', { token })).body.code).toBe('superseded');
    const messages = await h.outbox();
    expect(messages.filter((m) => m.to === 'chan@example.com').length).toBeGreaterThan(0);
    expect(messages.filter((m) => m.to === '+85291230001' && m.text.includes('聯絡資料已更改'))).toHaveLength(1);
    const mail = messages.find((m) => m.to === 'lee@example.com' && m.text.includes('激活碼'));
    expect(mail).toBeDefined();
    expect(messages.filter((m) => m.to === 'chan@example.com' && m.text.includes('激活碼'))).toHaveLength(0);
    expect(await audited(h, 'authorised-person.changed')).toMatchObject([
      { actor: 'operator:desk-3', data: { reason: desk.reason } },
    ]);

    const fresh = await firstPhone(h, { account: '700004', code: await mailedCode(h) }, '314159');
    h.pass(60);
    expect(await works(h, fresh, '314159')).toBe(200);
  });

  it('MO-6.4 a contact that is none changes nothing', async () => {
    const { h, main } = await withPhones();
    await using _ = h;
    expect((await act(h, 'authorised-person', { email: 'no address' })).body.code).toBe('invalid-request');
    expect(await works(h, main)).toBe(200);
  });
});

describe('what is begun twice', () => {
  it('ENR-04 only the newest secret a phone was given can be confirmed', async () => {
    const { h, token } = await withPhones();
    await using _ = h;
    const { phone } = await join(h, { token });
    expect((await prove(h, phone)).status).toBe(200);
    const first = await phone.codeFrom(PIN, h.clock.now);
    expect((await prove(h, phone)).status).toBe(200);
    const path = `/v1/app/phones/${phone.id}/confirm`;
    expect((await signed(h, phone, 'POST', path, { output: first })).body.code).toBe('verification-failed');
    expect((await confirm(h, phone)).status).toBe(200);
    // A phone that lost what it had may synchronise again; the secret before goes with that.
    h.pass(60);
    const before = await phone.codeFrom(PIN, h.clock.now);
    await prove(h, phone);
    expect((await confirm(h, phone)).status).toBe(200);
    expect((await logInBy(h, '700004', before)).status).toBe(422);
    h.pass(60);
    expect(await works(h, phone)).toBe(200);
  });

  it('ENR-03 a secret that was not confirmed in ten minutes is gone, and the next synchronisation brings another', async () => {
    const { h, token } = await withPhones();
    await using _ = h;
    const { phone } = await join(h, { token });
    await prove(h, phone);
    h.pass(600);
    expect((await confirm(h, phone)).body.code).toBe('expired');
    await prove(h, phone);
    h.pass(599);
    expect((await confirm(h, phone)).status).toBe(200);
  });
});

describe('signed requests', () => {
  it('ENR-07 only the phone itself, its own bytes and its own time count', async () => {
    const { h, main, sub } = await withPhones();
    await using _ = h;
    const path = `/v1/app/phones/${main.id}`;
    const headers = await main.signRequest('GET', path, '', h.clock.now);
    const call = (method: string, url: string, more: Record<string, string> = {}, body?: unknown) =>
      h.call(method, url, body, { authorization: '', ...headers, ...more });
    expect((await call('GET', path)).status).toBe(200);
    for (const [method, url, more, body] of [
      ['DELETE', path, {}, undefined],
      ['GET', `${path}?x=1`, {}, undefined],
      ['GET', path, { 'Hufu-Phone': sub.id }, undefined],
      ['GET', path, { 'Hufu-Time': String(h.clock.now + 1) }, undefined],
      ['GET', path, { 'Hufu-Signature': '' }, undefined],
      ['POST', `${path}/confirm`, {}, { output: '000000' }],
    ] as const)
      expect((await call(method, url, more, body)).body.code).toBe('signature-invalid');
    // Another phone's signature says who it is, and that it is not this one.
    expect((await signed(h, sub, 'GET', path)).status).toBe(404);
    const text = await main.signRequest('POST', `${path}/confirm`, '{"output":"000000"}', h.clock.now);
    expect(
      (await h.call('POST', `${path}/confirm`, { output: '000001' }, { authorization: '', ...text })).body.code,
    ).toBe('signature-invalid');
    for (const seconds of [-121, 121])
      expect((await signed(h, main, 'GET', path, undefined, h.clock.now + seconds * 1000)).body).toMatchObject({
        code: 'clock-off',
        serverTime: new Date(h.clock.now).toISOString(),
      });
    expect((await signed(h, main, 'GET', path, undefined, h.clock.now + 119_000)).status).toBe(200);
  });

  it('ENR-07 a phone cannot bring its own secret: members of that kind are refused', async () => {
    const { h, token } = await withPhones();
    await using _ = h;
    const { phone, answer } = await join(h, { token, secret: 'AAAA' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(phone.signKey).not.toBe('');
  });
});
