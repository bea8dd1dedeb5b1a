// What waits for a second operator: whose it is to decide, that it is done once and only as it was looked at, and when it is over.
import { describe, expect, it } from 'vitest';
import { firstPhone, furtherPhone, register, signed } from '../enrolment-kit.ts';
import { type Answer, aHouse, aLogin, bindTotp, codeOf, presetText, type TestHouse, verify } from '../kit.ts';
import { anOperator, type TestOperator } from '../operator-kit.ts';

const contact = { phone: '+85291230001', email: 'chan@example.com', locale: 'zh-HK' };
const SECOND = '{ secondOperator: [unbind, change-person, bypass, revoke-phone], secondOperatorWhenRisky: [unlock] }';
const policy = (preset = 'star-rollout', section = SECOND): string => `${presetText(preset)}\nconsole: ${section}\n`;
const at = (what: string): string => `/v1/console/accounts/700004/${what}`;
const body = (more: object = {}) => ({ reason: 'R01', callerCheck: { how: 'call-back' }, ...more });
const decide = (by: TestOperator, id: string, how: string, more: object = {}): Promise<Answer> =>
  by.call('POST', `/v1/console/cases/${id}/${how}`, { revision: 1, ...more });

async function aDesk(text = policy()) {
  const h = await aHouse({ policy: text });
  await h.account('700004', contact);
  const bound = await bindTotp(h, '700004');
  h.pass(30);
  const lin = await anOperator(h, { login: 'lin', roles: ['support', 'security'] });
  const kim = await anOperator(h, { login: 'kim', roles: ['security'] });
  return { h, lin, kim, ...bound };
}

async function asked(by: TestOperator, what = 'unbind', more: object = {}): Promise<string> {
  const answer = await by.call('POST', at(what), body(more));
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return answer.body.case.id;
}

const bound = async (h: TestHouse): Promise<readonly string[]> =>
  (await h.call('GET', '/v1/accounts/700004')).body.authenticators.map((a: { type: string }) => a.type);
const audited = async (h: TestHouse, event: string) => (await h.audit()).filter((e) => e.event === event);

