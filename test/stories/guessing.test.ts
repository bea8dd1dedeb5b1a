// Guessing is paid for: every wrong output is on record before it is told, on one budget per authenticator, whatever the way in.
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../../src/contract/endpoints.ts';
import { verify as verifyFlow } from '../../src/flows/verify.ts';
import {
  aHouse,
  aLogin,
  bindTotp,
  codeOf,
  ESTAR_X,
  presetText,
  STAR_93,
  STAR_95,
  type TestHouse,
  verify,
} from '../kit.ts';
import { aBrowser, aSession } from '../portal-kit.ts';

const throttled = (throttle: string, preset = 'star-rollout'): string =>
  `${presetText(preset).replace(/^throttle:.*$/m, '')}\nthrottle: ${throttle}\n`;
/** No waiting, so that only the freeze stops. */
const FIVE = throttled('{ delaysSeconds: [0], freezeAfter: 5 }');

async function aBoundHouse(
  options: Parameters<typeof aHouse>[0] = {},
): Promise<TestHouse & AsyncDisposable & { uri: string; bound: string }> {
  const h = await aHouse(options);
  await h.account('700001');
  const { uri, id } = await bindTotp(h, '700001');
  h.pass(300);
  return Object.assign(h, { uri, bound: id });
}

/** Codes that are wrong now and for a while. */
function wrongCodes(h: TestHouse, uri: string, count: number): string[] {
  const right = new Set([-3, -2, -1, 0, 1, 2, 3].map((step) => codeOf(uri, h.clock.now, step)));
  const codes: string[] = [];
  for (let n = 0; codes.length < count; n++) {
    const code = String(n).padStart(6, '0');
    if (!right.has(code)) codes.push(code);
  }
  return codes;
}

const failuresOf = async (h: TestHouse, scope: string): Promise<number> =>
  Number(
    (await h.house.db.query('SELECT coalesce(max(n), 0) AS n FROM failures WHERE scope = @scope', { scope }))[0]!['n'],
  );

describe('BF-01 BF-16 a growing wait, then a freeze', () => {
  it('BF-01 BF-16 waits of 0, 0, 0, 30 s … 1 h are enforced and told; the tenth freezes, and a right code no longer helps', async () => {
    await using h = await aBoundHouse();
    const codes = wrongCodes(h, h.uri, 10);
    for (const [i, wait] of [0, 0, 0, 30, 60, 120, 300, 900, 3600].entries()) {
      const login = await aLogin(h, '700001');
      const wrong = await verify(h, login.id, codes[i]!);
      expect([wrong.status, wrong.body.attemptsLeft, wrong.body.retryAfter ?? 0]).toEqual([422, 9 - i, wait]);
      if (wait === 0) continue;
      h.pass(wait - 0.001);
      const early = await verify(h, (await aLogin(h, '700001')).id, codeOf(h.uri, h.clock.now), { type: 'totp' });
      expect([early.status, early.body.code, early.body.retryAfter, early.headers['retry-after']]).toEqual([
        429,
        'throttled',
        1,
        '1',
      ]);
      h.pass(0.001);
    }
    expect((await verify(h, (await aLogin(h, '700001')).id, codes[9]!, { type: 'totp' })).body.attemptsLeft).toBe(0);
    h.pass(86_400);
    const login = await aLogin(h, '700001');
    const frozen = await verify(h, login.id, codeOf(h.uri, h.clock.now), { type: 'totp' });
    expect([frozen.status, frozen.body.code, frozen.body.contact]).toEqual([
      403,
      'frozen',
      expect.stringContaining('852-2500 0000'),
    ]);
    const page = (await h.call('GET', '/v1/accounts/700001')).body.authenticators;
    expect(page.map((a: { type: string; status: string }) => [a.type, a.status])).toEqual(
      expect.arrayContaining([
        ['totp', 'frozen'],
        ['sms', 'active'],
      ]),
    );
    expect((await h.audit()).filter((e) => e.event === 'authenticator.frozen')).toHaveLength(1);
    expect((await h.outbox()).some((m) => m.text.includes('锁定') || m.text.includes('冻结'))).toBe(true);
  });

  it('BF-01 a right code clears what was counted', async () => {
    await using h = await aBoundHouse();
    for (const code of wrongCodes(h, h.uri, 3)) await verify(h, (await aLogin(h, '700001')).id, code);
    expect(await failuresOf(h, h.bound)).toBe(3);
    expect((await verify(h, (await aLogin(h, '700001')).id, codeOf(h.uri, h.clock.now))).status).toBe(200);
    expect(await failuresOf(h, h.bound)).toBe(0);
  });

  it('BF-01 where only the frozen one is left, the login says so before a code is typed', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    for (const code of wrongCodes(h, h.uri, 5)) await verify(h, login.id, code);
    const refused = await h.call('POST', '/v1/logins', { account: '700001', client: STAR_95, firstFactor: 'verified' });
    expect([refused.status, refused.body.code]).toEqual([403, 'frozen']);
  });
});

