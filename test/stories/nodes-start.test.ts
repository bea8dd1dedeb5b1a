// Starting: several nodes at once on one database, and what a server refuses to start on, in plain words.
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { aServer, aTenant, call, codeNow, type Place, type ServerProcess } from './nodes-kit.ts';

describe('starting', () => {
  let server: TestPostgres;
  const folders: string[] = [];
  const aFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-start-'));
    folders.push(folder);
    return folder;
  };
  beforeAll(async () => {
    server = await aPostgres();
  });
  afterAll(async () => {
    await server.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** Three servers started together; all of them ready. */
  const threeAtOnce = async (
    place: Place,
    use: (node: ServerProcess, n: number) => Promise<void> = async () => {},
  ): Promise<void> => {
    const nodes = await Promise.all([aServer(place), aServer(place), aServer(place)]);
    for (const [n, node] of nodes.entries()) {
      expect((await fetch(`${node.url}/readyz`)).status).toBe(200);
      await use(node, n);
    }
    await Promise.all(nodes.map((node) => node.stop()));
  };

  it('NF-3 STO-15 three processes starting at once on an empty PostgreSQL all come up, with one key file among them', {
    timeout: 120_000,
  }, async () => {
    const place: Place = { folder: aFolder(), postgres: await server.database() };
    await threeAtOnce(place);
    expect(readdirSync(place.folder).filter((name) => name.startsWith('hufu.keys'))).toEqual(['hufu.keys']);
    // What one of them seals the others can open; and all come up as well on a database that is there already, with rows in it.
    const tenant = await aTenant(place);
    const people = await tenant.people(3);
    await threeAtOnce(place, async (node, n) => {
      const [login] = await tenant.logins(people[n]!, 1);
      const told = await call(node, tenant.token, `/v1/logins/${login}/verify`, { output: codeNow(people[n]!) });
      expect(told.status).toBe(200);
    });
    await tenant.close();
  });

  it('NF-4 a PostgreSQL that may forget what it committed is refused', async () => {
    const postgres = await server.database();
    const client = new pg.Client({ connectionString: postgres });
    await client.connect();
    await client.query(`ALTER DATABASE ${new URL(postgres).pathname.slice(1)} SET synchronous_commit = off`);
    await client.end();
    await expect(aServer({ folder: aFolder(), postgres })).rejects.toThrow(/synchronous_commit/);
  });

  it('NF-5 a key file that others may read is refused, and so is a damaged one', async () => {
    const folder = aFolder();
    await (await aServer({ folder })).stop();
    chmodSync(join(folder, 'hufu.keys'), 0o644);
    await expect(aServer({ folder })).rejects.toThrow(/can be read by others \(mode 644\): run chmod 600/);
    chmodSync(join(folder, 'hufu.keys'), 0o600);
    writeFileSync(join(folder, 'hufu.keys'), '{"hufu":');
    await expect(aServer({ folder })).rejects.toThrow(/key file .* is damaged: restore it from its backup/);
  });

  it('NF-3 a PostgreSQL that cannot be reached is named at the start, without its password', async () => {
    const started = aServer({ folder: aFolder(), postgres: 'postgres://hufu:hunter2secret@127.0.0.1:9/none' });
    await expect(started).rejects.toThrow(/ECONNREFUSED/);
    await expect(started).rejects.not.toThrow(/hunter2secret/);
  });
});
