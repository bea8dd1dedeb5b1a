// The commands as scripts and people meet them: what they say, how they end, and that a running server follows them at once.

import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetText } from '../kit.ts';
import { aFolder, api, aServer, hufu, type Said, start } from './cli-kit.ts';

describe('the command line', () => {
  it('lists its commands and their exit codes', async () => {
    const help = await hufu('--help');
    expect(help.code).toBe(0);
    for (const name of [
      'serve',
      'demo',
      'tenant',
      'policy',
      'doctor',
      'account',
      'api-key',
      'keys',
      'audit',
      'backup',
      'restore',
    ])
      expect(help.out).toContain(`\n  ${name}`);
    expect(help.out).toContain('75');
  });

  it.each([
    [['nonsense'], 2],
    [['tenant', 'create'], 2],
    [['policy', 'check', 'no-such-file.yaml'], 3],
    [['policy', 'publish', 'x.yaml'], 2],
    [['policy', 'phase', 'sideways'], 2],
    [['policy', 'phase', 'coexist', '--at', 'tomorrow'], 2],
    [['account', 'unlock', 'x', '--reason', ' ', '--operator', 'o'], 2],
    [['restore'], 2],
    [['tenant', 'list'], 3],
  ])('ends %j with %i, saying why on stderr and nothing on stdout', async (args, code) => {
    using folder = aFolder();
    const said = await hufu('--data', folder.path, ...args);
    expect({ code: said.code, out: said.out }).toEqual({ code, out: '' });
    expect(said.err).not.toMatch(/\n\s+at /);
    expect(said.err.length).toBeGreaterThan(10);
  });

  it('says a taken port plainly', async () => {
    using folder = aFolder();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const said = await hufu('--data', folder.path, 'serve', '--port', String(port));
    taken.close();
    expect(said).toMatchObject({ code: 1, err: expect.stringContaining(`port ${port} is in use`) });
  });

  it.each([
    [
      'a name that is none',
      ['serve', '--port', '0', '--host', 'nosuch.invalid'],
      /nosuch\.invalid names no address.*HUFU_HOST/,
    ],
    [
      'an address of another machine',
      ['serve', '--port', '8420', '--host', '203.0.113.9'],
      /203\.0\.113\.9 is no address of this machine.*HUFU_HOST/,
    ],
    ['a port that is no number', ['serve', '--port', 'abc'], /port \(--port\): "abc" is not a number/],
    [
      'a file as its folder',
      ['--data', join(import.meta.dirname, 'cli.test.ts'), 'tenant', 'create', 't', '--preset', 'mail'],
      /cli\.test\.ts lies at or under a file.*HUFU_DATA/,
    ],
  ])('OPS-10 says plainly what is wrong with %s, and ends with 2', async (_, args, words) => {
    using folder = aFolder();
    const said = await hufu('--data', folder.path, ...args);
    expect(said).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) });
    expect(said.err).not.toContain('cannot be reached');
  });

  it('says that there is no folder for a backup, and makes nothing', async () => {
    using folder = aFolder();
    await hufu('--data', folder.path, 'tenant', 'create', 't', '--preset', 'mail');
    const to = join(folder.path, 'none', 'x.backup');
    const said = await hufu('--data', folder.path, 'backup', to);
    expect(said).toMatchObject({
      code: 1,
      err: `hufu: there is no folder ${join(folder.path, 'none')}: make it first, or write the backup somewhere else\n`,
    });
  });

  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['tenant', 'create'], "missing required argument 'id'"],
    [['account', 'unlock', 'x'], "required option '--reason"],
    [['tenant', 'list', '--nosuch'], "unknown option '--nosuch'"],
    [['tenant'], 'say which command'],
    [[], 'say which command'],
  ])('with --json tells wrong usage as one document on stderr: %j', async (args, words) => {
    const said = await hufu('--json', ...args);
    expect({ code: said.code, out: said.out }).toEqual({ code: 2, out: '' });
    expect(JSON.parse(said.err)).toEqual({ error: expect.stringContaining(words), exit: 'usage' });
  });

  it('ends quietly when whoever reads the answer stops reading', async () => {
    using folder = aFolder();
    await hufu('--data', folder.path, 'tenant', 'create', 't', '--preset', 'mail');
    for (const args of [
      ['account', 'list'],
      ['tenant', 'list'],
      ['audit', 'export'],
    ]) {
      const child = start(['--data', folder.path, ...args]);
      child.stdout?.destroy();
      let err = '';
      child.stderr?.on('data', (text: Buffer) => (err += String(text)));
      expect([args, ...(await once(child, 'close')), err]).toEqual([args, 0, null, '']);
    }
  });

  it('ends with 75 when the database cannot be reached', async () => {
    using folder = aFolder();
    const child = start(['--data', folder.path, 'tenant', 'list'], { HUFU_DATABASE: 'postgres://127.0.0.1:1/none' });
    let err = '';
    child.stderr?.on('data', (text: Buffer) => (err += String(text)));
    expect(await once(child, 'close')).toEqual([75, null]);
    expect(err).toContain('cannot be reached');
  });
});

