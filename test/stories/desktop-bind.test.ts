// A brokerage that binds on the desktop only, and whose phones join by their first code: the star-desktop-bind preset.
import { describe, expect, it } from 'vitest';
import { verify as verifyFlow } from '../../src/flows/verify.ts';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, presetText, STAR_93, verify } from '../kit.ts';

const PHONE = { ...ESTAR_X, deviceId: 'phone-1', name: "Chan's phone" };
const house = () => aHouse({ preset: 'star-desktop-bind' });

describe('ET-1 the first binding', () => {
  it('ET-1.1 the first login on the desktop shows the QR, and the first right code binds', async () => {
    await using h = await house();
    await h.account('800001');
    const login = await aLogin(h, '800001', STAR_93);
    expect(login).toMatchObject({ status: 'enrol', phase: 'totp-only', offers: ['qr', 'uri'] });
    const started = (await h.call('POST', `/v1/logins/${login.id}/bindings`, { type: 'totp' })).body;
    expect(started.qr).toMatch(/^data:image\/png;base64,/);
    const confirm = (output: string): Promise<{ status: number; body: object }> =>
      h.call('POST', `/v1/logins/${login.id}/bindings/${started.id}/confirm`, { output });
    expect((await confirm(codeOf(started.uri, h.clock.now, 3))).status).toBe(422);
    expect((await h.call('GET', '/v1/accounts/800001')).body.authenticators).toMatchObject([{ type: 'sms' }]);
    expect(await confirm(codeOf(started.uri, h.clock.now))).toMatchObject({
      status: 200,
      body: { status: 'bound', login: { status: 'satisfied' } },
    });
  });

  it('ET-1.2 the phone app is told which client and version to bind on, gets no secret, and is not logged in', async () => {
    await using h = await house();
    await h.account('800001');
    const refused = await h.call(
      'POST',
      '/v1/logins',
      { account: '800001', client: PHONE, firstFactor: 'verified' },
      { 'accept-language': 'zh-CN' },
    );
    expect([refused.status, refused.body.code]).toEqual([403, 'bind-elsewhere']);
    expect(refused.body.clients).toEqual([{ id: 'star-9.3', name: '极星 9.3', minimumVersion: '9.3.43.1175' }]);
    expect(refused.body.detail).toContain('极星 9.3 9.3.43.1175');
    expect(JSON.stringify(refused.body)).not.toMatch(/otpauth|secret|assertion|lgn_/);
    const bind = await h.call('POST', '/v1/accounts/800001/bindings', { type: 'totp', client: PHONE });
    expect([bind.status, bind.body.code]).toEqual([403, 'binding-not-allowed']);
    const refusals = (await h.audit()).filter((e) => e.event === 'login.refused').map((e) => e.data['why']);
    expect(refusals).toEqual(['bind-elsewhere']);
  });

  it('ET-1.2 a login begun on the desktop cannot be finished into a binding by a key tied to the phone app', async () => {
    await using h = await house();
    await h.account('800001');
    const bearer = { authorization: `Bearer ${await h.key({ client: 'estar-x', version: '3.6.21' })}` };
    const started = await h.call(
      'POST',
      '/v1/logins',
      { account: '800001', client: STAR_93, firstFactor: 'verified' },
      bearer,
    );
    expect([started.status, started.body.code]).toEqual([403, 'client-mismatch']);
  });
});

