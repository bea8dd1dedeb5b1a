// What a change may rest on, and who is told of it.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, presetText, STAR_95, verify } from '../kit.ts';

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
    expect(codes).toMatchObject({ status: 401, body: { code: 'login-required' } });
  });

  it("REB-06 a changed number is told on the channels as they were, the owner's old number among them", async () => {
    await using h = await aHouse();
    await h.account('700001', { email: 'owner@star.example' });
    expect((await h.call('PUT', '/v1/accounts/700001', { phone: '+85291239999' })).status).toBe(200);
    const told = (await h.outbox()).map((m) => m.to);
    expect(told).toEqual(expect.arrayContaining(['+85291230001', 'owner@star.example']));
    expect(told).not.toContain('+85291239999');
  });

  it('ENR-09 REB-01 a login that is named is the only proof: another place’s login, another key’s, another account’s serve nobody', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { id } = await bindTotp(h, '700001');
    const satisfied = async (client: object, headers: Readonly<Record<string, string>> = {}, account = '700001') => {
      h.pass(61);
      const login = (await h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' }, headers)).body;
      await h.call('POST', `/v1/logins/${login.id}/send`, {}, headers);
      const done = await h.call('POST', `/v1/logins/${login.id}/verify`, { output: await h.smsCode() }, headers);
      expect(done.body.status).toBe('satisfied');
      return login.id as string;
    };
    // The owner sits at the desktop, freshly logged in. Whoever asks from elsewhere has only begun, or logged in elsewhere.
    await satisfied(STAR_95);
    const begun = (await aLogin(h, '700001')).id;
    await h.account('700002', { phone: '+85291230002' });
    const foreign = await satisfied(STAR_95, {}, '700002');
    const phone = await satisfied(ESTAR_X);
    const otherKey = await satisfied(STAR_95, { authorization: `Bearer ${await h.key()}` });
    const path = `/v1/accounts/700001/authenticators/${id}?client=star-9.5`;
    for (const login of [begun, foreign, phone, otherKey, 'lgn_nothing']) {
      expect(await h.call('DELETE', `${path}&login=${login}`)).toMatchObject({
        status: 401,
        body: { code: 'login-required' },
      });
      expect(
        await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95, login }),
      ).toMatchObject({ status: 401, body: { code: 'login-required' } });
    }
    const mine = await satisfied(STAR_95);
    expect((await h.call('DELETE', `${path}&login=${mine}`)).status).toBe(204);
  });

  it.each(['coexist', 'totp-only'])(
    'REB-06 in %s a changed number logs in, but binds nothing for a day',
    async (phase) => {
      await using h = await aHouse({ preset: 'recommended' });
      const client = { id: 'desktop', version: '1' };
      await h.account('700001');
      h.pass(3600);
      await h.phase(phase);
      await h.call('PUT', '/v1/accounts/700001', { phone: '+85291239999' });
      const begin = async () => {
        const login = await aLogin(h, '700001', client);
        await h.call('POST', `/v1/logins/${login.id}/send`, {});
        const verified = await verify(h, login.id, await h.smsCode());
        expect(verified.body.status).toBe(phase === 'coexist' ? 'satisfied' : 'need');
        return phase === 'coexist'
          ? h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client, login: login.id })
          : h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' });
      };
      const refused = await begin();
      expect(refused).toMatchObject({
        status: 403,
        body: { code: 'cooling-off', hours: 24, until: new Date(h.clock.now + 86_400_000).toISOString() },
      });
      expect(refused.body.detail).toContain('24 hours');
      h.pass(86_399);
      expect((await begin()).body.code).toBe('cooling-off');
      h.pass(61);
      expect((await begin()).status).toBe(201);
    },
  );

  it('REB-06 a changed number proves no step-up either, and the number an account began with serves at once', async () => {
    const policy = presetText('star-rollout')
      .replace('by: login', 'by: step-up')
      .replace(/$/, '\ntimes: { contactCoolingSeconds: 86400 }\n');
    await using h = await aHouse({ policy });
    await h.account('700001');
    const { id } = await bindTotp(h, '700001');
    h.pass(3600);
    const stepUp = async () => {
      h.pass(61);
      const step = (await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'unbind', client: STAR_95 }))
        .body;
      await h.call('POST', `/v1/logins/${step.id}/send`, {});
      expect((await verify(h, step.id, await h.smsCode())).body.status).toBe('satisfied');
      return h.call('DELETE', `/v1/accounts/700001/authenticators/${id}?client=star-9.5&proof=${step.id}`);
    };
    await h.call('PUT', '/v1/accounts/700001', { phone: '+85291239999' });
    expect(await stepUp()).toMatchObject({ status: 403, body: { code: 'cooling-off' } });
    // Saying the same number again moves nothing.
    h.pass(43_200);
    await h.call('PUT', '/v1/accounts/700001', { phone: '+85291239999' });
    h.pass(43_200);
    expect((await stepUp()).status).toBe(204);
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
