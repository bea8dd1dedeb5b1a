// A backup of a serving house, and its way back an hour later: nothing that was used, ended or revoked meanwhile works again.

import { once } from 'node:events';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeBase32 } from '../../src/otp/base32.ts';
import { parseOtpauthUri } from '../../src/otp/otpauth.ts';
import { backupSqlite, restoreSqlite } from '../../src/storage/backup.ts';
import { openKeyFile } from '../../src/storage/key-file.ts';
import { markRestored } from '../../src/storage/restored.ts';
import type { Sqlite } from '../../src/storage/sqlite.ts';
import { aHouse, aLogin, bindTotp, codeOf, STAR_95, type TestHouse, verify } from '../kit.ts';
import { anAppPassword, mailbox, said } from '../mail-kit.ts';
import { aFolder, aServer, hufu, start } from './cli-kit.ts';

const onDisk = (folder: string, now?: number, preset = 'star-rollout') =>
  aHouse({ folder, preset, database: { sqlite: join(folder, 'hufu.db') }, ...(now === undefined ? {} : { now }) });
const quiet = () => {};
function backup(h: TestHouse, folder: string, force = false) {
  const at = new Date(h.clock.now).toISOString();
  return backupSqlite(h.house.db as Sqlite, join(folder, 'hufu.db'), h.house.keyFile, join(folder, 'b.hufu'), {
    force,
    created: at,
    onProgress: quiet,
  });
}
const restore = (folder: string, now: number, more: { force?: boolean } = {}) =>
  restoreSqlite({
    databaseFile: join(folder, 'hufu.db'),
    from: join(folder, 'b.hufu'),
    file: openKeyFile(join(folder, 'hufu.keys')),
    otherKeys: null,
    clock: () => now,
    actor: 'test',
    force: more.force ?? false,
    onProgress: quiet,
  });
/** Binds recovery codes after a fresh login. */
async function recoveryCodes(h: TestHouse, account: string): Promise<readonly string[]> {
  const made = await h.call('POST', `/v1/accounts/${account}/bindings`, { type: 'recovery-code', client: STAR_95 });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.codes as string[];
}