describe('an action that waits for a second operator', () => {
  it('OP-1.3 is not done before; the second one sees who asks, why, what it does and what speaks against it', async () => {
    const { h, lin, kim, uri } = await aDesk();
    await using _ = h;
    await h.account('700004', { ...contact, email: 'new@example.com' });
    const id = await asked(lin, 'unbind', { note: 'no phone any more' });
    expect(await bound(h)).toContain('totp');
    const list = await kim.call('GET', '/v1/console/cases?status=submitted');
    expect(list.body).toMatchObject({
      waiting: 1,
      next: null,
      items: [
        {
          id,
          action: 'unbind',
          account: '700004',
          status: 'submitted',
          revision: 1,
          reason: 'R01',
          note: 'no phone any more',
          callerCheck: { how: 'call-back', to: '***0001' },
          riskFlags: ['contact-changed'],
          requester: 'lin',
          isMine: false,
        },
      ],
    });
    expect(list.body.items[0].effects).toContainEqual({ kind: 'methods-removed', count: 1 });
    // Its owner is told that somebody asks, and how to stop it.
    const told = (await h.outbox()).filter((m) => m.text.includes('申請更改帳戶'));
    expect(told.map((m) => m.channel).sort()).toEqual(['email', 'sms']);
    expect(told[0]?.text).toMatch(/否決碼/);

    expect(await decide(kim, id, 'approve')).toMatchObject({ status: 200, body: { case: { status: 'executed' } } });
    expect(await bound(h)).toEqual(['sms']);
    const login = await aLogin(h, '700004');
    expect((await verify(h, login.id, codeOf(uri, h.clock.now))).status).not.toBe(200);
    expect(await audited(h, 'binding.removed')).toMatchObject([
      { actor: 'operator:lin', data: { via: 'operator:kim', reason: 'R01: no phone any more' } },
    ]);
    expect(await audited(h, 'case.approved')).toMatchObject([
      { actor: 'operator:kim', data: { case: id, requester: 'lin', action: 'unbind' } },
    ]);
    expect((await audited(h, 'operator.acted'))[0]).toMatchObject({ actor: 'operator:lin', data: { case: id } });
  });

  it('OP-1.3 OPS-01 two approvers at once, and the same one twenty times: it is executed exactly once', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const mei = await anOperator(h, { login: 'mei', roles: ['security'] });
    const id = await asked(lin, 'bypass', { hours: 2 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_one, n) => decide(n % 2 === 0 ? kim : mei, id, 'approve')),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter((a) => a.status !== 200).map((a) => a.body.code))).toEqual(new Set(['closed']));
    expect(await audited(h, 'bypass.issued')).toHaveLength(1);
    expect(answers.find((a) => a.status === 200)?.body.bypass.codes).toHaveLength(1);
  });

  it('OP-1.5 what the customer answered serves one case, not two', async () => {
    const { h, lin, uri } = await aDesk();
    await using _ = h;
    const started = await lin.call('POST', at('caller-checks'), { how: 'code' });
    const { challenge } = started.body;
    const output = codeOf(uri, h.clock.now);
    await lin.call('POST', `/v1/console/caller-checks/${challenge}/verify`, { output });
    const callerCheck = { how: 'code', challenge };
    expect((await lin.call('POST', at('unbind'), body({ callerCheck }))).status).toBe(202);
    expect((await lin.call('POST', at('unbind'), body({ callerCheck }))).body.code).toBe('caller-check-failed');
  });

  it('OPS-01 nobody decides their own: not under another session or spelling, nor what one they made asked for', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const id = await asked(lin);
    expect(await decide(lin, id, 'approve')).toMatchObject({ status: 403, body: { code: 'own-case', why: 'own' } });
    expect((await decide(lin, id, 'return', { reason: 'no' })).body.code).toBe('own-case');
    // Somebody lin made an operator within the day, and somebody who made lin's helper.
    const puppet = await anOperator(h, { login: 'puppet', roles: ['security'], by: lin.id });
    expect((await decide(puppet, id, 'approve')).body).toMatchObject({ code: 'own-case', why: 'made-lately' });
    const helper = await anOperator(h, { login: 'helper', roles: ['support'], by: kim.id });
    const theirs = await asked(helper);
    expect((await decide(kim, theirs, 'approve')).body.why).toBe('made-lately');
    // A relying party's key names people; one of that name does not approve at the console.
    const byKey = await h.call('POST', at('unbind'), { reason: 'lost', operator: ' KIM' });
    expect((await decide(kim, byKey.body.case.id, 'approve')).body.why).toBe('own');
    expect(await bound(h)).toContain('totp');
    const mei = await anOperator(h, { login: 'mei', roles: ['security'] });
    expect((await decide(mei, id, 'approve')).status).toBe(200);
  });

  it('OP-1.3 OPS-03 only who may approve does, and only in their tenant', async () => {
    const { h, lin } = await aDesk();
    await using _ = h;
    await h.house.registry.create({ id: 't2', name: 'Other', document: policy(), actor: 'test' });
    await h.house.keys.ready('t2');
    const id = await asked(lin);
    const clerk = await anOperator(h, { login: 'clerk', roles: ['support', 'viewer', 'administrator'] });
    expect((await decide(clerk, id, 'approve')).status).toBe(403);
    const other = await anOperator(h, { login: 'other', tenants: { t2: ['security'] } });
    const theirs = await decide(other, id, 'approve');
    const never = await decide(other, 'cas_never', 'approve');
    expect([theirs.status, theirs.body.code]).toEqual([never.status, never.body.code]);
    expect((await other.call('GET', `/v1/console/cases/${id}`)).status).toBe(404);
    expect((await h.call('POST', `/v1/console/cases/${id}/approve`, { revision: 1 })).status).toBe(404);
  });

  it('OP-1.3 is over after its hours by the database’s clock, whoever looks', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const id = await asked(lin);
    for (let n = 0; n < 24; n++) {
      h.pass(600);
      await kim.call('GET', '/v1/console/cases');
    }
    expect(await decide(kim, id, 'approve')).toMatchObject({ status: 410, body: { code: 'expired' } });
    expect((await kim.call('GET', `/v1/console/cases/${id}`)).body.status).toBe('expired');
    expect((await kim.call('GET', '/v1/console/cases')).body.waiting).toBe(0);
    expect(await bound(h)).toContain('totp');
  });

  it('OP-1.3 an edit makes another revision: what was looked at before is not approved by it', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const id = await asked(lin, 'bypass', { hours: 1 });
    const edit = { revision: 1, reason: 'R06', note: 'longer', input: { hours: 8, uses: 3 } };
    expect(await kim.call('PUT', `/v1/console/cases/${id}`, edit)).toMatchObject({ status: 403 });
    const edited = await lin.call('PUT', `/v1/console/cases/${id}`, edit);
    expect(edited).toMatchObject({ status: 200, body: { revision: 2, reason: 'R06', input: { hours: 8 } } });
    expect(edited.body.callerCheck).toMatchObject({ how: 'call-back' });
    expect(await decide(kim, id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'case-changed', revision: 2 },
    });
    expect(await decide(kim, id, 'approve', { revision: 2 })).toMatchObject({ status: 200 });
    expect((await lin.call('PUT', `/v1/console/cases/${id}`, { ...edit, revision: 2 })).body.code).toBe('closed');
  });

  it('OP-1.3 is returned with a reason, and then edited and asked for again; or withdrawn by who asked', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const id = await asked(lin);
    const back = await decide(kim, id, 'return', { reason: 'call the number on file' });
    expect(back.body).toMatchObject({
      status: 'returned',
      decidedBy: 'kim',
      decisionReason: 'call the number on file',
    });
    expect((await decide(kim, id, 'approve')).body.code).toBe('closed');
    const again = await lin.call('PUT', `/v1/console/cases/${id}`, { revision: 1, ...body(), input: {} });
    expect(again.body).toMatchObject({ status: 'submitted', revision: 2 });
    expect((await decide(kim, id, 'withdraw', { revision: 2 })).status).toBe(403);
    expect((await decide(lin, id, 'withdraw', { revision: 2 })).body.status).toBe('withdrawn');
    expect((await decide(kim, id, 'approve', { revision: 2 })).body.code).toBe('closed');
    expect(await bound(h)).toContain('totp');
  });

  it('OP-1.3 the account is looked at again: changed since, nothing is done, and the case is over', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const id = await asked(lin);
    await h.account('700004', { ...contact, phone: '+85291239999' });
    expect(await decide(kim, id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'situation-changed', why: 'situation-changed' },
    });
    expect((await kim.call('GET', `/v1/console/cases/${id}`)).body).toMatchObject({
      status: 'failed',
      decisionReason: 'situation-changed',
    });
    expect(await bound(h)).toContain('totp');
    // Something else was done meanwhile: there is nothing to remove any more.
    const twice = [await asked(lin), await asked(lin)];
    expect((await decide(kim, twice[0] ?? '', 'approve')).status).toBe(200);
    expect((await decide(kim, twice[1] ?? '', 'approve')).body.code).toBe('situation-changed');
  });

  it('OP-1.3 OPS-04 an operator whose role was taken away asks for nothing any more', async () => {
    const { h, lin, kim } = await aDesk();
    await using _ = h;
    const id = await asked(lin);
    await h.house.ports.store.commit(lin.id, [{ op: 'drop-roles', operatorId: lin.id, tenantId: h.tenant }]);
    expect((await decide(kim, id, 'approve')).body).toMatchObject({
      code: 'situation-changed',
      why: 'requester-may-not',
    });
    expect(await bound(h)).toContain('totp');
  });

  it('OP-1.3 waits only when something speaks for a second look, where the policy says so', async () => {
    const { h, lin } = await aDesk();
    await using _ = h;
    expect((await lin.call('POST', at('unlock'), body({ reason: 'R04' }))).status).toBe(200);
    // Nobody was verified: that is a flag of its own.
    expect((await lin.call('POST', at('unlock'), { reason: 'R04' })).body.case.riskFlags).toEqual([
      'caller-not-verified',
    ]);
    await h.account('700004', { ...contact, email: 'new@example.com' });
    const risky = await lin.call('POST', at('unlock'), body({ reason: 'R04' }));
    expect(risky).toMatchObject({ status: 202, body: { case: { riskFlags: ['contact-changed'] } } });
    const byKey = await h.call('POST', at('unlock'), { reason: 'asked', operator: 'dealer-17' });
    expect(byKey.status).toBe(202);
  });

  it('OP-1.3 MO-6.2 MO-6.4 a phone, and everything with a new person, only after approval', async () => {
    await using h = await aHouse({ policy: policy('mobile-otp') });
    await h.account('700004', contact);
    const { token } = await register(h, '700004');
    const main = await firstPhone(h, token);
    h.pass(60);
    const sub = await furtherPhone(h, token);
    const lin = await anOperator(h, { login: 'lin' });
    const kim = await anOperator(h, { login: 'kim', roles: ['security'] });
    const own = async (phone: typeof main) =>
      (await signed(h, phone, 'GET', `/v1/app/phones/${phone.id}`)).body.code ?? 'in force';
    const one = await asked(lin, `phones/${sub.id}/revoke`);
    expect(await own(sub)).toBe('in force');
    expect((await decide(kim, one, 'approve')).status).toBe(200);
    expect([await own(main), await own(sub)]).toEqual(['in force', 'phone-revoked']);
    const person = await asked(lin, 'authorised-person', {
      reason: 'R05',
      email: 'lee@example.com',
      phone: '+85291230002',
    });
    const shown = (await kim.call('GET', `/v1/console/cases/${person}`)).body;
    expect(shown.input).toEqual({ email: expect.stringMatching(/^l\*+@/), phone: '***0002' });
    expect(JSON.stringify(shown)).not.toMatch(/lee@example|91230002/);
    expect((await decide(kim, person, 'approve')).status).toBe(200);
    expect(await own(main)).toBe('phone-revoked');
    expect((await h.outbox()).some((m) => m.to === 'lee@example.com')).toBe(true);
  });
});
