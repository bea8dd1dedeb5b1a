// Cut-overs: a cohort moved in stages, watched, paused by what goes wrong, rolled back. Told by operators at the console and by the logins that follow.
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/core/rollout/share.ts';
import { startCutover } from '../../src/flows/rollout/cutovers.ts';
import { aHouse, aLogin, bindTotp, codeOf, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';
import { aPostgres } from '../postgres.ts';

const PROMISES = ['hotline-staffed', 'roll-back-person', 'customers-told'];
const HOUR = 3600;

/** Twenty traders of cohort A who log in by SMS, and one of B; nobody has bound anything. */
async function aBrokerage(options: { postgres?: string; limit?: number; second?: boolean } = {}) {
  const policy = presetText('star-rollout').replace(
    '  schedule: []\n',
    `  schedule: []\n${options.limit === undefined ? '' : `  limitAffected: ${options.limit}\n`}`,
  );
  const h = await aHouse({
    policy: options.second === true ? `${policy}\nconsole: { secondOperator: [switch-phase] }\n` : policy,
    ...(options.postgres === undefined ? {} : { database: { postgres: options.postgres } }),
  });
  for (let n = 1; n <= 20; n++)
    await h.account(`7000${String(n).padStart(2, '0')}`, {
      cohort: 'A',
      phone: `+852912300${String(n).padStart(2, '0')}`,
    });
  await h.account('800001', { cohort: 'B' });
  const op = await anOperator(h, { roles: ['security'], login: 'mei' });
  return Object.assign(h, { op });
}

const begin = (op: TestOperator, more: object = {}) =>
  op.call('POST', '/v1/console/rollout/cutovers', { cohort: 'A', reason: 'phase two', promises: PROMISES, ...more });
const step = (op: TestOperator, id: string, name: string, more: object = {}) =>
  op.call('POST', `/v1/console/rollout/cutovers/${id}/steps`, { step: name, reason: `test ${name}`, ...more });
const next = async (h: TestHouse, account: string): Promise<string> => {
  const answer = await h.call('POST', '/v1/logins', { account, client: STAR_95, firstFactor: 'verified' });
  return answer.body.status ?? answer.body.code;
};
/** The accounts of cohort A whose next login goes into binding. */
async function taken(h: TestHouse): Promise<readonly string[]> {
  const list: string[] = [];
  for (let n = 1; n <= 20; n++) {
    const account = `7000${String(n).padStart(2, '0')}`;
    const seen = await h.call('GET', `/v1/accounts/${account}`);
    if (seen.body.phase === 'totp-only') list.push(account);
  }
  return list;
}
const seen = async (h: TestHouse): Promise<void> => {
  await h.house.seal();
  await h.house.watch();
};

describe('ES-6.1 placeOf', () => {
  it('ES-6.1 spreads accounts evenly, differs by cut-over, and is the same in every version', () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => `acc_-${n.toString(36)}`);
    for (const percent of [1, 10, 50]) {
      const share = ids.filter((id) => placeOf('cut_a', id) < percent * 100).length / ids.length;
      expect(Math.abs(share - percent / 100)).toBeLessThan(0.012);
    }
    const first = (salt: string) => new Set(ids.filter((id) => placeOf(salt, id) < 1000));
    const [a, b] = [first('cut_a'), first('cut_b')];
    expect([...a].filter((id) => b.has(id)).length / a.size).toBeLessThan(0.15);
    expect([placeOf('cut_a', 'acc_1'), placeOf('cut_b', 'acc_1')]).toEqual([6218, 4202]);
  });
});

