// Guessing across accounts, and floods: who does it is slowed, nobody else (BF-07, KEY-05).
import { describe, expect, it, vi } from 'vitest';
import { limiter } from '../../src/protocols/http/limits.ts';
import { ACCOUNT, aPhoneHouse } from '../approval-kit.ts';
import { signed } from '../enrolment-kit.ts';
import { aHouse, aLogin, STAR_95, type TestHouse, verify } from '../kit.ts';

const guess = (h: TestHouse, account: string, ip: string | undefined, password = 'wrong') =>
  h.call('POST', '/v1/logins', {
    account,
    client: { ...STAR_95, ...(ip === undefined ? {} : { ip }) },
    firstFactor: { password },
  });

/** Spends all but one of an address's failures. */
function exhaust(h: TestHouse, ip: string): void {
  for (let n = 0; n < 99; n++) h.house.ports.addresses.failed(h.tenant, ip, h.clock.now);
}

describe('BF-07 one address across accounts', () => {
  it('BF-07 a hundred wrong passwords from one address stop it on every account, and only it', async () => {
    await using h = await aHouse();
    await h.account('700001', { password: 'right' });
    exhaust(h, '192.0.2.7');
    expect(await guess(h, '799999', '192.0.2.7')).toMatchObject({ status: 403, body: { code: 'first-factor-failed' } });
    const stopped = await guess(h, '700001', '192.0.2.7', 'right');
    expect(stopped).toMatchObject({ status: 429, body: { code: 'throttled', retryAfter: 600 } });
    expect(stopped.headers['retry-after']).toBe('600');
    expect((await guess(h, '700001', '192.0.2.8', 'right')).status).toBe(201);
    expect((await guess(h, '700001', undefined, 'right')).status).toBe(201);
    h.pass(600);
    expect((await guess(h, '700001', '192.0.2.7', 'right')).status).toBe(201);
  });

  it('BF-07 wrong codes count as well, IPv6 by its /64, and a right code is not tried from a stopped address', async () => {
    await using h = await aHouse();
    await h.account('700001');
    exhaust(h, '2001:db8::1');
    const login = await h.call('POST', '/v1/logins', {
      account: '700001',
      client: { ...STAR_95, ip: '2001:db8::beef' },
      firstFactor: 'verified',
    });
    await h.call('POST', `/v1/logins/${login.body.id}/send`, {});
    const code = await h.smsCode();
    const wrong = await h.call('POST', `/v1/logins/${login.body.id}/verify`, {
      output: code === '000000' ? '111111' : '000000',
    });
    expect(wrong.body.code).toBe('verification-failed');
    const stopped = await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: code });
    expect(stopped).toMatchObject({ status: 429, body: { code: 'throttled' } });
    expect((await h.audit()).filter((e) => e.event === 'output.rejected')).toHaveLength(1);
    const elsewhere = await h.call('POST', '/v1/logins', {
      account: '700001',
      client: { ...STAR_95, ip: '2001:db8:0:1::1' },
      firstFactor: 'verified',
    });
    expect(elsewhere.status).toBe(201);
  });

  it('BF-07 ES-1.1 what is no address is refused and named: neither does it count everybody as one, nor nobody', async () => {
    await using h = await aHouse();
    await h.account('700001', { password: 'right' });
    for (const ip of [
      '198.51.100.7:40001',
      '[2001:db8::1]:443',
      'unknown',
      '-',
      '',
      '198.51.100.7, 10.0.0.1',
      'x'.repeat(46),
    ]) {
      const refused = await guess(h, '700001', ip, 'right');
      expect([ip, refused.status, refused.body.code]).toEqual([ip, 400, 'invalid-request']);
      expect(refused.body.errors.map((e: { at: string }) => e.at)).toContain('/client/ip');
    }
    const told = await guess(h, '700001', '198.51.100.7:40001', 'right');
    expect(told.body.errors[0].message).toBe('is not an IP address: IPv4 or IPv6, without a port');
    for (const ip of ['::ffff:198.51.100.7', 'fe80::1%eth0', '2001:db8::1'])
      expect((await guess(h, '700001', ip, 'right')).status).toBe(201);
  });

  it('BF-07 one IPv4 address is one, however it is written', async () => {
    await using h = await aHouse();
    await h.account('700001', { password: 'right' });
    exhaust(h, '198.51.100.7');
    expect((await guess(h, '700001', '::ffff:198.51.100.7')).status).toBe(403);
    expect((await guess(h, '700001', '::ffff:c633:6407', 'right')).body.code).toBe('throttled');
  });

  it('BF-07 really counts: wrong passwords over many accounts add up', async () => {
    await using h = await aHouse();
    for (let n = 0; n < 98; n++) h.house.ports.addresses.failed(h.tenant, '192.0.2.9', h.clock.now);
    expect((await guess(h, '710001', '192.0.2.9')).status).toBe(403);
    expect((await guess(h, '710002', '192.0.2.9')).status).toBe(403);
    expect((await guess(h, '710003', '192.0.2.9')).status).toBe(429);
  });
});

