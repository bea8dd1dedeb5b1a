// Binding: the secret is ours, shown once, and worth nothing until its first right code.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, STAR_93, STAR_95, type TestHouse, verify } from '../kit.ts';

const CLIENT = STAR_95;
async function aLoggedInHouse(
  options: Parameters<typeof aHouse>[0] = {},
): Promise<TestHouse & AsyncDisposable & { login: string }> {
  const h = await aHouse(options);
  await h.account('700001', { email: 'trader@example.com' });
  const login = await aLogin(h, '700001');
  await h.call('POST', `/v1/logins/${login.id}/send`, {});
  await verify(h, login.id, await h.smsCode());
  return Object.assign(h, { login: login.id as string });
}
const begin = async (h: TestHouse, more: object = {}, headers: Record<string, string> = {}) =>
  h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client: CLIENT, ...more }, headers);
const confirm = (h: TestHouse, binding: string, output: string, more: object = {}) =>
  h.call('POST', `/v1/accounts/700001/bindings/${binding}/confirm`, { output, ...more });

describe('ENR-04 two tabs', () => {
  it('ENR-04 only the newest secret can be confirmed, with its own code; the older is void', async () => {
    await using h = await aLoggedInHouse();
    const first = (await begin(h)).body;
    const second = (await begin(h)).body;
    const now = h.clock.now;
    expect((await confirm(h, first.id, codeOf(second.uri, now))).body.code).toBe('superseded');
    expect((await confirm(h, first.id, codeOf(first.uri, now))).body.code).toBe('superseded');
    expect((await confirm(h, second.id, codeOf(first.uri, now))).body.code).toBe('verification-failed');
    expect((await confirm(h, second.id, codeOf(second.uri, now))).status).toBe(200);
    expect((await begin(h)).body.code).toBe('already-bound');
  });

  it('ENR-04 starting and confirming at the same time never leaves two, nor a void one active', async () => {
    await using h = await aLoggedInHouse();
    const first = (await begin(h)).body;
    const [confirmed, ...started] = await Promise.all([
      confirm(h, first.id, codeOf(first.uri, h.clock.now)),
      begin(h),
      begin(h),
    ]);
    const tries = await Promise.all(
      started.filter((s) => s.status === 201).map((s) => confirm(h, s.body.id, codeOf(s.body.uri, h.clock.now))),
    );
    const bound = (await h.call('GET', '/v1/accounts/700001')).body.authenticators.filter(
      (a: { type: string }) => a.type === 'totp',
    );
    expect(bound).toHaveLength(1);
    expect([confirmed, ...tries].filter((a) => a!.status === 200)).toHaveLength(1);
  });

  it('ENR-04 the secret of a void one is gone from the store', async () => {
    await using h = await aLoggedInHouse();
    const first = (await begin(h)).body;
    await begin(h);
    const [row] = await h.house.db.query('SELECT status, length(sealed) AS n FROM authenticators WHERE id = @id', {
      id: first.id,
    });
    expect([row!['status'], Number(row!['n'])]).toEqual(['void', 0]);
  });
});

describe('ENR-06 shown once', () => {
  it('ENR-06 the secret is in one reply, no-store, and in nothing that is read, repeated, audited or sent later', async () => {
    await using h = await aLoggedInHouse();
    const started = await begin(h, {}, { 'idempotency-key': 'once' });
    expect(started.headers['cache-control']).toBe('no-store');
    const secret = started.body.key.replaceAll(' ', '') as string;
    const again = await begin(h, {}, { 'idempotency-key': 'once' });
    expect([again.status, again.body.code]).toEqual([409, 'shown-once']);
    const confirmed = await confirm(h, started.body.id, codeOf(started.body.uri, h.clock.now));
    const made = await begin(h, { type: 'recovery-code' });
    const codes = made.body.codes as string[];
    const later = [
      again.body,
      confirmed.body,
      (await h.call('GET', '/v1/accounts/700001')).body,
      (await h.call('GET', '/v1/accounts')).body,
      (await h.call('GET', `/v1/logins/${h.login}`)).body,
      await h.audit(),
      await h.outbox(),
      await h.house.db.query('SELECT * FROM idempotency', {}).catch(() => []),
    ].map((part) => JSON.stringify(part));
    const raw = Buffer.from(
      JSON.stringify(await h.house.db.query('SELECT id, params, label, status FROM authenticators', {})),
    );
    for (const text of [...later, raw.toString()]) {
      for (const hidden of [secret, started.body.key, ...codes, ...codes.map((c) => c.replaceAll('-', ''))])
        expect(text).not.toContain(hidden);
      expect(text).not.toContain('otpauth:');
    }
  });

  it('ENR-06 no reply of a binding route may be kept by a cache', async () => {
    await using h = await aLoggedInHouse();
    expect((await begin(h, { type: 'recovery-code' })).headers['cache-control']).toBe('no-store');
    await h.account('700002');
    await h.phase('totp-only');
    const login = await aLogin(h, '700002');
    const started = await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' });
    expect([started.status, started.headers['cache-control']]).toEqual([201, 'no-store']);
  });
});