describe('a database that another process holds', () => {
  it('ends a writing command with 75 after five seconds, and changes nothing', async () => {
    using folder = aFolder();
    await hufu('--data', folder.path, 'tenant', 'create', 't', '--preset', 'mail');
    const other = new DatabaseSync(join(folder.path, 'hufu.db'));
    other.exec('BEGIN IMMEDIATE');
    const said = await hufu('--data', folder.path, '--json', 'policy', 'phase', 'totp-only');
    other.exec('ROLLBACK');
    other.close();
    expect(said).toMatchObject({ code: 75, out: '' });
    expect(JSON.parse(said.err)).toMatchObject({ exit: 'unavailable', error: expect.stringContaining('busy') });
    expect(await hufu('--data', folder.path, '--json', 'policy', 'phase')).toMatchObject({
      json: { phase: 'coexist' },
    });
  });
});

describe('hufu policy', () => {
  it('OP-2.2 check names every mistake with file, line and pointer', async () => {
    using folder = aFolder();
    const file = join(folder.path, 'p.yaml');
    writeFileSync(
      file,
      presetText('star-rollout').replace('phase: coexist', 'phase: sideways').replace('kind: phone', 'kind: fridge'),
    );
    const said = await hufu('policy', 'check', file);
    expect(said.code).toBe(1);
    expect(said.out).toMatch(/p\.yaml:\d+: \/rollout\/phase /);
    expect(said.out).toMatch(/p\.yaml:\d+: \/clients\/estar-x\/kind /);
    const json = await hufu('--json', 'policy', 'check', file);
    expect(json).toMatchObject({
      code: 1,
      json: { valid: false, errors: [{ at: expect.stringContaining('/'), line: expect.any(Number) }, {}] },
    });
    expect(await hufu('policy', 'check', join(import.meta.dirname, '../../presets/mail.yaml'))).toMatchObject({
      code: 0,
    });
  });

  it('schema is a JSON Schema of the document', async () => {
    const { json } = await hufu('--json', 'policy', 'schema');
    expect(json.$defs.PolicyDocument).toMatchObject({ title: 'Hufu policy', properties: { rollout: {}, login: {} } });
  });

  it('explain tells each rule, what it wanted and found, and the decision', async () => {
    const ask = (...more: string[]) =>
      hufu(
        'policy',
        'explain',
        '--file',
        join(import.meta.dirname, '../../presets/star-rollout.yaml'),
        '--client',
        'star-9.5',
        ...more,
      );
    const both = await ask('--bound', 'sms,totp', '--version', '9.5.8.5');
    expect(both.out).toContain('phase is coexist, wanted sms-only');
    expect(both.out).toContain('Asked for totp or sms');
    const old = await ask('--bound', 'sms,totp', '--version', '9.5.8.4', '--phase', 'totp-only');
    expect(old.out).toContain('Refused: star-9.5 must be updated to 9.5.8.5');
    const json = await ask('--bound', '', '--phase', 'totp-only', '--version', '9.5.8.10', '--json');
    expect(json.json).toMatchObject({ decision: { kind: 'enrol', types: ['totp'] }, policyVersion: null });
    expect(await ask('--bound', 'fax')).toMatchObject({ code: 2, err: expect.stringContaining('there are totp, app') });
    const unknown = await hufu(
      'policy',
      'explain',
      '--file',
      join(import.meta.dirname, '../../presets/mail.yaml'),
      '--client',
      'pager',
      '--bound',
      '',
    );
    expect(unknown).toMatchObject({ code: 3, err: expect.stringContaining('webmail') });
  });

  it('doctor and serve warn where the demo’s tenants, whose passwords are public, are served too', async () => {
    using folder = aFolder();
    const demo = (said: Said) => JSON.stringify(said.json).includes('"rule":"demo-data","level":"warning"');
    await hufu('--data', folder.path, 'tenant', 'create', 't', '--preset', 'mail');
    expect(demo(await hufu('--data', folder.path, '--json', 'doctor'))).toBe(false);
    writeFileSync(join(folder.path, 'demo-keys.json'), '{}');
    const said = await hufu('--data', folder.path, '--json', 'doctor');
    expect([demo(said), said.json]).toEqual([true, expect.anything()]);
    await using server = await aServer(folder.path);
    expect(server.log).toMatch(/"level":"warning","event":"demo-data"/);
  });

  it('doctor judges a file by itself; --strict makes warnings count', async () => {
    const preset = (name: string) => join(import.meta.dirname, `../../presets/${name}.yaml`);
    expect(await hufu('doctor', '--file', preset('recommended'), '--strict')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No warnings.'),
    });
    const star = await hufu('doctor', '--file', preset('star-rollout'), '--strict');
    expect(star).toMatchObject({ code: 1, out: expect.stringContaining('stolen it binds their own phone') });
  });
});