describe('BF-02 guesses at the same time', () => {
  it('BF-02 500 different codes at once, four of five wrong already: at most one more is told as wrong', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    const codes = wrongCodes(h, h.uri, 504);
    const login = await aLogin(h, '700001');
    for (const code of codes.slice(0, 4)) await verify(h, login.id, code, { type: 'totp' });
    const answers = await Promise.all(codes.slice(4).map((code) => verify(h, login.id, code, { type: 'totp' })));
    const told = answers.filter((a) => a.body.code === 'verification-failed');
    expect(told).toHaveLength(1);
    expect(answers.filter((a) => a.body.code === 'frozen')).toHaveLength(499);
    expect(await failuresOf(h, h.bound)).toBe(5);
    expect((await h.audit()).filter((e) => e.event === 'output.rejected')).toHaveLength(5);
  });

  it('BF-02 the right code among them does not slip through after the limit', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    const codes = wrongCodes(h, h.uri, 64);
    const login = await aLogin(h, '700001');
    for (const code of codes.slice(0, 4)) await verify(h, login.id, code, { type: 'totp' });
    const right = codeOf(h.uri, h.clock.now);
    const answers = await Promise.all(
      [...codes.slice(4), right].map((code) => verify(h, login.id, code, { type: 'totp' })),
    );
    expect(answers.at(-1)!.body.code).toBe('frozen');
    expect(answers.filter((a) => a.status === 200)).toHaveLength(0);
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.status).not.toBe('satisfied');
  });

  it('BF-02 nor where nobody waits for a turn, as between two nodes: the commit itself refuses it', async () => {
    await using h = await aBoundHouse({ policy: `${FIVE}notices: false\n` });
    const { store } = h.house.ports;
    let letGo = (): void => undefined;
    const guessed = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const ports = {
      ...h.house.ports,
      turns: { take: <T>(_: string, act: (isFirst: boolean) => Promise<T>) => act(true) },
      // The right code is decided on before any of the wrong ones is written, and written after them.
      store: {
        ...store,
        async commit(...[key, writes]: Parameters<typeof store.commit>) {
          if (writes.some(({ op }) => op === 'spend' || op === 'spend-step')) await guessed;
          return store.commit(key, writes);
        },
      },
    };
    const caller = { tenantId: h.tenant, actor: 'test', keyId: 'test', client: null };
    const codes = wrongCodes(h, h.uri, 20);
    const login = await aLogin(h, '700001');
    for (const code of codes.slice(0, 4)) await verify(h, login.id, code, { type: 'totp' });
    const tried = (output: string) => verifyFlow(ports, caller, { id: login.id, type: 'totp', output });
    const right = tried(codeOf(h.uri, h.clock.now));
    const told = await Promise.all(codes.slice(4).map(tried));
    letGo();
    const kinds = [...told, await right].map((t) => (t.kind === 'refused' ? t.code : t.kind));
    // Which of the wrong ones is written first is chance; the right one is refused with the others.
    expect(kinds.filter((kind) => kind === 'verification-failed')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'frozen')).toHaveLength(16);
    expect(kinds.at(-1)).toBe('frozen');
    expect(await failuresOf(h, h.bound)).toBe(5);
  });

  it('BF-02 from nothing, with growing waits, 100 at once are four compares and no more', async () => {
    await using h = await aBoundHouse();
    const login = await aLogin(h, '700001');
    const answers = await Promise.all(
      wrongCodes(h, h.uri, 100).map((code) => verify(h, login.id, code, { type: 'totp' })),
    );
    expect(answers.filter((a) => a.body.code === 'verification-failed')).toHaveLength(4);
    expect(answers.filter((a) => a.body.code === 'throttled')).toHaveLength(96);
  });
});

