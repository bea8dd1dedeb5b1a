// REB-04: whoever sits in somebody's session changes their methods; the owner is told on the channels from before, and takes it back by the code.
import { describe, expect, it } from 'vitest';
import { type Answer, aHouse, codeOf, presetText, type TestHouse, verify } from '../kit.ts';
import { MAIN_PASSWORD, mailbox, said } from '../mail-kit.ts';
import { anOperator } from '../operator-kit.ts';
import { aBrowser, type Browser, bindInPortal } from '../portal-kit.ts';
import { aSwap, CODE, codes, enter, methods, newest, object, stepUp, swap, WEI, worksAtLogin } from '../swap-kit.ts';

const DAY = 24 * 3600;
const HOUR = 3600;
const audited = async (h: TestHouse, event: string) => (await h.audit()).filter((e) => e.event === event);

describe('a change that its owner did not make', () => {
  it('CM-4.2 REB-04 TD-06 "not me": the new factor is out, the old one is back as it was, and everything the thief had is over', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    const b = await swap(h, thief, a);
    expect(await methods(h)).toEqual([b.id]);
    // What else somebody in a session would do at once.
    const mail = mailbox(h, WEI);
    const app = await thief.call('POST', '/v1/me/app-passwords', { name: 'Mail' });
    expect(said(await mail(app.body.password))).toBe('accepted by app-password');
    const began = await thief.call('POST', '/v1/me/bindings', { type: 'email', address: 'thief@elsewhere.example' });
    const login = await h.call('POST', '/v1/logins', {
      account: WEI,
      client: { id: 'webmail' },
      firstFactor: 'verified',
    });

    const done = await object(h, await newest(h));
    expect(done).toMatchObject({ status: 200, body: { outcome: 'restored', appPasswords: 1 } });
    expect(await methods(h)).toEqual([a.id]);
    expect((await thief.call('GET', '/v1/me')).status).toBe(401);
    expect(said(await mail(app.body.password))).toBe('credentials');
    expect((await verify(h, login.body.id, codeOf(b.uri, h.clock.now))).status).not.toBe(200);
    if (began.status === 201)
      expect((await thief.call('POST', `/v1/me/bindings/${began.body.id}/confirm`, { output: '123456' })).status).toBe(
        401,
      );
    expect(await worksAtLogin(h, b.uri)).toBe(false);
    expect(await worksAtLogin(h, a.uri)).toBe(true);
    expect(await audited(h, 'account.restored')).toMatchObject([{ data: { removed: 1, restored: 1, missing: 0 } }]);
    const restored = (await h.outbox()).filter((m) => /的更改已按您的否决撤销/.test(m.text));
    expect(restored.map((m) => m.channel).sort()).toEqual(['email', 'sms']);
    const ended = (await h.outbox()).filter((m) => /专用密码已停用/.test(m.text)).map((m) => m.channel);
    expect(ended.sort()).toEqual(['email', 'sms']);
    // It cannot be taken back in its turn.
    expect(restored.some((m) => CODE.test(m.text))).toBe(false);
  });

  it('CM-4.2 REB-04 OTP-02 codes of the old one that were used stay used', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    // The code of the step-up, in its own half minute still.
    await swap(h, thief, a, 0);
    const spent = codeOf(a.uri, h.clock.now);
    expect((await object(h, await newest(h))).body.outcome).toBe('restored');
    const b = aBrowser(h);
    await b.login(WEI, MAIN_PASSWORD);
    expect((await b.call('POST', '/v1/me/login/verify', { output: spent })).status).toBe(422);
    h.pass(60);
    expect((await b.call('POST', '/v1/me/login/verify', { output: codeOf(a.uri, h.clock.now) })).status).toBe(200);
  });

  it('CM-4.2 REB-04 REB-08 a login from before proves nothing, and what was begun on it cannot be completed', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    const b = await swap(h, thief, a);
    h.pass(60);
    const client = { id: 'webmail' };
    const login = await h.call('POST', '/v1/logins', { account: WEI, client, firstFactor: 'verified' });
    expect((await verify(h, login.body.id, codeOf(b.uri, h.clock.now))).body.status).toBe('satisfied');
    const bind = (address: string): Promise<Answer> =>
      h.call('POST', `/v1/accounts/${WEI}/bindings`, { type: 'email', address, client, login: login.body.id });
    const begun = await bind('thief@elsewhere.example');
    expect(begun.status).toBe(201);
    const mail = (await h.outbox()).find((m) => m.to === 'thief@elsewhere.example');
    const output = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0];
    const [code] = (await codes(h)).filter((one) => !mail?.text.includes(one));
    expect((await object(h, code ?? '')).body.outcome).toBe('restored');
    const confirmed = await h.call('POST', `/v1/accounts/${WEI}/bindings/${begun.body.id}/confirm`, { output });
    expect(confirmed.body.code).toBe('superseded');
    expect((await bind('thief@another.example')).body.code).toBe('login-required');
    expect(await methods(h)).toEqual([a.id]);
  });

  it('CM-4.2 REB-04 a method added in the very moment of the objection goes too', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await swap(h, thief, a);
    const code = await newest(h);
    const begun = await thief.call('POST', '/v1/me/bindings', { type: 'email', address: 'thief@elsewhere.example' });
    expect(begun.status).toBe(201);
    const mail = (await h.outbox()).find((m) => m.to === 'thief@elsewhere.example');
    const output = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0];
    // Between what the objection has looked at and its commit.
    const cases = h.house.ports.cases as { open: typeof h.house.ports.cases.open };
    const { open } = cases;
    let looks = 0;
    cases.open = async (accountId) => {
      const seen = await open(accountId);
      if (looks++ === 0)
        expect((await thief.call('POST', `/v1/me/bindings/${begun.body.id}/confirm`, { output })).status).toBe(200);
      return seen;
    };
    expect((await object(h, code)).body.outcome).toBe('restored');
    expect(looks).toBe(2);
    expect(await methods(h)).toEqual([a.id]);
  });

  it.each([0, 1])('CM-4.2 REB-04 a chain A to B, B to C puts A back, by either code (%i)', async (which) => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    const b = await swap(h, thief, a);
    const c = await swap(h, thief, b);
    const [second, first] = await codes(h);
    const [used, other] = which === 0 ? [first, second] : [second, first];
    expect((await object(h, used ?? '')).body).toMatchObject({ outcome: 'restored' });
    expect(await methods(h)).toEqual([a.id]);
    for (const { uri } of [b, c]) expect(await worksAtLogin(h, uri)).toBe(false);
    expect(await worksAtLogin(h, a.uri)).toBe(true);
    for (const again of [used, other]) expect((await object(h, again ?? '')).body.code).toBe('objection-unknown');
  });

  it('CM-4.2 REB-04 the thief who reads the codes undoes nothing of the owner’s, and guesses keep nobody from objecting', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await swap(h, thief, a);
    const code = await newest(h);
    for (let n = 0; n < 30; n++) expect((await object(h, 'AAAAA-AAAAA')).status).toBe(404);
    expect((await object(h, code)).body.outcome).toBe('restored');
    for (const old of await codes(h)) expect((await object(h, old)).status).toBe(404);
    // The owner's own next change can be taken back by nobody but who reads their messages; what comes back then is what they had.
    const owner = await enter(h, a.uri);
    const d = await swap(h, owner, a);
    expect(await methods(h)).toEqual([d.id]);
    expect((await object(h, code)).status).toBe(404);
    expect(await methods(h)).toEqual([d.id]);
  });

  it('CM-4.2 REB-04 twenty objections at once are one; its code is good for 72 hours, then only the hotline', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await swap(h, thief, a);
    const code = await newest(h);
    const all = await Promise.all(Array.from({ length: 20 }, () => object(h, code)));
    expect(all.filter((one) => one.status === 200)).toHaveLength(1);
    expect(await methods(h)).toEqual([a.id]);
    const again = await swap(h, await enter(h, a.uri), a);
    const late = await newest(h);
    h.pass(72 * HOUR);
    const refused = await object(h, late);
    expect(refused).toMatchObject({ status: 404, body: { code: 'objection-unknown' } });
    expect(refused.body.detail).toMatch(/400-800-0000/);
    expect(await methods(h)).toEqual([again.id]);
  });

  it('CM-4.2 REB-04 racing a further change: whichever is first, the owner ends with what they had', async () => {
    for (let round = 0; round < 4; round++) {
      const { h, a, thief } = await aSwap();
      await using _ = h;
      const b = await swap(h, thief, a);
      const code = await newest(h);
      await stepUp(h, thief, 'change', b.uri);
      const started = await thief.call('POST', '/v1/me/bindings', { type: 'totp', replaces: b.id });
      h.pass(60);
      const confirm = (): Promise<Answer> =>
        thief.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
          output: codeOf(started.body.uri, h.clock.now),
        });
      const [first, second] = round % 2 === 0 ? [confirm(), object(h, code)] : [object(h, code), confirm()];
      await Promise.all([first, second]);
      expect(await methods(h)).toEqual([a.id]);
      expect(await worksAtLogin(h, started.body.uri)).toBe(false);
      expect(await worksAtLogin(h, a.uri)).toBe(true);
    }
  });

  it('CM-4.1 REB-04 an unbinding comes back, with the recovery codes that went with it; codes used before stay used', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await stepUp(h, thief, 'change', a.uri);
    const made = await thief.call('POST', '/v1/me/bindings', { type: 'recovery-code' });
    expect(made.status).toBe(201);
    const [first, second] = made.body.codes as string[];
    h.pass(4 * DAY);
    const b = aBrowser(h);
    await b.login(WEI, MAIN_PASSWORD);
    expect((await b.call('POST', '/v1/me/login/verify', { output: first, type: 'recovery-code' })).status).toBe(200);
    const before = await methods(h);
    const session = await enter(h, a.uri);
    await stepUp(h, session, 'unbind', a.uri);
    expect((await session.call('DELETE', `/v1/me/authenticators/${a.id}`)).status).toBe(204);
    expect(await methods(h)).toEqual([]);
    expect((await object(h, await newest(h))).body.outcome).toBe('restored');
    expect(await methods(h)).toEqual(before);
    const back = aBrowser(h);
    await back.login(WEI, MAIN_PASSWORD);
    expect((await back.call('POST', '/v1/me/login/verify', { output: first, type: 'recovery-code' })).status).toBe(422);
    expect((await back.call('POST', '/v1/me/login/verify', { output: second, type: 'recovery-code' })).status).toBe(
      200,
    );
  });

  it('CM-2.4 REB-04 recovery codes made by somebody else are out, and the ones before are good again', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await stepUp(h, thief, 'change', a.uri);
    const old = (await thief.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).body.codes as string[];
    h.pass(7 * DAY);
    const robber = await enter(h, a.uri);
    await stepUp(h, robber, 'change', a.uri);
    const stolen = (await robber.call('POST', '/v1/me/bindings', { type: 'recovery-code' })).body.codes as string[];
    expect((await object(h, await newest(h))).body.outcome).toBe('restored');
    const b = aBrowser(h);
    await b.login(WEI, MAIN_PASSWORD);
    expect((await b.call('POST', '/v1/me/login/verify', { output: stolen[0], type: 'recovery-code' })).status).toBe(
      422,
    );
    expect((await b.call('POST', '/v1/me/login/verify', { output: old[0], type: 'recovery-code' })).status).toBe(200);
  });

  it('CM-4.2 REB-04 a first method that the owner did not bind: it goes, and as a password alone would let the thief in again, nobody gets in until an operator has looked', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    const thief = aBrowser(h);
    await thief.login(WEI, MAIN_PASSWORD);
    await bindInPortal(h, thief);
    expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'suspended' });
    expect(await methods(h)).toEqual([]);
    expect((await thief.call('GET', '/v1/me')).status).toBe(401);
    expect((await aBrowser(h).login(WEI, MAIN_PASSWORD)).body.code).toBe('account-suspended');
    expect(await audited(h, 'account.vetoed')).toHaveLength(1);
    // The operator who speaks with them sees why, and opens the account.
    const lin = await anOperator(h, { login: 'lin' });
    const seen = await lin.call('POST', `/v1/console/accounts/${WEI}/actions:preview`, {
      action: 'unlock',
      verified: true,
    });
    expect(seen.body).toMatchObject({ riskFlags: expect.arrayContaining(['vetoed-lately']) });
    const open = await lin.call('POST', `/v1/console/accounts/${WEI}/unlock`, {
      reason: 'R04',
      callerCheck: { how: 'call-back' },
    });
    expect(open.status).toBe(200);
  });

  it('CM-4.2 REB-04 an owner who bound yesterday and is robbed today has yesterday’s again, once an operator has looked', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    const owner = aBrowser(h);
    await owner.login(WEI, MAIN_PASSWORD);
    const a = await bindInPortal(h, owner);
    h.pass(DAY);
    await swap(h, await enter(h, a.uri), a);
    expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'suspended' });
    expect(await methods(h)).toEqual([a.id]);
    const lin = await anOperator(h, { login: 'lin' });
    const unlock = { reason: 'R04', callerCheck: { how: 'call-back' } };
    expect((await lin.call('POST', `/v1/console/accounts/${WEI}/unlock`, unlock)).status).toBe(200);
    expect(await worksAtLogin(h, a.uri)).toBe(true);
  });

  it('CM-4.3 REB-04 a backup mailbox that was changed: the one from before is told, without a say in it, and is back', async () => {
    const { h, a } = await aSwap();
    await using _ = h;
    const bindMail = async (b: Browser, address: string, replaces?: string): Promise<string> => {
      const started = await b.call('POST', '/v1/me/bindings', {
        type: 'email',
        address,
        ...(replaces === undefined ? {} : { replaces }),
      });
      if (started.status !== 201) throw new Error(JSON.stringify(started.body));
      const mail = (await h.outbox()).find((m) => m.to === address && /\d{3} \d{3}/.test(m.text));
      const output = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? '';
      const done = await b.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, { output });
      if (done.status !== 200) throw new Error(JSON.stringify(done.body));
      return started.body.id as string;
    };
    const owner = await enter(h, a.uri);
    const first = await bindMail(owner, 'wei@backup.example');
    h.pass(7 * DAY);
    const thief = await enter(h, a.uri);
    await stepUp(h, thief, 'change', a.uri);
    const second = await bindMail(thief, 'thief@elsewhere.example', first);
    const code = await newest(h);
    const to = (await h.outbox()).filter((m) => m.text.includes(code)).map((m) => m.to);
    expect(to).toContain('wei@home.example');
    expect(to).not.toContain('wei@backup.example');
    const toOld = (await h.outbox()).filter((m) => m.to === 'wei@backup.example');
    expect(toOld.some((m) => /绑定/.test(m.text) && !CODE.test(m.text) && m.text.includes('400-800-0000'))).toBe(true);
    expect(to).not.toContain('thief@elsewhere.example');
    expect((await object(h, code)).body.outcome).toBe('restored');
    expect(await methods(h)).toEqual([a.id, first].sort());
    expect(await methods(h)).not.toContain(second);
  });

  it('CM-4.2 REB-04 by the telephone alone where the policy gives no time', async () => {
    const { h, a, thief } = await aSwap({ policy: `${presetText('mail')}\ntimes: { objectionSeconds: 0 }\n` });
    await using _ = h;
    await swap(h, thief, a);
    expect(await newest(h)).toBe('none');
    expect((await h.outbox())[0]?.text).toMatch(/400-800-0000/);
  });
});
