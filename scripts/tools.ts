// How the scripts call installed tools: through this Node and the tool's own JavaScript, without shells or shims,
// so that it works the same on every platform.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** The folder of the repository. */
export const root = resolve(import.meta.dirname, '..');

/** The path of the script behind a command that an installed package brings. */
export function binOf(name: string, command = name): string {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`package ${name} has no command ${command}`);
  return join(folder, script);
}

/** An environment in which tools print no colour codes, not even those that take CI for a terminal. */
export const plain: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };

/** What a finished command left behind; `output` is stdout and stderr as they came, without colour codes. */
export type Finished = { ok: boolean; output: string };

/** Runs a command in the repository and collects what it prints. Never rejects: not starting is a failure too. */
export function capture(command: string, args: readonly string[]): Promise<Finished> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env: plain, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => done({ ok: false, output: `${output}${error.message}\n` }));
    child.on('close', (code) => done({ ok: code === 0, output: stripVTControlCharacters(output) }));
  });
}

/** Runs a tool that is a JavaScript file, under the Node that runs us. */
export const tool = (script: string, ...args: string[]): Promise<Finished> =>
  capture(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args]);

/** The npm that belongs to how we were started, else the one on PATH. */
export function npm(...args: string[]): Promise<Finished> {
  const started = process.env['npm_execpath'] ?? '';
  if (started.endsWith('npm-cli.js')) return tool(started, ...args);
  return capture(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}