describe('BF-03 BF-04 BF-07 one counter', () => {
  it('BF-03 every spelling of the account name shares it', async () => {
    await using h = await aHouse({ policy: FIVE });
    await h.account('Jos\u00e9.700001');
    const { id, uri } = await bindTotp(h, 'Jos\u00e9.700001');
    h.pass(60);
    const spellings = [
      'jose\u0301.700001',
      'JOS\u00c9.700001',
      ' jos\u00e9.700001. ',
      'Jos\u00e9.７００００１',
      'Jos\u00e9\u200b.700001',
    ];
    for (const [i, code] of wrongCodes(h, uri, 5).entries()) {
      const login = await aLogin(h, spellings[i]!);
      expect((await verify(h, login.id, code, { type: 'totp' })).status).toBe(422);
    }
    expect(await failuresOf(h, id)).toBe(5);
    const login = await aLogin(h, 'Jos\u00e9.700001');
    expect((await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' })).body.code).toBe('frozen');
  });

  it('BF-03 and so do guesses of its password, for an account that is and one that is not', async () => {
    await using h = await aHouse();
    await h.account('Jos\u00e9', { password: 'right' });
    for (const names of [
      ['Jos\u00e9', 'jose\u0301', 'JOS\u00c9', 'jos\u00e9.', ' Jos\u00e9'],
      ['nobody', 'NOBODY', 'nobody.', 'no\u200bbody', ' nobody'],
    ]) {
      const answers = [];
      for (const account of names)
        answers.push(
          await h.call('POST', '/v1/logins', { account, client: STAR_95, firstFactor: { password: 'wrong' } }),
        );
      expect(answers.map((a) => a.body.code)).toEqual([...Array(4).fill('first-factor-failed'), 'throttled']);
    }
  });

  it('BF-04 new logins and new SMS codes between guesses change nothing', async () => {
    await using h = await aHouse({ policy: `${FIVE}\nsms: { resendSeconds: 30, perAccountPerHour: 50 }` });
    await h.account('700001');
    for (let i = 0; i < 5; i++) {
      const login = await aLogin(h, '700001');
      expect((await h.call('POST', `/v1/logins/${login.id}/send`, {})).status).toBe(202);
      const wrong = (await h.smsCode()) === '000000' ? '000001' : '000000';
      expect((await verify(h, login.id, wrong)).body.attemptsLeft).toBe(4 - i);
      h.pass(31);
    }
    const refused = await h.call('POST', '/v1/logins', { account: '700001', client: STAR_95, firstFactor: 'verified' });
    expect(refused.body.code).toBe('frozen');
  });

  it('BF-04 a resend replaces the code: the one before is worthless', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const first = await h.smsCode();
    expect((await h.call('POST', `/v1/logins/${login.id}/send`, {})).body.code).toBe('resend-too-soon');
    h.pass(60);
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const second = await h.smsCode();
    if (first !== second) expect((await verify(h, login.id, first)).status).toBe(422);
    expect((await verify(h, login.id, second)).status).toBe(200);
  });

  it('BF-07 fifty sessions on three clients from fifty addresses: one budget', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    const clients = [STAR_95, STAR_93, ESTAR_X];
    const logins = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        aLogin(h, '700001', { ...clients[i % 3], ip: `203.0.113.${i}`, deviceId: `d${i}` }),
      ),
    );
    const codes = wrongCodes(h, h.uri, 50);
    const answers = await Promise.all(logins.map((login, i) => verify(h, login.id, codes[i]!, { type: 'totp' })));
    expect(answers.filter((a) => a.body.code === 'verification-failed')).toHaveLength(5);
    expect(answers.filter((a) => a.body.code === 'frozen')).toHaveLength(45);
  });
});

