// What an operator sees of one customer: the page, the timeline, why a login went as it did; and the audit log. On both databases.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followEvents } from '../../src/jobs/follow-events.ts';
import { aHouse, aLogin, bindTotp, codeOf, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await aPostgres();
});
afterAll(() => server.close());

interface Item {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly kinds: readonly string[];
  readonly seq: number;
}

describe.each(['SQLite', 'PostgreSQL'])('on %s', (name) => {
  let h: TestHouse & AsyncDisposable;
  /** Signed in anew for each call: sessions end when nobody uses them, and hours pass here. */
  const viewer: Pick<TestOperator, 'call'> = {
    call: async (...of) => (await anOperator(h, { roles: ['viewer'] })).call(...of),
  };
  let account = '';
  let made = 0;

  beforeAll(async () => {
    h = await aHouse(name === 'SQLite' ? {} : { database: { postgres: await server.database() } });
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
  });
  afterAll(() => h.close());
  beforeEach(async () => {
    account = `77000${++made}`;
    await h.account(account, { name: '陈大文', email: 'wei.chan@corp.cn', cohort: 'pilot' });
    h.pass(3600);
  });

  const timeline = async (more = ''): Promise<readonly Item[]> => {
    const { status, body } = await viewer.call('GET', `/v1/console/accounts/${account}/timeline${more}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  };
  const why = async (login: string): Promise<any> => {
    const { status, body } = await viewer.call('GET', `/v1/console/logins/${login}/why`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const hintOf = async (login: string): Promise<Readonly<Record<string, unknown>> | undefined> =>
    (await why(login)).steps.findLast((step: Item) => step.event === 'output.rejected')?.data;

  it('OP-1.1 one call tells everything of a customer, contacts masked', async () => {
    await bindTotp(h, account);
    const { status, body } = await viewer.call('GET', `/v1/console/accounts/${account}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      account,
      name: '陈大文',
      status: 'active',
      locked: null,
      phase: 'coexist',
      cohort: 'pilot',
      contacts: { phone: '***0001', email: 'wei.*****@corp.cn' },
      sessions: 0,
      phones: { used: 0, of: 5, pinSet: false, registration: null, items: [] },
      trustedDevices: [],
      appPasswords: [],
      clientDevices: [],
    });
    expect(body.methods.map((one: { type: string }) => one.type).sort()).toEqual(['sms', 'totp']);
    expect(body.messages[0]).toMatchObject({ channel: expect.any(String), to: expect.stringMatching(/\*{3}/) });
    expect(JSON.stringify(body)).not.toMatch(/91230001|wei\.chan@/);
  });

  it('OP-1.1 shows a freeze, since when and until when', async () => {
    await bindTotp(h, account);
    h.pass(60);
    for (let n = 0; n < 10; n++) {
      await verify(h, (await aLogin(h, account)).id, '000000', { type: 'totp' });
      h.pass(3600);
    }
    const { body } = await viewer.call('GET', `/v1/console/accounts/${account}`);
    expect(body.locked).toMatchObject({ failures: expect.any(Number), since: expect.any(String) });
    expect(body.methods.find((one: { type: string }) => one.type === 'totp').status).toBe('frozen');
  });

  it('OP-1.1 OP-2.1 the timeline tells everything, by kind, page by page, listed by the job or not yet', async () => {
    await bindTotp(h, account);
    h.pass(60);
    const login = await aLogin(h, account, { ...STAR_95, ip: '203.0.113.7', name: 'TRADING-PC', deviceId: 'pc-1' });
    await verify(h, login.id, '000000', { type: 'totp' });
    await h.call('POST', `/v1/console/accounts/${account}/unlock`, { reason: 'identity checked', operator: 'desk-3' });

    const before = await timeline();
    const events = before.map((one) => one.event);
    expect(events).toEqual(
      expect.arrayContaining([
        'account.unlocked',
        'output.rejected',
        'login.started',
        'binding.confirmed',
        'code.sent',
        'login.satisfied',
        'account.created',
      ]),
    );
    expect(before.map((one) => one.seq)).toEqual(before.map((one) => one.seq).toSorted((a, b) => b - a));
    expect(before.find((one) => one.event === 'login.started')).toMatchObject({
      login: login.id,
      where: { client: 'star-9.5', version: '9.5.8.5', ip: '203.0.113.7', device: 'TRADING-PC' },
    });
    await h.house.seal();
    await followEvents(h.house.ports.log);
    expect(await timeline()).toEqual(before);

    const paged: Item[] = [];
    let after = '';
    for (;;) {
      const { body } = await viewer.call('GET', `/v1/console/accounts/${account}/timeline?limit=3${after}`);
      paged.push(...body.items);
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(paged).toEqual(before);

    for (const kind of ['logins', 'bindings', 'operators', 'risk'] as const)
      expect(await timeline(`?kind=${kind}`), kind).toEqual(before.filter((one) => one.kinds.includes(kind)));
    expect((await timeline('?kind=operators')).map((one) => one.event)).toContain('account.unlocked');
    expect((await timeline('?kind=risk')).map((one) => one.event)).toContain('output.rejected');
  });

  it('OP-1.6 says why a login was asked for a code: rules, conditions, policy version; also after the policy changed', async () => {
    const login = await aLogin(h, account);
    const asked = await why(login.id);
    expect(asked).toMatchObject({
      login: login.id,
      account,
      purpose: 'login',
      isRecorded: true,
      facts: {
        client: 'star-9.5',
        version: '9.5.8.5',
        tooOld: false,
        phase: 'coexist',
        cohort: 'pilot',
        bound: ['sms'],
      },
      decision: { kind: 'challenge', types: ['sms'] },
    });
    expect(asked.trace.at(-1)).toMatchObject({ matched: true });
    expect(asked.trace.at(-1).conditions.every((one: { held: boolean }) => one.held)).toBe(true);
    expect(asked.steps.map((one: Item) => one.event)).toEqual(['login.started']);

    await h.phase('totp-only');
    const later = await why(login.id);
    expect({ ...later, policyVersionNow: 0 }).toEqual({ ...asked, policyVersionNow: 0 });
    expect(later.policyVersionNow).toBeGreaterThan(later.policyVersion);
    const refused = await h.call('POST', '/v1/logins', {
      account,
      client: { id: 'star-9.5', version: '9.5.8.4' },
      firstFactor: 'verified',
    });
    expect(refused.body.code).toBe('client-too-old');
    const [event] = await timeline('?kind=logins&limit=1');
    expect(event?.event).toBe('login.refused');
    expect(await why(String(event?.data['login']))).toMatchObject({
      decision: { kind: 'refuse', why: 'client-too-old' },
      refusal: 'client-too-old',
      facts: { client: 'star-9.5', version: '9.5.8.4', tooOld: true, phase: 'totp-only' },
    });
    await h.phase('coexist');
  });

  it('OP-1.6 is told for a login whose own record is gone', async () => {
    const login = await aLogin(h, account);
    const asked = await why(login.id);
    await h.house.db.run([{ sql: 'DELETE FROM challenges WHERE id = @id', rows: 'any', values: { id: login.id } }]);
    const later = await why(login.id);
    expect(later.trace).toEqual(asked.trace);
    expect(later.steps.map((one: Item) => one.event)).toEqual(['login.started']);
    expect(later.steps[0].where).toBeUndefined();
  });

  it('OP-1.6 tells of a wrong code what it would have been, and tells its person nothing of it', async () => {
    const first = await bindTotp(h, account);
    h.pass(600);
    const late = await aLogin(h, account);
    const told = await verify(h, late.id, codeOf(first.uri, h.clock.now, -3), { type: 'totp' });
    expect(await hintOf(late.id)).toMatchObject({ reason: 'wrong', hint: 'clock', seconds: -90 });
    h.pass(600);
    const never = await aLogin(h, account);
    const plain = await verify(h, never.id, '000000', { type: 'totp' });
    expect(await hintOf(never.id)).toEqual({
      login: never.id,
      type: 'totp',
      authenticator: first.id,
      reason: 'wrong',
    });
    // Both are told the same, but for how many tries are left.
    const words = (answer: typeof told) => ({
      ...answer.body,
      instance: '',
      attemptsLeft: 0,
      detail: answer.body.detail.replace(/\d/, ''),
    });
    expect(words(told)).toEqual(words(plain));

    h.pass(3600);
    const twice = await aLogin(h, account);
    const code = codeOf(first.uri, h.clock.now);
    expect((await verify(h, twice.id, code, { type: 'totp' })).status).toBe(200);
    const again = await aLogin(h, account);
    await verify(h, again.id, code, { type: 'totp' });
    expect(await hintOf(again.id)).toMatchObject({ reason: 'replayed', hint: 'already-used' });

    h.pass(3600);
    await h.call('POST', `/v1/console/accounts/${account}/unlock`, { reason: 'r', operator: 'desk-3' });
    const unbound = await h.call('POST', `/v1/console/accounts/${account}/unbind`, {
      reason: 'new phone',
      operator: 'desk-3',
    });
    expect(unbound.status, JSON.stringify(unbound.body)).toBe(200);
    h.pass(3600);
    const second = await bindTotp(h, account);
    h.pass(3600);
    const older = await aLogin(h, account);
    await verify(h, older.id, codeOf(first.uri, h.clock.now), { type: 'totp' });
    expect(await hintOf(older.id)).toMatchObject({ hint: 'older-binding', older: first.id, authenticator: second.id });
    const mixed = await aLogin(h, account);
    h.pass(60);
    await h.call('POST', `/v1/logins/${mixed.id}/send`, {
      authenticator: mixed.authenticators.find((a: any) => a.type === 'sms').id,
    });
    await verify(h, mixed.id, codeOf(second.uri, h.clock.now), { type: 'sms' });
    expect(await hintOf(mixed.id)).toMatchObject({ type: 'sms', hint: 'other-method', other: 'totp' });

    // A week later the old secret is gone for good.
    h.pass(8 * 24 * 3600);
    await h.house.prune();
    expect(await h.house.db.query('SELECT id FROM former_authenticators', {})).toEqual([]);
    const log = JSON.stringify(await h.audit());
    expect(log).not.toContain(code);
  });

  it("OPS-05 another tenant's customers and logins are not there, told as those of nobody", async () => {
    const both = `${account}-b`;
    await h.account(both, {}, 't2');
    const foreign = await h.call(
      'POST',
      '/v1/logins',
      { account: both, client: STAR_95, firstFactor: 'verified' },
      { authorization: `Bearer ${await h.key({ tenant: 't2' })}` },
    );
    expect(foreign.status).toBe(201);
    const plain = async (path: string): Promise<unknown> => {
      const { status, body } = await viewer.call('GET', path);
      return { status, ...body, instance: '' };
    };
    for (const [theirs, nobodys] of [
      [`/v1/console/accounts/${both}`, '/v1/console/accounts/nobody'],
      [`/v1/console/accounts/${both}/timeline`, '/v1/console/accounts/nobody/timeline'],
      [
        `/v1/console/logins/${foreign.body.id}/why`,
        `/v1/console/logins/lgn_${foreign.body.id.slice(4).split('').reverse().join('')}/why`,
      ],
    ] as const) {
      expect(await plain(theirs)).toMatchObject({ status: 404 });
      expect(await plain(theirs)).toEqual(await plain(nobodys));
    }
    const security = await anOperator(h, { roles: ['security'] });
    const { body } = await security.call('GET', `/v1/console/audit?account=${both}`);
    expect(body).toEqual({ items: [], next: null });
    const exported = await security.call('GET', '/v1/console/audit/export');
    expect(String(exported.body)).not.toContain(foreign.body.id);
  });

  it('OP-2.1 OPS-03 the audit log is listed by what happened, who did it, whose account and when', async () => {
    const security = await anOperator(h, { roles: ['security'] });
    const administrator = await anOperator(h, { roles: ['administrator'] });
    await bindTotp(h, account);
    await h.call('POST', `/v1/console/accounts/${account}/unlock`, { reason: 'asked', operator: 'desk-9' });
    const list = async (query: string, by = security): Promise<readonly any[]> => {
      const { status, body } = await by.call('GET', `/v1/console/audit${query}`);
      expect(status, JSON.stringify(body)).toBe(200);
      return body.items;
    };
    expect((await list('?limit=5')).map((one) => one.seq)).toEqual(
      (await list('?limit=5')).map((one) => one.seq).toSorted((a, b) => b - a),
    );
    expect(await list('?actor=operator:desk-9&event=account.')).toMatchObject([{ event: 'account.unlocked', account }]);
    const bindings = await list(`?event=binding.&account=${account}`);
    expect(new Set(bindings.map((one) => one.event))).toEqual(new Set(['binding.started', 'binding.confirmed']));
    expect(bindings.every((one) => one.account === account)).toBe(true);
    // An administrator reads the log and sees no customers: ids, never numbers.
    expect((await list(`?actor=operator:desk-9`, administrator))[0]?.account).toMatch(/^acc_/);
    const now = new Date(h.clock.now).toISOString();
    expect(await list(`?account=${account}&to=${new Date(h.clock.now - 60_000).toISOString()}`)).toHaveLength(1);
    expect((await list(`?from=${now}&account=${account}`)).length).toBeGreaterThan(1);
    for (const role of ['viewer', 'support'] as const)
      expect((await (await anOperator(h, { roles: [role] })).call('GET', '/v1/console/audit')).status, role).toBe(403);
    expect((await administrator.call('GET', '/v1/console/audit/export')).status).toBe(403);
  });

  it('OP-2.1 the log is exported as JSON Lines and as CSV that no spreadsheet runs, and that is on record', async () => {
    const security = await anOperator(h, { roles: ['security'] });
    await h.call('POST', `/v1/console/accounts/${account}/unlock`, {
      reason: '=HYPERLINK("http://x")',
      operator: '=cmd|x',
    });
    const lines = await security.call('GET', `/v1/console/audit/export?account=${account}&event=account.`);
    expect(lines.status).toBe(200);
    expect(String(lines.headers['content-type'])).toContain('application/jsonl');
    expect(lines.headers['content-disposition']).toBe('attachment; filename="audit-t1.jsonl"');
    const rows = String(lines.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map((one) => one.event)).toEqual(['account.created', 'account.unlocked']);
    // What it is called at the desk stands beside the id that was sealed.
    expect(rows[1]).toMatchObject({ account: expect.stringMatching(/^acc_/), accountNumber: account });
    expect(rows[1].data.reason).toBe('=HYPERLINK("http://x")');
    const csv = await security.call(
      'GET',
      `/v1/console/audit/export?format=csv&event=account.unlocked&actor=operator:%3D`,
    );
    expect(String(csv.body).split('\r\n')[0]).toBe('seq,at,tenant,account,event,actor,data,accountNumber');
    expect(String(csv.body)).not.toMatch(/(^|,)"?=/m);
    const told = (await h.audit()).filter((one) => one.event === 'audit.exported');
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(told.at(-1)).toMatchObject({
      actor: `operator:${security.login}`,
      data: { format: 'csv', event: 'account.unlocked' },
    });
    // The whole of it, however long, is what the command writes.
    const all = await security.call('GET', '/v1/console/audit/export');
    const tenant = await h.house.db.query(`SELECT count(*) AS n FROM audit_events WHERE tenant_id = 't1'`, {});
    expect(String(all.body).trim().split('\n')).toHaveLength(Number(tenant[0]?.['n']));
  });

  it('OPS-09 no role is shown a secret anywhere on these pages', async () => {
    const { uri } = await bindTotp(h, account);
    const secret = new URL(uri).searchParams.get('secret') ?? 'none';
    const all = await anOperator(h, { roles: ['viewer', 'support', 'security', 'administrator'] });
    const login = await aLogin(h, account);
    for (const path of [
      `/v1/console/accounts?q=${account}`,
      `/v1/console/accounts/${account}`,
      `/v1/console/accounts/${account}/timeline`,
      `/v1/console/logins/${login.id}/why`,
      `/v1/console/audit?account=${account}`,
      `/v1/console/audit/export?account=${account}`,
    ]) {
      const { status, body, headers } = await all.call('GET', path);
      expect(status, path).toBe(200);
      expect(headers['cache-control'], path).toBe('no-store');
      expect(JSON.stringify(body), path).not.toMatch(new RegExp(`${secret}|sealed|password_?[hH]ash|token`));
    }
  });
});
