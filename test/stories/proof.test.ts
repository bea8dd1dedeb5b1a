// What a change may rest on, and who is told of it.
import { describe, expect, it } from 'vitest';
import { aHouse, bindTotp, codeOf } from '../kit.ts';

const WEBMAIL = { id: 'webmail' };

describe('the proof of a change', () => {
  it('ENR-09 a login by password alone from before the binding makes no recovery codes after it', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account('wei@lark.example');
    const start = () =>
      h.call('POST', '/v1/logins', { account: 'wei@lark.example', client: WEBMAIL, firstFactor: 'verified' });
    const thief = (await start()).body;
    expect(thief.status).toBe('allowed');
    await bindTotpIn(h);
    const codes = await h.call('POST', '/v1/accounts/wei@lark.example/bindings', {
      type: 'recovery-code',
      client: WEBMAIL,
      login: thief.id,
    });
    expect(codes).toMatchObject({ status: 403, body: { code: 'login-required' } });
  });

  it("REB-06 a changed number is told on the channels as they were, the owner's old number among them", async () => {
    await using h = await aHouse();
    await h.account('700001', { email: 'owner@star.example' });
    expect((await h.call('PUT', '/v1/accounts/700001', { phone: '+85291239999' })).status).toBe(200);
    const told = (await h.outbox()).map((m) => m.to);
    expect(told).toEqual(expect.arrayContaining(['+85291230001', 'owner@star.example']));
    expect(told).not.toContain('+85291239999');
  });

  it('ES-1.2 a key tied to one client removes no binding in the name of another', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { id } = await bindTotp(h, '700001');
    const phone = { authorization: `Bearer ${await h.key({ client: 'estar-x' })}` };
    const path = `/v1/accounts/700001/authenticators/${id}`;
    expect(await h.call('DELETE', `${path}?client=star-9.5`, undefined, phone)).toMatchObject({
      status: 403,
      body: { code: 'client-mismatch' },
    });
    expect((await h.call('DELETE', `${path}?client=star-9.5`)).status).toBe(204);
  });
});

async function bindTotpIn(h: Awaited<ReturnType<typeof aHouse>>): Promise<void> {
  const started = await h.call('POST', '/v1/accounts/wei@lark.example/bindings', { type: 'totp', client: WEBMAIL });
  const done = await h.call('POST', `/v1/accounts/wei@lark.example/bindings/${started.body.id}/confirm`, {
    output: codeOf(started.body.uri, h.clock.now),
  });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
}
