// Temporary bypass codes, and a customer who objects to what an operator did.
import { describe, expect, it } from 'vitest';
import { type Answer, aHouse, aLogin, bindTotp, codeOf, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

const contact = { phone: '+85291230001', email: 'chan@example.com', locale: 'zh-HK' };
const policy = (section: string): string => `${presetText('star-rollout')}\nconsole: ${section}\n`;
const at = (what: string): string => `/v1/console/accounts/700004/${what}`;
const callerCheck = { how: 'call-back' };

async function aDesk(text = presetText('star-rollout')) {
  const h = await aHouse({ policy: text });
  await h.account('700004', contact);
  const bound = await bindTotp(h, '700004');
  await h.phase('totp-only');
  h.pass(30);
  return { h, lin: await anOperator(h, { login: 'lin' }), ...bound };
}
const bypass = (by: TestOperator, more: object = {}): Promise<Answer> =>
  by.call('POST', at('bypass'), { reason: 'R06', callerCheck, hours: 2, ...more });
const told = async (h: TestHouse, word: RegExp): Promise<readonly string[]> =>
  (await h.outbox())
    .filter((m) => word.test(m.text))
    .map((m) => m.channel)
    .sort();
const payload = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const audited = async (h: TestHouse, event: string) => (await h.audit()).filter((e) => e.event === event);

describe('a bypass code', () => {
  it('OP-1.2 stands in for the second step once, says `otp`, is on record as a bypass and told on every channel', async () => {
    const { h, lin } = await aDesk();
    await using _ = h;
    const given = await bypass(lin);
    expect(given).toMatchObject({ status: 201, body: { codes: [expect.stringMatching(/^\w{5}-\w{5}$/)] } });
    expect(given.body.expiresAt).toBe(new Date(h.clock.now + 2 * 3600_000).toISOString());
    const [code] = given.body.codes;
    expect(await told(h, /已發出臨時通行碼/)).toEqual(['email', 'sms']);
    const login = await aLogin(h, '700004');
    expect(login).toMatchObject({ authenticators: [{ type: 'totp' }], recovery: ['bypass-code'] });
    const done = await verify(h, login.id, code.toLowerCase());
    expect(done).toMatchObject({ status: 200, body: { status: 'satisfied' } });
    expect(payload(done.body.assertion)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
    expect(await audited(h, 'login.satisfied')).toMatchObject([{}, { data: { type: 'bypass-code' } }]);
    expect(await audited(h, 'bypass.used')).toHaveLength(1);
    expect(await told(h, /以臨時通行碼登入/)).toEqual(['email', 'sms']);
    const again = await aLogin(h, '700004');
    expect((await verify(h, again.id, code)).status).toBe(422);
  });

  it('OP-1.2 BF-01 twenty uses of one code at once let one in; several codes let in as often as there are', async () => {
    const { h, lin } = await aDesk();
    await using _ = h;
    const { codes } = (await bypass(lin, { uses: 2 })).body;
    const logins = await Promise.all(Array.from({ length: 20 }, () => aLogin(h, '700004')));
    const answers = await Promise.all(logins.map(({ id }) => verify(h, id, codes[0])));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    h.pass(3600);
    const fresh = await anOperator(h);
    await fresh.call('POST', at('unlock'), { reason: 'R04', callerCheck });
    const login = await aLogin(h, '700004');
    expect((await verify(h, login.id, codes[1])).status).toBe(200);
  });

  it('OP-1.2 lasts no longer than its hours, which the policy limits, and a new set voids the one before', async () => {
    const { h, lin } = await aDesk(policy('{ bypassHours: 4, bypassUses: 2 }'));
    await using _ = h;
    expect((await bypass(lin, { hours: 5 })).status).toBe(400);
    expect((await bypass(lin, { uses: 3 })).status).toBe(400);
    const old = (await bypass(lin, { hours: 4 })).body.codes[0];
    const { codes } = (await bypass(lin, { hours: 4 })).body;
    const first = await aLogin(h, '700004');
    expect((await verify(h, first.id, old, { type: 'bypass-code' })).status).toBe(422);
    h.pass(4 * 3600 - 1);
    const login = await aLogin(h, '700004');
    h.pass(1);
    expect((await verify(h, login.id, codes[0])).status).not.toBe(200);
    expect((await aLogin(h, '700004')).recovery).toEqual([]);
  });

  it('OP-1.2 ends when its owner logs in with a method of their own, where the policy says so', async () => {
    for (const ends of [true, false]) {
      const { h, lin, uri } = await aDesk(policy(`{ bypassEndsAtLogin: ${ends} }`));
      await using _ = h;
      await bypass(lin);
      const login = await aLogin(h, '700004');
      expect((await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' })).status).toBe(200);
      expect((await aLogin(h, '700004')).recovery).toEqual(ends ? [] : ['bypass-code']);
      expect(await audited(h, 'bypass.ended')).toHaveLength(ends ? 1 : 0);
    }
  });

  it('OP-1.2 REB-01 proves nothing that changes a method, and is no step-up', async () => {
    const { h, lin } = await aDesk();
    await using _ = h;
    await h.phase('coexist');
    const { codes } = (await bypass(lin)).body;
    const login = await aLogin(h, '700004');
    expect((await verify(h, login.id, codes[0])).status).toBe(200);
    const totp = login.authenticators.find((a: { type: string }) => a.type === 'totp').id;
    const unbound = await h.call(
      'DELETE',
      `/v1/accounts/700004/authenticators/${totp}?client=star-9.5&login=${login.id}`,
    );
    expect(unbound).toMatchObject({ status: 401, body: { code: 'login-required' } });
    const unnamed = await h.call('DELETE', `/v1/accounts/700004/authenticators/${totp}?client=star-9.5`);
    expect(unnamed.body.code).toBe('login-required');
    const step = await h.call('POST', '/v1/accounts/700004/challenges', { purpose: 'unbind', client: STAR_95 });
    expect(step.body.recovery).toEqual([]);
  });

  it('OPS-03 KEY-03 is given by who may, and never by a key without the scope', async () => {
    const { h } = await aDesk();
    await using _ = h;
    const viewer = await anOperator(h, { roles: ['viewer', 'administrator'] });
    expect((await bypass(viewer)).status).toBe(403);
    const key = await h.key({ scopes: ['logins:write', 'accounts:write'] });
    const refused = await h.call(
      'POST',
      at('bypass'),
      { reason: 'x', operator: 'o', hours: 1 },
      { authorization: `Bearer ${key}` },
    );
    expect(refused.status).toBe(403);
  });
});

describe('a customer who objects', () => {
  const stopCode = async (h: TestHouse): Promise<string> => {
    const found = (await h.outbox()).map((m) => /否決碼 ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(m.text)?.[1]);
    return found.find((code) => code !== undefined) ?? 'none';
  };
  const object = (h: TestHouse, code: string, account = '700004'): Promise<Answer> =>
    h.call('POST', '/v1/objections', { account, code });

  it('OP-1.5 stops what was done as far as it can be: bypass codes, sessions, logins; nobody gets in until an operator has looked', async () => {
    const { h, lin, uri } = await aDesk();
    await using _ = h;
    const { codes } = (await bypass(lin)).body;
    const open = await aLogin(h, '700004');
    const stop = await stopCode(h);
    expect(await object(h, stop.toLowerCase().replace('-', ' '))).toMatchObject({
      status: 200,
      body: { outcome: 'suspended' },
    });
    expect((await verify(h, open.id, codes[0])).status).not.toBe(200);
    const login = await h.call('POST', '/v1/logins', { account: '700004', client: STAR_95, firstFactor: 'verified' });
    expect(login.body.code).toBe('account-suspended');
    expect(await told(h, /按閣下的否決暫停/)).toEqual(['email', 'sms']);
    expect(await audited(h, 'account.vetoed')).toHaveLength(1);
    // Once, and only by its code.
    expect((await object(h, stop)).body.code).toBe('objection-unknown');
    // The operator who looks sees it, and opens the account again.
    const seen = await lin.call('POST', at('actions:preview'), { action: 'unlock', verified: true });
    expect(seen.body).toMatchObject({ riskFlags: ['vetoed-lately'] });
    expect(seen.body.effects).toContainEqual({ kind: 'account-opens', count: 1 });
    expect((await lin.call('POST', at('unlock'), { reason: 'R04', callerCheck })).status).toBe(200);
    const back = await aLogin(h, '700004');
    expect((await verify(h, back.id, codes[0])).status).toBe(422);
    expect((await verify(h, back.id, codeOf(uri, h.clock.now), { type: 'totp' })).status).toBe(200);
  });

  it('OP-1.5 REB-05 stops what waits for a second operator', async () => {
    const { h, lin } = await aDesk(policy('{ secondOperator: [unbind] }'));
    await using _ = h;
    const kim = await anOperator(h, { login: 'kim', roles: ['security'] });
    const { case: waiting } = (await lin.call('POST', at('unbind'), { reason: 'R01', callerCheck })).body;
    expect((await object(h, await stopCode(h))).status).toBe(200);
    const approved = await kim.call('POST', `/v1/console/cases/${waiting.id}/approve`, { revision: 1 });
    expect(approved.body.code).toBe('closed');
    expect((await kim.call('GET', `/v1/console/cases/${waiting.id}`)).body.status).toBe('vetoed');
  });

  it('OP-1.5 only in time, for the account it was sent to; a guesser learns nothing, and keeps nobody from objecting', async () => {
    const { h, lin } = await aDesk(policy('{ vetoHours: 1 }'));
    await using _ = h;
    await h.account('700005', { ...contact, phone: '+85291230005' });
    await bypass(lin);
    const stop = await stopCode(h);
    const answers = [await object(h, stop, '700005'), await object(h, stop, '799999'), await object(h, 'what')];
    expect(new Set(answers.map((a) => JSON.stringify({ ...a.body, instance: '' }))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'objection-unknown' } });
    for (let n = 0; n < 12; n++) expect((await object(h, '00000-00000')).status).toBe(404);
    expect((await audited(h, 'veto.rejected')).length).toBeLessThan(12);
    expect((await object(h, stop)).status).toBe(200);
    const other = await anOperator(h);
    await other.call('POST', '/v1/console/accounts/700005/bypass', { reason: 'R06', callerCheck, hours: 2 });
    const late = await stopCode(h);
    h.pass(3600);
    expect((await object(h, late, '700005')).status).toBe(404);
  });

  it('OP-1.5 by the telephone alone where the policy gives no hours', async () => {
    const { h, lin } = await aDesk(policy('{ vetoHours: 0 }'));
    await using _ = h;
    await bypass(lin);
    const told = (await h.outbox()).filter((m) => /已發出臨時通行碼/.test(m.text));
    expect(told).toHaveLength(2);
    for (const { text } of told) {
      expect(text).toMatch(/請致電/);
      expect(text).not.toMatch(/否決碼/);
    }
  });
});
