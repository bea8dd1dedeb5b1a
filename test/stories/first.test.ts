// The shortest story: a bound account logs in with its authenticator, once per code.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, verify } from '../kit.ts';

describe('a login in two calls', () => {
  it('IN-1.1 a complete login takes two calls, and OTP-01 its code works only once', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    h.pass(30);
    const code = codeOf(uri, h.clock.now);
    const first = await aLogin(h, '700001');
    expect(await verify(h, first.id, code)).toMatchObject({
      status: 200,
      body: { status: 'satisfied', assertion: expect.stringMatching(/^ey/) },
    });
    const second = await aLogin(h, '700001');
    expect(await verify(h, second.id, code)).toMatchObject({ status: 422, body: { code: 'verification-failed' } });
  });
});
