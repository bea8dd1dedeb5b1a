// Phones come to an account: opened, joined, the PIN set once and shown by every further phone; codes at login; limits and refusals.
import { describe, expect, it } from 'vitest';
import {
  confirm,
  firstPhone,
  furtherPhone,
  join,
  logInBy,
  open,
  PIN,
  prove,
  register,
  signed,
} from '../enrolment-kit.ts';
import { aHouse } from '../kit.ts';

const mobile = () => aHouse({ preset: 'mobile-otp' });

describe('a registration', () => {
  it('MO-1.2 MO-2.1 MO-2.2 brings a first phone whose codes log in, each once', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token, code } = await register(h, '700004');

    const opened = await open(h, 'tickets:open', { token });
    expect(opened).toMatchObject({
      status: 200,
      body: {
        account: '700004',
        activationCode: code,
        isFirst: true,
        slotsLeft: 5,
        needs: null,
        pin: { minDigits: 6, maxDigits: 20 },
      },
    });
    const phone = await firstPhone(h, token);
    expect((await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body).toMatchObject({
      role: 'main',
      status: 'active',
      account: '700004',
      phones: [{ id: phone.id, isThis: true }],
    });

    // The code that completed the phone is spent (security rule 1).
    expect((await logInBy(h, '700004', await phone.codeFrom(PIN, h.clock.now))).status).toBe(422);
    h.pass(60);
    const output = await phone.codeFrom(PIN, h.clock.now);
    expect((await logInBy(h, '700004', output)).body).toMatchObject({ status: 'satisfied' });
    expect((await logInBy(h, '700004', output)).status).toBe(422);
  });

  it('MO-2.1 opens with account and activation code typed in any usual way', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { code } = await register(h, '700004');
    for (const typed of [
      code,
      code.toLowerCase(),
      code.replace('-', ' '),
      code.replaceAll('1', 'l').replaceAll('0', 'O'),
    ])
      expect((await open(h, 'tickets:open', { account: ' 700004', code: typed })).status).toBe(200);
    const { answer } = await join(h, { account: '700004', code });
    expect(answer.status).toBe(201);
  });

  it('MO-2.3 MO-2.4 ENR-17 five phones share one PIN; the sixth is refused and nothing of it is kept', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token } = await register(h, '700004');
    const phones = [await firstPhone(h, token)];
    for (let n = 2; n <= 5; n++) phones.push(await furtherPhone(h, token, PIN, `Phone ${n}`));
    const sixth = await join(h, { token }, 'Sixth');
    expect(sixth.answer).toMatchObject({ status: 409, body: { code: 'ticket-used-up', phones: 5 } });
    expect((await open(h, 'tickets:open', { token })).body).toMatchObject({ code: 'ticket-used-up', phones: 5 });
    const { body } = await h.call('GET', '/v1/accounts/700004/phones');
    expect(body.items.map((p: { role: string }) => p.role)).toEqual(['main', 'sub', 'sub', 'sub', 'sub']);
    expect(body).toMatchObject({ slots: { used: 5, of: 5 }, ticket: { status: 'used-up' } });
    h.pass(60);
    for (const phone of phones)
      expect((await logInBy(h, '700004', await phone.codeFrom(PIN, h.clock.now))).status).toBe(200);
  });

  it('MO-2.3 one phone holds two accounts, registered the same way; neither code is worth anything at the other', async () => {
    await using h = await mobile();
    const codes: Record<string, string> = {};
    for (const account of ['700004', '700002']) {
      await h.account(account, { phone: `+8529123${account.slice(2)}` });
      const phone = await firstPhone(h, (await register(h, account)).token);
      h.pass(60);
      codes[account] = await phone.codeFrom(PIN, h.clock.now);
      expect((await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body.role).toBe('main');
    }
    expect((await logInBy(h, '700004', codes['700002'] ?? '')).status).toBe(422);
    expect((await logInBy(h, '700002', codes['700002'] ?? '')).status).toBe(200);
  });

  it('MO-2.4 BF-08 a further phone stays unsynced until it proves the PIN, and wrong ones count like wrong codes', async () => {
    await using h = await mobile();
    await h.account('700004');
    const { token } = await register(h, '700004');
    await firstPhone(h, token);
    const { phone, answer } = await join(h, { token });
    expect(answer.body).toMatchObject({ role: 'sub' });
    expect(answer.body.box).toBeNull();
    const own = async () => (await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body.status;
    expect(await own()).toBe('unsynced');
    expect(await prove(h, phone, '999999')).toMatchObject({
      status: 422,
      body: { code: 'verification-failed', attemptsLeft: 9 },
    });
    expect((await logInBy(h, '700004', '000000')).body).toMatchObject({ attemptsLeft: 8 });
    expect((await prove(h, phone)).status).toBe(200);
    expect(await own()).toBe('unsynced');
    h.pass(60);
    expect((await confirm(h, phone)).status).toBe(200);
    expect(await own()).toBe('active');
  });
});
