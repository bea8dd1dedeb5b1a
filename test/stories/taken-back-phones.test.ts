// REB-04 for methods that come with a phone: taken back where that makes sense, else nobody gets in until customer service has looked.
import { describe, expect, it } from 'vitest';
import {
  confirm as confirmApp,
  firstPhone,
  furtherPhone,
  logInBy,
  PIN,
  prove,
  register,
  signed,
} from '../enrolment-kit.ts';
import { type Answer, aHouse, presetText, type TestHouse } from '../kit.ts';
import { anOperator } from '../operator-kit.ts';
import type { TestPhone } from '../phone.ts';
import { aBrowser } from '../portal-kit.ts';
import { aWechatHouse, bound, called, codeOf, confirm, entered, MAILBOX, scanToJoin, shownQr } from '../wechat-kit.ts';

const WEEK = 7 * 24 * 3600;
const HO = '700004';
const PASSWORD = 'trading-password';
const CODE = /(?:否决码|否決碼|[Ss]top code) ([0-9A-Z]{5}-[0-9A-Z]{5})/;
/** The newest code in a notice about that. */
const codeIn = async (h: TestHouse, about: RegExp): Promise<string> =>
  (await h.outbox()).flatMap((m) => (about.test(m.text) ? (CODE.exec(m.text)?.[1] ?? []) : []))[0] ?? 'none';
const object = (h: TestHouse, account: string, code: string): Promise<Answer> =>
  h.call('POST', '/v1/objections', { account, code });
const seen = async (h: TestHouse, phone: Parameters<typeof signed>[1]): Promise<number> =>
  (await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).status;
/** An operator has looked, and opens the account. */
async function opened(h: TestHouse): Promise<void> {
  const lin = await anOperator(h, { login: 'lin' });
  const body = { reason: 'R04', callerCheck: { how: 'call-back' } };
  expect((await lin.call('POST', `/v1/console/accounts/${HO}/unlock`, body)).status).toBe(200);
}

async function enrolled(policy = (text: string) => text) {
  const h = await aHouse({ policy: policy(presetText('mobile-otp')) });
  await h.account(HO, { password: PASSWORD, email: 'ho@guoan.example' });
  const { token } = await register(h, HO);
  return { h, token, first: await firstPhone(h, token) };
}

/** After an operator has looked, the owner's phone logs in and the stranger's does not. */
async function isOut(h: TestHouse, stranger: TestPhone, first: TestPhone): Promise<void> {
  expect(await seen(h, stranger)).toBe(401);
  await opened(h);
  h.pass(60);
  expect((await logInBy(h, HO, await stranger.codeFrom(PIN, h.clock.now))).status).toBe(422);
  expect((await logInBy(h, HO, await first.codeFrom(PIN, h.clock.now))).body.status).toBe('satisfied');
}