describe('ES-6.1 a cut-over in stages', () => {
  it('OP-2.1 what is in the way is told in words of who asks, not by codes', async () => {
    await using h = await aBrokerage();
    const headers = { 'accept-language': 'zh-CN' };
    const start = { cohort: 'A', reason: 'two', promises: ['roll-back-person', 'customers-told'] };
    const path = '/v1/console/rollout/cutovers';
    const missing = await h.op.call('POST', path, start, { headers });
    expect(missing.body).toMatchObject({ missing: ['hotline-staffed'], detail: expect.stringContaining('热线已排班') });
    const { id } = (await begin(h.op)).body;
    await step(h.op, id, 'pause');
    const body = { step: 'advance', reason: 'r' };
    const paused = await h.op.call('POST', `${path}/${id}/steps`, body, { headers });
    expect(paused.body).toMatchObject({ code: 'cutover-state', detail: expect.stringContaining('已暂停') });
    expect(paused.body.detail).not.toContain('paused');
  });

  it('ES-6.1 takes a growing share of one cohort at its next login, and at the end the phase itself', async () => {
    await using h = await aBrokerage();
    const begun = await begin(h.op, { stages: [10, 50, 100] });
    expect(begun.status).toBe(201);
    expect(begun.body).toMatchObject({ status: 'running', percent: 10, cohort: 'A', phase: 'totp-only', tried: 0 });
    const { id } = begun.body;
    const few = await taken(h);
    expect(few.length).toBeLessThan(10);
    expect((await step(h.op, id, 'advance')).body.percent).toBe(50);
    const half = await taken(h);
    expect(half.length).toBeGreaterThan(few.length);
    expect(half).toEqual(expect.arrayContaining([...few]));
    for (const account of half) expect(await next(h, account)).toBe('enrol');
    expect(await next(h, '800001')).toBe('challenge');
    expect((await step(h.op, id, 'advance')).body).toMatchObject({ percent: 100, status: 'running' });
    expect(await taken(h)).toHaveLength(20);
    const done = await step(h.op, id, 'advance');
    expect(done.body).toMatchObject({ status: 'done', canRollBack: true });
    const rollout = (await h.call('GET', '/v1/rollout')).body;
    expect(rollout).toMatchObject({ phase: 'coexist', cohorts: { A: 'totp-only' } });
    expect((await h.house.registry.get('t1', 0)).document).not.toContain('stages');
    expect((await h.audit()).filter((e) => e.event.startsWith('cutover.')).map((e) => [e.event, e.actor])).toEqual([
      ['cutover.started', 'operator:mei'],
      ['cutover.advanced', 'operator:mei'],
      ['cutover.advanced', 'operator:mei'],
      ['cutover.finished', 'operator:mei'],
    ]);
  });

  it('ES-6.1 a step names the cut-over that was seen: after any other step it is refused, and nothing is skipped', async () => {
    await using h = await aBrokerage();
    const { id, revision } = (await begin(h.op, { stages: [10, 50, 100] })).body;
    expect((await step(h.op, id, 'advance', { revision })).body.percent).toBe(50);
    for (const late of ['advance', 'pause', 'withdraw', 'roll-back'])
      expect([late, (await step(h.op, id, late, { revision })).body.code]).toEqual([late, 'conflict']);
    expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body).toMatchObject({
      percent: 50,
      status: 'running',
    });
  });

  it('ES-6.2 the cockpit tells the cut-over that is under way, how many it has taken, and since when the phase is what it is', async () => {
    await using h = await aBrokerage();
    const look = async () => (await h.op.call('GET', '/v1/console/rollout')).body;
    const before = await look();
    expect(before).toMatchObject({ phase: 'coexist', cutovers: [], since: expect.stringMatching(/^\d{4}-/) });
    const { id } = (await begin(h.op, { stages: [10, 50, 100] })).body;
    h.pass(600);
    const moved = (await step(h.op, id, 'advance')).body;
    const { cutovers, ...during } = await look();
    expect(cutovers).toEqual([
      {
        id,
        cohort: 'A',
        phase: 'totp-only',
        status: 'running',
        percent: 50,
        startedAt: moved.startedAt,
        stageAt: expect.any(String),
      },
    ]);
    expect(Date.parse(cutovers[0].stageAt) - Date.parse(cutovers[0].startedAt)).toBe(600_000);
    // Who is in no cohort is where they were, since they were.
    expect(during).toMatchObject({ phase: 'coexist', since: before.since });
    await step(h.op, id, 'roll-back');
    expect((await look()).cutovers).toEqual([]);
    const all = (await begin(h.op, { cohort: undefined, stages: [100] })).body.id;
    h.pass(600);
    await step(h.op, all, 'advance');
    const after = await look();
    expect(after).toMatchObject({ phase: 'totp-only', cutovers: [] });
    expect(Date.parse(after.since) - Date.parse(before.since)).toBeGreaterThanOrEqual(1_200_000);
    h.pass(60);
    expect((await look()).since).toBe(after.since);
  });

  it('ES-6.1 is undone within 72 hours: everybody is in the phase they were in before; later it is refused', async () => {
    await using h = await aBrokerage();
    const { id } = (await begin(h.op, { stages: [100] })).body;
    expect(await taken(h)).toHaveLength(20);
    expect((await step(h.op, id, 'roll-back')).body).toMatchObject({ status: 'rolled-back', canRollBack: false });
    expect(await taken(h)).toEqual([]);
    expect(await next(h, '700001')).toBe('challenge');
    expect((await step(h.op, id, 'roll-back')).body.code).toBe('cutover-state');
    const again = (await begin(h.op, { stages: [100] })).body.id;
    await step(h.op, again, 'advance');
    h.pass(71 * HOUR);
    const op = await anOperator(h, { roles: ['security'] });
    expect((await step(op, again, 'roll-back')).body.status).toBe('rolled-back');
    expect((await h.call('GET', '/v1/rollout')).body.cohorts).toEqual({});
    const third = (await begin(op, { stages: [100] })).body.id;
    await step(op, third, 'advance');
    h.pass(73 * HOUR);
    const late = await anOperator(h, { roles: ['security'] });
    expect((await step(late, third, 'roll-back')).body.code).toBe('cutover-state');
    expect(await taken(h)).toHaveLength(20);
  });

  it('ES-6.1 pauses by itself when too many of those who try do not get in, says who, and goes on when somebody says so', async () => {
    await using h = await aBrokerage();
    const { id } = (await begin(h.op, { stages: [80, 100], threshold: 0.2, least: 2 })).body;
    const people = await taken(h);
    expect(people.length).toBeGreaterThan(4);
    for (const account of people.slice(0, 2)) await bindTotp(h, account);
    for (const account of people.slice(2, 5)) await aLogin(h, account);
    await seen(h);
    // Who is still at it has not failed.
    expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body).toMatchObject({
      status: 'running',
      tried: 5,
      gotIn: 2,
      failing: 0,
    });
    h.pass(601);
    await Promise.all([seen(h), h.house.watch(), h.house.watch()]);
    const paused = (await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body;
    expect(paused).toMatchObject({
      status: 'paused',
      pausedWhy: 'failures',
      failing: 3,
      failureShare: 0.6,
      percent: 80,
    });
    const failing = await h.op.call('GET', `/v1/console/rollout/cutovers/${id}/failing`);
    expect(failing.body.items.map((one: { account: string }) => one.account).sort()).toEqual(people.slice(2, 5).sort());
    expect((await h.audit()).filter((e) => e.event === 'cutover.paused')).toHaveLength(1);
    expect((await step(h.op, id, 'advance')).body.code).toBe('cutover-state');
    expect((await step(h.op, id, 'resume')).body).toMatchObject({ status: 'running', failing: 0 });
    await seen(h);
    expect((await step(h.op, id, 'advance')).body.percent).toBe(100);
  });

  it('ES-6.1 one who is refused and then gets in is no failure', async () => {
    await using h = await aBrokerage();
    const { id } = (await begin(h.op, { stages: [100], threshold: 0.01, least: 1 })).body;
    const old = { id: 'star-9.5', version: '9.5.8.4' };
    const refused = await h.call('POST', '/v1/logins', { account: '700001', client: old, firstFactor: 'verified' });
    expect(refused.body.code).toBe('client-too-old');
    await bindTotp(h, '700001');
    await seen(h);
    expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body).toMatchObject({
      status: 'running',
      tried: 1,
      gotIn: 1,
      failing: 0,
    });
    await h.call('POST', '/v1/logins', { account: '700002', client: old, firstFactor: 'verified' });
    await seen(h);
    const told = await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`);
    expect(told.body).toMatchObject({ status: 'paused', failing: 1 });
    expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${id}/failing`)).body.items).toMatchObject([
      { account: '700002', why: 'client-too-old' },
    ]);
  });

  it('ES-6.1 goes on by itself where asked to, one stage at a time however many nodes watch', async () => {
    await using h = await aBrokerage();
    const { id } = (await begin(h.op, { stages: [1, 10, 100], goesOn: true, stageMinutes: 30 })).body;
    await h.house.watch();
    h.pass(30 * 60);
    await Promise.all([h.house.watch(), h.house.watch(), h.house.watch()]);
    const op = await anOperator(h, { roles: ['security'] });
    const at = async () => (await op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body;
    expect(await at()).toMatchObject({ percent: 10, stage: 1 });
    for (let n = 0; n < 2; n++) {
      h.pass(30 * 60);
      await h.house.watch();
    }
    const late = await anOperator(h, { roles: ['security'] });
    expect((await late.call('GET', `/v1/console/rollout/cutovers/${id}`)).body.status).toBe('done');
    expect((await h.call('GET', '/v1/rollout')).body.cohorts).toEqual({ A: 'totp-only' });
  });

  it('ES-6.1 another switch ends it: no account stays behind in a stage', async () => {
    await using h = await aBrokerage();
    const { id } = (await begin(h.op, { stages: [50, 100] })).body;
    expect((await taken(h)).length).toBeGreaterThan(0);
    const back = await h.call('POST', '/v1/rollout/phase', { phase: 'coexist', cohort: 'A', reason: 'stop' });
    expect(back.status).toBe(200);
    expect(await taken(h)).toEqual([]);
    await h.house.watch();
    expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body.status).toBe('ended');
    expect((await step(h.op, id, 'advance')).body.code).toBe('cutover-state');
  });
});

