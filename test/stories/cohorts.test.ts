// Cohorts by rules, the funnel, the plan and the lists an operator takes away: told by operators at the console.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';
import { aPostgres } from '../postgres.ts';

const OLD = { id: 'star-9.5', version: '9.5.8.4' };
const DAY = 24 * 3600;

async function loginBySms(h: TestHouse, account: string, client: { id: string; version: string }): Promise<void> {
  const login = await aLogin(h, account, client);
  await h.call('POST', `/v1/logins/${login.id}/send`, {});
  expect((await verify(h, login.id, await h.smsCode())).status).toBe(200);
}

/** One bound, one on an old client, one on a phone, one abroad, one who never came. */
async function aBrokerage(options: { postgres?: string; rollout?: string } = {}) {
  const h = await aHouse({
    policy: presetText('star-rollout').replace('  schedule: []\n', `  schedule: []\n${options.rollout ?? ''}`),
    ...(options.postgres === undefined ? {} : { database: { postgres: options.postgres } }),
  });
  const phones = ['+85291230001', '+85291230002', '+85291230003', '+447400123456', '+85291230005'];
  for (const [n, phone] of phones.entries())
    await h.account(`70000${n + 1}`, { phone, name: n === 1 ? '=cmd()' : `客户${n}` });
  const { uri } = await bindTotp(h, '700001');
  await loginBySms(h, '700002', OLD);
  await loginBySms(h, '700003', ESTAR_X);
  // Abroad, a code by SMS cannot be sent: the login is begun and no more.
  await aLogin(h, '700004', STAR_95);
  await counted(h);
  return Object.assign(h, { uri, op: await anOperator(h, { roles: ['security'], login: 'mei' }) });
}
const counted = async (h: TestHouse): Promise<void> => {
  await h.house.seal();
  await h.house.count();
};
const save = (op: TestOperator, name: string, rule: object, more: object = {}) =>
  op.call('PUT', `/v1/console/rollout/cohorts/${encodeURIComponent(name)}`, { rule, reason: 'test', ...more });
const run = (op: TestOperator, name: string, mode: string, more: object = {}) =>
  op.call('POST', `/v1/console/rollout/cohorts/${encodeURIComponent(name)}/runs`, { mode, reason: 'test', ...more });
const cohortOf = async (h: TestHouse, account: string) => (await h.call('GET', `/v1/accounts/${account}`)).body.cohort;
const told = async (op: TestOperator, name: string) =>
  (await op.call('GET', '/v1/console/rollout/cohorts')).body.items.find((one: { name: string }) => one.name === name);

