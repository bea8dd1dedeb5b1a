// The limit of accounts a switch may force to bind holds however it is made: by the phase, by a document, over the API, at the console, from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHouse, NINE, presetText, type TestHouse } from '../kit.ts';
import { anOperator } from '../operator-kit.ts';
import { aFolder, hufu } from './cli-kit.ts';

const POLICY = presetText('star-rollout').replace('  phase: coexist\n', '  phase: coexist\n  limitAffected: 2\n');
const TOTP_ONLY = POLICY.replace('phase: coexist', 'phase: totp-only');
const AT = '2026-12-01T09:00:00+08:00';

/** Four accounts without a method; two of them in cohort A. */
async function aBrokerage(policy = POLICY): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ policy });
  for (const account of ['700001', '700002']) await h.account(account);
  for (const account of ['700003', '700004']) await h.account(account, { cohort: 'A' });
  return h;
}
const publish = (h: TestHouse, document: string, more: object = {}) =>
  h.call('POST', '/v1/console/policy', { document, base: 1, reason: 'announced', ...more });
const told = ({ status, body }: { status: number; body: any }) => [status, body.code, body.affected, body.limit];

describe('a document is a switch like any other', () => {
  it.each([
    ['the phase', TOTP_ONLY],
    ['the phase, with the limit gone', TOTP_ONLY.replace('  limitAffected: 2\n', '')],
    ['the phase, with a higher limit', TOTP_ONLY.replace('limitAffected: 2', 'limitAffected: 2000')],
    ['a planned switch', POLICY.replace('schedule: []', `schedule: [{ at: '${AT}', phase: totp-only }]`)],
    ['a stage', POLICY.replace('schedule: []', 'schedule: []\n  stages: [{ id: x, phase: totp-only, percent: 90 }]')],
  ])('ES-6.1 a document that switches too many accounts by %s is refused unless overridden', async (_, document) => {
    await using h = await aBrokerage();
    expect(document).not.toBe(POLICY);
    expect(told(await publish(h, document))).toEqual([409, 'switch-refused', 4, 2]);
    expect((await h.call('GET', '/v1/rollout')).body).toMatchObject({ version: 1, phase: 'coexist' });
    expect((await publish(h, document, { override: true })).body).toEqual({ version: 2 });
    const [published] = (await h.audit()).filter((e) => e.event === 'policy.published' && e.data['version'] === 2);
    expect(published?.data).toMatchObject({ override: true, affected: 4, limit: 2, reason: 'announced' });
  });

  it('ES-6.1 a document within the limit is published, and what it switches is on record', async () => {
    await using h = await aBrokerage();
    const document = POLICY.replace('schedule: []', `schedule: [{ at: '${AT}', phase: totp-only, cohort: A }]`).replace(
      'cohorts: {}',
      'cohorts: { A: sms-only }',
    );
    expect((await publish(h, document)).body).toEqual({ version: 2 });
    const switched = (await h.audit()).filter((e) => e.event === 'rollout.switched');
    expect(switched.map((e) => e.data)).toEqual([
      { from: 'coexist', to: 'sms-only', cohort: 'A', at: null, version: 2, reason: 'announced' },
      { from: 'sms-only', to: 'totp-only', cohort: 'A', at: AT, version: 2, reason: 'announced' },
    ]);
  });

  it('ES-6.1 OP-1.3 what is beyond the limit is told to who asks, and not put before a second operator', async () => {
    await using h = await aBrokerage(`${POLICY}\nconsole: { secondOperator: [publish-policy, switch-phase] }\n`);
    const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    const body = { document: `${TOTP_ONLY}\nconsole: { secondOperator: [publish-policy] }\n`, base: 1, reason: 'r' };
    expect(told(await kit.call('POST', '/v1/console/policy', body))).toEqual([409, 'switch-refused', 4, 2]);
    const phase = { phase: 'totp-only', reason: 'r' };
    expect(told(await kit.call('POST', '/v1/rollout/phase', phase))).toEqual([409, 'switch-refused', 4, 2]);
    const past = await kit.call('POST', '/v1/rollout/phase', { ...phase, at: '2020-12-01T09:00:00+08:00' });
    expect(past.body.code).toBe('in-the-past');
    expect((await jun.call('GET', '/v1/console/inbox')).body.items).toEqual([]);
    const asked = await kit.call('POST', '/v1/console/policy', { ...body, override: true });
    expect(asked.status).toBe(202);
    const path = `/v1/console/cases/${asked.body.case.id}/approve`;
    expect((await jun.call('POST', path, { revision: 1 })).body.case.status).toBe('executed');
    expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('totp-only');
  });

  it('ES-6.1 what was within the limit when it was asked for is not executed beyond it', async () => {
    await using h = await aBrokerage(`${POLICY}\nconsole: { secondOperator: [publish-policy] }\n`);
    const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    const document = POLICY.replace('cohorts: {}', 'cohorts: { A: totp-only }');
    const asked = await kit.call('POST', '/v1/console/policy', { document, base: 1, reason: 'r' });
    expect(asked.status).toBe(202);
    await h.account('700005', { cohort: 'A' });
    const decided = await jun.call('POST', `/v1/console/cases/${asked.body.case.id}/approve`, { revision: 1 });
    expect([decided.status, decided.body.code, decided.body.why]).toEqual([409, 'situation-changed', 'switch-refused']);
    expect((await h.call('GET', '/v1/rollout')).body.version).toBe(1);
  });

  it('ES-6.1 OP-1.3 nor for more than a tenth beyond what the second operator agreed to', async () => {
    await using h = await aBrokerage(`${POLICY}\nconsole: { secondOperator: [publish-policy] }\n`);
    const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    const asked = await kit.call('POST', '/v1/console/policy', {
      document: TOTP_ONLY,
      base: 1,
      reason: 'r',
      override: true,
    });
    await h.account('700005');
    const decided = await jun.call('POST', `/v1/console/cases/${asked.body.case.id}/approve`, { revision: 1 });
    expect([decided.status, decided.body.code, decided.body.affected]).toEqual([409, 'situation-changed', 5]);
    expect((await h.call('GET', '/v1/rollout')).body.version).toBe(1);
  });

  it('ES-6.1 hufu policy publish asks the same, and says how to go on', async () => {
    const folder = aFolder();
    const at = (...args: string[]) => hufu('--data', folder.path, ...args);
    const write = (name: string, text: string): string => {
      const path = join(folder.path, name);
      writeFileSync(path, text);
      return path;
    };
    try {
      expect((await at('tenant', 'create', 'star', '--policy', write('a.yaml', POLICY))).code).toBe(0);
      const rows = Array.from({ length: 4 }, (_, n) => `70000${n},+8529123000${n}`).join('\n');
      expect((await at('account', 'import', write('a.csv', `account,phone\n${rows}\n`))).code).toBe(0);
      const file = write('b.yaml', TOTP_ONLY);
      const refused = await at('policy', 'publish', file, '--reason', 'announced');
      expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/4 accounts .* limit is 2.* --override/) });
      const past = await at(
        'policy',
        'phase',
        'totp-only',
        '--at',
        '2020-12-01T09:00:00+08:00',
        '--override',
        '--reason',
        'r',
      );
      expect(past).toMatchObject({ code: 1, err: expect.stringContaining('is in the past') });
      expect((await at('policy', 'phase', 'coexist', '--cohort', '__proto__')).code).toBe(2);
      const typo = await at('policy', 'phase', 'sms-only', '--cohort', 'nosuch');
      expect(typo).toMatchObject({ code: 0, err: expect.stringContaining('no active account is in cohort nosuch') });
      const soon = '2999-12-01T09:00:00+08:00';
      expect((await at('policy', 'phase', 'sms-only', '--at', soon)).out).toContain(`planned: sms-only at ${soon}`);
      const back = await at('policy', 'phase', 'sms-only', '--at', soon, '--take-back');
      expect(back.code).toBe(0);
      expect(back.out).not.toContain('planned');
      expect((await at('policy', 'phase', 'sms-only', '--at', soon, '--take-back')).code).toBe(3);
      expect((await at('policy', 'phase', 'sms-only', '--take-back')).code).toBe(2);
      expect((await at('policy', 'publish', file, '--reason', 'announced', '--override')).code).toBe(0);
    } finally {
      folder[Symbol.dispose]();
    }
  });
});

