// The bench's processes: the server on one core, the load on another, each ended by whoever started it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Job, Result } from './load.ts';

const here = import.meta.dirname;
const node = [process.execPath, '--disable-warning=ExperimentalWarning'];

/** True where processes can be pinned to a core (Linux with util-linux, two cores or more). */
export const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-V'], { stdio: 'ignore' });
    return availableParallelism() > 1;
  } catch {
    return false;
  }
})();

const command = (core: number | null, file: string, argument: unknown): [string, string[]] => {
  const line = [
    ...(canPin && core !== null ? ['taskset', '-c', String(core)] : []),
    ...node,
    join(here, file),
    JSON.stringify(argument),
  ];
  return [line[0] ?? '', line.slice(1)];
};

export interface Server {
  readonly port: number;
  /** CPU seconds used so far and resident memory in bytes. */
  usage(): Promise<{ user: number; system: number; rss: number }>;
  stop(): Promise<void>;
}

/** Starts a server file on a core and waits until it tells its port. */
export async function startServer(
  file: 'echo.ts' | 'serve.ts',
  argument: unknown,
  core: number | null = 0,
): Promise<Server> {
  const [program, rest] = command(core, file, argument);
  const child: ChildProcess = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.stdout?.once('data', (line: Buffer) => resolve((JSON.parse(line.toString()) as { port: number }).port));
  });
  return {
    port,
    usage: () =>
      new Promise((resolve) => {
        child.once('message', (m) => resolve(m as { user: number; system: number; rss: number }));
        child.send('usage');
      }),
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** Runs one load on its own core and gives what it measured. */
export function runLoad(job: Job): Promise<Result> {
  const [program, rest] = command(1, 'load.ts', job);
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Result) : reject(new Error(`the load ended with ${code}`)),
    );
  });
}
