// The SDK as somebody else gets it: packed, installed offline into an empty folder, imported and compiled there as its pages say.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/tools.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'hufu-sdk-'));
const at = (...parts: string[]): string => join(folder, ...parts);
/** npm with nothing of this machine's: neither a cache nor a registry. */
const npm = (cwd: string, ...args: string[]) =>
  run('npm', args, {
    cwd,
    env: {
      ...process.env,
      npm_config_cache: at('cache'),
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    },
  });
const firstBlock = (page: string): string =>
  /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(root, page), 'utf8'))?.[1] ?? '';

describe("IN-1.1 the SDK in a project of one's own", () => {
  beforeAll(async () => {
    // Packed from a copy: a build of the house is not disturbed.
    mkdirSync(at('house'));
    cpSync(join(root, 'sdk'), at('house', 'sdk'), { recursive: true, filter: (path) => !path.endsWith('/dist') });
    cpSync(join(root, 'tsconfig.base.json'), at('house', 'tsconfig.base.json'));
    symlinkSync(join(root, 'node_modules'), at('house', 'node_modules'));
    mkdirSync(at('project'));
    await npm(at('house', 'sdk'), 'pack', '--pack-destination', folder);
    const packed = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    expect(packed).toEqual(['hufu-sdk-0.1.0.tgz']);
    writeFileSync(at('project', 'package.json'), '{ "private": true, "type": "module" }');
    await npm(at('project'), 'install', '--no-audit', '--no-fund', at('hufu-sdk-0.1.0.tgz'));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('IN-1.1 comes alone, with no source and no tests, and is imported by its name', async () => {
    expect(readdirSync(at('project', 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@hufu']);
    const files = readdirSync(at('project', 'node_modules', '@hufu', 'sdk'), { recursive: true }).map(String);
    expect(files.filter((name) => /(?<!\.d)\.ts$|test/.test(name))).toEqual([]);
    const program = `
      import { Hufu, HufuProblem, HufuUnreachable } from '@hufu/sdk';
      const hufu = new Hufu({ baseUrl: 'http://127.0.0.1:9', apiKey: 'k', retries: 0 });
      const told = await hufu.accounts.get('700004').catch((error) => error);
      console.log(told instanceof HufuUnreachable, HufuProblem.name);
    `;
    writeFileSync(at('project', 'use.js'), program);
    expect((await run(process.execPath, ['use.js'], { cwd: at('project') })).stdout).toBe('true HufuProblem\n');
  });

  it.each(['README.md', 'sdk/README.md'])(
    'IN-1.1 the first program of %s compiles under strict rules',
    async (page) => {
      writeFileSync(at('project', 'login.ts'), firstBlock(page));
      const compiler = {
        strict: true,
        noEmit: true,
        target: 'es2022',
        module: 'nodenext',
        types: ['node'],
        typeRoots: [join(root, 'node_modules', '@types')],
        exactOptionalPropertyTypes: true,
      };
      writeFileSync(at('project', 'tsconfig.json'), JSON.stringify({ compilerOptions: compiler, files: ['login.ts'] }));
      const tsc = join(root, 'node_modules', '.bin', 'tsc');
      const told = await run(tsc, ['-p', at('project')]).catch(
        (error: unknown) => error as { readonly stdout: string },
      );
      expect(told.stdout).toBe('');
    },
  );
});