describe('planned switches', () => {
  const phase = (h: TestHouse, body: object) => h.call('POST', '/v1/rollout/phase', body);

  it.each([
    ['years ago', '2020-12-01T09:00:00+08:00'],
    ['this very millisecond', new Date(NINE).toISOString()],
  ])('ES-6.1 a switch planned for %s is refused, and nobody is switched', async (_, at) => {
    await using h = await aHouse();
    const refused = await phase(h, { phase: 'totp-only', at, reason: 'r' });
    expect([refused.status, refused.body.code]).toEqual([422, 'in-the-past']);
    expect(refused.body.detail).toContain(at);
    expect((await h.call('GET', '/v1/rollout')).body).toMatchObject({ version: 1, phase: 'coexist', schedule: [] });
  });

  it('ES-6.1 a planned switch is taken back, that one and no other, and on record', async () => {
    await using h = await aHouse();
    await phase(h, { phase: 'totp-only', at: AT, reason: 'go' });
    await phase(h, { phase: 'totp-only', at: AT, cohort: 'A', reason: 'go' });
    for (const other of [
      { phase: 'sms-only', at: AT },
      { phase: 'totp-only', at: AT, cohort: 'B' },
      { phase: 'totp-only' },
    ]) {
      const none = await phase(h, { ...other, takeBack: true });
      expect([none.status, none.body.code]).toEqual([404, 'not-found']);
    }
    // The same instant in another zone is the same.
    const done = await phase(h, { phase: 'totp-only', at: '2026-12-01T01:00:00Z', takeBack: true, reason: 'not yet' });
    expect(done.body).toMatchObject({ version: 4, schedule: [{ at: AT, phase: 'totp-only', cohort: 'A' }] });
    const [event] = (await h.audit()).filter((e) => e.event === 'rollout.taken-back');
    expect(event?.data).toMatchObject({ to: 'totp-only', cohort: null, reason: 'not yet' });
  });

  it('ES-6.1 OP-1.3 taking a planned switch back waits for a second operator too, who sees what it is', async () => {
    await using h = await aBrokerage(`${POLICY}\nconsole: { secondOperator: [switch-phase] }\n`);
    const kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    const jun = await anOperator(h, { roles: ['security'], login: 'jun' });
    const agreed = async (body: object) => {
      const { id } = (await kit.call('POST', '/v1/rollout/phase', { reason: 'r', ...body })).body.case;
      return (await jun.call('POST', `/v1/console/cases/${id}/approve`, { revision: 1 })).body.case;
    };
    await agreed({ phase: 'sms-only', at: AT });
    expect((await h.call('GET', '/v1/rollout')).body.schedule).toEqual([{ at: AT, phase: 'sms-only' }]);
    const back = await agreed({ phase: 'sms-only', at: AT, takeBack: true });
    expect(back).toMatchObject({ status: 'executed', input: { phase: 'sms-only', at: AT, takeBack: true } });
    expect((await h.call('GET', '/v1/rollout')).body.schedule).toEqual([]);
  });

  it('ES-6.1 taking back what was to end totp-only counts against the limit', async () => {
    await using h = await aBrokerage();
    const override = { override: true, reason: 'announced' };
    await phase(h, { phase: 'totp-only', ...override });
    await phase(h, { phase: 'coexist', at: AT });
    expect(told(await phase(h, { phase: 'coexist', at: AT, takeBack: true }))).toEqual([409, 'switch-refused', 4, 2]);
  });

  it('ES-6.1 a switch of a cohort says how many are in it; a name that no document can hold is refused', async () => {
    await using h = await aBrokerage();
    expect((await phase(h, { phase: 'coexist', cohort: 'A' })).body.accounts).toBe(2);
    expect((await phase(h, { phase: 'coexist', cohort: 'nosuch' })).body.accounts).toBe(0);
    expect((await phase(h, { phase: 'coexist' })).body.accounts).toBeUndefined();
    const none = await phase(h, { phase: 'coexist', cohort: '__proto__' });
    expect([none.status, none.body.code]).toEqual([400, 'invalid-request']);
    expect((await h.call('GET', '/v1/rollout')).body.version).toBe(4);
  });
});
