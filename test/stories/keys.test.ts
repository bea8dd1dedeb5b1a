// Rotating every key while people log in and bind, killed half-way and resumed; and what the keys from before are then worth.

import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKeyFile } from '../../src/storage/key-file.ts';
import { keyring } from '../../src/storage/keyring.ts';
import { holdLock } from '../../src/storage/lock.ts';
import { keyStatus, retireKey, rotateKeys, SEALED } from '../../src/storage/rotate.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { aHouse, aLogin, bindTotp, codeOf, type TestHouse, verify } from '../kit.ts';
import { aFolder, api, aServer, hufu, start } from './cli-kit.ts';

const onDisk = (folder: string) => aHouse({ folder, database: { sqlite: join(folder, 'hufu.db') } });
/** Accounts with a phone each: one sealed row an account. */
async function fill(h: TestHouse, count: number): Promise<void> {
  for (let at = 0; at < count; at += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        h.account(`a${at + i}`, { phone: `+85291${String(at + i).padStart(6, '0')}` }),
      ),
    );
}
const rotate = (h: TestHouse) => rotateKeys(h.house.db, h.house.keyFile, h.house.keys, { actor: 'test' });
const sealedRows = async (h: TestHouse) =>
  h.house.db.query(
    'SELECT account_id, id, sealed, sealed_by FROM authenticators WHERE length(sealed) > 0 ORDER BY id',
    {},
  );

