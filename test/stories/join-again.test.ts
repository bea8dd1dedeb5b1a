// A phone that joined and never heard the answer asks again: it is told its phone, takes no second slot, and nobody else gets anything by asking so.
import { describe, expect, it } from 'vitest';
import { join, mailedCode, open, PIN, register, signed } from '../enrolment-kit.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { newPhone, type TestPhone } from '../phone.ts';

const used = async (h: TestHouse): Promise<number> =>
  (await h.call('GET', '/v1/accounts/700004/phones')).body.slots.used;
const again = (h: TestHouse, ticket: object, { signKey, boxKey }: Pick<TestPhone, 'signKey' | 'boxKey'>) =>
  open(h, 'phones', { ...ticket, name: 'Again', platform: 'test', signKey, boxKey });

describe('MO-2.3 a join whose answer was lost', () => {
  it('MO-2.3 ENR-05 by the same two keys is that phone, in its one slot; its secret comes only by a call it signs', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account('700004');
    const { token, code } = await register(h, '700004');
    const { phone, answer } = await join(h, { token });
    for (const ticket of [{ token }, { account: '700004', code }]) {
      const told = await again(h, ticket, phone);
      const { serverTime: _, ...same } = answer.body;
      expect(told).toMatchObject({ status: 201, body: { ...same, box: null } });
    }
    expect(await used(h)).toBe(1);
    const begun = await signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/sync`, {});
    expect(begun.body.state).toBe('needs-pin');
    await phone.makeStore(begun.body.box, PIN);
    const done = await signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/pin`, {
      tag: await phone.tagOf(PIN),
      output: await phone.codeFrom(PIN, h.clock.now),
    });
    expect(done.body).toEqual({ pinEpoch: 1, role: 'main' });
    expect((await again(h, { token }, phone)).body).toMatchObject({ phone: phone.id, box: null });
    expect((await h.audit()).filter(({ event }) => event === 'phone.joined')).toHaveLength(1);
  });

  it('MO-2.3 ENR-05 twice at once takes one slot', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account('700004');
    const { token } = await register(h, '700004');
    const phone = await newPhone();
    const told = await Promise.all([1, 2, 3].map(() => again(h, { token }, phone)));
    expect(new Set(told.map(({ body }) => body.phone)).size).toBe(1);
    expect(await used(h)).toBe(1);
  });

  it('MO-2.3 MO-2.5 whoever has one of its keys only is another phone, and a phone that was removed is not told its place', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account('700004');
    const { token } = await register(h, '700004');
    const { phone } = await join(h, { token });
    const thief = await newPhone();
    for (const keys of [
      { signKey: phone.signKey, boxKey: thief.boxKey },
      { signKey: thief.signKey, boxKey: phone.boxKey },
    ]) {
      const told = await again(h, { token }, keys);
      expect(told.status).toBe(201);
      expect(told.body.phone).not.toBe(phone.id);
    }
    expect(await used(h)).toBe(3);
    const desk = { operator: 'desk-3', reason: 'lost' };
    await h.call('POST', `/v1/console/accounts/700004/phones/${phone.id}/revoke`, desk);
    expect((await again(h, { token }, phone)).body.phone).not.toBe(phone.id);
  });

  it('MO-2.3 ENR-02 an activation that is spent answers the phone that spent it and no other; a new one answers it too, and is spent', async () => {
    const policy = presetText('mobile-otp').replace('firstFactor: false', 'firstFactor: true');
    await using h = await aHouse({ policy });
    await h.account('700004', { password: 'correct horse', email: 'chan@example.com' });
    await h.call('POST', '/v1/console/accounts/700004/registration', { operator: 'desk-3', reason: 'asked' });
    const ticket = { account: '700004', code: await mailedCode(h) };
    const activation = async (): Promise<object> => ({
      token: (await open(h, 'tickets:open', { ...ticket, password: 'correct horse' })).body.activation.token,
    });
    const first = await activation();
    const { phone } = await join(h, first);
    expect((await again(h, first, phone)).body.phone).toBe(phone.id);
    expect((await again(h, first, await newPhone())).body.code).toBe('ticket-used-up');
    const second = await activation();
    expect((await again(h, second, phone)).body.phone).toBe(phone.id);
    expect((await again(h, second, await newPhone())).body.code).toBe('ticket-used-up');
    expect((await again(h, ticket, phone)).body.code).toBe('first-factor-needed');
    expect(await used(h)).toBe(1);
  });
});
