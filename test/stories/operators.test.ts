// Operators at the admin listener: who is let in, for which tenant, to do what.
import { describe, expect, it } from 'vitest';
import { aHouse, presetText } from '../kit.ts';
import { anOperator, deskOf } from '../operator-kit.ts';

const REASON = { reason: 'R01' };

describe('OP-1.3 operators at the console', () => {
  it('OP-1.3 an operator sees who they are and what they may, and acts under their own name', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const op = await anOperator(h, { roles: ['support'], login: 'mei' });
    const me = await op.call('GET', '/v1/operator/me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({
      operator: { login: 'mei' },
      tenant: 't1',
      tenants: [{ id: 't1', name: 'Tenant', roles: ['support'] }],
      permissions: ['customers:read', 'customers:act', 'customers:secure', 'rollout:read', 'policy:read'],
      idleSeconds: 900,
      idleAfterSeconds: 900,
    });
    expect((await op.call('POST', '/v1/console/accounts/700001/unlock', REASON)).status).toBe(200);
    // Whoever else the body names, it is the session that acts.
    await op.call('POST', '/v1/console/accounts/700001/unlock', { ...REASON, operator: 'somebody else' });
    const acts = (await h.audit()).filter((e) => e.event === 'account.unlocked');
    for (const e of acts) expect(e.actor).toBe('operator:mei');
  });

  it('OPS-03 a role opens what is its own and nothing else; an API key still has to name who acts', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const viewer = await anOperator(h, { roles: ['viewer'] });
    const refusal = await viewer.call('POST', '/v1/console/accounts/700001/unlock', REASON);
    expect(refusal.status).toBe(403);
    expect(refusal.body).toMatchObject({ code: 'not-permitted', permission: 'customers:act' });
    const administrator = await anOperator(h, { roles: ['administrator'] });
    expect((await administrator.call('GET', '/v1/accounts/700001')).status).toBe(403);
    const nameless = await h.call('POST', '/v1/console/accounts/700001/unlock', REASON);
    expect(nameless.status).toBe(400);
    expect(nameless.body.errors).toEqual([{ at: '/operator', code: 'required', message: 'name who does this' }]);
  });

  it('OPS-05 another tenant is not there, whether it exists or not', async () => {
    await using h = await aHouse();
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    const op = await anOperator(h, { roles: ['support'] });
    const [there, nowhere, own] = await Promise.all(
      ['t2', 't9', '_operators'].map((tenant) => op.call('GET', '/v1/rollout', undefined, { tenant })),
    );
    for (const answer of [there, nowhere, own]) expect(answer!.status).toBe(404);
    expect({ ...there!.body, instance: '' }).toEqual({ ...nowhere!.body, instance: '' });
    expect((await op.call('GET', '/v1/rollout', undefined, { tenant: null })).status).toBe(404);
    expect((await op.call('GET', '/v1/rollout')).status).toBe(200);
  });

  it('OPS-07 a call that no page of the console sent is refused, whatever cookie it brings', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const op = await anOperator(h, { roles: ['support'] });
    const path = '/v1/console/accounts/700001/unlock';
    for (const origin of [undefined, 'https://evil.test', 'null', 'https://hufu.test'])
      expect((await op.call('POST', path, REASON, { headers: { origin } })).status, String(origin)).toBe(403);
    expect(
      (await op.call('GET', '/v1/rollout', undefined, { headers: { 'sec-fetch-site': 'cross-site' } })).status,
    ).toBe(403);
    const { admin } = await deskOf(h);
    const plain = await admin.inject({
      method: 'POST',
      url: path,
      headers: { cookie: op.cookie, origin: 'https://console.test', 'hufu-tenant': 't1', 'content-type': 'text/plain' },
      payload: JSON.stringify(REASON),
    });
    expect(plain.statusCode).toBe(415);
    expect((await h.audit()).filter((e) => e.event === 'account.unlocked')).toEqual([]);
  });

  it('OP-1.3 a session ends after 15 minutes of nothing, after 12 hours in any case, and when its operator signs out', async () => {
    await using h = await aHouse();
    const op = await anOperator(h);
    const look = () => op.call('GET', '/v1/operator/me', undefined, { headers: { 'hufu-look': '1' } });
    h.pass(10 * 60);
    // To look how long it lasts does not make it last longer.
    expect((await look()).body).toMatchObject({ idleSeconds: 300, idleAfterSeconds: 900 });
    h.pass(299);
    expect((await look()).body.idleSeconds).toBe(1);
    expect((await op.call('GET', '/v1/rollout')).status).toBe(200);
    expect((await look()).body.idleSeconds).toBe(900);
    h.pass(900);
    expect((await op.call('GET', '/v1/operator/me')).body.code).toBe('signed-out');

    const busy = await anOperator(h);
    for (let minutes = 0; minutes < 12 * 60; minutes += 10) {
      expect((await busy.call('GET', '/v1/rollout')).status).toBe(200);
      h.pass(600);
    }
    expect((await busy.call('GET', '/v1/rollout')).status).toBe(401);

    const leaving = await anOperator(h);
    const left = await leaving.call('POST', '/v1/operator/sign-out', {});
    expect(left.status).toBe(204);
    expect(String(left.headers['set-cookie'])).toContain(
      '__Host-hufu-operator=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
    );
    expect((await leaving.call('GET', '/v1/operator/me')).status).toBe(401);
  });

  it('OP-1.3 people and programs of tenants find nothing of the console at the public address, nor theirs at the console', async () => {
    await using h = await aHouse();
    const op = await anOperator(h, { roles: ['support'] });
    for (const path of ['/v1/operator/me', '/v1/operator/sign-out', '/metrics']) {
      const answer = await h.call(path.endsWith('out') ? 'POST' : 'GET', path, undefined, { cookie: op.cookie });
      expect(answer.status, path).toBe(404);
    }
    const desk = await deskOf(h);
    const bearer = { authorization: `Bearer ${h.token}`, 'hufu-tenant': 't1' };
    expect((await desk.call('GET', '/v1/rollout', undefined, bearer)).body.code).toBe('signed-out');
    expect((await desk.call('GET', '/v1/accounts', undefined, bearer)).status).toBe(404);
    expect((await desk.call('GET', '/openapi.json')).status).toBe(404);
    expect((await desk.call('GET', '/t/t1/login')).status).toBe(404);
    expect((await desk.call('GET', '/metrics')).status).toBe(200);
    expect((await desk.call('GET', '/livez')).status).toBe(200);
    // The operators' own tenant has no pages for people, and speaks by no API key.
    for (const path of ['/v1/me/tenant', '/v1/me'])
      expect((await h.call('GET', path, undefined, { 'hufu-tenant': '_operators' })).body.code).toBe('portal-off');
    expect(await h.house.registry.ids()).toEqual(['t1']);
  });
});
