// One-time means once (security rule 1): every way to present a code shares one ledger.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmBinding } from '../../src/flows/confirm-binding.ts';
import { verify as verifyFlow } from '../../src/flows/verify.ts';
import { aHouse, aLogin, bindTotp, codeOf, NINE, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';

/** A house with one bound account, in a fresh step. */
async function aBoundHouse(
  options: Parameters<typeof aHouse>[0] = {},
): Promise<TestHouse & AsyncDisposable & { uri: string; bound: string }> {
  const h = await aHouse(options);
  await h.account('700001');
  const { uri, id } = await bindTotp(h, '700001');
  h.pass(300);
  return Object.assign(h, { uri, bound: id });
}
const present = async (h: TestHouse, code: string, more: object = {}): Promise<number> =>
  (await verify(h, (await aLogin(h, '700001')).id, code, more)).status;

describe('OTP: accepted once, ever', () => {
  it('OTP-01 a code presented again, a second later or in the next window, is refused and told apart in the audit log only', async () => {
    await using h = await aBoundHouse();
    const code = codeOf(h.uri, h.clock.now);
    expect(await present(h, code)).toBe(200);
    h.pass(1);
    const login = await aLogin(h, '700001');
    const replay = await verify(h, login.id, code);
    const wrong = await verify(h, login.id, '000000');
    expect([replay.status, replay.body.code, replay.body.title]).toEqual([
      wrong.status,
      wrong.body.code,
      wrong.body.title,
    ]);
    h.pass(29);
    expect(await present(h, code)).toBe(422);
    const reasons = (await h.audit()).filter((e) => e.event === 'output.rejected').map((e) => e.data['reason']);
    expect(reasons).toEqual(['replayed', 'wrong', 'replayed']);
  });

  it('OTP-03 64 at once with one code: one is let in, one session, one entry', async () => {
    await using h = await aBoundHouse();
    const code = codeOf(h.uri, h.clock.now);
    const logins = await Promise.all(Array.from({ length: 64 }, () => aLogin(h, '700001')));
    const answers = await Promise.all(logins.map((login) => verify(h, login.id, code)));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(answers.filter((a) => a.body.assertion !== undefined)).toHaveLength(1);
    const accepted = (await h.audit()).filter((e) => e.event === 'login.satisfied' && e.data['type'] === 'totp');
    expect(accepted).toHaveLength(1);
  });

  it('OTP-03 64 at once on one login: it is satisfied once', async () => {
    await using h = await aBoundHouse();
    const login = await aLogin(h, '700001');
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => verify(h, login.id, codeOf(h.uri, h.clock.now, (i % 3) - 1))),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
  });

  it('OTP-04 a code of an earlier step is refused once a later one was accepted', async () => {
    await using h = await aBoundHouse();
    const [now, next] = [codeOf(h.uri, h.clock.now), codeOf(h.uri, h.clock.now, 1)];
    expect(await present(h, next)).toBe(200);
    expect(await present(h, now)).toBe(422);
    h.pass(30);
    expect(await present(h, now)).toBe(422);
    h.pass(30);
    expect(await present(h, codeOf(h.uri, h.clock.now))).toBe(200);
  });

  it.each([
    [{ back: 1, forward: 1 }, [-1, 0, 1]],
    [{ back: 1, forward: 0 }, [-1, 0]],
    [{ back: 0, forward: 0 }, [0]],
    [{ back: 2, forward: 1 }, [-2, -1, 0, 1]],
  ])(
    'OTP-05 with a window of %j just the steps %j are accepted, a millisecond either side of a boundary',
    async (window, accepted) => {
      const policy = presetText('star-rollout').replace(
        '{ back: 1, forward: 1 }',
        `{ back: ${window.back}, forward: ${window.forward} }`,
      );
      await using h = await aBoundHouse({ policy });
      let boundary = h.clock.now;
      for (const offset of [-1, 0, 1])
        for (const step of [-3, -2, -1, 0, 1, 2]) {
          boundary += 600_000;
          h.clock.now = boundary + offset;
          const login = await aLogin(h, '700001');
          const right = codeOf(h.uri, h.clock.now, step);
          // A neighbouring step may happen to show the same digits.
          const expected = accepted.some((near) => codeOf(h.uri, h.clock.now, near) === right);
          expect([offset, step, (await verify(h, login.id, right)).status]).toEqual([
            offset,
            step,
            expected ? 200 : 422,
          ]);
          await h.call('POST', '/v1/console/accounts/700001/unlock', { operator: 'test', reason: 'next case' });
        }
    },
  );

  it.each([
    ['a space', (c: string) => `${c.slice(0, 3)} ${c.slice(3)}`],
    ['a tab', (c: string) => `\t${c}`],
    ['NBSP', (c: string) => `${c.slice(0, 3)}\u00a0${c.slice(3)}`],
    ['a zero-width space', (c: string) => `${c.slice(0, 3)}\u200b${c.slice(3)}`],
    ['a newline', (c: string) => `${c}\n`],
    ['NUL', (c: string) => `${c}\0`],
    ['a dash', (c: string) => `${c.slice(0, 3)}-${c.slice(3)}`],
    ['full-width digits', (c: string) => [...c].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join('')],
    ['mathematical digits', (c: string) => [...c].map((d) => String.fromCodePoint(0x1d7ce + Number(d))).join('')],
  ])('OTP-06 a code written with %s is the same code: accepted once, in either order', async (_, written) => {
    await using h = await aBoundHouse();
    const code = codeOf(h.uri, h.clock.now);
    expect(await present(h, written(code))).toBe(200);
    expect(await present(h, code)).toBe(422);
    expect(await present(h, written(code))).toBe(422);
    h.pass(90);
    const next = codeOf(h.uri, h.clock.now);
    expect(await present(h, next)).toBe(200);
    expect(await present(h, written(next))).toBe(422);
  });

  it('OTP-06 an SMS code too: one form, once', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const code = await h.smsCode();
    const answers = await Promise.all(
      [code, `${code.slice(0, 3)} ${code.slice(3)}`, `${code}\u200b`].map((c) => verify(h, login.id, c)),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect((await verify(h, login.id, code)).body.code).toBe('closed');
  });

  it('OTP-09 leading zeros count: 000123 is a code, 123 is not', async () => {
    await using h = await aBoundHouse();
    let code = '';
    for (let i = 0; !code.startsWith('0'); i++) {
      h.pass(i === 0 ? 0 : 30);
      code = codeOf(h.uri, h.clock.now);
    }
    const login = await aLogin(h, '700001');
    expect((await verify(h, login.id, code.replace(/^0+/, ''))).status).toBe(422);
    expect((await h.call('POST', `/v1/logins/${login.id}/verify`, { output: Number(code) })).status).toBe(400);
    expect((await verify(h, login.id, code)).status).toBe(200);
  });

  it('OTP-12 one code at login, at a step-up, at a challenge to unbind, and at another login: accepted once in total', async () => {
    await using h = await aHouse({ preset: 'recommended' });
    const client = { id: 'desktop', version: '1' };
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001', client);
    h.pass(60);
    const code = codeOf(uri, h.clock.now);
    const open = [
      (await aLogin(h, '700001', client)).id,
      (await aLogin(h, '700001', { id: 'phone', version: '1' })).id,
      (await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'unbind', client })).body.id,
      (await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'change', client })).body.id,
      (await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'confirm', client })).body.id,
    ];
    const answers = await Promise.all(open.flatMap((id) => [verify(h, id, code), verify(h, id, code)]));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
  });

  it('OTP-12 the code that confirmed a binding is spent too, at the account and in a login', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    expect(await present(h, codeOf(uri, h.clock.now))).toBe(422);
    await h.account('700002');
    await h.phase('totp-only');
    const login = await aLogin(h, '700002');
    const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
    const code = codeOf(started.uri, h.clock.now);
    const path = `/v1/logins/${login.id}/bindings/${started.id}/confirm`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => h.call('POST', path, { output: code })));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect((await verify(h, (await aLogin(h, '700002')).id, code)).status).toBe(422);
  });

  it('OTP-16 a clock that jumps ahead and back bricks nothing, and what was spent stays spent', async () => {
    await using h = await aBoundHouse();
    const code = codeOf(h.uri, h.clock.now);
    expect(await present(h, code)).toBe(200);
    h.pass(10 * 365 * 86_400);
    expect(await present(h, codeOf(h.uri, h.clock.now))).toBe(200);
    h.pass(-10 * 365 * 86_400);
    expect(await present(h, code)).toBe(422);
    h.pass(90);
    expect(await present(h, codeOf(h.uri, h.clock.now))).toBe(200);
  });
});

