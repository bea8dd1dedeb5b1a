// A registration asked for by whoever sat at an open session ends when its owner takes the account back: else the thief's phone joins afterwards, and
// the owner's own phones are out.
import { describe, expect, it } from 'vitest';
import { firstPhone, join, logInBy, PIN, PORTAL, register, signed } from '../enrolment-kit.ts';
import { type Answer, aHouse, type TestHouse } from '../kit.ts';
import type { TestPhone } from '../phone.ts';

const ACCOUNT = '700004';
const put = (h: TestHouse, change: object) => h.call('PUT', `/v1/accounts/${ACCOUNT}`, change);

const RESCUES: readonly [string, (h: TestHouse, phone: TestPhone) => Promise<Answer>][] = [
  [
    'an operator’s unbinding of everything',
    (h) => h.call('POST', `/v1/console/accounts/${ACCOUNT}/unbind`, { reason: 'stolen', operator: 'desk' }),
  ],
  ['another password', (h) => put(h, { password: 'battery staple' })],
  [
    'a suspension that ended',
    async (h) => {
      await put(h, { status: 'suspended' });
      return put(h, { status: 'active' });
    },
  ],
  ['"it was not me" on the phone', (h, phone) => signed(h, phone, 'POST', '/v1/app/secure', {})],
];

/** An account with its phone, and a registration somebody asked for in its owner's session. */
async function aTakenHouse(): Promise<TestHouse & AsyncDisposable & { phone: TestPhone; ticket: string }> {
  const h = await aHouse({ preset: 'mobile-otp' });
  await h.account(ACCOUNT, { password: 'correct horse', email: 'ho@guoan.example' });
  const phone = await firstPhone(h, (await register(h, ACCOUNT)).token);
  h.pass(60);
  const login = await logInBy(h, ACCOUNT, await phone.codeFrom(PIN, h.clock.now));
  expect(login.body.status).toBe('satisfied');
  const made = await h.call('POST', `/v1/accounts/${ACCOUNT}/registration`, { client: PORTAL });
  expect(made.status).toBe(201);
  return Object.assign(h, { phone, ticket: made.body.url.split('/s/')[1] as string });
}

describe('a registration begun before', () => {
  it.each(RESCUES)('REB-08 MO-2.5 is void after %s: no phone joins with it', async (_, rescue) => {
    await using h = await aTakenHouse();
    expect((await rescue(h, h.phone)).status).toBeLessThan(300);
    const { answer } = await join(h, { token: h.ticket });
    expect([answer.status, answer.body.code]).toEqual([409, 'superseded']);
  });

  it.each(RESCUES)('REB-08 MO-2.5 a phone that joined and set no PIN yet is out after %s', async (_, rescue) => {
    await using h = await aTakenHouse();
    const { phone: thief, answer } = await join(h, { token: h.ticket }, 'Thief');
    await thief.makeStore(answer.body.box, '999111');
    expect((await rescue(h, h.phone)).status).toBeLessThan(300);
    const late = await signed(h, thief, 'POST', `/v1/app/phones/${thief.id}/pin`, {
      tag: await thief.tagOf('999111'),
      output: await thief.codeFrom('999111', h.clock.now),
    });
    expect([late.status, late.body.code]).toEqual([401, 'phone-revoked']);
  });

  it('MO-1.1 a first password is no reset: the registration that was mailed before still joins', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account(ACCOUNT, { email: 'ho@guoan.example' });
    const { token } = await register(h, ACCOUNT);
    expect((await put(h, { password: 'correct horse' })).status).toBe(200);
    expect((await join(h, { token })).answer.status).toBe(201);
  });

  it('REB-08 the owner’s own phone stays after "it was not me", and still answers', async () => {
    await using h = await aTakenHouse();
    expect((await signed(h, h.phone, 'POST', '/v1/app/secure', {})).status).toBe(204);
    h.pass(60);
    expect((await logInBy(h, ACCOUNT, await h.phone.codeFrom(PIN, h.clock.now))).body.status).toBe('satisfied');
  });
});