describe('phones', () => {
  it('MO-2.3 REB-04 REB-08 a phone that a stranger added is out; the one before, days old itself, logs in once an operator has looked', async () => {
    const { h, token, first } = await enrolled();
    await using _ = h;
    h.pass(60);
    const stranger = await furtherPhone(h, token);
    expect((await object(h, HO, await codeIn(h, /已加入一部/))).body).toMatchObject({ outcome: 'suspended' });
    await isOut(h, stranger, first);
    // The registration it joined by is over too.
    expect((await h.call('POST', '/v1/app/tickets:open', { token }, { authorization: '' })).status).not.toBe(200);
  });

  it('MO-6.1 REB-04 a phone that a stranger removed is back: its codes and its signature', async () => {
    const { h, token, first } = await enrolled((text) => text.replace('by: operator', 'by: step-up'));
    await using _ = h;
    h.pass(60);
    const second = await furtherPhone(h, token);
    h.pass(WEEK);
    expect((await signed(h, second, 'DELETE', `/v1/app/phones/${first.id}`)).status).toBe(204);
    expect(await seen(h, first)).toBe(401);
    expect((await object(h, HO, await codeIn(h, /已移除手機/))).body).toEqual({ outcome: 'restored', appPasswords: 0 });
    expect(await seen(h, first)).toBe(200);
    h.pass(60);
    expect((await logInBy(h, HO, await first.codeFrom(PIN, h.clock.now))).body.status).toBe('satisfied');
  });

  it('MO-2.5 REB-04 phones whose PIN a stranger replaced cannot be put back: the stranger is out, and nobody gets in until an operator has looked', async () => {
    const { h, first } = await enrolled();
    await using _ = h;
    h.pass(WEEK);
    // Somebody in the owner's session asks for another registration and joins with it: the phones before are out.
    const thief = aBrowser(h);
    await thief.login(HO, PASSWORD);
    const entered = await thief.call('POST', '/v1/me/login/verify', { output: await first.codeFrom(PIN, h.clock.now) });
    expect(entered.body.status).toBe('satisfied');
    const made = await thief.call('POST', '/v1/me/enrolment', {});
    expect(made.status).toBe(201);
    const token = made.body.url.split('/s/')[1];
    const stranger = await firstPhone(h, token, '314159', 'Stranger');
    expect((await object(h, HO, await codeIn(h, /已加入一部/))).body).toEqual({
      outcome: 'suspended',
      appPasswords: 0,
    });
    expect(await seen(h, stranger)).toBe(401);
    expect(await seen(h, first)).toBe(401);
    expect((await logInBy(h, HO, await stranger.codeFrom('314159', h.clock.now))).body.code).toBe('account-suspended');
  });

  it('CM-4.2 REB-04 REB-08 a stranger’s phone that was given another key since is out, whatever key it holds', async () => {
    const { h, token, first } = await enrolled();
    await using _ = h;
    h.pass(60);
    const stranger = await furtherPhone(h, token);
    h.pass(60);
    expect((await prove(h, stranger)).status).toBe(200);
    expect((await confirmApp(h, stranger)).status).toBe(200);
    expect((await object(h, HO, await codeIn(h, /已加入一部/))).body).toMatchObject({ outcome: 'suspended' });
    await isOut(h, stranger, first);
  });

  it('CM-4.2 REB-04 a stranger’s phone that took another key and removed itself is not what comes back', async () => {
    const { h, token, first } = await enrolled();
    await using _ = h;
    h.pass(60);
    const stranger = await furtherPhone(h, token);
    const code = await codeIn(h, /已加入一部/);
    h.pass(60);
    await prove(h, stranger);
    expect((await confirmApp(h, stranger)).status).toBe(200);
    expect((await signed(h, stranger, 'DELETE', `/v1/app/phones/${stranger.id}`)).status).toBe(204);
    expect((await object(h, HO, code)).body).toMatchObject({ outcome: 'suspended' });
    await isOut(h, stranger, first);
  });

  it('CM-4.2 REB-04 PIN-05 a stranger who changed the PIN: their phone is out, nobody is told that all is as it was, and nobody gets in until an operator has looked', async () => {
    const { h, token, first } = await enrolled();
    await using _ = h;
    h.pass(60);
    const stranger = await furtherPhone(h, token);
    const joined = await codeIn(h, /已加入一部/);
    h.pass(60);
    const changed = await signed(h, stranger, 'POST', `/v1/app/phones/${stranger.id}/pin-change`, {
      output: await stranger.codeFrom(PIN, h.clock.now),
      tag: await stranger.tagOf('999999'),
    });
    expect(changed.status).toBe(200);
    expect(await codeIn(h, /的 PIN 已更改/)).not.toBe('none');
    expect((await object(h, HO, joined)).body).toMatchObject({ outcome: 'suspended' });
    expect(await seen(h, stranger)).toBe(401);
    h.pass(60);
    const login = await logInBy(h, HO, await first.codeFrom(PIN, h.clock.now));
    expect(login.body.code).toBe('account-suspended');
  });

  it('CM-4.2 REB-04 PIN-05 a phone that was removed does not come back with the PIN from before a change', async () => {
    const { h, token, first } = await enrolled((text) => text.replace('by: operator', 'by: step-up'));
    await using _ = h;
    h.pass(60);
    const second = await furtherPhone(h, token);
    h.pass(WEEK);
    // The first phone is stolen and its PIN was overseen: its owner removes it and takes another PIN. The code arrives on the stolen phone.
    expect((await signed(h, second, 'DELETE', `/v1/app/phones/${first.id}`)).status).toBe(204);
    const code = await codeIn(h, /已移除手機/);
    h.pass(60);
    const changed = await signed(h, second, 'POST', `/v1/app/phones/${second.id}/pin-change`, {
      output: await second.codeFrom(PIN, h.clock.now),
      tag: await second.tagOf('999999'),
    });
    expect(changed.status).toBe(200);
    h.pass(3600);
    expect((await object(h, HO, code)).body).toMatchObject({ outcome: 'suspended' });
    expect(await seen(h, first)).toBe(401);
    await opened(h);
    h.pass(60);
    expect((await logInBy(h, HO, await first.codeFrom(PIN, h.clock.now))).status).toBe(422);
    // The secret is the same under the new mask.
    expect((await logInBy(h, HO, await second.codeFrom(PIN, h.clock.now))).body.status).toBe('satisfied');
  });

  it.each([
    ['a PIN reset', 'pin-reset', {}],
    ['a registration that revokes the phone at hand', 'register', {}],
    ['a phone revoked', 'revoke', {}],
  ])('CM-4.2 REB-04 OP-1.5 %s by an operator stands: an old code puts no phone back', async (_name, what) => {
    const { h, token, first } = await enrolled((text) => text.replace('by: operator', 'by: step-up'));
    await using _ = h;
    h.pass(60);
    const second = await furtherPhone(h, token);
    h.pass(WEEK);
    expect((await signed(h, second, 'DELETE', `/v1/app/phones/${first.id}`)).status).toBe(204);
    const code = await codeIn(h, /已移除手機/);
    h.pass(60);
    const lin = await anOperator(h, { login: 'lin', roles: ['security'] });
    const path = what === 'revoke' ? `phones/${second.id}/revoke` : what === 'register' ? 'registration' : what;
    const done = await lin.call('POST', `/v1/console/accounts/${HO}/${path}`, {
      reason: 'R01',
      callerCheck: { how: 'in-person' },
      ...(what === 'register' ? { revokePhones: [second.id] } : {}),
    });
    expect(done.status, JSON.stringify(done.body)).toBeLessThan(300);
    expect((await object(h, HO, code)).body.code).toBe('objection-unknown');
    h.pass(25 * 3600);
    expect((await object(h, HO, code)).body.code).toBe('objection-unknown');
    expect(await seen(h, first)).toBe(401);
  });
});

