// Every change is told on every channel, but nobody can make it ring without end: an SMS costs money, and its reader patience.
import { describe, expect, it } from 'vitest';
import { aHouse, type TestHouse } from '../kit.ts';
import { aSession } from '../portal-kit.ts';
import { aSwap, CODE, methods, object, swap } from '../swap-kit.ts';

const count = async (h: TestHouse, channel: 'sms' | 'email'): Promise<number> =>
  (await h.outbox()).filter((m) => m.channel === channel).length;

describe('notices', () => {
  it('SMS-01 SMS-02 forty changes in an hour are forty mails and twenty SMS; an hour later the phone rings again', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account('700004', { password: 'correct horse', email: 'ho@guoan.example' });
    const b = await aSession(h, '700004', 'correct horse');
    const before = { sms: await count(h, 'sms'), email: await count(h, 'email') };
    const change = async (): Promise<void> => {
      expect((await b.call('POST', '/v1/me/enrolment', {})).status).toBe(201);
    };
    for (let n = 0; n < 40; n++) await change();
    expect((await count(h, 'email')) - before.email).toBe(40);
    expect((await count(h, 'sms')) - before.sms).toBe(20);
    expect((await h.audit()).filter((e) => e.event === 'ticket.issued')).toHaveLength(40);
    // Codes have limits of their own: these took none of them.
    h.pass(3601);
    const again = await aSession(h, '700004', 'correct horse');
    expect((await again.call('POST', '/v1/me/enrolment', {})).status).toBe(201);
    // The code of that login, and the notice.
    expect((await count(h, 'sms')) - before.sms).toBe(22);
  });

  it('REB-04 SMS-02 noise without a stop code keeps no stop code from a phone: twenty notices later it takes the change back', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    const before = await count(h, 'sms');
    for (let n = 0; n < 11; n++) {
      const made = await thief.call('POST', '/v1/me/app-passwords', { name: `m${n}` });
      expect((await thief.call('DELETE', `/v1/me/app-passwords/${made.body.id}`)).status).toBe(204);
    }
    expect((await count(h, 'sms')) - before).toBe(20);
    await swap(h, thief, a);
    expect((await count(h, 'sms')) - before).toBe(21);
    const sms = (await h.outbox()).find((m) => m.channel === 'sms');
    const code = CODE.exec(sms?.text ?? '')?.[1] ?? '';
    expect((await object(h, code)).body.outcome).toBe('restored');
    expect(await methods(h)).toEqual([a.id]);
  });

  it('SMS-01 no notice goes by SMS to a country where codes may not; mail tells it', async () => {
    await using h = await aHouse();
    await h.account('700005', { phone: '+447911123456', email: 'ho@guoan.example' });
    await h.account('700006', { phone: '+85291230006', email: 'wu@guoan.example' });
    const before = { sms: await count(h, 'sms'), email: await count(h, 'email') };
    for (const account of ['700005', '700006'])
      await h.call('PUT', `/v1/accounts/${account}`, { email: 'new@guoan.example' });
    const sent = (await h.outbox()).slice(0, 3).map((m) => [m.channel, m.to]);
    expect({ sms: await count(h, 'sms'), email: await count(h, 'email') }).toEqual({
      sms: before.sms + 1,
      email: before.email + 2,
    });
    expect(sent).toContainEqual(['sms', '+85291230006']);
  });
});
