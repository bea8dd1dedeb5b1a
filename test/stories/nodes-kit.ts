// Real server processes for the tests of several nodes and of kills, and accounts they can be asked about.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type House, openHouse } from '../../src/compose.ts';
import { SCOPE_NAMES } from '../../src/contract/scopes.ts';
import type { Write } from '../../src/core/commit.ts';
import { createKey } from '../../src/flows/registry.ts';
import { hotp } from '../../src/otp/hotp.ts';
import { hashKey, keyToken } from '../../src/storage/registry.ts';
import { accountRow, anId, authenticatorRow, challengeRow } from '../conformance/stores.ts';
import { presetText } from '../kit.ts';

export interface Place {
  readonly folder: string;
  /** Absent: SQLite in the folder. */
  readonly postgres?: string;
}

export interface ServerProcess {
  readonly url: string;
  /** Kills it as the kernel would: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end. */
  stop(): Promise<void>;
  readonly stderr: () => string;
}

const MAIN = join(import.meta.dirname, '../../src/main.mjs');

/** Starts `hufu serve` on a free port; resolves when it listens, rejects with its words when it ends instead. */
export async function aServer({ folder, postgres }: Place): Promise<ServerProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', MAIN, 'serve', '--port', '0', '--data', folder],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HUFU_REQUESTS_PER_SECOND: '1000000',
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
        ...(postgres === undefined ? {} : { HUFU_DATABASE: postgres }),
      },
    },
  );
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const listening = /"event":"listening","url":"([^"]+)"/.exec(said)?.[1];
      if (listening !== undefined) resolve(listening);
    });
    void ended.then(() => reject(new Error(said)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { url, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), stderr: () => said };
}

export interface Person {
  readonly account: string;
  readonly accountId: string;
  readonly authenticatorId: string;
  readonly secret: Uint8Array;
}

export interface OpenTenant {
  readonly house: House;
  readonly token: string;
  readonly keyId: string;
  /** Accounts with one bound authenticator each. */
  people(count: number): Promise<readonly Person[]>;
  /** Open logins of a person. */
  logins(person: Person, count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const ONLY_TOTP = presetText('star-rollout').replace('phase: coexist', 'phase: totp-only');

/** Opens the database beside the servers, in this process and by real time, with tenant `t1` on a policy. */
export async function aTenant(place: Place, policy = ONLY_TOTP): Promise<OpenTenant> {
  const house = await openHouse({
    database: place.postgres === undefined ? { sqlite: join(place.folder, 'hufu.db') } : { postgres: place.postgres },
    keyFile: join(place.folder, 'hufu.keys'),
    baseUrl: 'http://127.0.0.1',
    channels: {},
    requestsPerSecond: 1,
  });
  if (!(await house.registry.ids()).includes('t1'))
    await house.registry.create({ id: 't1', name: 'Tenant', document: policy, actor: 'test' });
  await house.keys.ready('t1');
  const secret = randomBytes(24).toString('base64url');
  const made = await createKey(
    house.ports,
    {
      tenantId: 't1',
      name: 'test',
      scopes: SCOPE_NAMES,
      clientId: null,
      clientVersion: null,
      expiresAt: null,
      actor: 'test',
    },
    (id) => hashKey(id, secret),
  );
  if (made.kind !== 'key') throw new Error(made.code);
  const written = async (key: string, writes: readonly Write[]): Promise<void> => {
    const result = await house.ports.store.commit(key, writes);
    if (result.kind === 'conflict') throw new Error(result.op);
  };
  return {
    house,
    token: keyToken(made.id, secret),
    keyId: made.id,
    async people(count) {
      const people = Array.from(
        { length: count },
        (): Person => ({
          account: anId('p'),
          accountId: anId('acc'),
          authenticatorId: anId('aut'),
          secret: randomBytes(20),
        }),
      );
      await Promise.all(
        people.map(({ account, accountId, authenticatorId, secret: own }) =>
          written(accountId, [
            {
              op: 'insert-account',
              account: accountRow(accountId, { account, canonical: account.toLowerCase(), phone: '+85291230001' }),
            },
            authenticatorRow(accountId, { id: authenticatorId, secret: own }),
          ]),
        ),
      );
      return people;
    },
    async logins(person, count) {
      const challenges = Array.from({ length: count }, () =>
        challengeRow(person.accountId, Date.now(), { expiresAt: Date.now() + 600_000 }),
      );
      await Promise.all(
        challenges.map((challenge) => written(person.accountId, [{ op: 'insert-challenge', challenge }])),
      );
      return challenges.map((c) => c.id);
    },
    close: () => house.close(),
  };
}

/** What a person's authenticator shows now; `step` counts from there. */
export const codeNow = (person: Person, step = 0): string =>
  hotp(person.secret, Math.floor(Date.now() / 30_000) + step, { algorithm: 'SHA1', digits: 6 });

export interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call over the network. Rejects when the server is gone before it answered in full. */
export async function call(
  server: { readonly url: string },
  token: string,
  path: string,
  body?: object,
): Promise<Told> {
  const response = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Told['body'] };
}
