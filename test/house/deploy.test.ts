// What deploy/ says about this repository, held to it: the image's files and Node, its health check, the unit, and what monitors ask for.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/tools.ts';
import { readConfig } from '../../src/config.ts';
import { ENDPOINTS } from '../../src/contract/endpoints.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const dockerfile = read('deploy/Dockerfile');
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** What the ignore file lets into the build: by name, the last pattern that matches decides. */
function isSent(path: string): boolean {
  const matches = (pattern: string): boolean => {
    const form = pattern
      .split(/(\*\*\/|\*)/)
      .map((part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
      .join('');
    return new RegExp(`^${form}(/.*)?$`).test(path);
  };
  return lines(read('.dockerignore')).reduce(
    (sent, line) => (line.startsWith('!') ? sent || matches(line.slice(1)) : sent && !matches(line)),
    true,
  );
}

describe('IN-1.6 the image', () => {
  it('IN-1.6 runs the Node that is tested', () => {
    const pinned = /pinned = '(\d+)\./.exec(read('scripts/setup/node.mjs'))?.[1];
    expect(dockerfile).toContain(`ARG NODE=node:${pinned}-`);
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)).toEqual(['${NODE}', '${NODE}']);
  });

  it('IN-1.6 is built from sources alone: no data, keys, tests or history are sent', () => {
    const secret = [
      'data/hufu.db',
      'data/hufu.keys',
      'hufu.keys',
      '.env',
      'src/.env',
      '.git/config',
      '.npmrc',
      'deploy/site.pem',
      'test/kit.ts',
    ];
    expect(secret.filter(isSent)).toEqual([]);
    expect(globSync('{src,demo}/**/*.test.{ts,tsx}', { cwd: root }).filter(isSent)).toEqual([]);
    expect(['node_modules/zod/package.json', 'sdk/node_modules/x/y.js'].filter(isSent)).toEqual([]);
  });

  it('IN-1.6 has what it needs: whatever the Dockerfile and the builder name is there and is sent', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) =>
      (names ?? '').split(' '),
    );
    const needed = [
      ...copied.filter((name) => name !== '.'),
      'vite.config.ts',
      'tsconfig.base.json',
      'tsconfig.web.json',
      'presets/recommended.yaml',
    ];
    expect(copied).toContain('package-lock.json');
    expect(needed.filter((path) => !existsSync(join(root, path)) || !isSent(path))).toEqual([]);
    const sources = globSync(['src/**/*', 'scripts/setup/*'], { cwd: root }).filter((path) =>
      /\.(ts|tsx|mjs|css|html)$/.test(path),
    );
    expect(sources.filter((path) => !path.includes('.test.') && !isSent(path))).toEqual([]);
  });

  it('IN-1.6 ends as an ordinary user, and starts with `hufu serve`', () => {
    const orders = lines(dockerfile).map((line) => line.split(' ')[0]);
    expect(orders.lastIndexOf('USER')).toBeGreaterThan(orders.lastIndexOf('RUN'));
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["hufu"\]\nCMD \["serve"\]$/m);
  });

  it('IN-1.6 its health check passes on 200, and fails on 503 and on nobody', async () => {
    const [program = '', ...args] = JSON.parse(
      /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]',
    ) as string[];
    expect(program).toBe('node');
    let status = 200;
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status, { connection: 'close' }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const env = { HUFU_PORT: String((server.address() as AddressInfo).port) };
    const check = (): Promise<number | null> =>
      new Promise((resolve) => {
        const child = execFile(process.execPath, args, { env }, () => resolve(child.exitCode));
      });
    expect(await check()).toBe(0);
    status = 503;
    expect(await check()).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(await check()).toBe(1);
    expect(asked).toEqual(['/readyz', '/readyz']);
  });
});

describe('IN-1.6 the service', () => {
  const unit = read('deploy/hufu.service');

  it('IN-1.6 its configuration is one the server accepts', () => {
    const config = readConfig({ HUFU_CONFIG: join(root, 'deploy/config.yaml') });
    expect(config).toMatchObject({ dataFolder: '/var/lib/hufu', keyFile: '/etc/hufu/hufu.keys', adminPort: 9420 });
    expect(unit).toContain('HUFU_CONFIG=/etc/hufu/config.yaml');
  });

  it('IN-1.6 stops no sooner than the server gives up waiting, and does not try a wrong configuration again', () => {
    const longest = Number(/LONGEST_STOP_MS = ([\d_]+)/.exec(read('src/commands/house.ts'))?.[1]?.replaceAll('_', ''));
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1000).toBeGreaterThan(longest);
    expect(unit).toMatch(/^RestartPreventExitStatus=2$/m);
  });
});

describe('IN-1.6 what a monitor asks for', () => {
  it('IN-1.6 the routes that the dashboard and the alerts name are ours', () => {
    const routes = new Set(Object.values(ENDPOINTS).map(({ path }) => path.replace(/\{(\w+)\}/g, ':$1')));
    for (const file of ['deploy/grafana/hufu.json', 'deploy/prometheus/alerts.yml']) {
      const named = [...read(file).matchAll(/route=\\?"([^"\\]+)\\?"/g)].map(([, route]) => route ?? '');
      expect(named.length).toBeGreaterThan(0);
      expect(
        named.filter((route) => !routes.has(route)),
        file,
      ).toEqual([]);
    }
  });

  it('IN-1.6 no question adds up over nodes what every node tells of the one store', () => {
    const ofTheStore = /sum by \([^)]*\) \((?:rate\()?hufu_(logins|outputs|accounts|outbox|audit)/;
    for (const file of ['deploy/grafana/hufu.json', 'deploy/prometheus/alerts.yml'])
      expect(read(file)).not.toMatch(ofTheStore);
  });
});