describe('STO-08 a restored house', () => {
  it('refuses codes, recovery codes, devices, keys and bindings that were used or revoked since the backup, and goes on', async () => {
    using folder = aFolder();
    let now: number;
    let used = '';
    let uri = '';
    let gone = '';
    let codes: readonly string[] = [];
    let open = '';
    let revokedKey = '';
    let keptKey = '';
    {
      await using h = await onDisk(folder.path);
      for (const name of ['1', '2', '3']) await h.account(name);
      ({ uri } = await bindTotp(h, '1'));
      codes = await recoveryCodes(h, '1');
      ({ uri: gone } = await bindTotp(h, '2'));
      open = (await aLogin(h, '3')).id;
      revokedKey = await h.key();
      keptKey = await h.key();
      backup(h, folder.path);

      h.pass(1800);
      used = codeOf(uri, h.clock.now);
      const login = await aLogin(h, '1');
      expect((await verify(h, login.id, used)).status).toBe(200);
      const again = await aLogin(h, '1');
      expect((await verify(h, again.id, codes[0]!)).status).toBe(200);
      expect(
        (await h.call('POST', '/v1/console/accounts/2/unbind', { reason: 'phone lost', operator: 'wang' })).status,
      ).toBe(200);
      await h.house.db.run([
        {
          sql: 'UPDATE api_keys SET revoked_at = 1 WHERE id = @id',
          rows: 'any',
          values: { id: revokedKey.slice(5).split('.')[0]! },
        },
      ]);
      await verify(h, (await aLogin(h, '1')).id, '000000');
      now = h.clock.now;
    }
    // Restored within the used code's own window.
    const restored = await restore(folder.path, now);
    expect(restored).toMatchObject({
      recoveryCodes: 1,
      challenges: expect.any(Number),
      replayed: { apiKeys: 1, authenticators: 1 },
    });
    expect(existsSync(restored.kept ?? '')).toBe(true);

    await using h = await onDisk(folder.path, now);
    const replay = await aLogin(h, '1');
    // One failure was counted since the backup: it still counts.
    expect((await verify(h, replay.id, used)).body).toMatchObject({ code: 'verification-failed', attemptsLeft: 8 });
    expect((await verify(h, replay.id, codeOf(uri, now, 1))).body).toMatchObject({ code: 'verification-failed' });
    expect((await verify(h, replay.id, codes[0]!)).body).toMatchObject({ code: 'verification-failed' });
    expect(
      (await h.call('GET', '/v1/accounts/1')).body.authenticators.map((a: { type: string }) => a.type),
    ).not.toContain('recovery-code');
    // The binding removed since the backup stays removed, the key revoked since stays revoked, the login open at the backup is void.
    expect((await h.call('GET', '/v1/accounts/2')).body.authenticators.map((a: { type: string }) => a.type)).toEqual([
      'sms',
    ]);
    expect(gone).toContain('otpauth:');
    expect((await h.call('GET', '/v1/accounts/1', undefined, { authorization: `Bearer ${revokedKey}` })).status).toBe(
      401,
    );
    expect((await h.call('GET', '/v1/accounts/1', undefined, { authorization: `Bearer ${keptKey}` })).status).toBe(200);
    expect((await verify(h, open, '123456')).status).toBe(404);
    expect((await h.audit()).filter((e) => e.event === 'store.restored')).toHaveLength(1);
    // And people get in again with the next code that could not have been used before (once the counted failures are cleared).
    await h.call('POST', '/v1/console/accounts/1/unlock', { reason: 'restored', operator: 'wang' });
    h.pass(60);
    const next = await aLogin(h, '1');
    expect((await verify(h, next.id, codeOf(uri, h.clock.now))).status).toBe(200);
  });

  it('STO-08 names the accounts whose binding, contacts or password were changed around the backup, and no others', async () => {
    using folder = aFolder();
    let now: number;
    {
      await using h = await aHouse({ folder: folder.path, database: { sqlite: join(folder.path, 'hufu.db') } });
      await h.account('long ago');
      await h.call('PUT', '/v1/accounts/long%20ago', { password: 'x' });
      h.pass(25 * 3600);
      for (const name of ['1', '2', '3', '4']) await h.account(name, { phone: `+8529123000${name}` });
      await bindTotp(h, '1');
      await h.call('PUT', '/v1/accounts/2', { name: 'Chan', locale: 'en' });
      h.pass(60);
      backup(h, folder.path);
      h.pass(60);
      await h.call('PUT', '/v1/accounts/3', { phone: '+85291239999', email: 'x@star.example' });
      await h.call('POST', '/v1/console/accounts/1/unbind', { operator: 'x', reason: 'lost' });
      now = h.clock.now;
    }
    const done = await restore(folder.path, now);
    expect(done.changed.map(({ account, what, seen }) => [account, what, seen])).toEqual([
      ['3', ['phone', 'email'], 'after'],
      ['1', ['binding.removed'], 'after'],
      ['1', ['binding.confirmed'], 'before'],
    ]);
    expect(done.isAfterKnown).toBe(true);
    // Restored by other means: what the database itself knows, up to the last thing in it.
    await using again = await aHouse({ folder: folder.path, now, database: { sqlite: join(folder.path, 'hufu.db') } });
    const marked = await markRestored(again.house.db, 'test', { backup: 'other' }, { hours: 48 });
    expect(marked.changed.map((a) => a.account).sort()).toEqual(['1', 'long ago']);
  });

  it('marks a database that was restored by other means', async () => {
    await using h = await aHouse();
    await h.account('1');
    const { uri } = await bindTotp(h, '1');
    h.pass(30);
    const open = await aLogin(h, '1');
    expect(await markRestored(h.house.db, 'test', { backup: 'other' })).toMatchObject({ floor: h.clock.now });
    expect((await verify(h, open.id, codeOf(uri, h.clock.now))).status).toBe(404);
    const login = await aLogin(h, '1');
    expect((await verify(h, login.id, codeOf(uri, h.clock.now))).status).toBe(422);
    h.pass(60);
    expect((await verify(h, (await aLogin(h, '1')).id, codeOf(uri, h.clock.now))).status).toBe(200);
  });

  it('STO-08 CM-5.3 app passwords: those still in force go on, one revoked since stays revoked; without the database from before, all end', async () => {
    for (const isReadable of [true, false]) {
      using folder = aFolder();
      let now: number;
      let passwords: string[];
      {
        await using h = await onDisk(folder.path, undefined, 'mail');
        await h.account('wei');
        const [kept, gone] = [await anAppPassword(h, 'wei'), await anAppPassword(h, 'wei')];
        passwords = [kept.password, gone.password];
        backup(h, folder.path);
        h.pass(60);
        expect((await h.call('DELETE', `/v1/accounts/wei/app-passwords/${gone.id}`)).status).toBe(204);
        now = h.clock.now;
      }
      if (!isReadable) writeFileSync(join(folder.path, 'hufu.db'), 'this is no database');
      const done = await restore(folder.path, now, { force: true });
      expect(done).toMatchObject({ appPasswords: 2, replayed: isReadable ? { appPasswords: 1 } : null });
      await using h = await onDisk(folder.path, now);
      const told = await Promise.all(passwords.map(async (password) => said(await mailbox(h, 'wei')(password))));
      expect(told).toEqual([isReadable ? 'accepted by app-password' : 'credentials', 'credentials']);
    }
  });

  it('keeps a revoked device revoked, and forgets the others', async () => {
    await using h = await aHouse({ preset: 'star-desktop-bind' });
    await h.account('1');
    const { uri } = await bindTotp(h, '1', { id: 'star-9.3', version: '9.3.43.1175' });
    const phone = (deviceId: string) =>
      h.call('POST', '/v1/logins', {
        account: '1',
        client: { id: 'estar-x', version: '3.6.21', deviceId },
        firstFactor: 'verified',
      });
    for (const device of ['lost', 'own']) {
      h.pass(30);
      expect((await verify(h, (await phone(device)).body.id, codeOf(uri, h.clock.now))).body).toMatchObject({
        boundDevice: true,
      });
    }
    const { items } = (await h.call('GET', '/v1/accounts/1/client-devices')).body as { items: { id: string }[] };
    expect(items).toHaveLength(2);
    await h.house.db.run([
      { sql: `UPDATE client_devices SET revoked_at = 1 WHERE device_id = 'lost'`, rows: 'any', values: {} },
    ]);
    await markRestored(h.house.db, 'test', {});
    const left = await h.house.db.query('SELECT device_id FROM client_devices', {});
    expect(left).toEqual([{ device_id: 'lost' }]);
    expect((await phone('lost')).body).toMatchObject({ code: 'device-revoked' });
  });
});

