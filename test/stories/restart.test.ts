// A killed server that comes up again knows everything it told: what limits and refuses people lives in the database, nowhere else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { revokeKey } from '../../src/flows/registry.ts';
import { aPostgres } from '../postgres.ts';
import { aServer, aTenant, call, codeNow, ONLY_TOTP, type Place, type ServerProcess, type Told } from './nodes-kit.ts';

const POLICY = `${ONLY_TOTP}\nthrottle: { delaysSeconds: [0, 0, 900], freezeAfter: 4 }\n`;

/** Everything that stands against somebody, told before the kill and held against what is told after it. */
async function nothingForgotten(place: Place, between: () => Promise<void>): Promise<void> {
  const tenant = await aTenant(place, POLICY);
  const revoked = await aTenant(place, POLICY);
  const [user, guesser, counted, frozen, removed] = await tenant.people(5);
  if (!user || !guesser || !counted || !frozen || !removed) throw new Error('five people');
  const login = new Map(
    await Promise.all(
      [user, guesser, counted, frozen, removed].map(async (one) => [one, await tenant.logins(one, 4)] as const),
    ),
  );
  for (let n = 1; n <= 4; n++)
    await tenant.house.ports.store.commit(frozen.accountId, [
      { op: 'count-failure', scope: frozen.authenticatorId, n },
    ]);

  let server: ServerProcess = await aServer(place);
  const present = (one: typeof user, nth: number, output: string): Promise<Told> =>
    call(server, tenant.token, `/v1/logins/${login.get(one)?.[nth]}/verify`, { output });
  const code = codeNow(user);
  expect((await present(user, 0, code)).status).toBe(200);
  for (const n of [0, 1, 2]) expect((await present(guesser, n, '12')).status).toBe(422);
  expect((await present(counted, 0, '12')).body).toMatchObject({ code: 'verification-failed', attemptsLeft: 3 });
  const seen = `/v1/accounts/${removed.account}`;
  expect((await call(server, revoked.token, seen)).status).toBe(200);
  const gone = { reason: 'lost', operator: 'op' };
  expect((await call(server, tenant.token, `/v1/console/accounts/${removed.account}/unbind`, gone)).status).toBe(200);
  expect((await revokeKey(revoked.house.ports, { tenantId: 't1', id: revoked.keyId, actor: 'test' })).kind).toBe(
    'revoked',
  );
  await Promise.all([tenant.close(), revoked.close()]);

  const stands = async (): Promise<unknown> => ({
    used: (await present(user, 1, code)).body['code'],
    waiting: (await present(guesser, 3, codeNow(guesser))).body['code'],
    frozen: (await present(frozen, 0, codeNow(frozen))).body['code'],
    removed: (await present(removed, 0, codeNow(removed))).body['code'],
    revoked: (await call(server, revoked.token, seen)).status,
  });
  const told = { used: 'verification-failed', waiting: 'throttled', frozen: 'frozen', removed: 'closed', revoked: 401 };
  expect(await stands()).toEqual(told);
  await server.kill();
  await between();
  server = await aServer(place);
  expect(await stands()).toEqual(told);
  expect((await present(counted, 1, '12')).body).toMatchObject({ code: 'verification-failed', attemptsLeft: 2 });
  await server.stop();
}

describe('a restart after kill -9', () => {
  it('STO-10 forgets nothing on SQLite: used codes, waits, freezes, tries counted, removed methods, revoked keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-restart-'));
    await nothingForgotten({ folder }, () => Promise.resolve());
    rmSync(folder, { recursive: true, force: true });
  });

  it('STO-10 forgets nothing on PostgreSQL, which is killed and started again with it', async () => {
    await using server = await aPostgres();
    const folder = mkdtempSync(join(tmpdir(), 'hufu-restart-'));
    await nothingForgotten({ folder, postgres: await server.database() }, async () => {
      await server.crash();
      await server.start();
    });
    rmSync(folder, { recursive: true, force: true });
  });
});