describe('KEY-05 one key floods', () => {
  it('KEY-05 a bucket refills with time and says how long to wait', () => {
    const bucket = limiter(2);
    expect([0, 0, 0, 0].map((at) => bucket.take('a', at))).toEqual([0, 0, 0, 0]);
    expect(bucket.take('a', 0)).toBe(1);
    expect(bucket.take('b', 0)).toBe(0);
    expect(bucket.take('a', 500)).toBe(0);
    expect(bucket.take('a', 500)).toBe(1);
    for (let n = 0; n < 20_001; n++) bucket.take(`n${n}`, 120_000);
    expect(bucket.take('a', 120_000)).toBe(0);
  });

  it('KEY-05 only the key that floods is throttled, with Retry-After; other keys and strangers are not', async () => {
    await using h = await aHouse({ requestsPerSecond: 5 });
    await h.account('700001');
    const quiet = await h.key();
    const ask = async (key: string) => {
      const { statusCode, headers, body } = await h.app.inject({
        url: '/v1/accounts/700001',
        headers: { authorization: `Bearer ${key}` },
      });
      return {
        status: statusCode,
        retryAfter: headers['retry-after'],
        code: JSON.parse(body).code as string | undefined,
      };
    };
    const flood = await Promise.all(Array.from({ length: 30 }, () => ask(h.token)));
    expect(flood.filter((a) => a.status === 200).length).toBeGreaterThanOrEqual(10);
    const refused = flood.filter((a) => a.status === 429);
    expect(refused.length).toBeGreaterThan(10);
    for (const a of refused) expect(a).toEqual({ status: 429, retryAfter: '1', code: 'too-many-requests' });
    expect((await ask(quiet)).status).toBe(200);
  });

  it('KEY-01 an address that keeps trying keys is slowed, and a right key from it is still served', async () => {
    await using h = await aHouse();
    const statuses: number[] = [];
    for (let n = 0; n < 80; n++)
      statuses.push(
        (
          await h.call('GET', '/v1/accounts', undefined, {
            authorization: `Bearer hufu_key_${'0'.repeat(20)}.${'a'.repeat(32)}`,
          })
        ).status,
      );
    expect(statuses.slice(0, 60).every((s) => s === 401)).toBe(true);
    expect(statuses.filter((s) => s === 429).length).toBeGreaterThan(10);
    expect((await h.call('GET', '/v1/accounts')).status).toBe(200);
  });

  it('LOAD-01 four wait for one login, a fifth is told to come back, and all four hear of its end', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const wait = (id: string) => h.call('GET', `/v1/logins/${id}?wait=25`);
    const four = [1, 2, 3, 4].map(() => wait(login.id));
    const fifth = await wait(login.id);
    expect([fifth.status, fifth.body.code, fifth.headers['retry-after']]).toEqual([429, 'too-many-waiting', '5']);
    expect((await h.call('GET', `/v1/logins/${login.id}`)).status).toBe(200);
    await verify(h, login.id, await h.smsCode());
    expect((await Promise.all(four)).map((a) => a.body.status)).toEqual(Array(4).fill('satisfied'));
  });

  it('LOAD-01 of phones that wait for one account a ninth is told to come back, and does not ask again at once', async () => {
    await using asked = await aPhoneHouse();
    const { h, phone } = asked;
    const nine = Array.from({ length: 9 }, () => signed(h, phone, 'GET', '/v1/app/approvals?wait=25'));
    // Whichever came last is answered first: the others wait.
    const { status, body, headers } = await Promise.race(nine);
    expect([status, body.code, headers['retry-after']]).toEqual([429, 'too-many-waiting', '5']);
    h.house.ports.wake('account', (await h.call('GET', `/v1/accounts/${ACCOUNT}`)).body.id);
    expect((await Promise.all(nine)).map((a) => a.status).sort()).toEqual([...Array(8).fill(200), 429]);
  });

  it('LOAD-01 bad signatures without end cost the database a bounded number of reads, and a phone at the same address goes on', async () => {
    await using asked = await aPhoneHouse();
    const { h, phone } = asked;
    const read = vi.spyOn(h.house.db, 'query');
    const stranger = (n: number) =>
      h.call('GET', '/v1/app/approvals', undefined, {
        authorization: '',
        'hufu-phone': `phn_${String(n).padStart(20, '0')}`,
        'hufu-time': String(h.clock.now),
        'hufu-signature': 'A'.repeat(86),
      });
    for (let n = 0; n < 60; n++) expect((await stranger(n)).body.code).toBe('signature-invalid');
    const flood = await Promise.all(Array.from({ length: 300 }, (_, n) => stranger(1000 + n)));
    expect(flood.filter(({ status }) => status === 429).length).toBeGreaterThan(270);
    expect(read.mock.calls.filter(([sql]) => sql.includes('FROM phones')).length).toBeLessThan(90);
    read.mockRestore();
    expect((await signed(h, phone, 'GET', '/v1/app/approvals')).status).toBe(200);
  });

  it('KEY-05 LOAD-01 bad keys without end cost the database a bounded number of reads, and a good one from the same address gets in', async () => {
    await using h = await aHouse();
    const read = vi.spyOn(h.house.db, 'query');
    const bad = (n: number) =>
      h.call('GET', '/v1/accounts', undefined, {
        authorization: `Bearer hufu_key_${String(n).padStart(20, '0')}.${'a'.repeat(32)}`,
      });
    const statuses: number[] = [];
    for (let n = 0; n < 70; n++) statuses.push((await bad(n)).status);
    const flood = await Promise.all(Array.from({ length: 400 }, (_, n) => bad(1000 + n)));
    statuses.push(...flood.map((a) => a.status));
    expect(statuses.slice(0, 60).every((s) => s === 401)).toBe(true);
    expect(statuses.slice(-100).every((s) => s === 429)).toBe(true);
    expect(read.mock.calls.filter(([sql]) => sql.includes('FROM api_keys')).length).toBeLessThan(200);
    expect((await h.call('GET', '/v1/accounts')).status).toBe(200);
  });

  it('LOAD-02 an import from nobody is refused before its body is read', async () => {
    await using h = await aHouse();
    const send = (authorization: string, payload: string) =>
      h.app.inject({
        method: 'POST',
        url: '/v1/accounts:import',
        headers: { authorization, 'content-type': 'application/json' },
        payload,
      });
    const none = await send('Bearer hufu_nothing', '{'.repeat(1_000_000));
    expect([none.statusCode, none.json().code, none.headers['connection']]).toEqual([401, 'unauthenticated', 'close']);
    const weak = await send(`Bearer ${await h.key({ scopes: ['logins:write'] })}`, '{');
    expect([weak.statusCode, weak.json().code]).toEqual([403, 'missing-scope']);
    expect((await send(`Bearer ${h.token}`, '{')).statusCode).toBe(400);
    const right = await send(`Bearer ${h.token}`, JSON.stringify({ accounts: [{ account: '700001' }] }));
    expect(right.json()).toMatchObject({ created: 1 });
  });

  it('ENR-04 bindings begun and dropped are bounded for one account, and clear themselves away', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const login = await aLogin(h, '700001');
    const begin = (id: string) => h.call('POST', `/v1/logins/${id}/bindings`, { type: 'totp' });
    const rows = async () =>
      Number((await h.house.db.query(`SELECT count(*) AS n FROM authenticators WHERE type = 'totp'`, {}))[0]?.['n']);
    for (let n = 0; n < 10; n++) {
      expect((await begin(login.id)).status).toBe(201);
      h.pass(1);
    }
    // Another login of the account is no way round it.
    const other = await aLogin(h, '700001');
    for (const id of [login.id, other.id])
      expect(await begin(id)).toMatchObject({ status: 429, body: { code: 'throttled', retryAfter: 590 } });
    expect(await rows()).toBe(10);
    h.pass(596);
    expect((await begin((await aLogin(h, '700001')).id)).status).toBe(201);
    expect(await rows()).toBeLessThan(10);
  });
});
