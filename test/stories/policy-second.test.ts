// What concerns a whole tenant waits for a second operator where its policy says so (OP-1.3, OP-2.2, OPS-01).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

const POLICY = `${presetText('star-rollout')}\nconsole: { secondOperator: [publish-policy, switch-phase] }\n`;

describe('a second operator for what concerns the tenant', () => {
  let h: TestHouse;
  let kit: TestOperator;
  let jun: TestOperator;
  beforeEach(async () => {
    h = await aHouse({ policy: POLICY });
    kit = await anOperator(h, { roles: ['security'], login: 'kit' });
    jun = await anOperator(h, { roles: ['security'], login: 'jun' });
  });
  afterEach(() => h.close());

  const publish = (document: string, base = 1) =>
    kit.call('POST', '/v1/console/policy', { document, base, reason: 'overseas' });
  const inForce = async () => (await kit.call('GET', '/v1/console/policy')).body;
  const decide = (who: TestOperator, id: string, step: string, more: object = {}) =>
    who.call('POST', `/v1/console/cases/${id}/${step}`, { revision: 1, ...more });
  const changed = `${POLICY}# another\n`;

  it('OP-1.3 OPS-01 a policy waits, is approved by another than who asked, and is in force from then on, in the name of who asked', async () => {
    const asked = await publish(changed);
    expect(asked.status).toBe(202);
    const { id } = asked.body.case;
    expect((await inForce()).version).toBe(1);
    const own = await decide(kit, id, 'approve');
    expect([own.status, own.body.code]).toEqual([403, 'own-case']);
    expect((await decide(jun, id, 'approve')).body.case).toMatchObject({ status: 'executed', decidedBy: 'jun' });
    expect(await inForce()).toMatchObject({ version: 2, document: changed, actor: 'operator:kit', reason: 'overseas' });
    expect((await decide(jun, id, 'approve')).body.code).toBe('closed');
    expect((await inForce()).version).toBe(2);
  });

  it('OP-1.3 two who approve at once publish once', async () => {
    const may = await anOperator(h, { roles: ['security'], login: 'may' });
    const { id } = (await publish(changed)).body.case;
    const told = await Promise.all([decide(jun, id, 'approve'), decide(may, id, 'approve')]);
    expect(told.map((t) => t.status).sort()).toEqual([200, 409]);
    expect((await inForce()).version).toBe(2);
  });

  it('OP-1.3 what was published meanwhile is not undone: the case is over, and nothing of it is in force', async () => {
    const first = (await publish(changed)).body.case.id;
    const other = `${POLICY}# first\n`;
    const second = (await publish(other)).body.case.id;
    await decide(jun, second, 'approve');
    const told = await decide(jun, first, 'approve');
    expect([told.status, told.body.code, told.body.why]).toEqual([409, 'situation-changed', 'policy-changed']);
    expect(await inForce()).toMatchObject({ version: 2, document: other });
    expect((await jun.call('GET', `/v1/console/cases/${first}`)).body.status).toBe('failed');
  });

  it('OP-1.3 a phase waits as well, from a key of the relying party too; returned, it never switches', async () => {
    const asked = await h.call('POST', '/v1/rollout/phase', { phase: 'totp-only', reason: 'the date has come' });
    expect(asked.status).toBe(202);
    expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('coexist');
    expect((await decide(jun, asked.body.case.id, 'approve')).status).toBe(200);
    expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('totp-only');
    const back = (await kit.call('POST', '/v1/rollout/phase', { phase: 'coexist' })).body.case.id;
    expect((await decide(jun, back, 'return', { reason: 'not today' })).status).toBe(200);
    expect((await decide(jun, back, 'approve')).body.code).toBe('closed');
    expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('totp-only');
  });

  it('OP-1.3 a case that waited too long publishes nothing, and neither does one of an operator whose role is gone', async () => {
    const late = (await publish(changed)).body.case.id;
    const gone = (await publish(changed)).body.case.id;
    await h.house.ports.store.commit(kit.id, [{ op: 'drop-roles', operatorId: kit.id, tenantId: 't1' }]);
    expect((await decide(jun, gone, 'approve')).body).toMatchObject({
      code: 'situation-changed',
      why: 'requester-may-not',
    });
    h.pass(4 * 3600 + 1);
    const again = await anOperator(h, { roles: ['security'], login: 'may' });
    expect((await decide(again, late, 'approve')).body.code).toBe('expired');
    expect((await again.call('GET', '/v1/console/policy')).body.version).toBe(1);
  });

  for (const [what, section] of [
    ['an action always', '{ secondOperator: [unbind] }'],
    ['an action when risky', '{ secondOperatorWhenRisky: [unlock] }'],
    ['phases', '{ secondOperator: [switch-phase] }'],
  ])
    it(`OP-1.3 OPS-01 where the policy in force wants a second operator for ${what}, no one operator publishes another: not away, and not around`, async () => {
      await using one = await aHouse({ policy: `${presetText('star-rollout')}\nconsole: ${section}\n` });
      const lin = await anOperator(one, { roles: ['security'], login: 'lin' });
      const may = await anOperator(one, { roles: ['security'], login: 'may' });
      const { document } = (await lin.call('GET', '/v1/console/policy')).body;
      const attempts = [
        document.replace(/^console:.*$/m, 'console: { secondOperator: [], callerCheck: off }'),
        document.replace('phase: coexist', 'phase: totp-only'),
        `${document}# nothing\n`,
      ];
      for (const attempt of attempts) {
        expect(attempt).not.toBe(document);
        const asked = await lin.call('POST', '/v1/console/policy', { document: attempt, base: 1, reason: 'tidy' });
        expect([asked.status, asked.body.case === undefined]).toEqual([202, false]);
        expect((await decide(lin, asked.body.case.id, 'approve')).body.code).toBe('own-case');
      }
      expect((await lin.call('GET', '/v1/console/policy')).body.version).toBe(1);
      // Two may; from then on, as that policy says.
      const [away] = attempts;
      const asked = await lin.call('POST', '/v1/console/policy', { document: away, base: 1, reason: 'tidy' });
      expect((await decide(may, asked.body.case.id, 'approve')).status).toBe(200);
      const alone = await lin.call('POST', '/v1/console/policy', { document: `${away}# more\n`, base: 2, reason: 'r' });
      expect([alone.status, alone.body.version]).toEqual([200, 3]);
    });
});