describe('ET-2.1 phones join with their first right code', () => {
  it('ET-2.1 phone and desktop ask for the code; the phone is listed with name, client, version, first and last use', async () => {
    await using h = await house();
    await h.account('800001');
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(60);
    const desktop = await aLogin(h, '800001', { ...STAR_93, deviceId: 'pc-1', name: 'PC' });
    expect(desktop).toMatchObject({ status: 'challenge', authenticators: [{ type: 'totp' }] });
    expect((await verify(h, desktop.id, codeOf(uri, h.clock.now))).body.boundDevice).toBeUndefined();
    h.pass(60);
    const first = h.clock.now;
    const phone = await aLogin(h, '800001', PHONE);
    expect((await verify(h, phone.id, '000000')).status).toBe(422);
    expect((await h.call('GET', '/v1/accounts/800001/client-devices')).body.items).toEqual([]);
    expect((await verify(h, phone.id, codeOf(uri, h.clock.now))).body).toMatchObject({
      status: 'satisfied',
      boundDevice: true,
    });
    h.pass(3600);
    const again = await aLogin(h, '800001', { ...PHONE, version: '3.7', name: 'Renamed' });
    expect((await verify(h, again.id, codeOf(uri, h.clock.now))).body.boundDevice).toBeUndefined();
    expect((await h.call('GET', '/v1/accounts/800001/client-devices')).body.items).toEqual([
      {
        id: expect.stringMatching(/^dev_/),
        name: 'Renamed',
        client: 'estar-x',
        version: '3.7',
        status: 'active',
        firstUsedAt: new Date(first).toISOString(),
        lastUsedAt: new Date(h.clock.now).toISOString(),
      },
    ]);
  });

  it('ET-2.1 a revoked phone is refused, also in a login already open; others and a second revocation are not confused', async () => {
    await using h = await house();
    await h.account('800001');
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(60);
    await verify(h, (await aLogin(h, '800001', PHONE)).id, codeOf(uri, h.clock.now));
    const open = await aLogin(h, '800001', PHONE);
    const { id } = (await h.call('GET', '/v1/accounts/800001/client-devices')).body.items[0];
    await h.account('800002');
    expect((await h.call('DELETE', `/v1/accounts/800002/client-devices/${id}`)).status).toBe(404);
    expect((await h.call('DELETE', `/v1/accounts/800001/client-devices/${id}`)).status).toBe(204);
    expect((await h.call('DELETE', `/v1/accounts/800001/client-devices/${id}`)).status).toBe(404);
    const refused = await h.call('POST', '/v1/logins', { account: '800001', client: PHONE, firstFactor: 'verified' });
    expect([refused.status, refused.body.code, refused.body.contact]).toEqual([
      403,
      'device-revoked',
      expect.stringContaining('852-2600 0000'),
    ]);
    h.pass(60);
    const late = await verify(h, open.id, codeOf(uri, h.clock.now));
    expect([late.status, late.body.code]).toEqual([403, 'device-revoked']);
    const other = await aLogin(h, '800001', { ...PHONE, deviceId: 'phone-2' });
    expect((await verify(h, other.id, codeOf(uri, h.clock.now))).body.boundDevice).toBe(true);
    expect(
      (await h.call('GET', '/v1/accounts/800001/client-devices')).body.items
        .map((d: { status: string }) => d.status)
        .sort(),
    ).toEqual(['active', 'revoked']);
    expect((await h.audit()).filter((e) => e.event.startsWith('device.')).map((e) => e.event)).toEqual([
      'device.bound',
      'device.revoked',
      'device.bound',
    ]);
  });

  it('ET-2.1 a phone whose revocation races its login ends refused or before it, never revoked and logged in after', async () => {
    await using h = await house();
    await h.account('800001');
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(60);
    await verify(h, (await aLogin(h, '800001', PHONE)).id, codeOf(uri, h.clock.now));
    const { id } = (await h.call('GET', '/v1/accounts/800001/client-devices')).body.items[0];
    h.pass(60);
    const open = await aLogin(h, '800001', PHONE);
    const [revoked, late] = await Promise.all([
      h.call('DELETE', `/v1/accounts/800001/client-devices/${id}`),
      verify(h, open.id, codeOf(uri, h.clock.now)),
    ]);
    expect(revoked.status).toBe(204);
    const order = (await h.audit()).map((e) => e.event);
    if (late.status === 200) expect(order.lastIndexOf('login.satisfied')).toBeLessThan(order.indexOf('device.revoked'));
    else expect(late.body.code).toBe('device-revoked');
  });

  it('ET-2.1 a phone revoked between the decision and the commit of its login is refused', async () => {
    await using h = await house();
    await h.account('800001');
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(60);
    await verify(h, (await aLogin(h, '800001', PHONE)).id, codeOf(uri, h.clock.now));
    const { id } = (await h.call('GET', '/v1/accounts/800001/client-devices')).body.items[0];
    h.pass(60);
    const open = await aLogin(h, '800001', PHONE);
    const { store } = h.house.ports;
    const late: typeof store.commit = async (key, writes) => {
      await h.call('DELETE', `/v1/accounts/800001/client-devices/${id}`);
      return store.commit(key, writes);
    };
    const ports = { ...h.house.ports, store: { ...store, commit: late } };
    const caller = { tenantId: h.tenant, actor: 'test', keyId: 'test', client: null };
    const refused = await verifyFlow(ports, caller, { id: open.id, output: codeOf(uri, h.clock.now) });
    expect(refused).toMatchObject({ kind: 'refused', code: 'device-revoked' });
  });

  it('ET-2.1 a phone that names no device is let nowhere: a removed one does not come back that way', async () => {
    await using h = await house();
    await h.account('800001', { password: 'correct horse' });
    await bindTotp(h, '800001', STAR_93);
    for (const client of [ESTAR_X, { ...ESTAR_X, name: 'Phone' }]) {
      const refused = [
        await h.call('POST', '/v1/logins', { account: '800001', client, firstFactor: 'verified' }),
        // Told before the password: it says nothing of it.
        await h.call('POST', '/v1/logins', { account: '800001', client, firstFactor: { password: 'wrong' } }),
        await h.call('POST', '/v1/logins', { account: 'nobody', client, firstFactor: { password: 'wrong' } }),
        await h.call('POST', '/v1/accounts/800001/challenges', { purpose: 'confirm', client }),
        await h.call('POST', '/v1/accounts/800001/bindings', { type: 'recovery-code', client }),
      ];
      expect(refused.map((r) => [r.status, r.body.code])).toEqual(Array(5).fill([422, 'device-required']));
    }
    // The desktop is not of the kinds whose devices are kept.
    expect((await aLogin(h, '800001', STAR_93)).status).toBe('challenge');
  });

  it('ET-2.1 where the policy lets it, a phone that names none is let in, and joins no list', async () => {
    const policy = presetText('star-desktop-bind').replace('kinds: [phone] }', 'kinds: [phone], required: false }');
    await using h = await aHouse({ policy });
    await h.account('800001');
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(60);
    const login = await aLogin(h, '800001', ESTAR_X);
    expect((await verify(h, login.id, codeOf(uri, h.clock.now))).body.status).toBe('satisfied');
    expect((await h.call('GET', '/v1/accounts/800001/client-devices')).body.items).toEqual([]);
  });

  it('ET-2.1 a revoked phone steps up and binds nothing; another name for it is a new device, and its owner is told', async () => {
    await using h = await house();
    await h.account('800001', { email: 'chan@star.example' });
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(60);
    await verify(h, (await aLogin(h, '800001', PHONE)).id, codeOf(uri, h.clock.now));
    const told = async () => (await h.outbox()).filter((m) => m.text.includes('新设备')).map((m) => m.to);
    expect((await told()).sort()).toEqual(['+85291230001', 'chan@star.example']);
    const { id } = (await h.call('GET', '/v1/accounts/800001/client-devices')).body.items[0];
    h.pass(60);
    const open = (await h.call('POST', '/v1/accounts/800001/challenges', { purpose: 'confirm', client: PHONE })).body;
    await h.call('DELETE', `/v1/accounts/800001/client-devices/${id}`);
    for (const answer of [
      await h.call('POST', '/v1/accounts/800001/challenges', { purpose: 'confirm', client: PHONE }),
      await h.call('POST', '/v1/accounts/800001/bindings', { type: 'recovery-code', client: PHONE }),
      await verify(h, open.id, codeOf(uri, h.clock.now)),
    ])
      expect([answer.status, answer.body.code]).toEqual([403, 'device-revoked']);
    const other = await aLogin(h, '800001', { ...PHONE, deviceId: 'another-name' });
    expect((await verify(h, other.id, codeOf(uri, h.clock.now))).body.boundDevice).toBe(true);
    expect(await told()).toHaveLength(4);
  });

  it('ET-2.1 two logins at once from one new phone make one entry', async () => {
    await using h = await house();
    await h.account('800001');
    const { uri } = await bindTotp(h, '800001', STAR_93);
    h.pass(90);
    const logins = [await aLogin(h, '800001', PHONE), await aLogin(h, '800001', PHONE)];
    const codes = [codeOf(uri, h.clock.now, -1), codeOf(uri, h.clock.now)];
    await Promise.all(logins.map((login, i) => verify(h, login.id, codes[i]!)));
    expect((await h.call('GET', '/v1/accounts/800001/client-devices')).body.items).toHaveLength(1);
  });
});

describe('ET-4.1 only an operator removes a binding', () => {
  it.each(['sms-only', 'coexist', 'totp-only'])('ET-4.1 in %s the page names the support contact', async (phase) => {
    await using h = await house();
    await h.account('800001');
    const { id } = await bindTotp(h, '800001', STAR_93);
    await h.phase(phase);
    const self = await h.call('DELETE', `/v1/accounts/800001/authenticators/${id}`);
    expect([self.status, self.body.code, self.body.contact]).toEqual([
      403,
      'unbind-by-operator',
      expect.stringContaining('852-2600 0000'),
    ]);
    expect(self.body.detail).toContain('852-2600 0000');
    const page = (await h.call('GET', '/v1/accounts/800001')).body;
    expect(page.contact).toContain('852-2600 0000');
    expect(page.authenticators.every((a: { canUnbind: string }) => a.canUnbind === 'operator')).toBe(true);
    expect(
      (await h.call('POST', '/v1/console/accounts/800001/unbind', { operator: 'wong', reason: 'lost' })).body.removed,
    ).toEqual([id]);
  });
});
