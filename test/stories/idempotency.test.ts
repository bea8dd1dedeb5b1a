// A request with a name is done once (draft-ietf-httpapi-idempotency-key-header): repeats get the first answer, on every node.
import { describe, expect, it, vi } from 'vitest';
import { idempotencyStore } from '../../src/storage/idempotency.ts';
import { type Answer, aHouse, aLogin, bindTotp, codeOf, STAR_95, type TestHouse } from '../kit.ts';
import { doors } from './doors.ts';

const named = (
  h: TestHouse,
  name: string,
  method: string,
  path: string,
  body: unknown,
  key?: string,
): Promise<Answer> =>
  h.call(method, path, body, {
    'idempotency-key': name,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  });
const START = { account: '700001', client: STAR_95, firstFactor: 'verified' };
const count = async (h: TestHouse, table: string): Promise<number> =>
  Number((await h.house.db.query(`SELECT COUNT(*) AS n FROM ${table}`, {}))[0]?.['n']);

describe('Idempotency-Key', () => {
  it('IN-1.1 a repeat gets the same answer and does nothing more', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const first = await named(h, 'a-1', 'POST', '/v1/logins', START);
    const again = await named(h, 'a-1', 'POST', '/v1/logins', START);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(await count(h, 'challenges')).toBe(1);
    expect((await named(h, 'a-2', 'POST', '/v1/logins', START)).body.id).not.toBe(first.body.id);
  });

  it('IN-1.1 a satisfied verification is told again, not verified again; a wrong code is counted once', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { uri } = await bindTotp(h, '700001');
    h.pass(30);
    const login = await aLogin(h, '700001');
    const path = `/v1/logins/${login.id}/verify`;
    const code = codeOf(uri, h.clock.now);
    const wrong = await named(h, 'w', 'POST', path, { output: code === '111111' ? '222222' : '111111' });
    const wrongAgain = await named(h, 'w', 'POST', path, { output: code === '111111' ? '222222' : '111111' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'verification-failed' } });
    expect(wrongAgain.body).toEqual(wrong.body);
    expect(wrongAgain.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect((await h.audit()).filter((e) => e.event === 'output.rejected')).toHaveLength(1);
    const right = await named(h, 'r', 'POST', path, { output: code });
    const rightAgain = await named(h, 'r', 'POST', path, { output: code });
    expect(right).toMatchObject({ status: 200, body: { status: 'satisfied' } });
    expect(rightAgain.body).toEqual(right.body);
    expect(await named(h, 'r2', 'POST', path, { output: code })).toMatchObject({
      status: 409,
      body: { code: 'closed' },
    });
  });

  it('IN-1.1 the name of one request is refused for another: other body, other path', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await named(h, 'a', 'POST', '/v1/logins', START);
    for (const [path, body] of [
      ['/v1/logins', { ...START, locale: 'en' }],
      [`/v1/logins/${login.body.id}/send`, {}],
    ] as const)
      expect(await named(h, 'a', 'POST', path, body)).toMatchObject({
        status: 422,
        body: { code: 'idempotency-key-reused' },
      });
  });

  it('IN-1.1 names belong to an API key: another key, of this tenant or another, has its own', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const other = await h.key();
    const first = await named(h, 'a', 'POST', '/v1/logins', START);
    const second = await named(h, 'a', 'POST', '/v1/logins', START, other);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('KEY-01 a revoked key gets no stored answer', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const key = await h.key();
    expect((await named(h, 'a', 'POST', '/v1/logins', START, key)).status).toBe(201);
    await h.house.db.commit('t1', [
      {
        sql: 'UPDATE api_keys SET revoked_at = @now WHERE id = @id',
        rows: 'one',
        values: { id: key.slice(5).split('.')[0]! },
      },
    ]);
    expect((await named(h, 'a', 'POST', '/v1/logins', START, key)).status).toBe(401);
  });

  it('IN-1.1 two at once have one effect: one is done, the other is told to ask again', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const both = await Promise.all([1, 2, 3, 4].map(() => named(h, 'a', 'POST', '/v1/logins', START)));
    expect(both.filter((a) => a.status === 201 && a.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    for (const a of both) expect(a.status === 201 || a.body.code === 'request-in-progress').toBe(true);
    expect(await count(h, 'challenges')).toBe(1);
  });

  it('IN-1.1 a claim whose process died is in progress for a minute, then free', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await named(h, 'a', 'POST', '/v1/logins', START);
    // As a crash leaves it: claimed, not answered.
    await h.house.db.commit('t1', [
      { sql: 'UPDATE idempotency SET status = NULL, body = NULL', rows: 'one', values: {} },
    ]);
    expect(await named(h, 'a', 'POST', '/v1/logins', START)).toMatchObject({
      status: 409,
      body: { code: 'request-in-progress' },
    });
    h.pass(61);
    const two = await Promise.all([1, 2].map(() => named(h, 'a', 'POST', '/v1/logins', START)));
    expect(two.map((a) => a.status).sort()).toSatisfy((s: number[]) => s[0] === 201 && (s[1] === 201 || s[1] === 409));
    expect(await count(h, 'challenges')).toBe(2);
  });

  it('IN-1.1 one that took over a minute keeps no answer for, and takes no name from, whoever has the name by then', async () => {
    await using h = await aHouse();
    const store = idempotencyStore(h.house.db, h.house.keys);
    const owner = { keyId: 'key_test', tenantId: h.tenant };
    const claimed = async (): Promise<string> => {
      const claim = await store.claim(owner, 'a', 'same');
      if (claim.kind !== 'new') throw new Error(claim.kind);
      return claim.claim;
    };
    const slow = await claimed();
    h.pass(61);
    const second = await claimed();
    await store.finish(owner, 'a', slow, 201, '"slow"');
    await store.release(owner, 'a', slow);
    expect(await store.claim(owner, 'a', 'same')).toEqual({ kind: 'busy' });
    await store.finish(owner, 'a', second, 201, '"second"');
    await store.finish(owner, 'a', slow, 500, '"slow"');
    expect(await store.claim(owner, 'a', 'same')).toEqual({ kind: 'known', status: 201, body: '"second"' });
  });

  it('IN-1.1 secrets are shown once: the repeat says so, and nothing of them is kept', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await h.call('POST', `/v1/logins/${login.id}/verify`, { output: await h.smsCode() });
    const body = { type: 'totp', client: STAR_95 };
    const first = await named(h, 'b', 'POST', '/v1/accounts/700001/bindings', body);
    expect(first).toMatchObject({ status: 201, body: { uri: expect.stringMatching(/^otpauth:/) } });
    expect(await named(h, 'b', 'POST', '/v1/accounts/700001/bindings', body)).toMatchObject({
      status: 409,
      body: { code: 'shown-once' },
    });
    const kept = JSON.stringify(await h.house.db.query('SELECT * FROM idempotency', {}));
    expect(kept).not.toContain(/secret=([A-Z2-7]+)/.exec(first.body.uri)![1]);
    // A refused start holds no secret: it is repeated as it was.
    const refused = await named(h, 'c', 'POST', '/v1/accounts/799999/bindings', body);
    expect((await named(h, 'c', 'POST', '/v1/accounts/799999/bindings', body)).body).toEqual(refused.body);
  });

  it('IN-1.1 what is kept is sealed: no assertion, no name, no way to guess the password from its fingerprint', async () => {
    await using h = await aHouse({ preset: 'star-rollout' });
    await h.account('700001', { password: 'correct horse' });
    const { uri } = await bindTotp(h, '700001');
    h.pass(30);
    const started = await named(h, 'p', 'POST', '/v1/logins', { ...START, firstFactor: { password: 'correct horse' } });
    expect(started.status).toBe(201);
    const done = await named(h, 'v', 'POST', `/v1/logins/${started.body.id}/verify`, {
      output: codeOf(uri, h.clock.now),
    });
    expect(done.body.status).toBe('satisfied');
    const rows = await h.house.db.query('SELECT * FROM idempotency', {});
    const kept = JSON.stringify(rows);
    for (const secret of [
      done.body.assertion,
      done.body.assertion.split('.')[1],
      started.body.id,
      '700001',
      'correct horse',
    ])
      expect(kept).not.toContain(secret);
    // Moved to another name, a sealed answer does not open, and nobody is told it.
    await h.house.db.commit('t1', [
      {
        sql: "UPDATE idempotency SET body = (SELECT body FROM idempotency WHERE name = 'v') WHERE name = 'p'",
        rows: 'one',
        values: {},
      },
    ]);
    const moved = await named(h, 'p', 'POST', '/v1/logins', { ...START, firstFactor: { password: 'correct horse' } });
    expect(moved.status).toBe(503);
    expect(JSON.stringify(moved.body)).not.toContain('eyJ');
  });

  it('IN-1.1 "not now" is not kept: the same request is let in when its time has come', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    expect((await h.call('POST', `/v1/logins/${login.id}/send`, {})).status).toBe(202);
    const soon = await named(h, 's', 'POST', `/v1/logins/${login.id}/send`, {});
    expect(soon).toMatchObject({ status: 429, body: { code: 'resend-too-soon' } });
    h.pass(soon.body.retryAfter);
    expect((await named(h, 's', 'POST', `/v1/logins/${login.id}/send`, {})).status).toBe(202);
  });

  it('IN-1.1 a fault is not kept either', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const { store } = h.house.ports;
    const fail = vi.spyOn(store, 'commit').mockRejectedValueOnce(new Error('disk gone'));
    const first = await named(h, 'f', 'POST', '/v1/logins', START);
    fail.mockRestore();
    expect(first.status).toBeGreaterThanOrEqual(500);
    expect(await count(h, 'idempotency')).toBe(0);
    expect((await named(h, 'f', 'POST', '/v1/logins', START)).status).toBe(201);
  });

  it('IN-1.1 a name is free again after a day, and old rows go', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const first = await named(h, 'a', 'POST', '/v1/logins', START);
    h.pass(24 * 3600 - 1);
    expect((await named(h, 'a', 'POST', '/v1/logins', START)).body.id).toBe(first.body.id);
    h.pass(2);
    expect((await named(h, 'a', 'POST', '/v1/logins', { ...START, locale: 'en' })).body.id).not.toBe(first.body.id);
  });

  it('IN-1.1 every POST takes a name, and answers it the same twice', async () => {
    await using h = await aHouse();
    const { doors: all } = await doors(h);
    for (const door of all.filter((d) => d.method === 'POST')) {
      const first = await named(h, `every-${door.name}`, 'POST', door.url, door.body);
      const again = await named(h, `every-${door.name}`, 'POST', door.url, door.body);
      expect(first.status, door.name).toBeLessThan(500);
      if (again.body.code === 'shown-once') expect(first.status).toBe(201);
      else
        expect({ status: again.status, body: { ...again.body, instance: '' } }, door.name).toEqual({
          status: first.status,
          body: { ...first.body, instance: '' },
        });
    }
  });
});