describe('NF-5 keys rotate while running', () => {
  it('STO-07 verifying and binding beside it sees no error, and every row ends under the new key', async () => {
    using folder = aFolder();
    await using serving = await onDisk(folder.path);
    await fill(serving, 600);
    const bound = [];
    for (let i = 0; i < 4; i++) bound.push(await bindTotp(serving, `a${i}`));
    const before = await sealedRows(serving);

    // The rotating process has a database handle, a key file and a keyring of its own; the serving one learns of the new keys by meeting them.
    const db = openSqlite(join(folder.path, 'hufu.db'), () => serving.clock.now);
    const file = openKeyFile(join(folder.path, 'hufu.keys'));
    const rotating = { isOver: false };
    const done = rotateKeys(db, file, keyring(db, file), { actor: 'test' }).finally(() => (rotating.isOver = true));
    const statuses: number[] = [];
    let n = 4;
    let rounds = 0;
    while (!rotating.isOver || rounds < 3) {
      rounds++;
      serving.pass(30);
      for (const [i, { uri }] of bound.entries()) {
        const login = await aLogin(serving, `a${i}`);
        statuses.push((await verify(serving, login.id, codeOf(uri, serving.clock.now))).status);
      }
      await bindTotp(serving, `a${n++}`);
    }
    const rotation = await done;
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(rotation).toMatchObject({
      resumed: false,
      tenants: 1,
      damaged: [],
      retired: [expect.stringMatching(/^kek_/)],
    });
    expect(rotation.rows).toBeGreaterThanOrEqual(before.length);

    // What was sealed under the old data key meanwhile was found, and what is bound from now on is under the new one.
    expect((await keyStatus(db, file)).staleRows).toBe(0);
    await bindTotp(serving, `a${n}`);
    expect((await keyStatus(db, file)).staleRows).toBe(0);
    const after = new Map((await sealedRows(serving)).map((row) => [row['id'], row]));
    for (const row of before) {
      const now = after.get(row['id']);
      expect(now?.['sealed_by']).not.toBe(row['sealed_by']);
      expect(Buffer.from(now?.['sealed'] as Uint8Array).equals(Buffer.from(row['sealed'] as Uint8Array))).toBe(false);
    }
    // A secret copied to another row still does not open: the associated data is that of its row (STO-05).
    const [one, other] = [...after.values()];
    await db.run([
      {
        sql: 'UPDATE authenticators SET sealed = @sealed WHERE account_id = @account AND id = @id',
        rows: 'any',
        values: {
          sealed: one?.['sealed'] as Uint8Array,
          account: String(other?.['account_id']),
          id: String(other?.['id']),
        },
      },
    ]);
    const again = await rotateKeys(db, file, keyring(db, file), { actor: 'test' });
    expect(again.damaged).toEqual([`authenticators ${String(other?.['account_id'])} ${String(other?.['id'])}`]);
    await db.close();
  });

  it('STO-07 a serving process and hufu keys rotate, side by side: binding and verifying over HTTP meet no error', async () => {
    using folder = aFolder();
    const at = (...args: string[]) => hufu('--data', folder.path, '--json', ...args);
    await at('tenant', 'create', 'star', '--preset', 'star-rollout');
    await at('policy', 'phase', 'totp-only');
    const rows = Array.from({ length: 4000 }, (_, i) => `a${i},+85291${String(i).padStart(6, '0')}`);
    writeFileSync(join(folder.path, 'a.csv'), `account,phone\n${rows.join('\n')}\n`);
    expect(await at('account', 'import', join(folder.path, 'a.csv'))).toMatchObject({ code: 0 });
    const token = (await at('api-key', 'create', '--name', 'load', '--scope', 'all')).json.token as string;
    await using server = await aServer(folder.path);
    const call = (method: string, path: string, body?: unknown) => api(server.url, token, method, path, body);
    const login = (account: string) =>
      call('POST', '/v1/logins', { account, client: { id: 'star-9.5', version: '9.5.8.5' }, firstFactor: 'verified' });
    /** Binds at login, then opens the secret again for a code that cannot be right. */
    const bindAndTry = async (account: string): Promise<readonly number[]> => {
      const { body } = await login(account);
      const begun = await call('POST', `/v1/logins/${body.id}/bindings`, { type: 'totp' });
      const output = codeOf(begun.body.uri, Date.now());
      const bound = await call('POST', `/v1/logins/${body.id}/bindings/${begun.body.id}/confirm`, { output });
      const second = await login(account);
      const wrong = await call('POST', `/v1/logins/${second.body.id}/verify`, { output });
      return [begun.status, bound.status, second.status, wrong.status];
    };
    const state = { isOver: false };
    const rotating = at('keys', 'rotate').finally(() => (state.isOver = true));
    const seen = new Set<string>();
    let n = 0;
    while (!state.isOver || n < 8)
      seen.add((await Promise.all([0, 1, 2, 3].map(() => bindAndTry(`a${n++}`)))).flat().join());
    expect(await rotating).toMatchObject({ code: 0, json: { damaged: [], retired: [expect.any(String)] } });
    expect([...seen]).toEqual([Array.from({ length: 4 }, () => '201,200,201,422').join()]);
    expect((await at('keys', 'status')).json).toMatchObject({ staleRows: 0, missing: [] });
  });

  it('STO-06 killed half-way, every row is readable; the next run finishes it and the keys from before open nothing', async () => {
    using folder = aFolder();
    const keyFile = join(folder.path, 'hufu.keys');
    const old = join(folder.path, 'old.keys');
    let uri = '';
    {
      await using h = await onDisk(folder.path);
      await fill(h, 3000);
      ({ uri } = await bindTotp(h, 'a1'));
      copyFileSync(keyFile, old);
    }
    const watching = openSqlite(join(folder.path, 'hufu.db'), Date.now);
    const left = async (): Promise<number> =>
      Number(
        (
          await watching.query(
            'SELECT count(*) AS n FROM authenticators WHERE sealed_by NOT IN (SELECT id FROM data_keys WHERE is_current = 1)',
            {},
          )
        )[0]?.['n'],
      );
    const total = Number((await watching.query('SELECT count(*) AS n FROM authenticators', {}))[0]?.['n']);
    const child = start(['--data', folder.path, 'keys', 'rotate']);
    const ended = once(child, 'exit');
    for (;;) {
      const n = await left();
      if (n > 0 && n <= total / 2 + 300) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    const half = await left();
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(total);
    expect(openKeyFile(keyFile).ids()).toHaveLength(2);
    const oldKek = openKeyFile(old).current().id;

    {
      await using h = await onDisk(folder.path);
      h.pass(60);
      const login = await aLogin(h, 'a1');
      expect((await verify(h, login.id, codeOf(uri, h.clock.now))).status).toBe(200);
      for (const row of await sealedRows(h)) await h.house.keys.load([String(row['sealed_by'])]);
    }
    expect(await hufu('--data', folder.path, '--json', 'keys', 'status')).toMatchObject({
      code: 0,
      json: { staleRows: expect.any(Number) },
    });

    const resumed = await hufu('--data', folder.path, '--json', 'keys', 'rotate');
    expect(resumed).toMatchObject({ code: 0, json: { resumed: true, retired: [oldKek], damaged: [] } });
    expect(await left()).toBe(0);
    expect(openKeyFile(keyFile).ids()).toEqual([resumed.json.kek]);
    {
      await using h = await onDisk(folder.path);
      h.pass(90);
      const login = await aLogin(h, 'a1');
      expect((await verify(h, login.id, codeOf(uri, h.clock.now))).status).toBe(200);
      expect((await h.audit()).map((e) => e.event)).toContain('keys.rotated');
    }
    const withOld = keyring(watching, openKeyFile(old));
    await expect(withOld.ready('t1')).rejects.toThrow('restore the key file');
    await watching.close();
  });

  it('STO-06 a key that something is wrapped under is not retired, nor the current one', async () => {
    await using h = await aHouse();
    const { db, keyFile } = h.house;
    const first = keyFile.current().id;
    const second = keyFile.rotate();
    expect(await retireKey(db, keyFile, first)).toEqual({ kind: 'in-use', dataKeys: 1 });
    expect(await retireKey(db, keyFile, second)).toEqual({ kind: 'current' });
    expect(await retireKey(db, keyFile, 'kek_none')).toEqual({ kind: 'unknown' });
    expect(keyFile.ids()).toEqual([first, second]);
    // Prepared and not carried out: the next run carries it out rather than making a third key.
    expect(await rotate(h)).toMatchObject({ kek: second, resumed: true, retired: [first] });
  });

  it('a data key goes only long after nothing is sealed under it', async () => {
    await using h = await aHouse();
    await h.account('1');
    const ids = async () =>
      (await h.house.db.query('SELECT id FROM data_keys ORDER BY created_at', {})).map((row) => row['id']);
    const [first] = await ids();
    await rotate(h);
    expect(await ids()).toHaveLength(2);
    await rotate(h);
    expect(await ids()).toHaveLength(3);
    h.pass(25 * 3600 + 1);
    await rotate(h);
    expect(await ids()).toHaveLength(2);
    expect(await ids()).not.toContain(first);
  });

  it('a serving process seals under the new data key as soon as another process has made it', async () => {
    using folder = aFolder();
    await using h = await onDisk(folder.path);
    const other = openSqlite(join(folder.path, 'hufu.db'), () => h.clock.now);
    const made = await keyring(other, openKeyFile(join(folder.path, 'hufu.keys'))).renew('t1');
    await other.close();
    await h.account('new');
    expect((await sealedRows(h)).map((row) => row['sealed_by'])).toEqual([made]);
  });

  it('two rotations at once are one', async () => {
    await using h = await aHouse();
    using _held = holdLock(`${h.house.keyFile.path}.lock`, 'busy');
    await expect(rotate(h)).rejects.toThrow('another rotation is running');
    expect(h.house.keyFile.ids()).toHaveLength(1);
  });

  it('messages that wait and signing keys are sealed anew too', async () => {
    await using h = await aHouse();
    await h.account('1');
    const login = await aLogin(h, '1');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    await h.house.signing.signer('t1');
    await rotate(h);
    const [row] = await h.house.db.query(
      `SELECT (SELECT count(*) FROM outbox WHERE text_sealed IS NOT NULL AND sealed_by IN (SELECT id FROM data_keys WHERE is_current = 1)) AS waiting,
              (SELECT count(*) FROM signing_keys WHERE sealed_by IN (SELECT id FROM data_keys WHERE is_current = 1)) AS signing`,
      {},
    );
    expect(row).toEqual({ waiting: 1, signing: 1 });
    expect((await verify(h, login.id, await h.smsCode())).status).toBe(200);
  });

  it('NF-5 OIDC-06 a signing key that was retired is published by the provider for a day, and among ours for good; it is on record', async () => {
    await using h = await aHouse();
    const { signing } = h.house;
    const before = await signing.signer('t1');
    const both = await Promise.all([signing.rotate('t1', 'one'), signing.rotate('t1', 'two')]);
    const now = (await signing.signer('t1')).id;
    expect(now).not.toBe(before.id);
    expect(both.map(({ id }) => id)).toContain(now);
    const kids = async (): Promise<unknown[]> => (await signing.privateJwks('t1')).map(({ kid }) => kid);
    expect(await kids()).toHaveLength(3);
    expect((await kids())[0]).toBe(now);
    expect(await h.house.db.query('SELECT id FROM signing_keys WHERE retired_at IS NULL', {})).toEqual([{ id: now }]);
    h.pass(86_401);
    expect(await kids()).toEqual([now]);
    expect((await signing.jwks()).map(({ kid }) => kid)).toContain(before.id);
    expect((await h.audit()).filter(({ event }) => event === 'signing-key.rotated')).toHaveLength(2);
  });

  it('no table with sealed rows is left out', async () => {
    await using h = await aHouse();
    const tables = await h.house.db.query(
      `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'sealed_by' WHERE m.type = 'table' ORDER BY m.name`,
      {},
    );
    expect(tables.map((t) => t['name'])).toEqual(SEALED.map((s) => s.table).sort());
  });

  it('keys never leave the key file: it is private, and status names only ids', async () => {
    using folder = aFolder();
    await hufu('--data', folder.path, 'tenant', 'create', 't', '--preset', 'mail');
    const { keys } = JSON.parse(readFileSync(join(folder.path, 'hufu.keys'), 'utf8')) as {
      keys: Record<string, string>;
    };
    const status = await hufu('--data', folder.path, 'keys', 'status');
    expect((await hufu('--data', folder.path, 'keys', 'rotate-signing')).out).toMatch(
      /^sig_\S+ signs for t now; sig_\S+ is retired/,
    );
    for (const [id, key] of Object.entries(keys)) {
      expect(status.out).toContain(id);
      expect(status.out).not.toContain(key);
    }
  });
});
