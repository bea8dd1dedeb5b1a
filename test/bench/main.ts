// `npm run bench`: in one run, alternating, a bare Fastify echo and verification with everything on; then the rest of what docs/reference/performance.md tells.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aPostgres } from '../postgres.ts';
import { cockpit } from './cockpit.ts';
import type { Job, Result } from './load.ts';
import { type Prepared, prepare } from './prepare.ts';
import { canPin, runLoad, type Server, startServer } from './processes.ts';
import { searches } from './search.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    accounts: { type: 'string', default: '1000000' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    // `--only search`: where to keep the SQLite database, to measure it again without filling it again.
    keep: { type: 'string' },
  },
});
const PARTS = ['ratio', 'logins', 'p99', 'start', 'postgres', 'cockpit', 'search'] as const;
const isAsked = (part: (typeof PARTS)[number]): boolean =>
  flags.only === undefined || flags.only.split(',').includes(part);
const ACCOUNTS = flags.quick ? 100_000 : Number(flags.accounts);
const RUNS = flags.quick ? 3 : 5;
const SECONDS = flags.quick ? 1.5 : 3;
const CONNECTIONS = 64;
const FEW = 10_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const rate = (r: Result): number => r.requests / r.seconds;
const round = (n: number, digits = 1): number => Number(n.toFixed(digits));

const root = mkdtempSync(join(tmpdir(), 'hufu-bench-'));
const report: Record<string, unknown> = {
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: round(totalmem() / 2 ** 30),
    node: process.version,
    pinned: canPin,
  },
};
try {
  await main();
} finally {
  rmSync(root, { recursive: true, force: true });
}
if (flags.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

async function main(): Promise<void> {
  if (isAsked('ratio') || isAsked('logins') || isAsked('p99')) {
    say(`preparing ${ACCOUNTS.toLocaleString('en')} accounts …`);
    const needed = Math.ceil(RUNS * SECONDS * 35_000);
    const big = await open('sqlite', ACCOUNTS, Math.min(needed, Math.floor(ACCOUNTS * 0.9)));
    const echo = await startServer('echo.ts', {});
    const server = await startServer('serve.ts', { database: big.database, folder: big.folder });
    if (isAsked('ratio')) await pairs(echo, server, big);
    if (isAsked('logins')) await wholeLogins(server, big);
    await server.stop();
    await echo.stop();
    if (isAsked('p99')) await few(big);
  }
  if (isAsked('start')) await startUp();
  if (isAsked('postgres')) await postgres();
  // Minutes of filling: only when it is asked for.
  if (flags.only !== undefined && isAsked('search')) await search();
  if (isAsked('cockpit')) Object.assign(report, await cockpit(root, ACCOUNTS, RUNS, say));
}

interface Place {
  readonly folder: string;
  readonly database: { sqlite: string } | { postgres: string };
  readonly accounts: number;
  readonly token: string;
  readonly logins: number;
  /** The next login, or account turn, that nobody has used. */
  next: number;
}

async function open(kind: string, accounts: number, logins: number): Promise<Place> {
  const folder = mkdtempSync(join(root, 'd-'));
  const database = kind === 'sqlite' ? { sqlite: join(folder, 'hufu.db') } : { postgres: kind };
  const prepared: Prepared = await prepare(database, folder, accounts);
  await prepared.addLogins(0, logins);
  await prepared.close();
  return { folder, database, accounts, token: prepared.token, logins, next: 0 };
}

async function load(place: Place, ports: readonly number[], job: Pick<Job, 'mode'> & Partial<Job>): Promise<Result> {
  const result = await runLoad({
    ports,
    connections: CONNECTIONS,
    seconds: SECONDS,
    token: place.token,
    accounts: place.accounts,
    from: place.next,
    most: place.logins - place.next,
    assertion: false,
    ...job,
  });
  if (job.mode !== 'echo') place.next += result.used;
  if (result.failed > 0) say(`  ${result.failed} of ${result.requests} were refused: the figure does not count`);
  return result;
}

async function pairs(echo: Server, server: Server, big: Place): Promise<void> {
  const echoes: Result[] = [];
  const verifies: Result[] = [];
  const signed: Result[] = [];
  await load(big, [server.port], { mode: 'verify', seconds: 1 });
  for (let run = 0; run < RUNS; run++) {
    echoes.push(await load(big, [echo.port], { mode: 'echo', from: 0, most: 1e9 }));
    verifies.push(await load(big, [server.port], { mode: 'verify' }));
    const [e, v] = [echoes.at(-1), verifies.at(-1)] as [Result, Result];
    say(
      `  echo ${round(rate(e), 0)}/s   verify ${round(rate(v), 0)}/s   ratio ${round(rate(v) / rate(e), 3)}   p99 ${round(v.p99)} ms`,
    );
  }
  for (let run = 0; run < 3; run++)
    signed.push(await load(big, [server.port], { mode: 'verify', assertion: true, seconds: SECONDS / 2 }));
  const echoRate = median(echoes.map(rate));
  const verifyRate = median(verifies.map(rate));
  Object.assign(report, {
    ratio: round(verifyRate / echoRate, 3),
    ratioWithAssertion: round(median(signed.map(rate)) / echoRate, 3),
    echo: { perSecond: round(echoRate, 0), clientCpu: median(echoes.map((r) => r.clientCpu)) },
    verify: {
      perSecond: round(verifyRate, 0),
      p50: median(verifies.map((r) => r.p50)),
      p99: median(verifies.map((r) => r.p99)),
      accounts: big.accounts,
      refused: verifies.reduce((n, r) => n + r.failed, 0),
    },
    verifyWithAssertion: { perSecond: round(median(signed.map(rate)), 0) },
  });
  say(
    `\n  verify / echo: ${String(report['ratio'])}   (with a signed assertion: ${String(report['ratioWithAssertion'])})\n`,
  );
}

async function wholeLogins(server: Server, big: Place): Promise<void> {
  const place = { ...big, next: 5_000_000, logins: 9_000_000 };
  const closed = await load(place, [server.port], { mode: 'login', assertion: true });
  const beat = await load(place, [server.port], {
    mode: 'open',
    perSecond: 2000,
    seconds: flags.quick ? 2 : 5,
    assertion: true,
  });
  report['wholeLogin'] = { perSecond: round(rate(closed), 0), p50: round(closed.p50), p99: round(closed.p99) };
  report['openLoop2000'] = {
    perSecond: round(rate(beat), 0),
    p50: round(beat.p50),
    p99: round(beat.p99),
    refused: beat.failed,
  };
  say(
    `  whole login (both calls, assertion): ${round(rate(closed), 0)}/s; open loop at 2,000/s: p50 ${round(beat.p50)} ms, p99 ${round(beat.p99)} ms`,
  );
}

/** p99 of the same number of verifications with few accounts and with all, each on a fresh server. */
async function few(big: Place): Promise<void> {
  const p99: Record<'few' | 'all', number[]> = { few: [], all: [] };
  for (let run = 0; run < 3; run++) {
    const small = await open('sqlite', FEW, FEW * 3);
    for (const [name, place] of [
      ['few', small],
      ['all', big],
    ] as const) {
      const server = await startServer('serve.ts', { database: place.database, folder: place.folder });
      const r = await load(place, [server.port], {
        mode: 'verify',
        seconds: 20,
        most: FEW * 3,
        goesRound: name === 'few',
      });
      p99[name].push(r.p99);
      await server.stop();
    }
  }
  const ratio = median(p99.all) / median(p99.few);
  report['p99'] = {
    [`at${FEW}`]: round(median(p99.few), 2),
    [`at${big.accounts}`]: round(median(p99.all), 2),
    ratio: round(ratio, 2),
  };
  say(
    `  p99 at ${FEW} accounts ${round(median(p99.few))} ms, at ${big.accounts} ${round(median(p99.all))} ms: ${round(ratio, 2)} times`,
  );
}

/** From starting `hufu serve` on an existing database to its first answer, and what it takes when idle. */
async function startUp(): Promise<void> {
  const place = await open('sqlite', 1000, 0);
  const times: number[] = [];
  let memory = 0;
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, '../../src/main.mjs'),
        'serve',
        '--port',
        String(port),
      ],
      {
        stdio: 'ignore',
        env: { ...process.env, HUFU_DATA: place.folder, HUFU_LOG: 'silent' },
      },
    );
    while (
      !(await fetch(`http://127.0.0.1:${port}/livez`).then(
        (r) => r.ok,
        () => false,
      ))
    )
      await new Promise((r) => setTimeout(r, 5));
    times.push(performance.now() - started);
    await new Promise((r) => setTimeout(r, 5000));
    memory = residentMiB(child.pid ?? 0);
    await new Promise((r) => child.once('exit', r).kill('SIGTERM'));
  }
  report['start'] = { firstAnswerMs: round(median(times), 0), idleMiB: round(memory, 0) };
  say(`  first answer ${round(median(times), 0)} ms after start; idle at ${round(memory, 0)} MiB`);
}

function residentMiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function search(): Promise<void> {
  const folder = flags.keep ?? mkdtempSync(join(root, 's-'));
  say(`searching among ${ACCOUNTS.toLocaleString('en')} customers on SQLite …`);
  const sqlite = await searches({ sqlite: join(folder, 'hufu.db') }, folder, ACCOUNTS, say);
  say(`searching among ${ACCOUNTS.toLocaleString('en')} customers on PostgreSQL …`);
  const pg = await aPostgres();
  try {
    const place = mkdtempSync(join(root, 's-'));
    report['search'] = { sqlite, postgres: await searches({ postgres: await pg.database() }, place, ACCOUNTS, say) };
  } finally {
    await pg.close();
  }
}

async function postgres(): Promise<void> {
  const pg = await aPostgres();
  try {
    const accounts = flags.quick ? 20_000 : 200_000;
    const place = await open(await pg.database(), accounts, accounts);
    const nodes = [await startServer('serve.ts', { database: place.database, folder: place.folder }, null)];
    await load(place, [nodes[0]?.port ?? 0], { mode: 'verify', seconds: 1 });
    const one = await load(place, [nodes[0]?.port ?? 0], { mode: 'verify' });
    nodes.push(await startServer('serve.ts', { database: place.database, folder: place.folder }, null));
    const two = await load(
      place,
      nodes.map((n) => n.port),
      { mode: 'verify' },
    );
    for (const n of nodes) await n.stop();
    report['postgres'] = {
      oneNode: round(rate(one), 0),
      twoNodes: round(rate(two), 0),
      p99OneNode: round(one.p99),
      p99TwoNodes: round(two.p99),
      accounts,
    };
    say(
      `  PostgreSQL (nodes, database and load share the cores): one node ${round(rate(one), 0)}/s, two ${round(rate(two), 0)}/s`,
    );
  } finally {
    await pg.close();
  }
}