describe('beside a running server', () => {
  const folder = aFolder();
  let server: Awaited<ReturnType<typeof aServer>>;
  let token = '';
  const at = (...args: string[]) => hufu('--data', folder.path, '--json', ...args);
  const login = (account = '1') =>
    api(server.url, token, 'POST', '/v1/logins', {
      account,
      client: { id: 'star-9.5', version: '9.5.8.5' },
      firstFactor: 'verified',
    });

  beforeAll(async () => {
    await at('tenant', 'create', 'star', '--preset', 'star-rollout', '--name', '极星');
    server = await aServer(folder.path);
    token = (await at('api-key', 'create', '--name', 'test', '--scope', 'all')).json.token as string;
    writeFileSync(join(folder.path, 'one.csv'), 'account,phone\n1,+85291230001\n');
    expect(await at('account', 'import', join(folder.path, 'one.csv'))).toMatchObject({
      code: 0,
      json: { created: 1 },
    });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  it("ES-6.1 a switched phase holds for the server's next attempt, and back", async () => {
    expect((await login()).body).toMatchObject({ status: 'challenge', phase: 'coexist' });
    expect(await at('policy', 'phase', 'totp-only', '--reason', 'test')).toMatchObject({
      code: 0,
      json: { phase: 'totp-only' },
    });
    expect((await login()).body).toMatchObject({ status: 'enrol', phase: 'totp-only' });
    await at('policy', 'phase', 'coexist');
    expect((await login()).body).toMatchObject({ status: 'challenge' });
    expect((await at('policy', 'history')).json.items).toHaveLength(3);
  });

  it('a published policy holds for the next attempt; a bad one changes nothing', async () => {
    const file = join(folder.path, 'p.yaml');
    writeFileSync(file, presetText('star-rollout').replace('phase: coexist', 'phase: sms-only'));
    expect(await at('policy', 'publish', file, '--reason', 'back')).toMatchObject({ code: 0 });
    expect((await login()).body).toMatchObject({ phase: 'sms-only' });
    writeFileSync(file, 'policy: 1');
    expect(await at('policy', 'publish', file, '--reason', 'oops')).toMatchObject({
      code: 1,
      err: expect.stringContaining('p.yaml'),
    });
    expect((await login()).body).toMatchObject({ phase: 'sms-only' });
    expect((await at('policy', 'show')).json.document).toContain('phase: sms-only');
  });

  it('KEY-01 a revoked key is refused at its next request, KEY-03 a narrow one at what it may not do', async () => {
    const made = await at('api-key', 'create', '--name', 'narrow', '--scope', 'accounts:read', '--expires', '1d');
    const narrow = made.json as { id: string; token: string };
    const get = () => api(server.url, narrow.token, 'GET', '/v1/accounts/1');
    expect((await get()).status).toBe(200);
    expect((await api(server.url, narrow.token, 'POST', '/v1/logins', {})).body).toMatchObject({
      status: 403,
      code: 'missing-scope',
    });
    expect(JSON.stringify((await at('api-key', 'list')).json)).not.toContain(narrow.token.split('.')[1]);
    expect(await at('api-key', 'revoke', narrow.id)).toMatchObject({ code: 0 });
    expect((await get()).status).toBe(401);
    expect(await at('api-key', 'revoke', narrow.id)).toMatchObject({ code: 3 });
    expect(await at('api-key', 'create', '--name', 'x', '--scope', 'everything')).toMatchObject({
      code: 2,
      err: expect.stringContaining('logins:write'),
    });
    expect(await at('api-key', 'create', '--name', 'x', '--scope', 'all', '--client', 'pager')).toMatchObject({
      code: 3,
      err: expect.stringContaining('star-9.5'),
    });
  });

  it('ES-5.2 an operator unbinds and unlocks with a reason', async () => {
    expect(await at('account', 'show', '1')).toMatchObject({
      code: 0,
      json: { account: '1', authenticators: [{ type: 'sms', hint: '***0001' }] },
    });
    expect(await at('account', 'show', 'nobody')).toMatchObject({ code: 3 });
    expect(await at('account', 'unbind', '1', '--reason', 'lost', '--operator', 'wang')).toMatchObject({
      code: 3,
      err: expect.stringContaining('nothing that could be removed'),
    });
    expect(await at('account', 'unlock', '1', '--reason', 'called', '--operator', 'wang')).toMatchObject({
      code: 0,
      json: { unlocked: [] },
    });
    expect((await at('account', 'list')).json.items).toEqual([
      { account: '1', name: null, cohort: null, status: 'active', bound: ['sms'] },
    ]);
  });

  it('ends on SIGTERM with 0', async () => {
    using own = aFolder();
    await hufu('--data', own.path, 'tenant', 'create', 't', '--preset', 'mail');
    const other = await aServer(own.path);
    other.child.kill('SIGTERM');
    expect(await once(other.child, 'exit')).toEqual([0, null]);
  });
});

describe('hufu account import', () => {
  const folder = aFolder();
  const file = join(folder.path, 'a.csv');
  const importing = (content: string | Uint8Array, ...more: string[]) => {
    writeFileSync(file, content);
    return hufu('--data', folder.path, '--json', 'account', 'import', file, ...more);
  };
  beforeAll(async () => {
    await hufu('--data', folder.path, 'tenant', 'create', 'star', '--preset', 'star-rollout');
  });
  afterAll(() => folder[Symbol.dispose]());

  it('OPS-10 takes what it can, reports each other row, and changes nothing the second time', async () => {
    const csv =
      '\uFEFFaccount,name,phone,email,cohort,locale,password\r\n' +
      '700001,"陈, 晓明",+85291230001,chen@star.example,vip,zh-HK,p1\r\n' +
      '700002,"two ""quoted""\r\nlines",91230002,,,,\r\n' +
      '700003,x,12,,,,\r\n' +
      '700001,again,,,,,\r\n' +
      ',nobody,,,,,\r\n' +
      '700004,x,,,,fr,\r\n' +
      '700005,short\r\n' +
      '700006,"two ""quoted""",91230002,,,,\r\n';
    const dry = await importing(csv, '--dry-run');
    expect(dry).toMatchObject({ code: 1, json: { dryRun: true, created: 2 } });
    expect((await hufu('--data', folder.path, '--json', 'account', 'list')).json.items).toEqual([]);
    const first = await importing(csv);
    expect(first).toMatchObject({
      code: 1,
      json: {
        created: 2,
        refused: [
          { line: 3, reason: 'name holds characters that cannot be shown' },
          { line: 5, reason: expect.stringContaining('phone') },
          { line: 6, reason: 'is the same account as line 2' },
          { line: 7, reason: 'account is empty' },
          { line: 8, reason: expect.stringContaining('locale') },
          { line: 9, reason: expect.stringContaining('2 fields') },
        ],
      },
    });
    const audited = await audit();
    expect(await importing(csv)).toMatchObject({ json: { created: 0, updated: 0, unchanged: 2 } });
    expect(await audit()).toBe(audited);
    expect((await hufu('--data', folder.path, '--json', 'account', 'show', '700001')).json).toMatchObject({
      name: '陈, 晓明',
      cohort: 'vip',
      hasPassword: true,
    });
  });
  const audit = async () => (await hufu('--data', folder.path, 'audit', 'export')).out;

  it('says a GBK file, a missing column and an open quote plainly', async () => {
    const gbk = Buffer.concat([
      Buffer.from('account,name\n1,'),
      Buffer.from([0xb3, 0xc2, 0xcf, 0xfe, 0xc3, 0xf7]),
      Buffer.from('\n'),
    ]);
    expect(await importing(gbk)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/a\.csv:2: is not UTF-8; it looks like GBK/),
    });
    expect(await importing('acount,name\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no column \\"acount\\"'),
    });
    expect(await importing('account,name\n1,"open\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('a.csv:2'),
    });
    expect(await importing('')).toMatchObject({ code: 1, err: expect.stringContaining('empty') });
  });
});

describe('the key file', () => {
  it('KEY-03 a server does not start with another key file, nor make a new one', async () => {
    using folder = aFolder();
    await hufu('--data', folder.path, 'tenant', 'create', 't', '--preset', 'mail');
    const file = join(folder.path, 'hufu.keys');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('kek_', 'kek_x'));
    expect(await hufu('--data', folder.path, 'serve', '--port', '0')).toMatchObject({
      code: 1,
      err: expect.stringContaining('restore the key file'),
    });
  });
});