describe('ENR-07 the secret is ours', () => {
  it.each(['secret', 'secretHash', 'key', 'uri', 'seed'])(
    'ENR-07 a caller’s own %s is refused at start and at confirm',
    async (member) => {
      await using h = await aLoggedInHouse();
      const own = { [member]: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
      const start = await begin(h, own);
      expect([start.status, start.body.code]).toEqual([400, 'invalid-request']);
      const started = (await begin(h)).body;
      expect((await confirm(h, started.id, codeOf(started.uri, h.clock.now), own)).status).toBe(400);
      expect((await h.call('GET', '/v1/accounts/700001')).body.authenticators).toHaveLength(1);
      expect((await confirm(h, started.id, codeOf(started.uri, h.clock.now))).status).toBe(200);
    },
  );

  it('ENR-07 no two bindings share a secret', async () => {
    await using h = await aLoggedInHouse();
    const keys = new Set<string>();
    for (let i = 0; i < 20; i++) {
      keys.add((await begin(h)).body.key);
      h.pass(61);
    }
    expect(keys.size).toBe(20);
  });
});

describe('ENR-08 ENR-10 ENR-15', () => {
  it('ENR-08 shown and never confirmed: nothing is active, the old factor works, and the pending one is purged with the next', async () => {
    await using h = await aLoggedInHouse();
    const started = (await begin(h)).body;
    h.pass(86_400);
    const login = await aLogin(h, '700001');
    expect(login.authenticators.map((a: { type: string }) => a.type)).toEqual(['sms']);
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    expect((await verify(h, login.id, await h.smsCode())).status).toBe(200);
    expect((await confirm(h, started.id, codeOf(started.uri, h.clock.now))).body.code).toBe('expired');
  });

  it('ENR-10 with recommended a password alone binds nothing after the switch: the registered phone answers first, and is told', async () => {
    await using h = await aHouse({ preset: 'recommended' });
    const client = { id: 'desktop', version: '1' };
    await h.account('700001', { email: 'trader@example.com', password: 'right' });
    await h.phase('totp-only');
    const login = (
      await h.call('POST', '/v1/logins', { account: '700001', client, firstFactor: { password: 'right' } })
    ).body;
    expect(login).toMatchObject({ status: 'challenge', authenticators: [{ type: 'sms' }] });
    expect((await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body.code).toBe(
      'binding-not-allowed',
    );
    expect((await h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client })).body.code).toBe(
      'binding-not-allowed',
    );
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    expect((await verify(h, login.id, await h.smsCode())).body.status).toBe('need');
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body).toMatchObject({
      status: 'enrol',
      enrol: ['totp'],
      satisfiedBy: ['sms'],
    });
    const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
    const done = await h.call('POST', `/v1/logins/${login.id}/bindings/${started.id}/confirm`, {
      output: codeOf(started.uri, h.clock.now),
    });
    expect(done.body.login.status).toBe('satisfied');
    expect(
      (await h.outbox())
        .slice(0, 2)
        .map((m) => m.channel)
        .sort(),
    ).toEqual(['email', 'sms']);
    await h.account('700002', { password: 'right', phone: undefined });
    const noPhone = await h.call('POST', '/v1/logins', { account: '700002', client, firstFactor: 'verified' });
    expect([noPhone.status, noPhone.body.code]).toEqual([403, 'no-method']);
  });

  it('ENR-15 no step can be skipped, repeated, or taken in another flow’s place', async () => {
    await using h = await aLoggedInHouse();
    const other = await aLogin(h, '700001');
    const nothing = `aut_${'0'.repeat(32)}`;
    const at = async (method: string, path: string, body: object): Promise<[number, string]> => {
      const answer = await h.call(method, path, body);
      return [answer.status, answer.body.code];
    };
    expect(await at('POST', `/v1/accounts/700001/bindings/${nothing}/confirm`, { output: '123456' })).toEqual([
      404,
      'not-found',
    ]);
    expect(await at('POST', `/v1/logins/${other.id}/bindings`, { type: 'totp' })).toEqual([403, 'binding-not-allowed']);
    expect(await at('POST', `/v1/logins/${other.id}/bindings/${nothing}/confirm`, { output: '123456' })).toEqual([
      403,
      'binding-not-allowed',
    ]);
    expect(await at('POST', `/v1/logins/${h.login}/bindings`, { type: 'totp' })).toEqual([409, 'closed']);
    expect(await at('POST', `/v1/logins/${h.login}/verify`, { output: '123456' })).toEqual([409, 'closed']);
    expect(await at('POST', `/v1/logins/${h.login}/send`, {})).toEqual([409, 'closed']);
    const started = (await begin(h)).body;
    expect(
      await at('POST', `/v1/logins/${other.id}/bindings/${started.id}/confirm`, {
        output: codeOf(started.uri, h.clock.now),
      }),
    ).toEqual([403, 'binding-not-allowed']);
    await h.account('700002');
    expect(
      await at('POST', `/v1/accounts/700002/bindings/${started.id}/confirm`, {
        output: codeOf(started.uri, h.clock.now),
      }),
    ).toEqual([404, 'not-found']);
    expect((await confirm(h, started.id, codeOf(started.uri, h.clock.now))).status).toBe(200);
    expect(
      await at('POST', `/v1/accounts/700001/bindings/${started.id}/confirm`, {
        output: codeOf(started.uri, h.clock.now, 1),
      }),
    ).toEqual([409, 'already-bound']);
  });

  it('ENR-15 a login that waits for a binding cannot be finished after its end, nor verified into one', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
    expect((await verify(h, login.id, codeOf(started.uri, h.clock.now))).body.code).toBe('method-not-offered');
    h.pass(600);
    const late = await h.call('POST', `/v1/logins/${login.id}/bindings/${started.id}/confirm`, {
      output: codeOf(started.uri, h.clock.now),
    });
    expect([late.status, late.body.code]).toEqual([410, 'expired']);
    expect((await h.call('GET', '/v1/accounts/700001')).body.authenticators).toHaveLength(1);
  });

  it('ENR-15 a switch back between start and confirm does not bind without the step the policy now asks', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
    await h.phase('coexist');
    const confirmed = await h.call('POST', `/v1/logins/${login.id}/bindings/${started.id}/confirm`, {
      output: codeOf(started.uri, h.clock.now),
    });
    expect([confirmed.status, confirmed.body.code]).toEqual([403, 'binding-not-allowed']);
    expect((await h.call('GET', `/v1/logins/${login.id}`)).body.status).toBe('challenge');
  });
});

