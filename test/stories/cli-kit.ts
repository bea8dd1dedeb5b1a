// The `hufu` command as people run it: a process of its own, with what it says and how it ends; and a server to run it beside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.mjs');

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  // Test code reads members of JSON it knows the shape of.
  readonly json: any;
}

/** A folder of its own for a house, gone afterwards. */
export function aFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'hufu-cli-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

const environment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HUFU_')));
  return { ...own, NO_COLOR: '1', ...more };
};

export function start(args: readonly string[], more: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs `hufu …` to its end. */
export async function hufu(...args: readonly string[]): Promise<Said> {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  let json: unknown;
  try {
    json = JSON.parse(out);
  } catch {
    json = undefined;
  }
  return { code, out, err, json };
}

/** A server on a folder, on a free port. */
export async function aServer(
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<
  {
    readonly url: string;
    readonly child: ChildProcess /** What it said until it listened. */;
    readonly log: string;
  } & AsyncDisposable
> {
  const child = start(['--data', folder, 'serve', '--port', '0'], more);
  let log = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const found = /"event":"listening","url":"([^"]+)"/.exec(log);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${log}`)));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url, child, log, [Symbol.asyncDispose]: stop };
}

/** A call to a server's API. */
export async function api(
  url: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: any }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
