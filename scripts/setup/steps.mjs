// What every set-up step shares: short progress lines, plain failures, one lock, and a way to call npm.
// Runs on any Node from 18 up and imports nothing that has to be installed.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A failure whose message is meant for the person at the keyboard: what went wrong, and what to do. */
export class SetupError extends Error {
  constructor(what, todo, output = '') {
    super(what);
    this.todo = todo;
    this.output = output;
  }
}

/** Ends the program with a failure told plainly; anything that is not a `SetupError` is a bug and shows its stack. */
export function fail(error) {
  if (!(error instanceof SetupError)) throw error;
  if (error.output) process.stderr.write(`${error.output}\n`);
  process.stderr.write(`\nhufu: ${error.message}.\nhufu: ${error.todo}\n`);
  process.exit(1);
}

/** Progress goes to stderr, so that `hufu … --json` stays clean on stdout. */
export const say = (line) => process.stderr.write(`hufu: ${line}\n`);

/** Runs one long step and says what it was and how long it took. */
export async function timed(what, work) {
  const from = Date.now();
  say(`${what} …`);
  const result = await work();
  say(`${what}: done in ${((Date.now() - from) / 1000).toFixed(1)} s`);
  return result;
}

/** Runs a command and resolves with its exit code and everything it printed; rejects only when it cannot be started. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The environment for children: `node` on PATH is the Node we chose, not the one the machine came with. */
export function environment(node) {
  // Two malloc arenas instead of one per core and thread: fewer half-empty ones.
  const env = { MALLOC_ARENA_MAX: '2', ...process.env };
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folder = dirname(node);
  if (!(env[key] ?? '').split(delimiter).includes(folder)) env[key] = `${folder}${delimiter}${env[key] ?? ''}`;
  return env;
}

/** Runs npm under the given Node. Prefers the npm that started us, else the one on PATH. */
export async function npm(node, args) {
  const quiet = [...args, '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'];
  const started = process.env.npm_execpath ?? '';
  const env = environment(node);
  try {
    if (basename(started) === 'npm-cli.js') return await run(node, [started, ...quiet], { env });
    const windows = process.platform === 'win32';
    return await run(windows ? 'npm.cmd' : 'npm', quiet, { env, shell: windows });
  } catch (cause) {
    throw new SetupError(
      `npm cannot be started (${cause.message})`,
      'Install npm (it comes with Node.js: https://nodejs.org) and try again.',
    );
  }
}

const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED/;

/** Long output is cut in the middle: the cause stands at one end or the other. */
function shortened(output) {
  const lines = output.trim().split('\n');
  return lines.length <= 40 ? lines.join('\n') : [...lines.slice(0, 20), '  …', ...lines.slice(-20)].join('\n');
}

/** Turns what a failed step printed into a failure that says what to do about it. */
export function failure(what, output) {
  const text = shortened(output);
  if (/ENOSPC/.test(output)) return new SetupError(what, 'The disk is full: free about 1 GB and try again.', text);
  return new SetupError(what, 'See the lines above; after mending the cause, run the same command again.', text);
}

/** The same for a step that talks to the npm registry. */
export function npmFailure(what, output) {
  if (!offline.test(output)) return failure(what, output);
  const todo =
    'The npm registry cannot be reached. Check the network or proxy (`npm config get registry`, HTTPS_PROXY) and try again.';
  return new SetupError(what, todo, shortened(output));
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const lockFile = join(root, '.cache', 'setup.lock');

function takeLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  try {
    const handle = openSync(lockFile, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** A lock whose owner was killed (or that is an hour old, whoever has that process id by now) is nobody's. */
function removeStaleLock() {
  try {
    const owner = Number(readFileSync(lockFile, 'utf8'));
    const age = Date.now() - statSync(lockFile).mtimeMs;
    if (age > 3_600_000 || (age > 1_000 && !(owner > 0 && alive(owner)))) rmSync(lockFile, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** Holds the one set-up lock of this checkout while `work` runs, so that two commands never install at once. */
export async function locked(work) {
  let told = false;
  while (!takeLock()) {
    removeStaleLock();
    if (!told) say('another hufu command is setting up; waiting for it …');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.removeListener('exit', release);
  }
}
