// Every change is told on every channel, but nobody can make it ring without end: an SMS costs money, and its reader patience.
import { describe, expect, it } from 'vitest';
import { aHouse, type TestHouse } from '../kit.ts';
import { aSession } from '../portal-kit.ts';

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
});
