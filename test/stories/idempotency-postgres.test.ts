// Named requests on PostgreSQL: the same claims, as rows that two nodes share.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse, STAR_95, type TestHouse } from '../kit.ts';
import { aPostgres } from '../postgres.ts';

let server: Awaited<ReturnType<typeof aPostgres>>;
beforeAll(async () => {
  server = await aPostgres();
});
afterAll(() => server.close());

const start = (h: TestHouse) =>
  h.call(
    'POST',
    '/v1/logins',
    { account: '700001', client: STAR_95, firstFactor: 'verified' },
    { 'idempotency-key': 'a' },
  );

describe('Idempotency-Key on PostgreSQL', () => {
  it('IN-1.1 is claimed once, repeated for a day, free after a crash and after a day', async () => {
    await using h = await aHouse({ database: { postgres: await server.database() } });
    await h.account('700001');
    const both = await Promise.all([start(h), start(h)]);
    expect(both.filter((a) => a.status === 201 && a.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    const first = await start(h);
    expect(first).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    h.pass(24 * 3600 + 1);
    const second = await start(h);
    expect(second.body.id).not.toBe(first.body.id);
    await h.house.db.commit('t1', [
      { sql: 'UPDATE idempotency SET status = NULL, body = NULL', rows: 'one', values: {} },
    ]);
    expect(await start(h)).toMatchObject({ status: 409, body: { code: 'request-in-progress' } });
    h.pass(61);
    expect((await start(h)).status).toBe(201);
  });

  it('ES-1.1 NUL, which PostgreSQL cannot hold, is refused before it gets there', async () => {
    await using h = await aHouse({ database: { postgres: await server.database() } });
    await h.account('700001');
    const put = await h.call('PUT', '/v1/accounts/700001', { name: 'a\u0000b' });
    expect(put).toMatchObject({ status: 400, body: { code: 'invalid-request', errors: [{ at: '/name' }] } });
    expect((await h.call('GET', '/v1/accounts?after=a%00b')).status).toBe(400);
    expect((await h.call('GET', '/v1/accounts/a%00b')).status).toBe(400);
  });
});
