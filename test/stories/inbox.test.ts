// One list of all that waits for a second pair of eyes, whatever it is, and one rule for who decides it (OP-1.3, OPS-01).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHouse, bindTotp, presetText, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

const POLICY = `${presetText('star-rollout')}\nconsole: { secondOperator: [publish-policy, switch-phase, unbind, bulk], caseHours: 4 }\n`;
const PROMISES = ['hotline-staffed', 'roll-back-person', 'customers-told'];

interface Item {
  readonly kind: string;
  readonly id: string;
  readonly action: string;
  readonly mayDecide: boolean;
  readonly why?: string;
}

describe('the inbox', () => {
  let h: TestHouse;
  let kit: TestOperator;
  let jun: TestOperator;
  beforeEach(async () => {
    h = await aHouse({ policy: POLICY });
    kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    jun = await anOperator(h, { roles: ['security'], login: 'jun' });
  });
  afterEach(() => h.close());

  const inbox = async (who: TestOperator): Promise<{ items: readonly Item[]; mine: number }> =>
    (await who.call('GET', '/v1/console/inbox')).body;
  const kinds = async (who: TestOperator) => (await inbox(who)).items.map((one) => one.action).sort();

  /** One of each, asked for by kit; their ids. */
  async function everything() {
    await h.account('700004', { phone: '+85291234567', cohort: 'A' });
    await bindTotp(h, '700004');
    const ask = async (path: string, body: object) => {
      const told = await kit.call('POST', path, body);
      expect([201, 202], JSON.stringify(told.body)).toContain(told.status);
      return told.body;
    };
    const unbind = await ask('/v1/console/accounts/700004/unbind', { reason: 'R01' });
    const policy = await ask('/v1/console/policy', { document: `${POLICY}# new\n`, base: 1, reason: 'overseas' });
    const phase = await ask('/v1/rollout/phase', { phase: 'totp-only', reason: 'the date has come' });
    const cutover = await ask('/v1/console/rollout/cutovers', { cohort: 'A', reason: 'two', promises: PROMISES });
    const job = await ask('/v1/console/bulk', { kind: 'register', name: 'autumn', reason: 'R02' });
    await kit.call('POST', `/v1/console/bulk/${job.id}/rows`, { rows: [{ line: 2, account: '700004' }] });
    expect((await kit.call('POST', `/v1/console/bulk/${job.id}/start`)).body.status).toBe('asked');
    return { unbind: unbind.case.id, policy: policy.case.id, phase: phase.case.id, cutover: cutover.id, job: job.id };
  }

  it('OP-1.3 holds cases, policies, phases, cut-overs and bulk work in one list, with what is needed to judge', async () => {
    const ids = await everything();
    const { items, mine } = await inbox(jun);
    const soon = expect.stringMatching(/^20/);
    const at = { askedAt: soon, expiresAt: soon, requester: 'kit', mayDecide: true };
    expect(items).toHaveLength(5);
    expect(mine).toBe(5);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...at, kind: 'case', id: ids.unbind, action: 'unbind', account: '700004' }),
        expect.objectContaining({ ...at, kind: 'case', id: ids.policy, action: 'publish-policy', reason: 'overseas' }),
        expect.objectContaining({ ...at, kind: 'case', id: ids.phase, action: 'switch-phase' }),
        expect.objectContaining({
          ...at,
          kind: 'cutover',
          id: ids.cutover,
          action: 'switch-phase',
          cohort: 'A',
          percent: 1,
        }),
        expect.objectContaining({ ...at, kind: 'bulk', id: ids.job, action: 'bulk', name: 'autumn', rows: 1 }),
      ]),
    );
    expect((await inbox(kit)).mine).toBe(0);
    expect((await inbox(kit)).items.map((one) => one.why)).toEqual(Array(5).fill('own'));
  });

  it('OPS-01 whom it says may decide may, and nobody else: not who asked, not whom they made yesterday, not a role without', async () => {
    const ids = await everything();
    const made = await anOperator(h, { roles: ['security'], login: 'made', by: kit.id });
    const support = await anOperator(h, { roles: ['support'], login: 'sun' });
    expect((await inbox(made)).items.map((one) => one.why)).toEqual(Array(5).fill('made-lately'));
    // Bulk work is not theirs to see; what they see they do not decide.
    expect((await inbox(support)).items.map(({ kind, why }) => [kind, why]).sort()).toEqual([
      ['case', 'role'],
      ['case', 'role'],
      ['case', 'role'],
      ['cutover', 'role'],
    ]);
    const decide = {
      case: (who: TestOperator, id: string) => who.call('POST', `/v1/console/cases/${id}/approve`, { revision: 1 }),
      cutover: (who: TestOperator, id: string) =>
        who.call('POST', `/v1/console/rollout/cutovers/${id}/steps`, { step: 'approve', reason: 'seen' }),
      bulk: (who: TestOperator, id: string) => who.call('POST', `/v1/console/bulk/${id}/approve`),
    };
    for (const who of [kit, made, support])
      for (const { kind, id } of (await inbox(jun)).items)
        expect((await decide[kind as 'case'](who, id)).status, `${who.login} ${kind}`).toBe(403);
    for (const [kind, id] of [
      ['cutover', ids.cutover],
      ['bulk', ids.job],
      ['case', ids.unbind],
    ] as const)
      expect((await decide[kind](jun, id)).status, kind).toBe(200);
    expect(await kinds(jun)).toEqual(['publish-policy', 'switch-phase']);
    const admin = await anOperator(h, { roles: ['administrator'] });
    expect((await admin.call('GET', '/v1/console/inbox')).status).toBe(403);
  });

  it('OP-1.3 what nobody looked at in time is over, cut-overs and bulk work like cases', async () => {
    const ids = await everything();
    const again = async (login: string) => anOperator(h, { roles: ['security'], login });
    const shown = (await kit.call('GET', `/v1/console/bulk/${ids.job}`)).body;
    expect(Date.parse(shown.expiresAt) - Date.parse(shown.createdAt)).toBeGreaterThanOrEqual(4 * 3600_000);
    const cut = (await kit.call('GET', `/v1/console/rollout/cutovers/${ids.cutover}`)).body;
    expect(Date.parse(cut.askedUntil) - Date.parse(cut.startedAt)).toBe(4 * 3600_000);
    expect([shown.isMine, cut.isMine]).toEqual([true, true]);
    h.pass(4 * 3600 - 1);
    expect((await inbox(await again('early'))).items).toHaveLength(5);
    h.pass(3);
    const late = await again('late');
    expect((await inbox(late)).items).toEqual([]);
    const bulk = await late.call('POST', `/v1/console/bulk/${ids.job}/approve`);
    expect([bulk.status, bulk.body.code]).toEqual([410, 'expired']);
    const cutover = await late.call('POST', `/v1/console/rollout/cutovers/${ids.cutover}/steps`, {
      step: 'approve',
      reason: 'late',
    });
    expect(cutover.body.code).toBe('cutover-state');
  });
});
