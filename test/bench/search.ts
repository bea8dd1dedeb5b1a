// `npm run bench -- --only search`: what an operator waits for among very many customers, by kind of search, on both databases. Through the admin
// listener's own HTTP, without a socket; every search looks for something else.
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type House, openHouse } from '../../src/compose.ts';
import { createKey } from '../../src/flows/registry.ts';
import { hashKey, keyToken } from '../../src/storage/registry.ts';
import { presetText } from '../kit.ts';
import { customer, fill } from './search-fill.ts';

const TENANT = 'bench';
const ROUNDS = 120;

/** What is typed for the customer, by kind of search. */
const KINDS: Readonly<Record<string, (n: number) => string>> = {
  'account number': (n) => customer(n).account,
  'beginning of an account number': (n) => customer(n).account.slice(0, 5),
  'last four digits of a phone': (n) => customer(n).phone.slice(-4),
  'whole phone': (n) => customer(n).phone,
  'whole mail address': (n) => customer(n).email,
  'beginning of a mail address': (n) => customer(n).email.slice(0, 9),
  'whole name': (n) => customer(n).name,
  'part of a Chinese name or company': (n) => [...customer(n).name].slice(1, 3).join(''),
  'one word of a name': (n) => customer(n).name.split(' ').at(-1) ?? '',
  'two words, out of order': (n) => customer(n).name.split(' ').reverse().slice(0, 2).join(' '),
  'two common words that nobody has': (n) =>
    `${['chan', 'wong', 'lee'][n % 3]} ${['zebedee', 'xiong', 'qwerty'][n % 3]}${n}`,
};

export interface SearchFigures {
  readonly accounts: number;
  readonly [kind: string]:
    | number
    | { readonly p50: number; readonly p95: number; readonly max: number; readonly found: number };
}

/** Fills the database (unless it was filled before) and measures. */
export async function searches(
  database: { sqlite: string } | { postgres: string },
  folder: string,
  accounts: number,
  say: (text: string) => void,
): Promise<SearchFigures> {
  mkdirSync(folder, { recursive: true });
  const options = {
    database,
    keyFile: join(folder, 'hufu.keys'),
    baseUrl: 'http://127.0.0.1',
    channels: {},
    requestsPerSecond: 100_000,
  };
  const first = await openHouse(options);
  if (!(await first.registry.ids()).includes(TENANT)) {
    await first.registry.create({ id: TENANT, name: 'Bench', document: presetText('star-rollout'), actor: 'bench' });
    await first.keys.ready(TENANT);
    await fill(first, TENANT, accounts, Math.floor(accounts / 2), join(folder, 'scratch.db'), say);
  }
  await first.close();
  // Opened anew, as a server is.
  const house = await openHouse(options);
  try {
    if ('sqlite' in database) say(`  ${Math.round(statSync(database.sqlite).size / 2 ** 20)} MiB`);
    return await measure(house, accounts, say);
  } finally {
    await house.close();
  }
}

async function measure(house: House, accounts: number, say: (text: string) => void): Promise<SearchFigures> {
  const app = house.http();
  const secret = randomBytes(24).toString('base64url');
  const made = await createKey(
    house.ports,
    {
      tenantId: TENANT,
      name: 'bench',
      scopes: ['console:read'],
      clientId: null,
      clientVersion: null,
      expiresAt: null,
      actor: 'bench',
    },
    (id) => hashKey(id, secret),
  );
  if (made.kind !== 'key') throw new Error(made.code);
  const headers = { authorization: `Bearer ${keyToken(made.id, secret)}` };
  const ask = async (url: string): Promise<{ ms: number; body: { items?: unknown[] } }> => {
    const began = performance.now();
    const response = await app.inject({ method: 'GET', url, headers });
    const ms = performance.now() - began;
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
    return { ms, body: response.json() };
  };
  const some = (round: number, salt: number): number => ((round * 7_919 + salt) * 104_729) % accounts;
  const figures: Record<string, SearchFigures[string]> = { accounts };
  const note = (kind: string, times: number[], found: number): void => {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (q: number): number =>
      Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1));
    figures[kind] = { p50: at(0.5), p95: at(0.95), max: at(1), found: Number((found / times.length).toFixed(1)) };
    say(
      `  ${kind.padEnd(40)} p50 ${String(at(0.5)).padStart(6)} ms  p95 ${String(at(0.95)).padStart(6)} ms  most ${String(at(1)).padStart(6)} ms  ${figures[kind].found} found`,
    );
  };
  await ask('/v1/console/accounts?q=warm');
  for (const [salt, [kind, typed]] of Object.entries(KINDS).entries()) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { ms, body } = await ask(`/v1/console/accounts?q=${encodeURIComponent(typed(some(round, salt)))}`);
      times.push(ms);
      found += body.items?.length ?? 0;
    }
    note(kind, times, found);
  }
  for (const [kind, path] of [
    ['customer page', ''],
    ['its timeline', '/timeline'],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      times.push((await ask(`/v1/console/accounts/${customer(some(round, 99)).account}${path}`)).ms);
    note(kind, times, 0);
  }
  await app.close();
  return figures as SearchFigures;
}
