// scripts/run.mjs on a copy of the house, with a stand-in for npm: it sets up once, only when needed, never twice at
// the same time, and says what to do when it cannot.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/tools.ts';

let house = '';

const main = `
import { writeFileSync } from 'node:fs';
const [how, ...rest] = process.argv.slice(2);
console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));
if (how === 'exit') process.exitCode = Number(rest[0]);
if (how === 'wait') {
  const timer = setInterval(() => {}, 1000);
  process.on('SIGTERM', () => { clearInterval(timer); process.exitCode = 7; });
  console.log('waiting');
}
`;

// Notes each call; \`ci\` takes a moment and leaves a node_modules behind, or fails as an unreachable registry does.
const standIn = `
const { appendFileSync, existsSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');
appendFileSync(join(process.env.HOUSE, 'npm-calls'), process.argv[2] + '\\n');
if (existsSync(join(process.env.HOUSE, 'unreachable'))) {
  console.error('npm error code ENOTFOUND');
  process.exit(1);
}
setTimeout(() => mkdirSync(join(process.env.HOUSE, 'node_modules'), { recursive: true }), 150);
`;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'hufu-run-'));
  cpSync(join(root, 'scripts'), join(house, 'scripts'), { recursive: true });
  mkdirSync(join(house, 'src'));
  writeFileSync(join(house, 'src', 'main.mjs'), main);
  writeFileSync(join(house, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(house, 'package-lock.json'),
    '{ "packages": { "node_modules/zod": { "integrity": "sha512-x" } } }',
  );
  mkdirSync(join(house, 'npm'));
  writeFileSync(join(house, 'npm', 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(house, 'npm', 'npm-cli.js'), standIn);
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

function start(
  ...args: string[]
): ChildProcess & { ended: Promise<{ code: number | null; out: string; err: string }> } {
  const env = { ...process.env, HOUSE: house, npm_execpath: join(house, 'npm', 'npm-cli.js') };
  const child = spawn(process.execPath, [join(house, 'scripts', 'run.mjs'), ...args], { cwd: house, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((done) => {
    child.on('close', (code) => done({ code, out, err }));
  });
  return Object.assign(child, { ended });
}

const calls = () =>
  existsSync(join(house, 'npm-calls')) ? readFileSync(join(house, 'npm-calls'), 'utf8').trim().split('\n') : [];

describe('the way in', () => {
  it('installs on a fresh clone, says so, and hands over all arguments', async () => {
    const { code, out, err } = await start('start', '--port', '0').ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ args: ['demo', '--port', '0'] });
    expect(calls()).toEqual(['ci']);
    expect(err).toMatch(/installing packages \(npm ci\): done in \d/);
  });

  it('installs again only when the lock file changed, and is silent otherwise', async () => {
    await start('hufu').ended;
    expect((await start('hufu', 'doctor').ended).err).toBe('');
    expect(calls()).toEqual(['ci']);
    writeFileSync(
      join(house, 'package-lock.json'),
      '{ "packages": { "node_modules/pg": { "integrity": "sha512-y" } } }',
    );
    await start('hufu').ended;
    expect(calls()).toEqual(['ci', 'ci']);
  });

  it('leaves a server’s packages alone: what is there for development may be missing, anything else may not', async () => {
    const lock = (dev: boolean) =>
      JSON.stringify({
        packages: {
          'node_modules/zod': { integrity: 'sha512-x' },
          'node_modules/vite': { integrity: 'sha512-y', ...(dev ? { dev: true } : {}) },
        },
      });
    writeFileSync(join(house, 'package-lock.json'), lock(true));
    mkdirSync(join(house, 'node_modules', 'zod'), { recursive: true });
    const record = { packages: { 'node_modules/zod': { integrity: 'sha512-x' } } };
    writeFileSync(join(house, 'node_modules', '.package-lock.json'), JSON.stringify(record));
    expect((await start('hufu', 'tenant', 'list').ended).code).toBe(0);
    expect(calls()).toEqual([]);
    // The tests need everything …
    await start('bench').ended;
    expect(calls()).toEqual(['ci']);
    // … and so does the command, once the lock file names something new to run.
    writeFileSync(join(house, 'package-lock.json'), lock(false));
    await start('hufu', 'tenant', 'list').ended;
    expect(calls()).toEqual(['ci', 'ci']);
  });

  it('installs once when two commands start together', async () => {
    const both = await Promise.all([start('hufu').ended, start('hufu').ended]);
    expect(both.map((one) => one.code)).toEqual([0, 0]);
    expect(calls()).toEqual(['ci']);
  });

  it('is not held up by the lock of a command that was killed', async () => {
    mkdirSync(join(house, '.cache'));
    // No process has this id: it is above the largest one Linux and macOS give out.
    writeFileSync(join(house, '.cache', 'setup.lock'), '99999999');
    expect((await start('hufu').ended).code).toBe(0);
    expect(existsSync(join(house, '.cache', 'setup.lock'))).toBe(false);
  });

  it('says what failed and what to do when the registry cannot be reached, and tries again next time', async () => {
    writeFileSync(join(house, 'unreachable'), '');
    const { code, out, err } = await start('start').ended;
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('npm ci failed');
    expect(err).toContain('The npm registry cannot be reached');
    rmSync(join(house, 'unreachable'));
    expect((await start('start').ended).code).toBe(0);
  });

  it('ends with the exit code of the command', async () => {
    expect((await start('hufu', 'exit', '3').ended).code).toBe(3);
  });

  it('passes signals on and waits for the command to end', async () => {
    const child = start('hufu', 'wait');
    await new Promise<void>((ready) => {
      child.stdout?.on('data', (data: Buffer) => {
        if (data.toString().includes('waiting')) ready();
      });
    });
    child.kill('SIGTERM');
    expect((await child.ended).code).toBe(7);
  });

  it('refuses a command it does not know', async () => {
    const { code, err } = await start('constructor').ended;
    expect(code).toBe(2);
    expect(err).toContain('usage: node scripts/run.mjs <start | hufu | test | check | bench>');
  });
});