/** Somebody in the owner's session, stepped up for a change of the mini-program's binding. */
async function inTheirSession(h: TestHouse, key: Awaited<ReturnType<typeof bound>>, purpose: 'unbind' | 'change') {
  const thief = await entered(h);
  await thief.call('POST', '/v1/me/login/verify', { output: codeOf(key, h.clock.now) });
  h.pass(60);
  await thief.call('POST', '/v1/me/challenges', { purpose });
  await thief.call('POST', '/v1/me/login/verify', { output: codeOf(key, h.clock.now) });
  const { items } = (await thief.call('GET', '/v1/me/methods')).body;
  const [{ id }] = items.find((m: { type: string }) => m.type === 'wechat').items;
  return { thief, id: String(id) };
}

describe('WeChat', () => {
  it('CM-2.1 REB-04 WA-01 a mini-program that a stranger unbound is bound again: its codes and its approvals', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    h.pass(WEEK);
    const { thief, id } = await inTheirSession(h, key, 'unbind');
    expect((await thief.call('DELETE', `/v1/me/authenticators/${id}`)).status).toBe(204);
    expect((await called(h, key, 'GET', `/v1/app/phones/${key.phone}`)).status).toBe(401);
    expect((await object(h, MAILBOX, await codeIn(h, /已解绑/))).body).toEqual({
      outcome: 'restored',
      appPasswords: 0,
    });
    expect((await called(h, key, 'GET', `/v1/app/phones/${key.phone}`)).status).toBe(200);
    h.pass(60);
    const b = await entered(h);
    const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(key, h.clock.now) });
    expect(done.body.status).toBe('satisfied');
  });

  it('CM-2.1 CM-4.2 REB-04 a stranger’s WeChat in the place of the owner’s is out, and the owner’s is back', async () => {
    await using house = await aWechatHouse();
    const { h } = house;
    const key = await bound(house);
    h.pass(WEEK);
    const { thief, id } = await inTheirSession(h, key, 'change');
    const { token } = await shownQr(thief, id);
    const { body: stolen } = await scanToJoin(house, 'mallory', token);
    expect((await confirm(h, stolen)).status).toBe(200);
    h.pass(60);
    expect((await called(h, key, 'GET', `/v1/app/phones/${key.phone}`)).status).toBe(401);
    expect((await object(h, MAILBOX, await codeIn(h, /已绑定/))).body).toEqual({
      outcome: 'restored',
      appPasswords: 0,
    });
    expect((await called(h, stolen, 'GET', `/v1/app/phones/${stolen.phone}`)).status).toBe(401);
    expect((await called(h, key, 'GET', `/v1/app/phones/${key.phone}`)).status).toBe(200);
    const b = await entered(h);
    expect((await b.call('POST', '/v1/me/login/verify', { output: codeOf(stolen, h.clock.now) })).status).toBe(422);
    const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(key, h.clock.now) });
    expect(done.body.status).toBe('satisfied');
  });
});