describe('STO-17 a backup', () => {
  it('holds no seed, phone number, name or token in clear, whole or in part', async () => {
    using folder = aFolder();
    await using h = await onDisk(folder.path);
    await h.account('700004', { phone: '+85291237788', email: 'secret@star.example', name: 'Chan Siu Ming' });
    const { uri } = await bindTotp(h, '700004');
    backup(h, folder.path);
    const bytes = readFileSync(join(folder.path, 'b.hufu'));
    const { secret } = parseOtpauthUri(uri);
    const words = [
      '700004',
      '91237788',
      'secret@star.example',
      'Chan Siu',
      'SQLite format',
      'star-rollout',
      encodeBase32(secret),
      h.token.split('.')[1]!,
    ];
    for (const word of words) expect(bytes.includes(word), word).toBe(false);
    expect(bytes.includes(secret)).toBe(false);
    expect(statSync(join(folder.path, 'b.hufu')).mode & 0o077).toBe(0);
    expect(globSync('.hufu-backup-*', { cwd: folder.path })).toEqual([]);
  });

  it('opens only with its key, and not when a byte was changed, cut off or added', async () => {
    using folder = aFolder();
    const file = join(folder.path, 'b.hufu');
    let now: number;
    {
      await using h = await onDisk(folder.path);
      await h.account('1');
      backup(h, folder.path);
      now = h.clock.now;
      expect(() => backup(h, folder.path)).toThrow('exists already');
      backup(h, folder.path, true);
    }
    const good = readFileSync(file);
    const before = readFileSync(join(folder.path, 'hufu.db'));
    const damaged: [string, Buffer][] = [
      ['a byte in the middle', Buffer.from(good.map((byte, i) => (i === good.length >> 1 ? byte ^ 1 : byte)))],
      ['the last chunk cut', good.subarray(0, good.length - 20)],
      ['a byte more', Buffer.concat([good, Buffer.from([0])])],
      ['another header', Buffer.from(good.toString('latin1').replace('"created":"2026', '"created":"2025'), 'latin1')],
      ['something else', Buffer.from('SQLite format 3')],
    ];
    for (const [what, bytes] of damaged) {
      writeFileSync(file, bytes);
      await expect(restore(folder.path, now), what).rejects.toThrow(/damaged|not a Hufu backup/);
    }
    writeFileSync(file, good);
    const keys = readFileSync(join(folder.path, 'hufu.keys'), 'utf8');
    writeFileSync(join(folder.path, 'hufu.keys'), keys.replaceAll('kek_', 'kek_other'));
    await expect(restore(folder.path, now)).rejects.toThrow('which is not in');
    writeFileSync(join(folder.path, 'hufu.keys'), keys);
    // Nothing that failed has touched the database.
    expect(readFileSync(join(folder.path, 'hufu.db')).subarray(100).equals(before.subarray(100))).toBe(true);
    expect(globSync('*.restoring*', { cwd: folder.path })).toEqual([]);
    await restore(folder.path, now);
  });

  it('from before a rotation opens with the key file from then', async () => {
    using folder = aFolder();
    const at = (...args: string[]) => hufu('--data', folder.path, '--json', ...args);
    await at('tenant', 'create', 't', '--preset', 'mail');
    const file = join(folder.path, 'b.hufu');
    expect(await at('backup', file)).toMatchObject({ code: 0 });
    writeFileSync(join(folder.path, 'old.keys'), readFileSync(join(folder.path, 'hufu.keys')), { mode: 0o600 });
    expect(await at('keys', 'rotate')).toMatchObject({ code: 0 });
    expect(await at('restore', file, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('--key-file') });
    expect(await at('restore', file, '--yes', '--key-file', join(folder.path, 'old.keys'))).toMatchObject({ code: 0 });
    expect(await at('keys', 'rotate')).toMatchObject({ code: 0, json: { resumed: true } });
    expect(await at('tenant', 'list')).toMatchObject({ code: 0, json: { items: [{ id: 't' }] } });
  });
});