describe('ES-6.2 cohorts by rules', () => {
  it.each([
    ['old clients', { olderThan: '9.5.8.5', clients: ['star-9.5'] }, ['700002']],
    ['by phone', { clients: ['estar-x'] }, ['700003']],
    ['SMS only', { bound: 'sms-only' }, ['700002', '700003', '700004', '700005']],
    ['strong', { bound: 'strong' }, ['700001']],
    ['海外号码', { phoneOutside: ['HK', 'CN'] }, ['700004']],
    ['never', { lastLogin: ['never'] }, ['700004', '700005']],
    ['SMS only and seen', { bound: 'sms-only', lastLogin: ['often', 'rarely'] }, ['700002', '700003']],
  ])(
    'ES-6.2 %s: counted first, then applied, and each account is where the count said',
    async (name, rule, expected) => {
      await using h = await aBrokerage();
      expect((await save(h.op, name, rule)).body).toMatchObject({ name, run: 'new', rule });
      expect((await run(h.op, name, 'count')).body.run).toBe('counting');
      await h.house.watch();
      expect(await told(h.op, name)).toMatchObject({
        run: 'counted',
        matching: expected.length,
        joining: expected.length,
        leaving: 0,
      });
      expect(await cohortOf(h, expected[0] ?? '')).toBeUndefined();
      expect((await run(h.op, name, 'apply')).status).toBe(202);
      await h.house.watch();
      expect(await told(h.op, name)).toMatchObject({ run: 'applied', joining: expected.length });
      for (let n = 1; n <= 5; n++)
        expect(await cohortOf(h, `70000${n}`)).toBe(expected.includes(`70000${n}`) ? name : undefined);
      const event = (await h.audit()).find((e) => e.event === 'cohort.applied');
      expect(event).toMatchObject({
        actor: 'operator:mei',
        data: { cohort: name, joining: expected.length, reason: 'test' },
      });
    },
  );

  it('ES-6.2 OPS-10 a list of accounts is a cohort; one who no longer fits leaves when it is applied again', async () => {
    await using h = await aBrokerage();
    const saved = await save(h.op, 'wave 1', { isListed: true }, { listed: ['700001', ' 700002 ', '799999'] });
    expect(saved.body.unknown).toEqual({ count: 1, first: ['799999'] });
    expect((await told(h.op, 'wave 1')).listed).toBe(3);
    const apply = async (op: TestOperator): Promise<void> => {
      for (const mode of ['count', 'apply']) {
        expect((await run(op, 'wave 1', mode)).status).toBe(202);
        await h.house.watch();
      }
    };
    await apply(h.op);
    expect([await cohortOf(h, '700001'), await cohortOf(h, '700002')]).toEqual(['wave 1', 'wave 1']);
    await save(h.op, 'wave 1', { isListed: true, bound: 'sms-only' });
    await apply(h.op);
    expect(await told(h.op, 'wave 1')).toMatchObject({ matching: 1, joining: 0, leaving: 1 });
    expect([await cohortOf(h, '700001'), await cohortOf(h, '700002')]).toEqual([undefined, 'wave 1']);
    // Another cohort leaves it where it is, unless it says that it takes others.
    await save(h.op, 'old', { olderThan: '9.5.8.5', clients: ['star-9.5'] });
    await run(h.op, 'old', 'count');
    await h.house.watch();
    expect((await told(h.op, 'old')).joining).toBe(0);
    await save(h.op, 'old', { olderThan: '9.5.8.5', clients: ['star-9.5'], takesOthers: true });
    for (const mode of ['count', 'apply']) {
      await run(h.op, 'old', mode);
      await h.house.watch();
    }
    expect(await cohortOf(h, '700002')).toBe('old');
    expect((await h.op.call('DELETE', '/v1/console/rollout/cohorts/old')).status).toBe(204);
    expect(await cohortOf(h, '700002')).toBe('old');
  });

  it('ES-6.2 nothing is applied that was not counted lately, and putting people into a cohort cut over is a switch', async () => {
    await using h = await aBrokerage({ rollout: '  limitAffected: 1\n' });
    await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', cohort: 'hard', reason: 'test', override: true });
    await save(h.op, 'hard', { bound: 'sms-only' });
    expect((await run(h.op, 'hard', 'apply')).body.code).toBe('conflict');
    await run(h.op, 'hard', 'count');
    expect((await run(h.op, 'hard', 'apply')).body.code).toBe('cohort-busy');
    await h.house.watch();
    expect((await run(h.op, 'hard', 'apply')).body).toMatchObject({ code: 'switch-refused', affected: 4, limit: 1 });
    expect((await run(h.op, 'hard', 'apply', { override: true })).status).toBe(202);
    await Promise.all([h.house.watch(), h.house.watch(), h.house.watch()]);
    expect(await told(h.op, 'hard')).toMatchObject({ run: 'applied', joining: 4 });
    // In force at the next login.
    expect((await aLogin(h, '700003', ESTAR_X)).status).toBe('enrol');
  });

  it('ES-6.2 OPS-01 putting people out of a cohort into what is cut over, now or by the plan, is a switch like putting them in', async () => {
    for (const plan of ['', "[{ at: '2099-01-01T00:00:00Z', phase: totp-only }]"]) {
      const policy = presetText('star-rollout')
        .replace(/^ {2}cohorts: .*$/m, '  cohorts: { late: sms-only }')
        .replace('  schedule: []', `  limitAffected: 1\n  schedule: ${plan === '' ? '[]' : plan}`)
        .replace(/^ {2}phase: .*$/m, `  phase: ${plan === '' ? 'totp-only' : 'coexist'}`);
      await using h = await aHouse({ policy });
      const op = await anOperator(h, { roles: ['security'], login: 'mei' });
      for (const n of [1, 2, 3]) await h.account(`70000${n}`, { cohort: 'late' });
      for (const n of [4, 5, 6]) await h.account(`70000${n}`);
      const listed = ['700003', '700004', '700005', '700006'];
      await save(op, 'late', { isListed: true }, { listed });
      await counted(h);
      await run(op, 'late', 'count');
      await h.house.watch();
      // Who comes to where less is asked is switched by nobody.
      expect(await told(op, 'late')).toMatchObject({ joining: 3, leaving: 2, unbound: 2 });
      expect((await run(op, 'late', 'apply')).body).toMatchObject({ code: 'switch-refused', affected: 2, limit: 1 });
      await h.house.watch();
      expect(await cohortOf(h, '700001')).toBe('late');
      expect((await run(op, 'late', 'apply', { override: true })).status).toBe(202);
      await h.house.watch();
      expect([await cohortOf(h, '700001'), await cohortOf(h, '700004')]).toEqual([undefined, 'late']);
    }
  });

  it('ES-6.2 OPS-01 a few more than were counted are moved with them, but none past the limit, by one operator neither', async () => {
    await using h = await aBrokerage({ rollout: '  limitAffected: 21\n' });
    await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', cohort: 'hard', reason: 'test' });
    const names = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => `72${String(from + n).padStart(4, '0')}`);
    const join = async (from: number, to: number): Promise<void> => {
      for (const account of names(from, to)) await h.account(account);
      await counted(h);
    };
    await join(0, 20);
    await save(h.op, 'hard', { isListed: true }, { listed: names(0, 22) });
    await run(h.op, 'hard', 'count');
    await h.house.watch();
    // Two more are a tenth of twenty, and one past the limit.
    await join(20, 22);
    expect((await run(h.op, 'hard', 'apply')).status).toBe(202);
    await h.house.watch();
    expect(await told(h.op, 'hard')).toMatchObject({ run: 'stopped', joining: 0 });
    expect((await run(h.op, 'hard', 'apply')).body.code).toBe('conflict');
    expect((await h.call('PUT', '/v1/accounts/720021', { status: 'suspended' })).status).toBe(200);
    await run(h.op, 'hard', 'count');
    await h.house.watch();
    expect((await run(h.op, 'hard', 'apply')).status).toBe(202);
    await h.house.watch();
    expect(await told(h.op, 'hard')).toMatchObject({ run: 'applied', joining: 21 });
  });

  it('ES-6.2 OPS-10 a run that is killed goes on where it was, and puts nobody in twice', async () => {
    await using h = await aBrokerage();
    for (let n = 0; n < 600; n++) await h.account(`71${String(n).padStart(4, '0')}`);
    await counted(h);
    await save(h.op, 'all', { bound: 'sms-only' });
    await run(h.op, 'all', 'count');
    const { ports } = h.house;
    const begun = (await ports.cohorts.running())[0];
    if (begun === undefined) throw new Error('no run');
    // One stretch of 500 and then nothing more, as when the process is killed.
    const { runCohorts } = await import('../../src/flows/rollout/cohorts.ts');
    let stretches = 0;
    await runCohorts(ports, () => stretches++ > 0);
    const halfway = await told(h.op, 'all');
    expect(halfway.run).toBe('counting');
    // The one that is bound may be among them.
    expect([499, 500]).toContain(halfway.matching);
    await Promise.all([h.house.watch(), h.house.watch()]);
    expect(await told(h.op, 'all')).toMatchObject({ run: 'counted', matching: 604, joining: 604, unbound: 604 });
  });

  it('ES-6.2 a rule that says nothing is refused, and a viewer writes none', async () => {
    await using h = await aBrokerage();
    for (const rule of [{}, { takesOthers: true }, { isListed: false }])
      expect((await save(h.op, 'x', rule)).body.code).toBe('invalid-request');
    const viewer = await anOperator(h, { roles: ['viewer'] });
    expect((await save(viewer, 'x', { bound: 'strong' })).body.code).toBe('not-permitted');
    expect((await viewer.call('GET', '/v1/console/rollout/cohorts')).status).toBe(200);
  });

  it('ES-6.2 NF-3 PostgreSQL does the same', async () => {
    const pg = await aPostgres();
    try {
      await using h = await aBrokerage({ postgres: await pg.database() });
      await save(h.op, 'SMS', { bound: 'sms-only', isListed: true }, { listed: ['700002', '700001'] });
      for (const mode of ['count', 'apply']) {
        await run(h.op, 'SMS', mode);
        await h.house.watch();
      }
      expect(await told(h.op, 'SMS')).toMatchObject({ run: 'applied', matching: 1, joining: 1, unbound: 1 });
      expect([await cohortOf(h, '700001'), await cohortOf(h, '700002')]).toEqual([undefined, 'SMS']);
      const funnel = (await h.op.call('GET', '/v1/console/rollout/funnel')).body;
      expect(funnel.steps.map((one: { all: number }) => one.all)).toEqual([0, 1, 1, 1, 0]);
    } finally {
      await pg.close();
    }
  });
});

