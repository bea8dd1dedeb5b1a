// What the seeds leave open, closed: the recommended preset.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, presetText, type TestHouse, verify } from '../kit.ts';

const DESKTOP = { id: 'desktop', version: '1' };
async function aBoundHouse(): Promise<TestHouse & AsyncDisposable & { uri: string; bound: string }> {
  const h = await aHouse({ preset: 'recommended' });
  await h.account('700001', { email: 'trader@example.com' });
  const { uri, id } = await bindTotp(h, '700001', DESKTOP);
  h.pass(60);
  return Object.assign(h, { uri, bound: id });
}
const stepUp = (h: TestHouse, purpose: string, account = '700001') =>
  h.call('POST', `/v1/accounts/${account}/challenges`, { purpose, client: DESKTOP });
const unbind = (h: TestHouse, proof?: string) =>
  h.call(
    'DELETE',
    `/v1/accounts/700001/authenticators/${(h as TestHouse & { bound: string }).bound}${proof === undefined ? '' : `?proof=${proof}`}`,
  );

describe('REB-01 a weaker factor never removes a stronger one', () => {
  it.each(['sms-only', 'coexist', 'totp-only'])(
    'REB-01 in %s a login is not enough, SMS is not offered, and only the factor itself unbinds',
    async (phase) => {
      await using h = await aBoundHouse();
      await h.phase(phase);
      const refused = await unbind(h);
      expect([refused.status, refused.body.code, refused.body.purpose]).toEqual([401, 'proof-required', 'unbind']);
      const login = await aLogin(h, '700001', DESKTOP);
      await verify(h, login.id, codeOf(h.uri, h.clock.now));
      expect((await unbind(h, login.id)).body.code).toBe('proof-required');
      const step = (await stepUp(h, 'unbind')).body;
      expect(step.authenticators.map((a: { type: string }) => a.type)).toEqual(['totp']);
      expect((await h.call('POST', `/v1/logins/${step.id}/send`, {})).status).toBe(403);
      expect((await unbind(h, step.id)).body.code).toBe('proof-required');
      h.pass(30);
      expect((await verify(h, step.id, codeOf(h.uri, h.clock.now))).body.status).toBe('satisfied');
      expect((await unbind(h, step.id)).status).toBe(204);
      expect(
        (await h.outbox())
          .slice(0, 2)
          .map((m) => m.channel)
          .sort(),
      ).toEqual(['email', 'sms']);
    },
  );

  it('REB-01 a proof is for its purpose, its account, five minutes and one use', async () => {
    await using h = await aBoundHouse();
    const prove = async (purpose: string): Promise<string> => {
      h.pass(60);
      const { id } = (await stepUp(h, purpose)).body;
      expect((await verify(h, id, codeOf(h.uri, h.clock.now))).body.status).toBe('satisfied');
      return id;
    };
    expect((await unbind(h, await prove('change'))).body.code).toBe('proof-required');
    expect((await unbind(h, await prove('confirm'))).body.code).toBe('proof-required');
    const late = await prove('unbind');
    h.pass(300.001);
    expect((await unbind(h, late)).body.code).toBe('proof-required');
    await h.account('700002');
    h.pass(60);
    const other = await bindTotp(h, '700002', DESKTOP);
    h.pass(60);
    const foreign = (await stepUp(h, 'unbind', '700002')).body.id;
    await verify(h, foreign, codeOf(other.uri, h.clock.now));
    expect((await unbind(h, foreign)).body.code).toBe('proof-required');
    const codes = (
      await prove('change').then((proof) =>
        h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: DESKTOP, proof }),
      )
    ).body.codes;
    expect(codes).toHaveLength(10);
    const proof = await prove('unbind');
    const answers = await Promise.all(Array.from({ length: 5 }, () => unbind(h, proof)));
    expect(answers.filter((a) => a.status === 204)).toHaveLength(1);
    expect((await h.call('GET', `/v1/logins/${proof}`)).body.status).toBe('satisfied');
  });

  it('REB-01 a step-up for one authenticator removes no other, and one made on another client removes none', async () => {
    await using h = await aBoundHouse();
    const change = (await stepUp(h, 'change')).body.id;
    await verify(h, change, codeOf(h.uri, h.clock.now));
    await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: DESKTOP, proof: change });
    const held = (await h.call('GET', '/v1/accounts/700001')).body.authenticators;
    const codes = held.find((a: { type: string }) => a.type === 'recovery-code').id;
    const proven = async (more: object): Promise<string> => {
      h.pass(60);
      const body = { purpose: 'unbind', client: DESKTOP, ...more };
      const { id } = (await h.call('POST', '/v1/accounts/700001/challenges', body)).body;
      expect((await verify(h, id, codeOf(h.uri, h.clock.now))).body.status).toBe('satisfied');
      return id;
    };
    const forCodes = await proven({ authenticator: codes });
    expect((await unbind(h, forCodes)).body.code).toBe('proof-required');
    const path = `/v1/accounts/700001/authenticators/${codes}?client=desktop&proof=`;
    const phone = await proven({ authenticator: codes, client: { id: 'phone', version: '1' } });
    expect((await h.call('DELETE', `${path}${phone}`)).body.code).toBe('proof-required');
    expect((await h.call('DELETE', `${path}${forCodes}`)).status).toBe(204);
    for (const authenticator of [codes, 'aut_nothing'])
      expect(
        await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'unbind', client: DESKTOP, authenticator }),
      ).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('REB-01 one proof makes one change, however many ask at once', async () => {
    await using h = await aBoundHouse();
    const { id } = (await stepUp(h, 'change')).body;
    await verify(h, id, codeOf(h.uri, h.clock.now));
    const make = () =>
      h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: DESKTOP, proof: id });
    const answers = await Promise.all(Array.from({ length: 8 }, make));
    expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
    expect(new Set(answers.filter((a) => a.status !== 201).map((a) => a.body.code))).toEqual(
      new Set(['proof-required']),
    );
    expect((await h.audit()).filter((e) => e.event === 'recovery-codes.created')).toHaveLength(1);
  });

  it('REB-01 a recovery code and then an SMS code prove too, where the authenticator is lost, a day later', async () => {
    await using h = await aBoundHouse();
    const change = (await stepUp(h, 'change')).body.id;
    await verify(h, change, codeOf(h.uri, h.clock.now));
    const { codes } = (
      await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: DESKTOP, proof: change })
    ).body;
    // One after the other, and one kind twice is one: SMS is not even sent before the recovery code was right.
    const step = (await stepUp(h, 'unbind')).body;
    expect(step.recovery).toEqual(['recovery-code']);
    expect((await h.call('POST', `/v1/logins/${step.id}/send`, {})).body.code).toBe('method-not-offered');
    const first = (await verify(h, step.id, codes[0])).body;
    expect(first).toMatchObject({ status: 'need', recovery: ['sms'], authenticators: [{ type: 'totp' }] });
    expect((await verify(h, step.id, codes[1], { type: 'recovery-code' })).body.code).toBe('method-not-offered');
    expect((await unbind(h, step.id)).body.code).toBe('proof-required');
    expect((await h.call('POST', `/v1/logins/${step.id}/send`, {})).status).toBe(202);
    expect((await verify(h, step.id, await h.smsCode())).body.status).toBe('satisfied');
    // The owner hears of it now, on every channel, and has a day.
    const told = (await h.outbox()).filter((m) => m.text.includes('恢复码申请'));
    expect(told.map((m) => m.to).sort()).toEqual(['+85291230001', 'trader@example.com']);
    expect(await unbind(h, step.id)).toMatchObject({ status: 403, body: { code: 'cooling-off', hours: 24 } });
    h.pass(86_399);
    expect((await unbind(h, step.id)).body.code).toBe('cooling-off');
    h.pass(1);
    expect((await unbind(h, step.id)).status).toBe(204);
  });

  it('REB-04 REB-01 the owner objects: an unlock ends a recovery that waits, so does the code in its notice, and one that waited too long proves nothing', async () => {
    for (const objects of ['by calling', 'by the code', false]) {
      await using h = await aBoundHouse();
      // What was bound days ago is the owner's beyond doubt.
      h.pass(4 * 86_400);
      const change = (await stepUp(h, 'change')).body.id;
      await verify(h, change, codeOf(h.uri, h.clock.now));
      const body = { type: 'recovery-code', client: DESKTOP, proof: change };
      const [code] = (await h.call('POST', '/v1/accounts/700001/bindings', body)).body.codes;
      h.pass(60);
      const step = (await stepUp(h, 'unbind')).body.id;
      await verify(h, step, code);
      await h.call('POST', `/v1/logins/${step}/send`, {});
      expect((await verify(h, step, await h.smsCode())).body.status).toBe('satisfied');
      const operated = { operator: 'x', reason: 'not me', callerCheck: { how: 'call-back' } };
      if (objects === 'by calling')
        expect((await h.call('POST', '/v1/console/accounts/700001/unlock', operated)).status).toBe(200);
      if (objects === 'by the code') {
        const told = (await h.outbox()).find((m) => m.channel === 'email' && m.text.includes('恢复码申请'));
        const stop = /否决码 ([0-9A-Z-]{11})/.exec(told?.text ?? '')?.[1];
        const done = await h.call('POST', '/v1/objections', { account: '700001', code: stop });
        expect(done.body).toEqual({ outcome: 'restored', appPasswords: 0 });
      }
      h.pass(objects ? 86_400 : 2 * 86_400 + 1);
      expect((await unbind(h, step)).body.code).toBe('proof-required');
    }
  });

  it('REB-01 without a phone on file there is no second kind: recovery is not offered for a change', async () => {
    await using h = await aBoundHouse();
    const change = (await stepUp(h, 'change')).body.id;
    await verify(h, change, codeOf(h.uri, h.clock.now));
    await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: DESKTOP, proof: change });
    await h.house.db.run([{ sql: `DELETE FROM authenticators WHERE type = 'sms'`, rows: 'any', values: {} }]);
    expect((await stepUp(h, 'unbind')).body.recovery).toEqual([]);
  });
});