describe('BF-05 BF-06 faults never give a free guess', () => {
  it('BF-05 a reply that never gets out leaves the attempt on record', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    const login = await aLogin(h, '700001');
    await using app = h.house.http();
    app.addHook('onSend', async () => {
      throw new Error('the line broke');
    });
    for (const [i, code] of wrongCodes(h, h.uri, 5).entries()) {
      const headers = { authorization: `Bearer ${h.token}` };
      const reply = await app.inject({
        method: 'POST',
        url: `/v1/logins/${login.id}/verify`,
        headers,
        payload: { output: code, type: 'totp' },
      });
      expect([reply.statusCode, reply.body]).toEqual([500, expect.not.stringContaining('attemptsLeft')]);
      expect(await failuresOf(h, h.bound)).toBe(i + 1);
    }
  });

  it('BF-05 a commit that breaks tells nothing, counts nothing twice and lets nobody in', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    const login = await aLogin(h, '700001');
    const code = codeOf(h.uri, h.clock.now);
    await h.house.db.run([{ sql: 'ALTER TABLE audit_events RENAME TO audit_gone', rows: 'any', values: {} }]);
    for (const output of ['000000', code]) {
      const answer = await verify(h, login.id, output, { type: 'totp' });
      expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
      expect(answer.body.attemptsLeft).toBeUndefined();
    }
    await h.house.db.run([{ sql: 'ALTER TABLE audit_gone RENAME TO audit_events', rows: 'any', values: {} }]);
    expect(await failuresOf(h, h.bound)).toBe(0);
    expect((await verify(h, login.id, code)).status).toBe(200);
  });

  it('BF-06 without its counters the house answers 503 to right and wrong alike', async () => {
    await using h = await aBoundHouse();
    const login = await aLogin(h, '700001');
    const code = codeOf(h.uri, h.clock.now);
    await h.house.db.run([{ sql: 'ALTER TABLE failures RENAME TO failures_gone', rows: 'any', values: {} }]);
    for (const output of ['000000', code, '111111', code]) expect((await verify(h, login.id, output)).status).toBe(503);
    const password = await h.call('POST', '/v1/logins', {
      account: '700001',
      client: STAR_95,
      firstFactor: { password: 'x' },
    });
    expect(password.status).toBe(503);
    await h.house.db.run([{ sql: 'ALTER TABLE failures_gone RENAME TO failures', rows: 'any', values: {} }]);
    expect((await verify(h, login.id, code)).status).toBe(200);
  });
});