describe('ES-6.2 the funnel', () => {
  it('ES-6.2 tells how far people came after they were told, and who came by themselves', async () => {
    await using h = await aBrokerage();
    const steps = async (query = '') =>
      (await h.op.call('GET', `/v1/console/rollout/funnel${query}`)).body.steps.map(
        (one: { all: number; told: number }) => [one.all, one.told],
      );
    expect(await steps()).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
    await h.call('POST', '/v1/console/rollout/reminders', { most: 10, reason: 'wave 1' });
    await counted(h);
    expect(await steps()).toEqual([
      [2, 2],
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
    h.pass(60);
    const { uri } = await bindTotp(h, '700002');
    h.pass(60);
    const login = await aLogin(h, '700002', STAR_95);
    expect((await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' })).status).toBe(200);
    // Bound and used within one stretch of the log.
    await counted(h);
    await counted(h);
    expect(await steps()).toEqual([
      [2, 2],
      [2, 1],
      [2, 1],
      [2, 1],
      [1, 1],
    ]);
    const { clients } = (await h.op.call('GET', '/v1/console/rollout/funnel')).body;
    expect(clients).toContainEqual({ client: 'estar-x', version: '3.6.21', reached: [1, 0, 0, 0, 0] });
    expect(await steps('?cohort=none')).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const cockpit = (await h.op.call('GET', '/v1/console/rollout')).body;
    expect(cockpit.campaigns).toMatchObject([{ cohort: null, reminded: 2, reason: 'wave 1' }]);
  });
});

describe('ES-6.2 the plan, exceptions and the hotline', () => {
  it('ES-6.2 the plan is policy: a version each time, the rest of the document as it was', async () => {
    await using h = await aBrokerage();
    const hotline = { callsPerDay: 120, forced: 0.1, tooOld: 0.5, shutOut: 1 };
    const put = await h.op.call('PUT', '/v1/console/rollout/plan', {
      plan: [
        { date: '2027-01-31', share: 1 },
        { date: '2026-12-31', share: 0.95 },
      ],
      hotline,
      reason: 'agreed',
    });
    expect(put.body).toEqual({ version: 2 });
    const cockpit = (await h.op.call('GET', '/v1/console/rollout')).body;
    expect(cockpit).toMatchObject({
      plan: [
        { date: '2026-12-31', share: 0.95 },
        { date: '2027-01-31', share: 1 },
      ],
      hotline,
    });
    const { document } = await h.house.registry.get('t1', 0);
    expect(document).toContain('# Minimum versions count for whatever `versioned` lists');
    // A switch keeps them.
    await h.phase('sms-only');
    expect((await h.op.call('GET', '/v1/console/rollout')).body.plan).toHaveLength(2);
  });

  it('ES-6.1 an account that is let off stays in coexist until then, on the next login and no longer', async () => {
    await using h = await aBrokerage();
    const until = new Date(h.clock.now + 2 * DAY * 1000).toISOString();
    const let_ = (op: TestOperator, body: object) =>
      op.call('POST', '/v1/console/rollout/exceptions', { reason: 'abroad', ...body });
    expect((await let_(h.op, { account: '７００００３', until })).status).toBe(200);
    expect((await let_(h.op, { account: '799999', until })).body.code).toBe('account-unknown');
    await h.phase('totp-only');
    expect((await aLogin(h, '700003', ESTAR_X)).status).toBe('challenge');
    expect((await aLogin(h, '700005', ESTAR_X)).status).toBe('enrol');
    h.pass(2 * DAY);
    expect((await aLogin(h, '700003', ESTAR_X)).status).toBe('enrol');
    const op = await anOperator(h, { roles: ['security'] });
    await let_(op, { account: '700005', until: new Date(h.clock.now + DAY * 1000).toISOString() });
    expect((await aLogin(h, '700005', ESTAR_X)).status).toBe('challenge');
    await let_(op, { account: '700005', until: null });
    expect((await aLogin(h, '700005', ESTAR_X)).status).toBe('enrol');
    const support = await anOperator(h, { roles: ['support'] });
    expect((await let_(support, { account: '700005', until })).body.code).toBe('not-permitted');
  });

  it('ES-6.2 calls are foretold by hour, from who is met and when people log in; the assumptions are told', async () => {
    await using h = await aBrokerage({
      rollout: '  hotline: { callsPerDay: 1, forced: 0.5, tooOld: 1, shutOut: 1 }\n',
    });
    const seen = (await h.op.call('POST', '/v1/console/rollout/preview', { phase: 'totp-only' })).body;
    expect(seen.hotline).toMatchObject({
      method: 'first-login-by-hour-of-week',
      assumed: { forced: 0.5, tooOld: 1, shutOut: 1 },
      capacity: 1,
      error: null,
    });
    expect(seen.hotline.hours).toHaveLength(168);
    // Everybody logged in at nine on a Friday: that is when they will call.
    const calls = seen.hotline.hours.filter((one: { calls: number }) => one.calls > 0);
    expect(calls.map((one: { at: string }) => one.at)).toEqual(['2026-11-20T01:00:00.000Z']);
    const sum = seen.hotline.perDay.reduce((n: number, one: number) => n + one, 0);
    // One refused who came once in a month, one forced who did: each with the chance that they come this week.
    expect(sum).toBeGreaterThan(0.2);
    expect(sum).toBeLessThan(1.5);
    expect(seen.remaining).toEqual({ share: 1, low: 1, high: 1 });
  });
});

describe('OPS-10 lists as files', () => {
  it('OPS-10 everybody a switch would meet, as CSV that a spreadsheet takes for no formula', async () => {
    await using h = await aBrokerage();
    const answer = await h.op.call('GET', '/v1/console/rollout/affected/export?phase=totp-only&effect=too-old');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="hufu-too-old.csv"');
    const [head, row, end] = String(answer.body).split('\r\n');
    expect(head).toBe('account,name,cohort,effect,logs in,client,version,bound,last login,reminded');
    expect(row).toMatch(/^700002,'=cmd\(\),,too-old,rarely,star-9.5,9.5.8.4,sms,2026-11-20T/);
    expect(end).toBe('');
    const nobody = await anOperator(h, { roles: ['administrator'] });
    expect((await nobody.call('GET', '/v1/console/rollout/affected/export?phase=totp-only&effect=forced')).status).toBe(
      403,
    );
  });
});
