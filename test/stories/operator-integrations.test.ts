// What operators do to a tenant's integrations: keys within their own rights, channels tried out, and never a secret shown twice.
import { describe, expect, it } from 'vitest';
import { aHouse, bindTotp, presetText } from '../kit.ts';
import { anOperator, deskOf } from '../operator-kit.ts';

describe('OPS-04 API keys at the console', () => {
  it('OPS-04 a key may do no more than its maker; with the rights it is made, shown once, and works', async () => {
    await using h = await aHouse();
    const admin = await anOperator(h, { roles: ['administrator'] });
    const make = (scopes: readonly string[], by = admin) =>
      by.call('POST', '/v1/console/api-keys', { name: 'back end', scopes });
    for (const scope of [
      'accounts:read',
      'accounts:write',
      'bindings:write',
      'console:read',
      'console:write',
      'policy:write',
      'audit:read',
    ]) {
      const refusal = await make(['logins:write', scope]);
      expect(refusal.status, scope).toBe(403);
      expect(refusal.body).toMatchObject({ code: 'scope-beyond', scope });
    }
    expect((await h.audit()).filter((e) => e.event === 'key.created' && e.actor !== 'test')).toEqual([]);
    const both = await anOperator(h, { roles: ['administrator', 'support'], login: 'both' });
    const made = await make(['logins:write', 'accounts:read', 'console:write'], both);
    expect(made.status).toBe(201);
    const { id, token } = made.body;
    const authorization = `Bearer ${token}`;
    expect((await h.call('GET', '/v1/accounts', undefined, { authorization })).status).toBe(200);
    expect((await h.call('GET', '/v1/rollout', undefined, { authorization })).body.code).toBe('missing-scope');
    const listed = await admin.call('GET', '/v1/console/integrations');
    expect(listed.body.apiKeys.find((key: { id: string }) => key.id === id)).toMatchObject({
      id,
      name: 'back end',
      status: 'active',
    });
    expect(JSON.stringify(listed.body)).not.toContain(token.split('.')[1]);
    expect((await admin.call('POST', `/v1/console/api-keys/${id}/revoke`)).status).toBe(204);
    expect((await h.call('GET', '/v1/accounts', undefined, { authorization })).status).toBe(401);
    const events = (await h.audit()).filter((e) => e.event.startsWith('key.') && e.data['key'] === id);
    expect(events.map((e) => [e.event, e.actor])).toEqual([
      ['key.created', 'operator:both'],
      ['key.revoked', `operator:${admin.login}`],
    ]);
  });

  it('OPS-05 keys and tests of another tenant are not there', async () => {
    await using h = await aHouse();
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    const admin = await anOperator(h, { roles: ['administrator'] });
    const token = await h.key({ tenant: 't2' });
    const id = token.slice('hufu_'.length).split('.')[0]!;
    expect((await admin.call('POST', `/v1/console/api-keys/${id}/revoke`)).status).toBe(404);
    expect((await h.call('GET', '/v1/accounts', undefined, { authorization: `Bearer ${token}` })).status).toBe(200);
    const other = await anOperator(h, { tenants: { t2: ['administrator'] } });
    const sent = await other.call('POST', '/v1/console/channels/sms/test', { to: '+85291230009' });
    expect(sent.status).toBe(202);
    expect((await admin.call('GET', `/v1/console/channel-tests/${sent.body.id}`)).status).toBe(404);
  });
});