describe('BF-08 one budget, every way in', () => {
  /** Endpoints that take an output, and the test below that spends the shared budget through each. */
  const PROVEN = [
    'verify',
    'confirmBinding',
    'confirmLoginBinding',
    // On a tenant's pages:
    'verifyPortalLogin',
    'confirmPortalLoginBinding',
    'confirmMyBinding',
    // Phones count on their account: enrolment and PIN stories.
    'setPin',
    'confirmPhone',
    'changePin',
    // `code` is WeChat's one-time code of a launch (wx.login), no output of ours: WeChat judges it.
    'joinWechat',
    'restoreWechat',
    // What a caller reads to an operator goes through `verify` (desk.test.ts). A stop code lets nobody in: it shuts, and wrong ones count (desk-bypass.test.ts).
    'answerCallerCheck',
    // Operators sign in as everybody does: operator-sign-in.test.ts.
    'operatorLoginTotp',
    'completeJoin',
    'objectOnPage',
    'object',
  ];

  it('BF-08 no endpoint takes an output without being proven here', () => {
    const taking = Object.entries(ENDPOINTS as Readonly<Record<string, Endpoint>>)
      .filter(([, endpoint]) =>
        /"(output|code|otp|pin)"/.test(
          JSON.stringify(
            endpoint.body === undefined
              ? ''
              : Object.keys((endpoint.body as unknown as { shape?: object }).shape ?? {}),
          ),
        ),
      )
      .map(([name]) => name);
    expect(taking.sort()).toEqual([...PROVEN].sort());
  });

  it('BF-08 a tenant’s pages share the budget of the programs', async () => {
    const policy = throttled('{ delaysSeconds: [0], freezeAfter: 5 }', 'mail');
    await using h = await aHouse({ policy });
    await h.account('700001', { password: 'right' });
    const owner = await aSession(h, '700001', 'right');
    const pending = await owner.call('POST', '/v1/me/bindings', { type: 'totp' });
    const confirm = (output: string) => owner.call('POST', `/v1/me/bindings/${pending.body.id}/confirm`, { output });
    const wrong = wrongCodes(h, pending.body.uri, 9);
    expect((await confirm(wrong[0]!)).body.attemptsLeft).toBe(4);
    expect((await confirm(codeOf(pending.body.uri, h.clock.now))).status).toBe(200);
    h.pass(30);
    const b = aBrowser(h);
    await b.login('700001', 'right');
    const ways = [
      (output: string) => b.call('POST', '/v1/me/login/verify', { output }),
      async (output: string) => verify(h, (await aLogin(h, '700001', { id: 'webmail' })).id, output),
      async (output: string) => {
        await owner.call('POST', '/v1/me/challenges', { purpose: 'unbind' });
        return owner.call('POST', '/v1/me/login/verify', { output });
      },
    ];
    const told = [];
    for (let i = 0; i < 7; i++) told.push((await ways[i % 3]!(wrong[i]!)).body);
    expect(told.slice(0, 5).map((body) => body.attemptsLeft)).toEqual([4, 3, 2, 1, 0]);
    expect(told.slice(5).map((body) => body.code)).toEqual(['frozen', 'frozen']);
    h.pass(30);
    expect((await ways[0]!(codeOf(pending.body.uri, h.clock.now))).body.code).toBe('frozen');
  });

  it('BF-08 a binding that a page’s login asks for is guessed at no more often', async () => {
    const policy = throttled('{ delaysSeconds: [0], freezeAfter: 5 }', 'mail').replace(
      'phase: coexist',
      'phase: totp-only',
    );
    await using h = await aHouse({ policy });
    await h.account('700001', { password: 'right' });
    const b = aBrowser(h);
    await b.login('700001', 'right');
    const pending = await b.call('POST', '/v1/me/login/bindings', { type: 'totp' });
    const answers = [];
    for (const output of wrongCodes(h, pending.body.uri, 7))
      answers.push((await b.call('POST', `/v1/me/login/bindings/${pending.body.id}/confirm`, { output })).body.code);
    expect(answers.filter((code) => code === 'verification-failed')).toHaveLength(5);
    expect(answers.filter((code) => code === 'frozen')).toHaveLength(2);
  });

  it('BF-08 verify: logins and step-ups of every purpose share the budget of the authenticator', async () => {
    await using h = await aHouse({ policy: throttled('{ delaysSeconds: [0], freezeAfter: 5 }', 'recommended') });
    const client = { id: 'desktop', version: '1' };
    await h.account('700001');
    const { id, uri } = await bindTotp(h, '700001', client);
    h.pass(60);
    const stepUp = async (purpose: string): Promise<string> =>
      (await h.call('POST', '/v1/accounts/700001/challenges', { purpose, client })).body.id;
    const ways = [
      (await aLogin(h, '700001', client)).id,
      (await aLogin(h, '700001', { id: 'phone', version: '1' })).id,
      await stepUp('unbind'),
      await stepUp('change'),
      await stepUp('confirm'),
    ];
    for (const [i, code] of wrongCodes(h, uri, 5).entries())
      expect((await verify(h, ways[i]!, code)).body.attemptsLeft).toBe(4 - i);
    expect(await failuresOf(h, id)).toBe(5);
    for (const way of ways) expect((await verify(h, way, codeOf(uri, h.clock.now))).body.code).toBe('frozen');
    expect((await h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'unbind', client })).body.code).toBe(
      'frozen',
    );
  });

  it('BF-08 confirmLoginBinding and confirmBinding: wrong first codes count, and freeze the binding', async () => {
    await using h = await aHouse({ policy: FIVE });
    await h.account('700001');
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
    const paths = [
      `/v1/logins/${login.id}/bindings/${started.id}/confirm`,
      `/v1/accounts/700001/bindings/${started.id}/confirm`,
    ];
    const codes = wrongCodes(h, started.uri, 40);
    const answers = await Promise.all(codes.map((output, i) => h.call('POST', paths[i % 2]!, { output })));
    expect(answers.filter((a) => a.body.code === 'verification-failed')).toHaveLength(5);
    expect(answers.filter((a) => a.body.code === 'frozen')).toHaveLength(35);
    for (const path of paths)
      expect((await h.call('POST', path, { output: codeOf(started.uri, h.clock.now) })).body.code).toBe('frozen');
  });

  it('BF-08 a policy that counts per account counts every type together', async () => {
    await using h = await aHouse({ policy: throttled('{ delaysSeconds: [0], freezeAfter: 5, scope: account }') });
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    h.pass(60);
    const codes = (await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95 }))
      .body.codes;
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const sms = await h.smsCode();
    for (const [i, type] of ['totp', 'sms', 'recovery-code', 'totp', 'sms'].entries())
      expect((await verify(h, login.id, `00000${i}`, { type })).body.attemptsLeft).toBe(4 - i);
    for (const [type, output] of [
      ['totp', codeOf(uri, h.clock.now)],
      ['sms', sms],
      ['recovery-code', codes[0]],
    ] as const)
      expect((await verify(h, login.id, output, { type })).body.code).toBe('frozen');
  });

  it('BF-08 an output without a named method is counted against all it was compared with', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const sms = login.authenticators.find((a: { type: string }) => a.type === 'sms').id;
    await verify(h, login.id, '000000');
    expect([await failuresOf(h, h.bound), await failuresOf(h, sms)]).toEqual([1, 1]);
  });
});