describe('OTP-19 a code of an authenticator that is not active', () => {
  it('OTP-19 pending, removed and another account’s: refused like a wrong code', async () => {
    await using h = await aBoundHouse();
    await h.account('700002');
    const other = await bindTotp(h, '700002');
    h.pass(60);
    const login = await aLogin(h, '700001');
    const wrong = await verify(h, login.id, '000000');
    const others = await verify(h, login.id, codeOf(other.uri, h.clock.now));
    expect([others.status, others.body.code, others.body.title]).toEqual([
      wrong.status,
      wrong.body.code,
      wrong.body.title,
    ]);
    expect((await verify(h, login.id, codeOf(other.uri, h.clock.now), { authenticator: other.id })).body.code).toBe(
      'method-not-offered',
    );
    await h.call('POST', '/v1/console/accounts/700001/unbind', { operator: 'x', reason: 'test' });
    const again = await aLogin(h, '700001');
    expect((await verify(h, again.id, codeOf(h.uri, h.clock.now), { type: 'totp' })).status).toBe(403);
    expect((await verify(h, again.id, codeOf(h.uri, h.clock.now))).status).toBe(422);
  });

  it('OTP-19 a frozen one refuses the right code as it refuses a wrong one', async () => {
    await using h = await aBoundHouse({
      policy: presetText('star-rollout').concat('throttle: { delaysSeconds: [0], freezeAfter: 3 }\n'),
    });
    const login = await aLogin(h, '700001');
    for (let i = 0; i < 3; i++) await verify(h, login.id, '000000', { type: 'totp' });
    const wrong = await verify(h, login.id, '000001', { type: 'totp' });
    const right = await verify(h, login.id, codeOf(h.uri, h.clock.now), { type: 'totp' });
    const { instance: a, ...toldWrong } = wrong.body;
    const { instance: b, ...toldRight } = right.body;
    expect([right.status, toldRight]).toEqual([wrong.status, toldWrong]);
    expect(toldRight.code).toBe('frozen');
    expect(a).not.toBe(b);
  });

  it('OTP-19 a login of another tenant is not there', async () => {
    await using h = await aBoundHouse();
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    const bearer = { authorization: `Bearer ${await h.key({ tenant: 't2' })}` };
    const login = await aLogin(h, '700001');
    const answer = await h.call(
      'POST',
      `/v1/logins/${login.id}/verify`,
      { output: codeOf(h.uri, h.clock.now) },
      bearer,
    );
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    expect((await h.call('GET', '/v1/accounts/700001', undefined, bearer)).status).toBe(404);
    expect((await verify(h, login.id, codeOf(h.uri, h.clock.now))).status).toBe(200);
  });
});

