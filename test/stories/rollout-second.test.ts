// What moves the rollout and may wait for a second operator besides a switch: a cohort that is applied, an account let off, and going beyond the limit
// (OP-1.3, ES-6.2, OPS-01). On both databases.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMISES } from '../../src/core/rollout/cutover.ts';
import { type Answer, aHouse, bindTotp, presetText, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await aPostgres();
});
afterAll(() => server.close());

const BASE = '/v1/console/rollout';
const policyWith = (section: string, rollout = ''): string =>
  `${presetText('star-rollout').replace('  schedule: []\n', `  schedule: []\n${rollout}`)}\nconsole: ${section}\n`;
const CUT = '  cohorts: { strict: totp-only }\n';
const strict = (section: string, more = ''): string => policyWith(section, more).replace(/^ {2}cohorts: .*\n/m, CUT);

describe.each(['SQLite', 'PostgreSQL'])('on %s', (name) => {
  async function aDesk(policy: string) {
    const database = name === 'SQLite' ? {} : { database: { postgres: await server.database() } };
    const h = await aHouse({ policy, ...database });
    for (const n of [1, 2, 3]) await h.account(`70000${n}`, { phone: `+8529123000${n}` });
    const [kit, jun] = [
      await anOperator(h, { roles: ['security'], login: 'kit' }),
      await anOperator(h, { roles: ['security'], login: 'jun' }),
    ];
    return { h, kit, jun };
  }
  const run = (by: TestOperator, cohort: string, mode: string, more: object = {}): Promise<Answer> =>
    by.call('POST', `${BASE}/cohorts/${cohort}/runs`, { mode, reason: 'wave 1', ...more });
  const counted = async (h: TestHouse, by: TestOperator, cohort: string, listed = ['700001', '700002']) => {
    const rule = { rule: { isListed: true }, listed, reason: 'pilot' };
    expect((await by.call('PUT', `${BASE}/cohorts/${cohort}`, rule)).status).toBe(200);
    await recounted(h, by, cohort);
  };
  const recounted = async (h: TestHouse, by: TestOperator, cohort: string) => {
    await h.house.seal();
    await h.house.count();
    expect((await run(by, cohort, 'count')).status).toBe(202);
    await h.house.watch();
  };
  const decide = (by: TestOperator, id: string, step = 'approve', more: object = {}): Promise<Answer> =>
    by.call('POST', `/v1/console/cases/${id}/${step}`, { revision: 1, ...more });
  const cohortOf = async (h: TestHouse, account = '700001'): Promise<string | undefined> => {
    await h.house.watch();
    return (await h.call('GET', `/v1/accounts/${account}`)).body.cohort;
  };

  it('OP-1.3 ES-6.2 OPS-01 a cohort waits, is looked at with what it does, and is applied by another than who asked, once', async () => {
    const { h, kit, jun } = await aDesk(strict('{ secondOperator: [apply-cohort], caseHours: 4 }'));
    await using _ = h;
    await counted(h, kit, 'strict');
    const asked = await run(kit, 'strict', 'apply');
    expect([asked.status, asked.body.case?.riskFlags]).toEqual([202, ['phase-changes']]);
    expect(await cohortOf(h)).toBeUndefined();
    const { id } = asked.body.case;
    const { items } = (await jun.call('GET', '/v1/console/inbox')).body;
    const row = { id, kind: 'case', action: 'apply-cohort', cohort: 'strict', mayDecide: true, requester: 'kit' };
    expect(items).toEqual([expect.objectContaining(row)]);
    const seen = (await jun.call('GET', `/v1/console/cases/${id}`)).body;
    expect(seen.input).toMatchObject({ cohort: 'strict', phase: 'totp-only', rule: { isListed: true } });
    expect(seen.effects).toEqual([
      { kind: 'accounts-join', count: 2 },
      { kind: 'accounts-unbound', count: 2 },
    ]);
    const own = await decide(kit, id);
    expect([own.status, own.body.code]).toEqual([403, 'own-case']);
    // The count was of an hour; what is looked at lasts as long as the case.
    h.pass(3 * 3600);
    const late = await anOperator(h, { roles: ['security'], login: 'may' });
    const told = await Promise.all([decide(late, id), decide(late, id)]);
    expect(told.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await cohortOf(h)).toBe('strict');
    const over = (await late.call('GET', `/v1/console/cases/${id}`)).body;
    expect(over).toMatchObject({ status: 'executed', decidedBy: 'may' });
    const applied = (await h.audit()).filter((e) => e.event === 'cohort.applied');
    expect(applied).toMatchObject([{ actor: 'operator:kit', data: { cohort: 'strict', joining: 2 } }]);
  });

  it('OP-1.3 what was counted or written anew since is not approved by it', async () => {
    const { h, kit, jun } = await aDesk(strict('{ secondOperator: [apply-cohort] }'));
    await using _ = h;
    await counted(h, kit, 'strict', ['700001']);
    const { id } = (await run(kit, 'strict', 'apply')).body.case;
    await counted(h, kit, 'strict', ['700002']);
    const told = await decide(jun, id);
    expect([told.status, told.body.code]).toEqual([409, 'situation-changed']);
    expect(await cohortOf(h)).toBeUndefined();
    expect((await jun.call('GET', `/v1/console/cases/${id}`)).body.status).toBe('failed');
  });

  it('OP-1.3 ES-6.2 OPS-01 nor is anybody moved whom nobody counted: the run stops, says so, and is counted again', async () => {
    const { h, kit } = await aDesk(strict('{ secondOperator: [apply-cohort], caseHours: 24 }', '  limitAffected: 2\n'));
    await using _ = h;
    const later = ['800001', '800002', '800003'];
    await counted(h, kit, 'strict', ['700001', ...later]);
    const { id } = (await run(kit, 'strict', 'apply')).body.case;
    for (const [n, account] of later.entries()) await h.account(account, { phone: `+8529124000${n}` });
    await h.house.seal();
    await h.house.count();
    h.pass(20 * 3600);
    const late = await anOperator(h, { roles: ['security'], login: 'may' });
    expect((await decide(late, id)).status).toBe(200);
    for (const account of ['700001', ...later]) expect(await cohortOf(h, account)).toBeUndefined();
    const told = (await late.call('GET', `${BASE}/cohorts`)).body.items[0];
    expect(told).toMatchObject({ run: 'stopped', joining: 0 });
    const stopped = (await h.audit()).filter((e) => e.event === 'cohort.stopped');
    expect(stopped).toMatchObject([{ actor: 'system', data: { cohort: 'strict', joining: 0 } }]);
    await recounted(h, late, 'strict');
    expect((await run(late, 'strict', 'apply')).body).toMatchObject({ code: 'switch-refused', affected: 4 });
  });

  it('OP-1.3 nor is what has become a stricter phase since', async () => {
    const section = '{ secondOperator: [apply-cohort] }';
    const { h, kit, jun } = await aDesk(policyWith(section).replace(/^ {2}cohorts: .*\n/m, '  cohorts: {}\n'));
    await using _ = h;
    await counted(h, kit, 'wave');
    const asked = (await run(kit, 'wave', 'apply')).body.case;
    expect(asked.riskFlags).toEqual([]);
    const switched = await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', cohort: 'wave', reason: 'go' });
    expect(switched.status).toBe(200);
    expect((await decide(jun, asked.id)).body).toMatchObject({ code: 'situation-changed' });
    expect(await cohortOf(h)).toBeUndefined();
  });

  it('OP-1.3 ES-6.2 waits when risky: where it moves accounts to another phase, now or by the plan, or many of them', async () => {
    const risky = '{ secondOperatorWhenRisky: [apply-cohort], bulkRows: 2 }';
    const later = `  schedule: [{ at: "2099-01-01T00:00:00Z", phase: totp-only, cohort: later }]\n`;
    const plan = strict(risky).replace('  schedule: []\n', later);
    const { h, kit } = await aDesk(plan);
    await using _ = h;
    const flags: Record<string, unknown> = {};
    for (const [cohort, listed] of [
      ['same', ['700001']],
      ['many', ['700001', '700002', '700003']],
      ['later', ['700002']],
      ['strict', ['700003']],
    ] as const) {
      await counted(h, kit, cohort, [...listed]);
      const { status, body } = await run(kit, cohort, 'apply');
      expect(status).toBe(202);
      flags[cohort] = body.case?.riskFlags ?? body.run;
    }
    expect(flags).toEqual({
      same: 'applying',
      many: ['many-accounts'],
      later: ['phase-changes'],
      strict: ['phase-changes'],
    });
  });

  it('OP-1.3 ES-6.2 where a switch waits, putting accounts into what is switched is no way around it', async () => {
    const { h, kit } = await aDesk(strict('{ secondOperator: [switch-phase] }'));
    await using _ = h;
    await counted(h, kit, 'strict', ['700001']);
    expect((await run(kit, 'strict', 'apply')).body.case?.riskFlags).toEqual(['phase-changes']);
    await counted(h, kit, 'same', ['700002']);
    expect((await run(kit, 'same', 'apply')).body.run).toBe('applying');
    expect([await cohortOf(h), await cohortOf(h, '700002')]).toEqual([undefined, 'same']);
  });

  it('OP-1.3 OP-1.4 nor is an import: where a cohort waits, a row that changes one does', async () => {
    const { h, kit } = await aDesk(policyWith('{ secondOperatorWhenRisky: [apply-cohort] }'));
    await using _ = h;
    const { body: job } = await kit.call('POST', '/v1/console/bulk', { kind: 'import', name: 'wave', reason: 'R01' });
    const rows = [{ line: 2, account: '700001', cohort: 'strict' }];
    expect((await kit.call('POST', `/v1/console/bulk/${job.id}/rows`, { rows })).status).toBeLessThan(300);
    expect((await kit.call('POST', `/v1/console/bulk/${job.id}/start`)).body.status).toBe('asked');
  });

  it('OP-1.3 ES-6.2 letting an account off waits, ending that does not; a method bound since was not agreed to', async () => {
    const { h, kit, jun } = await aDesk(policyWith('{ secondOperator: [rollout-exception] }'));
    await using _ = h;
    await bindTotp(h, '700002');
    const off = (account: string, until: string | null) =>
      kit.call('POST', `${BASE}/exceptions`, { account, until, reason: 'abroad' });
    const until = new Date(h.clock.now + 30 * 24 * 3600_000).toISOString();
    const asked = await off('700001', until);
    expect([asked.status, asked.body.case?.riskFlags]).toEqual([202, []]);
    const exceptions = async () => (await jun.call('GET', BASE)).body.exceptions;
    expect(await exceptions()).toEqual([]);
    const { items } = (await jun.call('GET', '/v1/console/inbox')).body;
    expect(items).toEqual([expect.objectContaining({ action: 'rollout-exception', account: '700001' })]);
    const seen = (await jun.call('GET', `/v1/console/cases/${asked.body.case.id}`)).body;
    expect([seen.input.until, seen.effects]).toEqual([until, [{ kind: 'let-off', count: 1 }]]);
    expect((await decide(kit, asked.body.case.id)).body.code).toBe('own-case');
    expect((await decide(jun, asked.body.case.id)).status).toBe(200);
    expect((await decide(jun, asked.body.case.id)).body.code).toBe('closed');
    expect(await exceptions()).toMatchObject([{ account: '700001', until }]);
    expect((await off('700001', null)).status).toBe(200);
    expect(await exceptions()).toEqual([]);
    // Its owner's page tells of it too.
    expect((await jun.call('GET', '/v1/console/cases?account=700001')).body.items).toHaveLength(1);
    // Who has a method is not in need of it: that speaks for a second look. One bound since, nobody agreed to.
    expect((await off('700002', until)).body.case.riskFlags).toEqual(['already-bound']);
    const before = (await off('700003', until)).body.case.id;
    await bindTotp(h, '700003');
    expect((await decide(jun, before)).body.code).toBe('situation-changed');
    expect(await exceptions()).toEqual([]);
  });

  it('ES-6.2 nobody is let off until an instant that is over, nor until one that is over when it is approved', async () => {
    const { h, kit, jun } = await aDesk(policyWith('{ secondOperator: [rollout-exception] }'));
    await using _ = h;
    const off = (until: string) =>
      kit.call('POST', `${BASE}/exceptions`, { account: '700001', until, reason: 'abroad' });
    const past = await off('2020-01-01T00:00:00Z');
    expect([past.status, past.body.code]).toEqual([422, 'in-the-past']);
    const asked = await off(new Date(h.clock.now + 60_000).toISOString());
    h.pass(61);
    const told = await decide(jun, asked.body.case.id);
    expect([told.status, told.body.code, told.body.why]).toEqual([409, 'situation-changed', 'in-the-past']);
    expect((await h.call('GET', '/v1/rollout')).body.version).toBe(1);
  });

  it('OP-1.3 ES-6.2 OPS-01 beyond the limit nobody switches alone: not the phase, not a cohort, not a cut-over nor its next stage', async () => {
    const limits = strict('{ secondOperator: [override-limit] }', '  limitAffected: 1\n');
    const { h, kit, jun } = await aDesk(limits);
    await using _ = h;
    const phase = { phase: 'totp-only', reason: 'the date has come' };
    const to = (more: object): Promise<Answer> => h.call('POST', '/v1/rollout/phase', { ...phase, ...more });
    expect((await to({})).body.code).toBe('switch-refused');
    expect((await to({ override: true })).body.case?.riskFlags).toEqual(['over-limit']);
    // Within it, one is enough.
    expect((await to({ cohort: 'nobody', override: true })).status).toBe(200);
    await counted(h, kit, 'strict');
    expect((await run(kit, 'strict', 'apply')).body.code).toBe('switch-refused');
    expect((await run(kit, 'strict', 'apply', { override: true })).body.case?.riskFlags).toContain('over-limit');
    expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('coexist');
    expect(await cohortOf(h)).toBeUndefined();

    const start = { reason: 'go', override: true, promises: PROMISES, stages: [10, 100] };
    const begun = await kit.call('POST', `${BASE}/cutovers`, start);
    expect(begun.body).toMatchObject({ status: 'asked' });
    const step = (by: TestOperator, id: string, body: object) =>
      by.call('POST', `${BASE}/cutovers/${id}/steps`, { reason: 'on', ...body });
    expect((await step(kit, begun.body.id, { step: 'withdraw' })).status).toBe(200);
    // Its first stage meets one account at most; the next would meet three.
    await h.call('PUT', '/v1/accounts/700003', { cohort: 'one' });
    const one = await kit.call('POST', `${BASE}/cutovers`, { ...start, override: false, cohort: 'one' });
    expect(one.body.status).toBe('running');
    for (const n of [1, 2]) await h.call('PUT', `/v1/accounts/70000${n}`, { cohort: 'one' });
    await h.house.seal();
    await h.house.count();
    expect((await step(kit, one.body.id, { step: 'advance' })).body.code).toBe('switch-refused');
    const next = await step(kit, one.body.id, { step: 'advance', override: true });
    expect([next.status, next.body.case?.riskFlags]).toEqual([202, ['over-limit']]);
    const percent = async () => (await jun.call('GET', `${BASE}/cutovers/${one.body.id}`)).body.percent;
    expect(await percent()).toBe(10);
    expect((await decide(kit, next.body.case.id)).body.code).toBe('own-case');
    expect((await decide(jun, next.body.case.id)).status).toBe(200);
    expect(await percent()).toBe(100);
    expect((await decide(jun, next.body.case.id)).body.code).toBe('closed');
  });

  it('ES-6.2 OPS-01 an override is of what is over the limit when it is given, and no leave to go beyond it later', async () => {
    const limits = strict('{ secondOperator: [override-limit] }', '  limitAffected: 1\n');
    const { h, kit } = await aDesk(limits);
    await using _ = h;
    await h.call('PUT', '/v1/accounts/700003', { cohort: 'one' });
    const start = { reason: 'go', override: true, promises: PROMISES, stages: [10, 100], cohort: 'one' };
    const one = await kit.call('POST', `${BASE}/cutovers`, start);
    expect(one.body.status).toBe('running');
    for (const n of [1, 2]) await h.call('PUT', `/v1/accounts/70000${n}`, { cohort: 'one' });
    const advance = (more: object) =>
      kit.call('POST', `${BASE}/cutovers/${one.body.id}/steps`, { reason: 'on', step: 'advance', ...more });
    expect((await advance({})).body.code).toBe('switch-refused');
    expect((await advance({ override: true })).body.case?.riskFlags).toEqual(['over-limit']);
    const begun = (await h.audit()).find((e) => e.event === 'cutover.started');
    expect(begun?.data).toMatchObject({ override: false });
  });

  it('ES-6.2 OPS-01 nor for what was asked for within it and is approved beyond it: a cut-over, a switch', async () => {
    const section = '{ secondOperator: [switch-phase, override-limit] }';
    const { h, kit, jun } = await aDesk(strict(section, '  limitAffected: 1\n'));
    await using _ = h;
    await h.call('PUT', '/v1/accounts/700003', { cohort: 'one' });
    const go = { reason: 'go', override: true, cohort: 'one' };
    const one = await kit.call('POST', `${BASE}/cutovers`, { ...go, promises: PROMISES, stages: [100] });
    expect(one.body.status).toBe('asked');
    for (const n of [1, 2]) await h.call('PUT', `/v1/accounts/70000${n}`, { cohort: 'one' });
    const step = { reason: 'on', step: 'approve' };
    const told = await jun.call('POST', `${BASE}/cutovers/${one.body.id}/steps`, step);
    expect([told.status, told.body.code]).toEqual([409, 'switch-refused']);
    await h.call('PUT', '/v1/accounts/700003', { cohort: 'two' });
    const to = { phase: 'totp-only', ...go, cohort: 'two' };
    const asked = (await kit.call('POST', '/v1/rollout/phase', to)).body.case;
    expect(asked.riskFlags).toEqual([]);
    for (const n of [1, 2]) await h.call('PUT', `/v1/accounts/70000${n}`, { cohort: 'two' });
    const decided = await decide(jun, asked.id);
    expect([decided.body.code, decided.body.why]).toEqual(['situation-changed', 'switch-refused']);
    expect((await h.call('GET', '/v1/rollout')).body.cohorts).toEqual({ strict: 'totp-only' });
  });

  it('ES-6.2 OPS-01 going beyond the limit is agreed to for about so many: grown by more than a tenth, it is another thing', async () => {
    const { h, kit, jun } = await aDesk(strict('{ secondOperator: [override-limit] }', '  limitAffected: 1\n'));
    await using _ = h;
    for (const n of [1, 2]) await h.call('PUT', `/v1/accounts/70000${n}`, { cohort: 'two' });
    const start = { reason: 'go', promises: PROMISES, stages: [10, 100], cohort: 'one' };
    const begin = { ...start, override: true, cohort: 'two' };
    const { id, status } = (await kit.call('POST', `${BASE}/cutovers`, begin)).body;
    expect(status).toBe('asked');
    await h.call('PUT', '/v1/accounts/700003', { cohort: 'two' });
    const approve = { reason: 'on', step: 'approve' };
    const told = await jun.call('POST', `${BASE}/cutovers/${id}/steps`, approve);
    expect([told.status, told.body.code, told.body.affected]).toEqual([409, 'situation-changed', 3]);
    for (const n of [1, 2]) await h.call('PUT', `/v1/accounts/70000${n}`, { cohort: 'three' });
    expect((await jun.call('POST', `${BASE}/cutovers/${id}/steps`, approve)).body.status).toBe('running');
    await h.call('PUT', '/v1/accounts/700003', { cohort: 'one' });
    const one = await kit.call('POST', `${BASE}/cutovers`, start);
    await h.call('PUT', '/v1/accounts/700002', { cohort: 'one' });
    const next = { reason: 'on', step: 'advance', override: true };
    const stage = (await kit.call('POST', `${BASE}/cutovers/${one.body.id}/steps`, next)).body.case;
    const to = { phase: 'totp-only', override: true, reason: 'r', cohort: 'one' };
    const phase = (await kit.call('POST', '/v1/rollout/phase', to)).body.case;
    expect((await jun.call('GET', `/v1/console/cases/${phase.id}`)).body.effects).toEqual([
      { kind: 'accounts-unbound', count: 2 },
    ]);
    await h.call('PUT', '/v1/accounts/700001', { cohort: 'one' });
    expect((await decide(jun, stage.id)).body.code).toBe('situation-changed');
    expect((await decide(jun, phase.id)).body.code).toBe('situation-changed');
    expect((await jun.call('GET', `${BASE}/cutovers/${one.body.id}`)).body.percent).toBe(10);
    expect((await h.call('GET', '/v1/rollout')).body.cohorts).toEqual({ strict: 'totp-only' });
  });
});

it('OP-1.3 ES-6.2 `recommended` lets one operator neither go beyond the limit, nor let anybody off, nor move customers by a cohort', async () => {
  await using h = await aHouse({
    policy: presetText('recommended').replace('limitAffected: 1000', 'limitAffected: 0'),
  });
  await h.account('700001', { phone: '+85291230001' });
  const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
  const over = { phase: 'totp-only', override: true, reason: 'now' };
  expect((await h.call('POST', '/v1/rollout/phase', over)).status).toBe(202);
  const off = { account: '700001', until: '2099-01-01T00:00:00Z', reason: 'abroad' };
  expect((await kit.call('POST', `${BASE}/exceptions`, off)).status).toBe(202);
  expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('coexist');
});