describe('BF-09 BF-14 separate budgets, and the way back', () => {
  it('BF-09 a thousand wrong passwords stop passwords, not codes; the owner still logs in where the password is already checked', async () => {
    await using h = await aBoundHouse();
    await h.account('700001', { password: 'right' });
    const guess = (password: string): Promise<{ status: number; body: { code?: string } }> =>
      h.call('POST', '/v1/logins', { account: '700001', client: STAR_95, firstFactor: { password } });
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 1000; i++) codes.push((await guess(`wrong ${i}`)).body.code);
    expect(codes.filter((c) => c === 'first-factor-failed')).toHaveLength(4);
    expect((await guess('right')).body.code).toBe('throttled');
    expect(
      (await h.call('GET', '/v1/accounts/700001')).body.authenticators.every(
        (a: { status: string }) => a.status === 'active',
      ),
    ).toBe(true);
    expect((await verify(h, (await aLogin(h, '700001')).id, codeOf(h.uri, h.clock.now))).status).toBe(200);
    h.pass(10);
    expect((await guess('right')).status).toBe(201);
    expect((await guess('wrong')).body.code).toBe('first-factor-failed');
  });

  it.each([
    ['address', { ...STAR_95, ip: '2001:db8:1:2::7' }, { ...STAR_95, ip: '2001:db8:1:2::99' }],
    ['device', { ...STAR_95, deviceId: 'pc-1' }, { ...STAR_95, deviceId: 'pc-1', ip: '192.0.2.9' }],
  ])(
    'BF-09 strangers’ wrong passwords do not shut the owner out at an %s the account is known at; guesses there have an end of their own',
    async (_, at, again) => {
      const policy = `${presetText('star-rollout')}\ndevices: { bindOnFirstCode: true, kinds: [desktop], required: false }\n`;
      await using h = await aBoundHouse({ policy });
      await h.account('700001', { password: 'right' });
      const guess = (password: string, client: object) =>
        h.call('POST', '/v1/logins', { account: '700001', client, firstFactor: { password } });
      await verify(h, (await guess('right', at)).body.id, codeOf(h.uri, h.clock.now));
      const stranger = { ...STAR_95, ip: '198.51.100.1', deviceId: 'another' };
      const shutOut = async () => {
        for (let i = 0; i < 10; i++) {
          while ((await guess(`wrong ${i}`, stranger)).body.code === 'throttled') h.pass(60);
        }
        expect((await guess('right', stranger)).body.code).toBe('throttled');
      };
      await shutOut();
      expect((await guess('right', again)).status).toBe(201);
      // A right one there lifts nothing for the strangers.
      expect((await guess('right', stranger)).body.code).toBe('throttled');
      const codes: string[] = [];
      for (let i = 0; i < 20; i++) codes.push((await guess(`wrong ${i}`, again)).body.code);
      expect(codes.filter((c) => c === 'first-factor-failed')).toHaveLength(4);
      expect((await guess('right', again)).body.code).toBe('throttled');
      await h.call('POST', '/v1/console/accounts/700001/unlock', { operator: 'x', reason: 'called back' });
      expect((await guess('right', stranger)).status).toBe(201);
      expect((await guess('right', again)).status).toBe(201);
      // An address where nobody did a second step, and a device that was revoked, are not known.
      await shutOut();
      const [device] = (await h.call('GET', '/v1/accounts/700001/client-devices')).body.items;
      if (device !== undefined) await h.call('DELETE', `/v1/accounts/700001/client-devices/${device.id}`);
      const gone = await guess('right', { ...again, ip: '203.0.113.50' });
      expect([429, 403]).toContain(gone.status);
      expect(gone.body.code).toBe('throttled');
    },
  );

  it('BF-09 codes guessed without a right first factor never count: there is no login to guess at', async () => {
    await using h = await aBoundHouse();
    const answer = await h.call('POST', '/v1/logins', {
      account: '700001',
      client: STAR_95,
      firstFactor: { password: 'wrong' },
    });
    expect(answer.body).not.toHaveProperty('id');
    expect(await failuresOf(h, h.bound)).toBe(0);
  });

  it('BF-14 an operator unlocks with a reason: counter cleared, event and notice, and nothing else re-enabled', async () => {
    await using h = await aBoundHouse({ policy: FIVE });
    await h.account('700001', { email: 'trader@example.com' });
    const login = await aLogin(h, '700001');
    for (const code of wrongCodes(h, h.uri, 5)) await verify(h, login.id, code, { type: 'totp' });
    await h.account('700001', { status: 'suspended' });
    const before = (await h.outbox()).length;
    expect((await h.call('POST', '/v1/console/accounts/700001/unlock', { operator: 'li' })).status).toBe(400);
    const unlocked = await h.call('POST', '/v1/console/accounts/700001/unlock', {
      operator: 'li',
      reason: 'called back',
    });
    expect(unlocked.body).toEqual({ unlocked: [h.bound] });
    const entry = (await h.audit()).findLast((e) => e.event === 'account.unlocked')!;
    expect([entry.actor, entry.data['reason']]).toEqual(['operator:li', 'called back']);
    expect((await h.outbox()).length - before).toBe(2);
    expect((await h.call('GET', '/v1/accounts/700001')).body.status).toBe('suspended');
    await h.account('700001', { status: 'active' });
    expect((await verify(h, (await aLogin(h, '700001')).id, codeOf(h.uri, h.clock.now), { type: 'totp' })).status).toBe(
      200,
    );
  });

  it('BF-16 a freeze that ends by time leaves one attempt', async () => {
    await using h = await aBoundHouse({
      policy: throttled('{ delaysSeconds: [0], freezeAfter: 3, unfreezeSeconds: 600 }'),
    });
    const login = await aLogin(h, '700001');
    const codes = wrongCodes(h, h.uri, 4);
    for (const code of codes.slice(0, 3)) await verify(h, login.id, code, { type: 'totp' });
    const frozen = await verify(h, login.id, codes[3]!, { type: 'totp' });
    expect([frozen.body.code, frozen.body.until]).toEqual(['frozen', new Date(h.clock.now + 600_000).toISOString()]);
    h.pass(599);
    const next = await aLogin(h, '700001');
    expect((await verify(h, next.id, codeOf(h.uri, h.clock.now), { type: 'totp' })).body.code).toBe('frozen');
    h.pass(1);
    expect((await verify(h, next.id, codes[3]!, { type: 'totp' })).body.attemptsLeft).toBe(0);
    expect((await verify(h, next.id, codeOf(h.uri, h.clock.now), { type: 'totp' })).body.code).toBe('frozen');
  });
});