describe('WEB-04 one policy function', () => {
  it('WEB-04 a policy that refuses everything ends no login and binds nothing, on any route', async () => {
    const refuseAll = (text: string): string =>
      text
        .replace(/^login:\n(?: .*\n|\n)+/m, 'login:\n  - name: closed\n    refuse: no-method\n')
        .replace(/^bind:\n(?: .*\n|\n)+/m, 'bind: []\n');
    await using h = await aLoggedInHouse();
    h.pass(60);
    const { uri } = await bindTotp(h, '700001');
    await h.account('700002');
    await h.phase('totp-only');
    const open = { challenge: await aLogin(h, '700001'), enrol: await aLogin(h, '700002') };
    const started = (await h.call('POST', `/v1/logins/${open.enrol.id}/bindings`, { type: 'totp' })).body;
    const { document } = await h.house.registry.get(h.tenant, Number.POSITIVE_INFINITY);
    const { publishPolicy } = await import('../../src/flows/registry.ts');
    const closed = refuseAll(document);
    expect(closed).not.toBe(document);
    expect(
      (await publishPolicy(h.house.ports, { tenantId: h.tenant, document: closed, actor: 'test', reason: 'closed' }))
        .kind,
    ).toBe('published');
    h.pass(60);
    const code = codeOf(uri, h.clock.now);
    const satisfied = async (): Promise<unknown> =>
      h.house.db.query(`SELECT count(*) AS n FROM challenges WHERE status = 'satisfied'`, {});
    const before = await satisfied();
    const told = await Promise.all([
      h.call('POST', '/v1/logins', { account: '700001', client: STAR_93, firstFactor: 'verified' }),
      h.call('POST', '/v1/logins', { account: '700002', client: ESTAR_X, firstFactor: 'verified' }),
      verify(h, open.challenge.id, code),
      h.call('POST', `/v1/logins/${open.challenge.id}/send`, {}),
      h.call('POST', `/v1/logins/${open.enrol.id}/bindings`, { type: 'totp' }),
      h.call('POST', `/v1/logins/${open.enrol.id}/bindings/${started.id}/confirm`, {
        output: codeOf(started.uri, h.clock.now),
      }),
      h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95 }),
      h.call('POST', '/v1/accounts/700001/challenges', { purpose: 'unbind', client: STAR_95 }),
    ]);
    for (const answer of told)
      expect([answer.status, answer.body.code]).toEqual([
        403,
        expect.stringMatching(/^(no-method|binding-not-allowed)$/),
      ]);
    expect(await satisfied()).toEqual(before);
  });
});

describe('guessing at a binding', () => {
  it('BF-08 wrong codes for a pending binding count and wait like any other, until even the right one comes too late', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const start = async () => {
      const login = await aLogin(h, '700001');
      const binding = await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' });
      return {
        login,
        binding: binding.body,
        confirm: (output: string) =>
          h.call('POST', `/v1/logins/${login.id}/bindings/${binding.body.id}/confirm`, { output }),
      };
    };
    const { binding, confirm } = await start();
    const right = (): string => codeOf(binding.uri, h.clock.now);
    const wrong = (): string => (right() === '000000' ? '000001' : '000000');
    // A policy with short delays would be a simpler story; this one waits as the preset says, within the login's ten minutes where it can.
    let told = await confirm(wrong());
    while (told.status !== 403 && told.status !== 410) {
      h.clock.now += ((told.body.retryAfter as number | undefined) ?? 0) * 1000;
      told = await confirm(wrong());
    }
    expect(['frozen', 'expired']).toContain(told.body.code);
    expect((await confirm(right())).status).not.toBe(200);
    expect((await h.audit()).filter((e) => e.event === 'output.rejected').length).toBeGreaterThanOrEqual(6);
  });
});