describe('OTP-24 any schedule', () => {
  it('OTP-24 over any schedule of codes, steps and repeats, accepted steps strictly increase and none is accepted twice', async () => {
    await using h = await aBoundHouse();
    const act = fc.record({
      pass: fc.constantFrom(0, 0, 1, 15, 29, 30, 31, 60, 90),
      step: fc.integer({ min: -3, max: 3 }),
      twice: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        h.pass(900);
        let last = -1;
        for (const { pass, step, twice } of acts) {
          h.pass(pass);
          const at = Math.floor(h.clock.now / 30_000) + step;
          const code = codeOf(h.uri, h.clock.now, step);
          const statuses = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => present(h, code)));
          const accepted = statuses.filter((s) => s === 200).length;
          expect(accepted).toBeLessThanOrEqual(1);
          if (accepted === 1) {
            expect(at).toBeGreaterThan(last);
            expect(Math.abs(step)).toBeLessThanOrEqual(1);
            last = at;
          } else await h.call('POST', '/v1/console/accounts/700001/unlock', { operator: 'test', reason: 'schedule' });
        }
      }),
      { numRuns: 25, seed: NINE % 2 ** 31 },
    );
  });
});

describe('STO-16 expiry is checked by the statement that consumes', () => {
  /** The house's ports, with time moved on between a flow's decision and its commit. */
  const slow = (h: TestHouse, to: number): TestHouse['house']['ports'] => ({
    ...h.house.ports,
    store: {
      ...h.house.ports.store,
      commit: (key, writes) => {
        h.clock.now = Math.max(h.clock.now, to);
        return h.house.ports.store.commit(key, writes);
      },
    },
  });
  const caller = { tenantId: 't1', actor: 'test', keyId: 'test', client: null };

  it('STO-16 a login that expires while its code is compared is not satisfied, and its code not spent', async () => {
    await using h = await aBoundHouse();
    const login = await aLogin(h, '700001');
    const end = Date.parse(login.expiresAt);
    h.clock.now = end - 1;
    const output = codeOf(h.uri, h.clock.now);
    expect(await verifyFlow(slow(h, end), caller, { id: login.id, output })).toMatchObject({ code: 'expired' });
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.status).toBe('expired');
    expect(await present(h, output)).toBe(200);
  });

  it('STO-16 an SMS code that expires while it is compared is refused', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    const sent = (await h.call('POST', `/v1/logins/${login.id}/send`, {})).body;
    const end = Date.parse(sent.expiresAt);
    h.clock.now = end - 1;
    const refused = await verifyFlow(slow(h, end), caller, { id: login.id, output: await h.smsCode() });
    expect(refused).toMatchObject({ code: 'verification-failed' });
    expect((await h.audit()).at(-1)!.data['reason']).toBe('expired');
  });

  it('STO-16 a binding that expires while its first code is compared does not become active', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await verify(h, login.id, await h.smsCode());
    const started = (await h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client: STAR_95 })).body;
    const end = Date.parse(started.expiresAt);
    h.clock.now = end - 1;
    const input = { account: '700001', binding: started.id, output: codeOf(started.uri, h.clock.now) };
    expect(await confirmBinding(slow(h, end), caller, input)).toMatchObject({ code: 'expired' });
    expect((await h.call('GET', '/v1/accounts/700001')).body.authenticators).toHaveLength(1);
  });
});