describe('ES-6.2 what a cut-over asks first', () => {
  it('ES-6.2 OPS-10 more than the policy allows is refused at each stage, unless overridden with a reason on record', async () => {
    await using h = await aBrokerage({ limit: 5 });
    const refused = await begin(h.op);
    expect(refused.body).toMatchObject({ code: 'switch-refused', affected: 20, limit: 5 });
    expect(await taken(h)).toEqual([]);
    const checks = (await h.op.call('POST', '/v1/console/rollout/cutover-checks', { cohort: 'A' })).body;
    expect(checks.checks.find((c: { id: string }) => c.id === 'limit')).toEqual({
      id: 'limit',
      level: 'stop',
      count: 20,
      of: 5,
    });
    const begun = await begin(h.op, { override: true, reason: 'the board decided' });
    expect(begun.body).toMatchObject({ overridden: true, percent: 1 });
    const event = (await h.audit()).find((e) => e.event === 'cutover.started');
    expect(event?.data).toMatchObject({ override: true, reason: 'the board decided' });
    expect((await begin(h.op, { override: true })).body.code).toBe('cutover-running');
  });

  it('ES-6.2 nothing begins before what no check can tell is promised, and ten who begin at once begin one', async () => {
    await using h = await aBrokerage();
    expect((await begin(h.op, { promises: ['hotline-staffed'] })).body).toMatchObject({
      code: 'cutover-checks',
      missing: ['roll-back-person', 'customers-told'],
    });
    for (const stages of [
      [100, 1],
      [1, 10],
      [1, 1, 100],
    ])
      expect((await begin(h.op, { stages })).body.code).toBe('invalid-request');
    const all = await Promise.all(Array.from({ length: 10 }, () => begin(h.op)));
    expect(all.filter((one) => one.status === 201)).toHaveLength(1);
    expect(all.filter((one) => one.body.code === 'cutover-running')).toHaveLength(9);
    const { stages } = (await h.house.registry.get('t1', 0)).policy.rollout;
    expect(stages).toHaveLength(1);
  });

  it('OPS-03 OPS-05 only security switches, and nobody in another tenant', async () => {
    await using h = await aBrokerage();
    const { id } = (await begin(h.op)).body;
    for (const role of ['viewer', 'support'] as const) {
      const op = await anOperator(h, { roles: [role] });
      expect((await op.call('GET', `/v1/console/rollout/cutovers/${id}`)).status).toBe(200);
      expect((await begin(op)).body.code).toBe('not-permitted');
      expect((await step(op, id, 'roll-back')).body.code).toBe('not-permitted');
    }
    await h.house.registry.create({ id: 't2', name: 'Two', document: presetText('star-rollout'), actor: 'test' });
    const other = await anOperator(h, { tenants: { t2: ['security'] } });
    const there = (path: string, body?: object) =>
      other.call(body === undefined ? 'GET' : 'POST', path, body, { tenant: 't2' });
    expect((await there(`/v1/console/rollout/cutovers/${id}`)).status).toBe(404);
    expect((await there(`/v1/console/rollout/cutovers/${id}/steps`, { step: 'roll-back', reason: 'x' })).status).toBe(
      404,
    );
    expect((await there('/v1/console/rollout/cutovers')).body.items).toEqual([]);
  });

  it('ES-6.2 OPS-01 where the policy wants it a second operator approves: never the one who asked, and nobody is taken before', async () => {
    await using h = await aBrokerage({ second: true });
    const asked = await begin(h.op, { stages: [100] });
    expect(asked.body).toMatchObject({ status: 'asked', approvedBy: null, canRollBack: false });
    expect(await taken(h)).toEqual([]);
    const { id } = asked.body;
    expect((await step(h.op, id, 'approve')).body.code).toBe('own-case');
    for (const name of ['advance', 'pause', 'resume', 'roll-back'])
      expect((await step(h.op, id, name)).body.code).toBe('cutover-state');
    await h.house.watch();
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    const made = await anOperator(h, { roles: ['security'], login: 'puppet', by: h.op.id });
    expect((await step(made, id, 'approve')).body.code).toBe('own-case');
    const many = await Promise.all(Array.from({ length: 5 }, () => step(jun, id, 'approve')));
    expect(many.filter((one) => one.status === 200)).toHaveLength(1);
    expect((await jun.call('GET', `/v1/console/rollout/cutovers/${id}`)).body).toMatchObject({
      status: 'running',
      approvedBy: 'operator:jun',
    });
    expect(await taken(h)).toHaveLength(20);
    // Undoing it waits for nobody.
    expect((await step(h.op, id, 'roll-back')).body.status).toBe('rolled-back');
    const second = (await begin(h.op)).body.id;
    // Who asked withdraws it, and who could approve it declines it: not somebody made by who asked just now.
    const puppet = await step(made, second, 'withdraw');
    expect([puppet.status, puppet.body.code]).toEqual([403, 'own-case']);
    expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${second}`)).body.status).toBe('asked');
    expect((await step(jun, second, 'withdraw')).body.status).toBe('ended');
    expect((await step(jun, second, 'approve')).body.code).toBe('cutover-state');
    const own = (await begin(h.op)).body.id;
    expect((await step(h.op, own, 'withdraw')).body.status).toBe('ended');
    const late = (await begin(h.op)).body.id;
    h.pass(4 * HOUR + 1);
    const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    expect((await step(kit, late, 'approve')).body.code).toBe('cutover-state');
    expect(await taken(h)).toEqual([]);
  });

  it('OP-1.3 OPS-01 what somebody asked for by a command they do not approve in the console, under whatever spelling', async () => {
    await using h = await aBrokerage({ second: true });
    const cli = { tenantId: 't1', actor: 'cli', keyId: 'cli', client: null };
    const input = { cohort: 'A', reason: 'by night', operator: 'Mei ', promises: PROMISES as never };
    const asked = await startCutover(h.house.ports, cli, input);
    if (asked.kind === 'refused') throw new Error(asked.code);
    const { id } = asked.cutover;
    expect((await step(h.op, id, 'approve')).body.code).toBe('own-case');
    expect((await h.op.call('GET', '/v1/console/inbox')).body.items).toMatchObject([{ id, why: 'own' }]);
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    expect((await step(jun, id, 'approve')).body.status).toBe('running');
  });

  it('ES-6.1 NF-3 PostgreSQL does the same, and what one node begins and undoes holds on another at the next login', async () => {
    const pg = await aPostgres();
    try {
      const postgres = await pg.database();
      await using h = await aBrokerage({ postgres });
      await using other = await aHouse({
        database: { postgres },
        folder: dirname(h.house.keyFile.path),
        now: h.clock.now,
      });
      expect(await taken(other)).toEqual([]);
      const { id } = (await begin(h.op, { stages: [50, 100], threshold: 0.2, least: 1 })).body;
      const people = await taken(h);
      expect(await taken(other)).toEqual(people);
      expect(await next(other, people[2] ?? '')).toBe('enrol');
      const { uri } = await bindTotp(h, people[0] ?? '');
      await aLogin(h, people[1] ?? '');
      h.pass(601);
      await seen(h);
      expect((await h.op.call('GET', `/v1/console/rollout/cutovers/${id}`)).body).toMatchObject({
        status: 'paused',
        tried: 3,
        gotIn: 1,
        failing: 2,
      });
      expect((await step(h.op, id, 'roll-back')).body.status).toBe('rolled-back');
      expect(await next(other, people[2] ?? '')).toBe('challenge');
      const login = await aLogin(h, people[0] ?? '');
      expect((await verify(h, login.id, codeOf(uri, h.clock.now), { type: 'totp' })).status).toBe(200);
    } finally {
      await pg.close();
    }
  });
});
