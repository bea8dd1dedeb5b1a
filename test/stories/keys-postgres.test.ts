// The same keys on PostgreSQL, with two nodes: rotation beside serving, revocation within a second, and the step after a restore.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeKey } from '../../src/flows/registry.ts';
import { markRestored } from '../../src/storage/restored.ts';
import { keyStatus, rotateKeys } from '../../src/storage/rotate.ts';
import { aHouse, aLogin, bindTotp, codeOf, NINE, verify } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

describe('two nodes on one PostgreSQL', () => {
  let server: TestPostgres;
  const folder = mkdtempSync(join(tmpdir(), 'hufu-keys-'));
  beforeAll(async () => {
    server = await aPostgres();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('NF-5 STO-07 one rotates while the other verifies and binds; STO-08 then one marks a restore and both follow', async () => {
    const database = { postgres: await server.database() };
    await using one = await aHouse({ folder, database });
    await using two = await aHouse({ folder, database, now: NINE });
    for (let at = 0; at < 400; at += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          two.account(`a${at + i}`, { phone: `+85291230${String(at + i).padStart(3, '0')}` }),
        ),
      );
    const { uri } = await bindTotp(two, 'a0');
    const state = { isOver: false };
    const rotating = rotateKeys(one.house.db, one.house.keyFile, one.house.keys, { actor: 'test' }).finally(
      () => (state.isOver = true),
    );
    const statuses: number[] = [];
    for (let n = 1; !state.isOver || n < 4; n++) {
      two.pass(30);
      one.pass(30);
      statuses.push((await verify(two, (await aLogin(two, 'a0')).id, codeOf(uri, two.clock.now))).status);
      await bindTotp(two, `a${n}`);
    }
    const done = await rotating;
    expect(done).toMatchObject({ damaged: [], retired: [expect.any(String)] });
    expect(done.rows).toBeGreaterThanOrEqual(400);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await keyStatus(one.house.db, one.house.keyFile)).staleRows).toBe(0);

    const spent = await aLogin(two, 'a0');
    await markRestored(one.house.db, 'test', { backup: 'other' });
    expect((await verify(two, spent.id, '123456')).status).toBe(404);
    two.pass(30);
    one.pass(30);
    expect((await verify(two, (await aLogin(two, 'a0')).id, codeOf(uri, two.clock.now))).status).toBe(422);
    two.pass(30);
    one.pass(30);
    expect((await verify(two, (await aLogin(two, 'a0')).id, codeOf(uri, two.clock.now))).status).toBe(200);
  });

  it('KEY-01 a revoked key is refused within a second', async () => {
    const database = { postgres: await server.database() };
    await using one = await aHouse({ folder: mkdtempSync(join(folder, 'k')), database });
    await one.account('1');
    const token = await one.key();
    const get = () => one.call('GET', '/v1/accounts/1', undefined, { authorization: `Bearer ${token}` });
    expect((await get()).status).toBe(200);
    await revokeKey(one.house.ports, { tenantId: 't1', id: token.slice(5).split('.')[0]!, actor: 'test' });
    one.pass(1.001);
    expect((await get()).status).toBe(401);
  });
});
