// Two-factor application on the portal (MO-1.2): a registration shown once, phones that join it live, and their removal.
import { describe, expect, it } from 'vitest';
import { firstPhone, join, PIN } from '../enrolment-kit.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { aBrowser, aSession, type Browser } from '../portal-kit.ts';

const PASSWORD = 'trading-password';
async function house(policy = (text: string) => text): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ policy: policy(presetText('mobile-otp')) });
  await h.account('700004', { password: PASSWORD });
  return h;
}
const apply = (b: Browser) => b.call('POST', '/v1/me/enrolment', {});

describe('MO-1.2 the application on the portal', () => {
  it('MO-1.2 gives account, code, QR and expiry once, and counts phones live as they join', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    expect((await b.call('GET', '/v1/me/enrolment')).body).toMatchObject({ status: 'none', slots: { used: 0, of: 5 } });
    const made = await apply(b);
    expect(made).toMatchObject({
      status: 201,
      body: {
        account: '700004',
        url: expect.stringMatching(/^https:\/\/hufu\.test\/s\/[0-9A-Z]{26}$/),
        qr: expect.stringContaining('<svg'),
        qrPng: expect.stringMatching(/^data:image\/png;base64,/),
        activationCode: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
        slots: { used: 0, of: 5 },
      },
    });
    expect(Date.parse(made.body.expiresAt)).toBe(h.clock.now + 86_400_000);
    const stream = b.call('GET', '/v1/me/enrolment/events');
    const poll = b.call('GET', '/v1/me/enrolment?wait=25');
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { answer } = await join(h, { token: made.body.url.split('/s/')[1] });
    expect(answer.status).toBe(201);
    expect((await poll).body).toMatchObject({ status: 'open', slots: { used: 1, of: 5 } });
    expect((await b.call('GET', '/v1/me/phones')).body.items).toMatchObject([{ name: 'Phone', role: 'main' }]);
    const shown = JSON.stringify((await b.call('GET', '/v1/me/enrolment')).body);
    expect(shown).not.toContain(made.body.activationCode);
    // The stream ends with the session, told nothing of what comes after.
    await b.call('POST', '/v1/me/logout', {});
    await join(h, { token: made.body.url.split('/s/')[1] });
    const told = [...String((await stream).body).matchAll(/^data: (.*)$/gm)].map((m) => JSON.parse(m[1]!));
    expect(told.map((one) => one.slots.used)).toEqual([0, 1]);
  });

  it('MO-1.2 ENR-09 rests on a fresh login or a step-up, and is no other tenant’s or stranger’s to ask', async () => {
    await using h = await house();
    const b = await aSession(h, '700004', PASSWORD);
    h.pass(301);
    expect((await apply(b)).status).toBe(401);
    expect((await apply(aBrowser(h))).status).toBe(401);
    await using closed = await house((text) => text.replace('selfService: true', 'selfService: false'));
    const other = await aSession(closed, '700004', PASSWORD);
    expect((await apply(other)).body.code).toBe('binding-not-allowed');
  });

  it('MO-1.2 REB-01 a phone is removed by customer service alone here, or by its owner after a step-up where the policy says so', async () => {
    for (const by of ['operator', 'step-up']) {
      await using h = await house((text) => text.replace('by: operator', `by: ${by}`));
      const b = await aSession(h, '700004', PASSWORD);
      const phone = await firstPhone(h, (await apply(b)).body.url.split('/s/')[1]);
      const [{ id }] = (await b.call('GET', '/v1/me/phones')).body.items;
      const remove = () => b.call('DELETE', `/v1/me/phones/${id}`);
      if (by === 'operator') {
        expect((await remove()).body.code).toBe('unbind-by-operator');
        continue;
      }
      expect(await remove()).toMatchObject({ status: 401, body: { code: 'proof-required', purpose: 'unbind' } });
      h.pass(61);
      expect((await b.call('POST', '/v1/me/challenges', { purpose: 'unbind' })).status).toBe(201);
      const done = await b.call('POST', '/v1/me/login/verify', { output: await phone.codeFrom(PIN, h.clock.now) });
      expect(done.body).toMatchObject({ status: 'satisfied' });
      expect((await remove()).status).toBe(204);
      expect((await b.call('GET', '/v1/me/phones')).body.items).toEqual([]);
      expect((await b.call('GET', '/v1/me')).status).toBe(200);
    }
  });
});