describe('OP-1.3 channels at the console', () => {
  it('OP-1.3 a test message goes out, says that it is one, and tells what became of it; ten in an hour at most', async () => {
    await using h = await aHouse();
    const admin = await anOperator(h, { roles: ['administrator'] });
    const sent = await admin.call('POST', '/v1/console/channels/email/test', { to: 'ops@broker.example' });
    expect(sent.body).toMatchObject({ status: 'waiting', error: null });
    expect(sent.body.sentTo).not.toContain('ops@broker');
    const [message] = await h.outbox();
    expect(message).toMatchObject({ to: 'ops@broker.example', channel: 'email' });
    expect(message!.text).toContain('test message');
    expect((await admin.call('GET', `/v1/console/channel-tests/${sent.body.id}`)).body.status).toBe('sent');
    for (const to of ['not an address', '+1 212 555 0100', '12'])
      expect((await admin.call('POST', '/v1/console/channels/sms/test', { to })).body.code, to).toBe('not-sendable');
    for (let i = 0; i < 9; i++) await admin.call('POST', '/v1/console/channels/sms/test', { to: '+85291230009' });
    const eleventh = await admin.call('POST', '/v1/console/channels/sms/test', { to: '+85291230009' });
    expect(eleventh.status).toBe(429);
  });

  it('OP-1.3 what goes wrong with a channel is seen: how many, when, and why', async () => {
    await using h = await aHouse({
      channels: { sms: async () => ({ kind: 'failed', error: 'the gateway said 402' }) },
    });
    const admin = await anOperator(h, { roles: ['administrator'] });
    await admin.call('POST', '/v1/console/channels/sms/test', { to: '+85291230009' });
    await h.house.deliver();
    const { channels } = (await admin.call('GET', '/v1/console/integrations')).body;
    expect(channels).toMatchObject([
      { channel: 'sms', isConfigured: true, sent: 0, failed: 1, lastError: 'the gateway said 402' },
      { channel: 'email', isConfigured: false, sent: 0, failed: 0, lastError: null },
      { channel: 'push', isConfigured: true },
      { channel: 'wechat', isConfigured: false },
    ]);
  });
});

describe('OPS-09 OPS-13 what operators never see', () => {
  it('OPS-09 no role finds a secret, a code, a password or a whole number in what the console answers', async () => {
    await using h = await aHouse();
    await h.account('700001', {
      phone: '+85291230077',
      email: 'secretive.person@mail.example',
      password: 'hunter2-hunter2',
    });
    const { uri } = await bindTotp(h, '700001');
    const secret = new URL(uri).searchParams.get('secret')!;
    const everything = await anOperator(h, { roles: ['viewer', 'support', 'security', 'administrator'] });
    const told: string[] = [];
    for (const path of [
      '/v1/accounts/700001',
      '/v1/accounts/700001/client-devices',
      '/v1/console/accounts/700001',
      '/v1/console/accounts/700001/timeline',
      '/v1/console/accounts?q=700001',
      '/v1/console/integrations',
      '/v1/console/operators',
      '/v1/console/audit',
      '/v1/console/audit/export?format=jsonl',
      '/v1/console/rollout',
    ])
      told.push(JSON.stringify(await everything.call('GET', path)));
    const all = told.join('\n');
    for (const hidden of [secret, h.token.split('.')[1]!, 'hunter2', '+85291230077', 'secretive.person@', '$argon2'])
      expect(all, hidden).not.toContain(hidden);
    // What is shown is recognisable to who knows it.
    expect(all).toContain('***0077');
  });

  it("OPS-13 no call of the console opens a person's pages, and an operator's cookie is none of theirs", async () => {
    await using h = await aHouse();
    await h.account('700001');
    const op = await anOperator(h, { roles: ['viewer', 'support', 'security', 'administrator'] });
    const cookie = op.cookie.replace('__Host-hufu-operator', '__Host-hufu-t1');
    for (const sent of [op.cookie, cookie]) {
      const me = await h.call('GET', '/v1/me', undefined, { cookie: sent, 'hufu-tenant': 't1', authorization: '' });
      expect([401, 404]).toContain(me.status);
    }
    const desk = await deskOf(h);
    const paths = desk.admin.printRoutes({ commonPrefix: false });
    expect(paths).not.toMatch(/\/v1\/me|\/v1\/app|impersonat/);
  });
});
