// `hufu serve` with mail listeners of its own, and what an operator does to app passwords on the command line.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHouse, presetText } from '../kit.ts';
import { anAppPassword } from '../mail-kit.ts';
import { aFolder, hufu, start } from './cli-kit.ts';

const KEY = 'a-shared-key-of-the-proxy';

/** A folder with a house in it: wei, and an app password. */
async function aProvider(folder: string): Promise<{ id: string; password: string }> {
  await using h = await aHouse({
    folder,
    preset: 'mail',
    database: { sqlite: join(folder, 'hufu.db') },
    now: Date.now(),
  });
  await h.account('wei@lark.example');
  return await anAppPassword(h, 'wei@lark.example');
}

/** What a server says when it listens. */
const listening = (
  child: ChildProcess,
): Promise<{ readonly url: string; readonly mail: string; readonly dovecotAuth: string; readonly log: string }> =>
  new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const line = log.split('\n').find((one) => one.includes('"listening"'));
      if (line !== undefined) resolve({ ...JSON.parse(line), log });
    });
    child.once('exit', () => reject(new Error(log)));
  });

describe('IN-1.4 hufu serve', () => {
  it('IN-1.4 answers nginx and Dovecot apart from the API, and Postfix on a socket file that its group may use', async () => {
    using folder = aFolder();
    const { password } = await aProvider(folder.path);
    const socket = join(folder.path, 'postfix');
    const config = join(folder.path, 'hufu.yaml');
    writeFileSync(
      config,
      `data: ${folder.path}\nport: 0\nmail: { key: ${KEY}, listen: '127.0.0.1:0', dovecotAuth: ${socket} }\n`,
    );
    const child = start(['--config', config, 'serve']);
    let again: ChildProcess | undefined;
    try {
      const at = await listening(child);
      expect(at.dovecotAuth).toBe(socket);
      expect(statSync(socket).mode & 0o777).toBe(0o660);
      const headers = {
        'x-auth-key': KEY,
        'auth-user': 'wei@lark.example',
        'auth-pass': password,
        'auth-protocol': 'imap',
        'auth-ssl': 'on',
      };
      const asked = await fetch(`http://${at.mail}/mail/dovecot`, { headers });
      expect(asked.headers.get('auth-status')).toBe('OK');
      expect((await fetch(`${at.url}/mail/dovecot`, { headers })).status).toBe(404);
      expect((await fetch(`http://${at.mail}/v1/accounts`)).status).toBe(404);
      const told = await new Promise<string>((resolve, reject) => {
        let text = '';
        const line = Buffer.from(`\0wei@lark.example\0${password}`).toString('base64');
        const client = connect(socket, () =>
          client.write(`VERSION\t1\t1\nCPID\t1\nAUTH\t1\tPLAIN\tservice=smtp\tsecured\tresp=${line}\n`),
        );
        client.once('error', reject).on('data', (chunk) => {
          text += chunk.toString('utf8');
          const answer = /^(OK|FAIL)\t.*$/m.exec(text)?.[0];
          if (answer !== undefined) {
            client.destroy();
            resolve(answer);
          }
        });
      });
      expect(told).toBe('OK\t1\tuser=wei@lark.example');
      expect(at.log).not.toContain(password);
      // A second one on the same socket stops, and says which key is at fault.
      const second = await hufu('--config', config, 'serve', '--port', '0');
      expect(second).toMatchObject({ err: expect.stringContaining('mail.dovecotAuth') });
      expect(second.code).not.toBe(0);
      // A file that a killed server left behind is in nobody's way.
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      again = start(['--config', config, 'serve']);
      expect((await listening(again)).dovecotAuth).toBe(socket);
    } finally {
      for (const one of [child, again]) one?.kill('SIGTERM');
    }
  });

  it.each([
    ['{ listen: "127.0.0.1:0" }', 'mail.listen needs mail.key'],
    ['{ key: short }', 'mail.key'],
    [`{ key: ${KEY}, listen: nowhere }`, 'mail.listen'],
    ['{ dovecotAuth: /no/such/folder/socket }', 'there is no folder /no/such/folder'],
  ])('IN-1.4 mail: %s stops the start with a plain word', async (mail, word) => {
    using folder = aFolder();
    const config = join(folder.path, 'hufu.yaml');
    writeFileSync(config, `data: ${folder.path}\nport: 0\nmail: ${mail}\n`);
    const said = await hufu('--config', config, 'serve');
    expect(said.code).not.toBe(0);
    expect(said.err).toContain(word);
  });
});

describe('CM-5.3 hufu account app-passwords', () => {
  it('CM-5.3 lists what there is, revokes one or all with a reason, and never shows a password', async () => {
    using folder = aFolder();
    const { id, password } = await aProvider(folder.path);
    const at = (...args: string[]) => hufu('--data', folder.path, '--json', 'account', 'app-passwords', ...args);
    const by = ['--reason', 'phone stolen', '--operator', 'lin'];
    const listed = await at('list', 'wei@lark.example');
    expect(listed).toMatchObject({
      code: 0,
      json: { enabled: true, items: [{ id, name: 'Foxmail', lastUsed: null }] },
    });
    expect(listed.out).not.toContain(password);
    expect((await hufu('--data', folder.path, 'account', 'app-passwords', 'list', 'wei@lark.example')).out).toMatch(
      /apw_.*Foxmail.*never/,
    );
    expect(await at('revoke', 'wei@lark.example', ...by)).toMatchObject({ code: 2 });
    expect(await at('revoke', 'wei@lark.example', '--id', 'apw_none', ...by)).toMatchObject({ code: 3 });
    expect(await at('revoke', 'wei@lark.example', '--id', id, ...by)).toMatchObject({
      code: 0,
      json: { revoked: [id] },
    });
    expect(await at('revoke', 'wei@lark.example', '--all', ...by)).toMatchObject({ code: 0, json: { revoked: [] } });
    expect(await at('list', 'nobody')).toMatchObject({ code: 3 });
    await using h = await aHouse({
      folder: folder.path,
      policy: presetText('mail'),
      database: { sqlite: join(folder.path, 'hufu.db') },
    });
    expect((await h.audit()).find((e) => e.event === 'app-password.revoked')).toMatchObject({
      actor: 'operator:lin',
      data: { appPassword: id, reason: 'phone stolen' },
    });
  });
});
