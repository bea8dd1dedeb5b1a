// OpenLDAP's slapd says who has the right password, and the hosted login goes by it.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/commands/free-port.ts';
import { aHouse, presetText } from '../kit.ts';
import { aBrowser } from '../portal-kit.ts';
import { needs } from './peer.ts';

const SLAPD = ['/usr/sbin/slapd', '/usr/local/libexec/slapd'].find((path) => existsSync(path));
const PEOPLE = { 'wei@lark.example': 'yunque-wei', 'o=x,dc=lark': 'commas', 何志強: 'ho-password' };
let folder = '';
let server: ChildProcess | undefined;
const ports = { plain: 0, tls: 0 };

const answers = (port: number): boolean =>
  spawnSync('ldapwhoami', ['-x', '-H', `ldap://127.0.0.1:${port}`]).status === 0;

beforeAll(async () => {
  if (SLAPD === undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'hufu-ldap-'));
  mkdirSync(join(folder, 'db'));
  ports.plain = await freePort('127.0.0.1');
  ports.tls = await freePort('127.0.0.1');
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  const files = ['-subj', '/CN=127.0.0.1', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' });
  writeFileSync(
    join(folder, 'slapd.conf'),
    `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
suffix "dc=lark,dc=example"
rootdn "cn=root,dc=lark,dc=example"
rootpw root
directory ${folder}/db
`,
  );
  server = spawn(
    SLAPD,
    [
      '-f',
      join(folder, 'slapd.conf'),
      '-h',
      `ldap://127.0.0.1:${ports.plain} ldaps://127.0.0.1:${ports.tls}`,
      '-d',
      '0',
    ],
    { stdio: 'ignore' },
  );
  for (let i = 0; i < 100 && !answers(ports.plain); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  const escaped = (name: string): string => name.replace(/[,=]/g, (c) => `\\${c}`);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const people = Object.entries(PEOPLE).map(
    ([name, password]) =>
      `dn:: ${base64(`uid=${escaped(name)},dc=lark,dc=example`)}\nobjectClass: inetOrgPerson\nuid:: ${base64(name)}\ncn: x\nsn: x\nuserPassword: ${password}\n`,
  );
  const ldif = `dn: dc=lark,dc=example\nobjectClass: dcObject\nobjectClass: organization\ndc: lark\no: Lark\n\n${people.join('\n')}`;
  execFileSync(
    'ldapadd',
    ['-x', '-H', `ldap://127.0.0.1:${ports.plain}`, '-D', 'cn=root,dc=lark,dc=example', '-w', 'root'],
    {
      input: ldif,
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
});
afterAll(() => {
  server?.kill();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const policy = (url: string, more = ''): string =>
  presetText('mail').replace(
    '  captcha: after-failures\n',
    `  captcha: off\n  password: ldap\n  ldap: { url: '${url}', userDn: 'uid={account},dc=lark,dc=example', timeoutSeconds: 2${more} }\n`,
  );

describe('MO-5.1 an LDAP server checks the password', () => {
  it('MO-5.1 right is right, wrong is wrong, and no name or password means anything else', async (context) => {
    if (SLAPD === undefined) needs('slapd', context);
    await using h = await aHouse({ policy: policy(`ldap://127.0.0.1:${ports.plain}`) });
    for (const account of [...Object.keys(PEOPLE), 'nobody', '*', 'x,dc=lark']) await h.account(account, {});
    const login = async (account: string, password: string) => {
      await h.house.db.run([{ sql: 'DELETE FROM failures', rows: 'any', values: {} }]);
      return (await aBrowser(h).call('POST', '/v1/me/login', { account, password })).body;
    };
    for (const [account, password] of Object.entries(PEOPLE)) {
      expect(await login(account, password), account).toMatchObject({ status: 'allowed', account });
      expect((await login(account, `${password}x`)).code, account).toBe('first-factor-failed');
    }
    for (const account of ['nobody', '*', 'x,dc=lark', 'not-here@lark.example'])
      expect((await login(account, 'root')).code, account).toBe('first-factor-failed');
    expect((await login('wei@lark.example', '')).code).toBe('invalid-request');
  });

  it('MO-5.1 a server that is away, or whose certificate nobody vouches for, lets nobody in', async (context) => {
    if (SLAPD === undefined) needs('slapd', context);
    for (const [url, more] of [
      [`ldaps://127.0.0.1:${ports.tls}`, ''],
      [`ldap://127.0.0.1:${ports.plain}`, ', startTls: true'],
      [`ldap://127.0.0.1:${await freePort('127.0.0.1')}`, ''],
    ] as const) {
      await using h = await aHouse({ policy: policy(url, more) });
      await h.account('wei@lark.example', {});
      const answer = await aBrowser(h).call('POST', '/v1/me/login', {
        account: 'wei@lark.example',
        password: 'yunque-wei',
      });
      expect(answer, `${url}${more}`).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    }
  });
});
