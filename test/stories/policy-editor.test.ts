// The policy as operators edit it: what a document would change is told before it counts, and nobody's change is lost.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHouse, NINE, presetText, STAR_95, type TestHouse } from '../kit.ts';

const MORE = `\n  # somebody's remark\n`;

describe('the policy editor', () => {
  let h: TestHouse;
  beforeEach(async () => {
    h = await aHouse();
  });
  afterEach(() => h.close());

  /** A whole login by SMS. */
  const login = async (account: string, client: object = STAR_95) => {
    const { body } = await h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
    await h.call('POST', `/v1/logins/${body.id}/send`, {});
    const { status } = await h.call('POST', `/v1/logins/${body.id}/verify`, { output: await h.smsCode() });
    expect(status).toBe(200);
  };
  const inForce = async () => (await h.call('GET', '/v1/console/policy')).body;
  const check = async (document: string) => (await h.call('POST', '/v1/console/policy:check', { document })).body;

  it('OP-2.2 the document in force is shown as it was written, and as rules', async () => {
    const { version, document, rules, actor } = await inForce();
    expect({ version, document, actor }).toEqual({ version: 1, document: presetText('star-rollout'), actor: 'test' });
    expect(rules.login.length).toBeGreaterThan(1);
    expect(rules.login[0].when).toEqual(expect.objectContaining({}));
  });

  it('OP-2.2 a check tells every mistake with its line, and publishes nothing', async () => {
    const broken = (await inForce()).document.replace('country: ', 'land: ').replace(/^issuer: .*$/m, 'issuer: "a:b"');
    const told = await check(broken);
    expect(told.valid).toBe(false);
    expect(told.errors.map((e: { at: string; line: number }) => [e.at, typeof e.line])).toEqual(
      expect.arrayContaining([['/issuer', 'number']]),
    );
    expect(told.errors.length).toBeGreaterThan(1);
    expect(await inForce()).toMatchObject({ version: 1 });
    const refused = await h.call('POST', '/v1/console/policy', { document: broken, base: 1, reason: 'r' });
    expect([refused.status, refused.body.code]).toEqual([422, 'policy-invalid']);
    expect(refused.body.errors).toEqual(told.errors);
    expect(await inForce()).toMatchObject({ version: 1 });
  });

  it('OP-2.2 what a policy risks, and what is wrong with it, is told in the language of who edits it', async () => {
    const asks = async (document: string, language: string) =>
      (await h.call('POST', '/v1/console/policy:check', { document }, { 'accept-language': language })).body;
    const { document } = await inForce();
    const [cn, hk, en] = await Promise.all(['zh-CN', 'zh-HK', 'en'].map((language) => asks(document, language)));
    const told = (all: typeof cn, rule: string) => all.findings.find((f: { rule: string }) => f.rule === rule);
    expect(told(cn, 'sms-removes-totp')).toMatchObject({
      at: '/unbind',
      facts: [{ code: 'phases', params: { phases: ['coexist'] } }],
      where: '在阶段 coexist',
      risk: expect.stringContaining('验证器'),
    });
    expect(told(hk, 'sms-removes-totp')).toMatchObject({
      where: '在階段 coexist',
      risk: expect.stringContaining('驗證器'),
    });
    expect(told(en, 'sms-removes-totp').where).toBe('in phase coexist');
    const broken = `${document}\nname: twice`;
    expect((await asks(broken, 'zh-CN')).errors[0].message).toBe('键重复');
    const refused = await h.call(
      'POST',
      '/v1/console/policy',
      { document: broken, base: 1, reason: 'r' },
      { 'accept-language': 'zh-HK' },
    );
    expect(refused.body.errors[0].message).toBe('鍵重複');
  });

  it('OP-2.2 a check tells who of the last seven days would meet something else, and what', async () => {
    await h.account('700004', { phone: '+85291234567' });
    await h.account('700005', { phone: '+85291234568' });
    await h.account('700006', { phone: '+85291234569' });
    await login('700006');
    h.pass(8 * 24 * 3600);
    await login('700004');
    await login('700005', { id: 'star-9.5', version: '9.5.8.4' });
    await h.house.count();
    const { document } = await inForce();
    expect((await check(document)).affected).toEqual({ accounts: 2, affected: 0, refused: 0, differences: [] });
    const { affected } = await check(document.replace('phase: coexist', 'phase: totp-only'));
    // The third one's last login lies too far back; the old client is refused where it was asked for an SMS code.
    expect(affected).toMatchObject({ accounts: 2, affected: 2, refused: 1 });
    expect(affected.differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          before: { kind: 'challenge', types: ['sms'] },
          after: { kind: 'refuse', why: 'client-too-old' },
          accounts: 1,
          clients: [{ client: 'star-9.5', accounts: 1 }],
        }),
        expect.objectContaining({ after: { kind: 'enrol', types: ['totp'] }, accounts: 1 }),
      ]),
    );
  });

  it('OP-2.2 a change made from an older version is refused, so that nobody undoes what another published', async () => {
    const { document } = await inForce();
    const mine = `${document}\n# mine\n`;
    const first = await h.call('POST', '/v1/console/policy', { document: mine, base: 1, reason: 'first' });
    expect([first.status, first.body]).toEqual([200, { version: 2 }]);
    const second = await h.call('POST', '/v1/console/policy', { document, base: 1, reason: 'second' });
    expect([second.status, second.body.code, second.body.version]).toEqual([409, 'policy-changed', 2]);
    expect(await inForce()).toMatchObject({ version: 2, document: mine, reason: 'first' });
  });

  it('OP-2.2 two who publish at once over the same version: one is in force, the other is told', async () => {
    const { document } = await inForce();
    const told = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        h.call('POST', '/v1/console/policy', { document: `${document}\n# ${name}\n`, base: 1, reason: name }),
      ),
    );
    expect(told.map((t) => t.status).sort()).toEqual([200, 409, 409, 409]);
    expect((await inForce()).version).toBe(2);
  });

  it('OP-2.2 every version is kept, newest first, and any can be read again', async () => {
    const { document } = await inForce();
    for (let n = 1; n <= 3; n++)
      await h.call('POST', '/v1/console/policy', { document: `${document}\n# ${n}\n`, base: n, reason: `change ${n}` });
    const first = (await h.call('GET', '/v1/console/policy/versions?limit=2')).body;
    expect(first.items.map((i: { version: number; reason: string }) => [i.version, i.reason])).toEqual([
      [4, 'change 3'],
      [3, 'change 2'],
    ]);
    const rest = (await h.call('GET', `/v1/console/policy/versions?limit=2&after=${first.next}`)).body;
    expect(rest.items.map((i: { version: number }) => i.version)).toEqual([2, 1]);
    expect((await h.call('GET', '/v1/console/policy/versions/1')).body).toMatchObject({
      version: 1,
      document,
      at: new Date(NINE).toISOString(),
    });
    expect((await h.call('GET', '/v1/console/policy/versions/9')).status).toBe(404);
    expect((await h.call('GET', '/v1/console/policy/versions/x')).status).toBe(400);
  });

  it('OP-2.2 rules are moved, changed, added and dropped in the document, and its comments stay', async () => {
    const { document, rules } = await inForce();
    const remarked = document.replace(/^login:\n/m, `login:${MORE}`);
    const added = { name: 'pilot', when: { cohort: 'pilot' }, challenge: ['totp'] };
    const order = [{ rule: added }, ...rules.login.map((_: unknown, keep: number) => ({ keep })).reverse()];
    const edited = await h.call('POST', '/v1/console/policy:edit', { document: remarked, list: 'login', rules: order });
    expect(edited.status).toBe(200);
    const told = await check(edited.body.document);
    expect(told.errors).toEqual([]);
    expect(told.rules.login.map((r: { name: string }) => r.name)).toEqual([
      'pilot',
      ...rules.login.map((r: { name: string }) => r.name).reverse(),
    ]);
    expect(told.rules.login[0]).toMatchObject({ when: { cohort: ['pilot'] }, challenge: ['totp'] });
    const comments = (text: string): number => text.split('\n').filter((line) => line.includes('#')).length;
    expect(comments(edited.body.document)).toBe(comments(remarked));
    const nowhere = await h.call('POST', '/v1/console/policy:edit', { document, list: 'login', rules: [{ keep: 99 }] });
    expect([nowhere.status, nowhere.body.code]).toEqual([422, 'policy-invalid']);
  });

  it('OP-2.2 KEY-03 a key that may read the policy cannot publish one', async () => {
    const key = await h.key({ scopes: ['policy:read'] });
    const { document } = await inForce();
    const told = await h.call(
      'POST',
      '/v1/console/policy',
      { document, base: 1, reason: 'r' },
      { authorization: `Bearer ${key}` },
    );
    expect([told.status, told.body.code]).toEqual([403, 'missing-scope']);
  });

  it('OP-2.2 bombs, aliases, NULs and halves of characters are mistakes, never faults', async () => {
    for (const document of ['a: &a [*a]', '{', `${'['.repeat(3000)}`, 'login: 7', '- 1', '~']) {
      const told = await h.call('POST', '/v1/console/policy:check', { document });
      expect([document.slice(0, 10), told.status, told.body.valid]).toEqual([document.slice(0, 10), 200, false]);
    }
    for (const document of ['\u0000', '"\ud800"', 'name: a\u001b[31m', 'x'.repeat(60_001)]) {
      const told = await h.call('POST', '/v1/console/policy:check', { document });
      expect([told.status, told.body.code, told.body.errors[0].at]).toEqual([400, 'invalid-request', '/document']);
    }
    for (const document of ['{', `${'['.repeat(3000)}`, 'login: 7', '- 1', '~', '7']) {
      const edited = await h.call('POST', '/v1/console/policy:edit', { document, list: 'login', rules: [] });
      expect([document.slice(0, 10), edited.status]).toEqual([document.slice(0, 10), 422]);
    }
  });
});