describe('killed half-way', () => {
  it('STO-17 a backup leaves no file under its name, and the next one sweeps away the copy in clear', async () => {
    using folder = aFolder();
    {
      await using h = await onDisk(folder.path);
      for (let at = 0; at < 2000; at += 100)
        await Promise.all(Array.from({ length: 100 }, (_, i) => h.account(`a${at + i}`, { name: 'x'.repeat(100) })));
    }
    const file = join(folder.path, 'b.hufu');
    const child = start(['--data', folder.path, 'backup', file]);
    const ended = once(child, 'exit');
    while (globSync('.hufu-backup-*', { cwd: folder.path }).length === 0 && child.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(existsSync(file)).toBe(false);
    expect(await hufu('--data', folder.path, 'backup', file)).toMatchObject({ code: 0 });
    expect(globSync('.hufu-backup-*', { cwd: folder.path })).toEqual([]);
  });

  it('NF-4 a restore leaves the old database or the new one, and the next run does it whole', async () => {
    using folder = aFolder();
    {
      await using h = await onDisk(folder.path);
      for (let at = 0; at < 1000; at += 100)
        await Promise.all(Array.from({ length: 100 }, (_, i) => h.account(`a${at + i}`)));
    }
    const at = (...args: string[]) => hufu('--data', folder.path, '--json', ...args);
    const file = join(folder.path, 'b.hufu');
    await at('backup', file);
    const child = start(['--data', folder.path, 'restore', file, '--yes']);
    const ended = once(child, 'exit');
    while (!existsSync(join(folder.path, 'hufu.db.restoring')) && child.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await at('account', 'list', '--limit', '1')).toMatchObject({
      code: 0,
      json: { items: [{ account: 'a0' }] },
    });
    expect(await at('restore', file, '--yes')).toMatchObject({ code: 0 });
    expect(globSync('*.restoring*', { cwd: folder.path })).toEqual([]);
    expect(await at('account', 'list', '--limit', '1')).toMatchObject({ code: 0 });
  });
});

describe('hufu restore', () => {
  it('NF-4 refuses while a server has the database open, and asks before it acts', async () => {
    using folder = aFolder();
    const at = (...args: string[]) => hufu('--data', folder.path, '--json', ...args);
    await at('tenant', 'create', 't', '--preset', 'mail');
    const file = join(folder.path, 'b.hufu');
    {
      await using _server = await aServer(folder.path);
      expect(await at('backup', file)).toMatchObject({ code: 0, json: { bytes: expect.any(Number) } });
      expect(await at('backup', file)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
      expect(await at('restore', file, '--yes')).toMatchObject({
        code: 75,
        err: expect.stringContaining('stop it first'),
      });
    }
    expect(await at('restore', file)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
    expect(await at('restore', join(folder.path, 'none'), '--yes')).toMatchObject({ code: 3 });
    expect(await at('restore', file, '--yes')).toMatchObject({
      code: 0,
      json: { kept: expect.stringContaining('before-restore'), replayed: { apiKeys: 0 } },
    });
    expect(await at('restore', '--mark', '--yes')).toMatchObject({ code: 0 });
    await using _again = await aServer(folder.path);
  });

  it('goes on over a database that cannot be opened only when told to', async () => {
    using folder = aFolder();
    let now: number;
    {
      await using h = await onDisk(folder.path);
      backup(h, folder.path);
      now = h.clock.now;
    }
    writeFileSync(join(folder.path, 'hufu.db'), 'this is no database, whatever its name may say about it');
    await expect(restore(folder.path, now)).rejects.toThrow('--force');
    const done = await restore(folder.path, now, { force: true });
    expect(done).toMatchObject({ replayed: null });
    expect(readFileSync(done.kept ?? '', 'utf8')).toContain('no database');
    await using h = await onDisk(folder.path, now);
    expect(await h.house.registry.ids()).toEqual(['t1']);
  });
});
