// The first administrator, from the first start's one-time link to the first call; `hufu operator`; and the demo's operators.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDemo } from '../../src/commands/demo-data/server.ts';
import { codeOf } from '../kit.ts';
import { tokenIn } from '../operator-kit.ts';
import { aFolder, aServer, hufu } from './cli-kit.ts';

const LINK = /http:\/\/localhost:\d+\/#\/join\/[\w-]{43}/;

/** A call at a console that listens. */
async function at(console_: string, method: string, path: string, body?: unknown, cookie = '') {
  const response = await fetch(new URL(path, console_), {
    method,
    headers: {
      origin: new URL(console_).origin,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === '' ? {} : { cookie }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const set = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='));
  return { status: response.status, body: text === '' ? null : JSON.parse(text), cookie: set.join('; ') };
}

describe('OP-1.3 the first administrator', () => {
  it('OP-1.3 the first start prints a one-time link; its holder joins; later starts print none', async () => {
    using folder = aFolder();
    await hufu('--data', folder.path, 'tenant', 'create', 't1', '--preset', 'star-rollout');
    {
      await using quiet = await aServer(folder.path);
      expect(quiet.log).not.toMatch(/#\/join\//);
    }
    {
      await using server = await aServer(folder.path, { HUFU_ADMIN_PORT: '0' });
      const link = LINK.exec(server.log)?.[0] ?? '';
      const token = tokenIn(link);
      const began = await at(link, 'POST', '/v1/operator/join/start', {
        token,
        name: 'Root',
        password: 'correct horse battery',
      });
      expect(began.body).toMatchObject({ status: 'bind' });
      const binding = await at(link, 'POST', '/v1/operator/join/bindings', { type: 'totp' }, began.cookie);
      const done = await at(
        link,
        'POST',
        `/v1/operator/join/bindings/${binding.body.id}/confirm`,
        { token, output: codeOf(binding.body.uri, Date.now()) },
        began.cookie,
      );
      expect(done.body).toEqual({ status: 'signed-in' });
      const me = await at(link, 'GET', '/v1/operator/me', undefined, done.cookie);
      expect(me.body).toMatchObject({
        operator: { login: 'administrator', name: 'Root' },
        tenants: [{ id: 't1', roles: ['administrator'] }],
      });
      // The API beside it knows nothing of operators.
      expect((await fetch(`${server.url}/v1/operator/me`)).status).toBe(404);
    }
    await using later = await aServer(folder.path, { HUFU_ADMIN_PORT: '0' });
    expect(later.log).not.toMatch(/#\/join\//);
  });

  it('OP-1.3 without a tenant the start says why there is no link; an invitation without the service’s settings says that its address is a guess', async () => {
    using folder = aFolder();
    {
      await using server = await aServer(folder.path, { HUFU_ADMIN_PORT: '0' });
      expect(server.log).toMatch(/There is no tenant yet[\s\S]*hufu operator invite --login administrator/);
    }
    await hufu('--data', folder.path, 'tenant', 'create', 't1', '--preset', 'star-rollout');
    const invite = ['operator', 'invite', '--login', 'administrator', '--role', 'administrator'];
    const told = await hufu('--data', folder.path, ...invite);
    expect(told.err).toMatch(/The address is a guess[\s\S]*before #\/join\//);
    const asked = await hufu('--data', folder.path, 'operator', 'invite', '--login', 'x y', '--role', 'viewer');
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('must be one word')]);
  });

  it('OP-1.3 hufu operator invites, lists, resets and disables', async () => {
    using folder = aFolder();
    const run = (...args: readonly string[]) => hufu('--data', folder.path, '--json', 'operator', ...args);
    await hufu('--data', folder.path, 'tenant', 'create', 't1', '--preset', 'star-rollout');
    const invited = await run('invite', '--login', 'mei.lam', '--role', 'support', 'viewer', '--name', 'Mei');
    expect(invited.json.link).toMatch(LINK);
    expect((await run('invite', '--login', 'x', '--role', 'king')).code).toBe(2);
    expect((await run('invite', '--login', 'x', '--role', 'viewer', '--tenant', '_operators')).code).toBe(3);
    const listed = await run('list');
    expect(listed.json.items).toMatchObject([
      { login: 'mei.lam', name: 'Mei', status: 'invited', methods: [], tenants: { t1: ['support', 'viewer'] } },
    ]);
    const reset = await run('reset', '--login', 'mei.lam');
    expect(reset.json.link).toMatch(LINK);
    expect(reset.json.link).not.toBe(invited.json.link);
    expect((await run('disable', '--login', 'mei.lam')).json.status).toBe('disabled');
    expect((await run('list')).json.items).toMatchObject([{ login: 'mei.lam', status: 'disabled', tenants: {} }]);
    expect((await run('disable', '--login', 'nobody')).code).toBe(3);
    // The operators' own tenant is none of the house's customers.
    expect((await hufu('--data', folder.path, '--json', 'tenant', 'list')).json.items).toHaveLength(1);
  });

  it('OP-1.3 the demo has an operator for each role, two for security; what is printed signs in at once', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hufu-demo-'));
    const demo = await openDemo({ data, host: 'localhost', port: 9 });
    try {
      const { tenants, consoleUrl } = (await demo.app.inject('/demo/accounts.json')).json();
      expect(consoleUrl).toBe('http://localhost:10');
      expect(tenants).toHaveLength(4);
      const { operators } = tenants[0];
      expect(operators.map((o: { roles: string[] }) => o.roles.join()).sort()).toEqual([
        'administrator',
        'security',
        'security',
        'support',
        'viewer',
      ]);
      expect(statSync(join(data, 'demo-operators.json')).mode & 0o777).toBe(0o600);
      for (const { login, password, totpUri } of operators) {
        const headers = { origin: consoleUrl };
        const first = await demo.admin.inject({
          method: 'POST',
          url: '/v1/operator/login',
          headers,
          payload: { login, password },
        });
        expect(first.json(), login).toEqual({ status: 'second-factor', methods: ['totp'] });
        const cookie = String(first.headers['set-cookie']).split(';')[0]!;
        const second = await demo.admin.inject({
          method: 'POST',
          url: '/v1/operator/login/totp',
          headers: { ...headers, cookie },
          payload: { code: codeOf(totpUri, Date.now()) },
        });
        expect(second.json(), login).toEqual({ status: 'signed-in' });
        // The tenant with ninety days of history comes first.
        const signedIn = String(second.headers['set-cookie']).split(';')[0]!;
        const me = await demo.admin.inject({ url: '/v1/operator/me', headers: { cookie: signedIn } });
        expect(me.json().tenants.map(({ id }: { id: string }) => id)).toEqual(['star', 'spark', 'guoan', 'lark']);
        expect(me.json().tenant).toBe('star');
      }
    } finally {
      await demo.close();
      rmSync(data, { recursive: true, force: true });
    }
  });
});