describe('REB-02 the last method stays', () => {
  it('REB-02 without a phone on file the only authenticator cannot be removed, proof or not', async () => {
    await using h = await aBoundHouse();
    await h.house.db.run([{ sql: `DELETE FROM authenticators WHERE type = 'sms'`, rows: 'any', values: {} }]);
    const { id } = (await stepUp(h, 'unbind')).body;
    await verify(h, id, codeOf(h.uri, h.clock.now));
    const refused = await unbind(h, id);
    expect([refused.status, refused.body.code]).toEqual([409, 'last-authenticator']);
    expect((await aLogin(h, '700001', DESKTOP)).authenticators).toMatchObject([{ type: 'totp' }]);
  });
});

describe('once bound', () => {
  it.each(['sms-only', 'coexist', 'totp-only'])('in %s only the authenticator logs in, never SMS', async (phase) => {
    await using h = await aBoundHouse();
    await h.phase(phase);
    const login = await aLogin(h, '700001', DESKTOP);
    expect(login.authenticators.map((a: { type: string }) => a.type)).toEqual(['totp']);
    expect((await h.call('POST', `/v1/logins/${login.id}/send`, {})).body.code).toBe('method-not-offered');
    expect((await verify(h, login.id, codeOf(h.uri, h.clock.now))).body.status).toBe('satisfied');
  });
});

describe('a right first code on a client that cannot go on', () => {
  it.each([
    ['bind-elsewhere', (text: string) => text.replace(/(phone:\n(?: {4}.*\n)*? {4}binds: )\[.*\]/, '$1[]'), '1'],
    [
      'client-too-old',
      (text: string) => text.replace('    kind: phone\n', "    kind: phone\n    minimumVersion: '2'\n"),
      '1',
    ],
  ])('ET-1.2 is told %s, gets no secret, and its login is over', async (told, edit, version) => {
    const policy = edit(presetText('recommended'));
    expect(policy).not.toBe(presetText('recommended'));
    await using h = await aHouse({ policy });
    await h.account('700001');
    await h.phase('totp-only');
    const login = await aLogin(h, '700001', { id: 'phone', version });
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const refused = await verify(h, login.id, await h.smsCode());
    expect([refused.status, refused.body.code]).toEqual([403, told]);
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.status).toBe('refused');
    expect((await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body.code).toBe('closed');
  });
});
