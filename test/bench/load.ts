// A load on loopback over raw sockets, so that the client costs less than what it measures. Closed loop: each connection asks again when answered;
// open loop: logins start on a clock, whatever the server does. Bounded in time and count; ends by itself.
import { connect, type Socket } from 'node:net';
import { hotp } from '../../src/otp/hotp.ts';
import { accountName, accountOfLogin, idOf, secretOf } from './fixtures.ts';

export interface Job {
  readonly ports: readonly number[];
  readonly mode: 'echo' | 'verify' | 'login' | 'open';
  readonly connections: number;
  readonly seconds: number;
  readonly token: string;
  readonly accounts: number;
  /** The first login (verify) or account turn (login, open) nobody has used yet. */
  readonly from: number;
  readonly most: number;
  readonly perSecond?: number;
  /** Whether verify is asked for the signed assertion. */
  readonly assertion: boolean;
  /** Few accounts go round more than once: first with the step before this one, then this one, then the next. */
  readonly goesRound?: boolean;
}

export interface Result {
  readonly requests: number;
  readonly seconds: number;
  readonly failed: number;
  readonly used: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Share of one core this client used: near 1 it was the bottleneck, and the figure is a lower bound. */
  readonly clientCpu: number;
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
let next = job.from;
let requests = 0;
let failed = 0;
const latencies: number[] = [];
const started = performance.now();
const cpu = process.cpuUsage();
const ends = started + job.seconds * 1000;

const post = (path: string, body: string, auth: boolean): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\n${auth ? `authorization: Bearer ${job.token}\r\n` : ''}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const codeFor = (account: number, step: number): string =>
  hotp(secretOf(account), Math.floor(Date.now() / 30_000) + step, { algorithm: 'SHA1', digits: 6 });

const passOf = (n: number): number => (job.goesRound === true ? Math.floor((n - job.from) / job.accounts) - 1 : 0);

interface Client {
  ask(text: string): Promise<{ status: number; body: string }>;
  close(): void;
}

function client(port: number): Promise<Client> {
  return new Promise((ready, broken) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let pending = '';
    let answer: ((value: { status: number; body: string }) => void) | undefined;
    socket.setEncoding('latin1');
    socket.on('connect', () =>
      ready({
        ask: (text) =>
          new Promise((resolve) => {
            answer = resolve;
            socket.write(text, 'latin1');
          }),
        close: () => socket.destroy(),
      }),
    );
    socket.on('error', broken);
    socket.on('data', (chunk: string) => {
      pending = pending === '' ? chunk : pending + chunk;
      const head = pending.indexOf('\r\n\r\n');
      if (head < 0) return;
      const at = pending.indexOf('ontent-length: ') + 15;
      const length = Number(pending.slice(at, pending.indexOf('\r', at)));
      if (pending.length < head + 4 + length) return;
      const done = { status: Number(pending.slice(9, 12)), body: pending.slice(head + 4, head + 4 + length) };
      pending = '';
      answer?.(done);
    });
  });
}

async function one(c: Client): Promise<boolean> {
  const n = next++;
  if (n - job.from >= job.most) return false;
  const at = performance.now();
  let status: number;
  if (job.mode === 'echo') {
    status = (await c.ask(post('/echo', `{"output":"123456","account":"${n}"}`, false))).status;
  } else if (job.mode === 'verify') {
    status = (
      await c.ask(
        post(
          `/v1/logins/${idOf('lgn', n)}/verify`,
          `{"output":"${codeFor(accountOfLogin(n, job.accounts), passOf(n))}","assertion":${job.assertion}}`,
          true,
        ),
      )
    ).status;
  } else {
    const account = accountOfLogin(n, job.accounts);
    const body = `{"account":"${accountName(account)}","client":{"id":"star-9.5","version":"9.5.8.5"},"firstFactor":"verified"}`;
    const login = await c.ask(post('/v1/logins', body, true));
    const id = /"id":"(lgn_[^"]+)"/.exec(login.body)?.[1] ?? '';
    status = (
      await c.ask(
        post(`/v1/logins/${id}/verify`, `{"output":"${codeFor(account, 0)}","assertion":${job.assertion}}`, true),
      )
    ).status;
  }
  latencies.push(performance.now() - at);
  requests++;
  if (status >= 300) failed++;
  return true;
}

const clients = await Promise.all(
  Array.from({ length: job.connections }, (_, i) => client(job.ports[i % job.ports.length]!)),
);
if (job.mode === 'open') {
  // Logins start on a fixed beat; one that finds every connection busy waits, and its wait counts.
  const free = [...clients];
  const waiting: number[] = [];
  const interval = 1000 / (job.perSecond ?? 1000);
  let planned = 0;
  const serve = (): void => {
    while (free.length > 0 && waiting.length > 0) {
      const c = free.pop()!;
      const due = waiting.shift()!;
      void one(c).then(() => {
        latencies[latencies.length - 1] = performance.now() - due;
        free.push(c);
        serve();
      });
    }
  };
  await new Promise<void>((resolve) => {
    const beat = setInterval(() => {
      const now = performance.now();
      while (started + planned * interval <= now && now < ends) waiting.push(started + planned++ * interval);
      serve();
      if (now >= ends && free.length === clients.length && waiting.length === 0) {
        clearInterval(beat);
        resolve();
      }
    }, 1);
  });
} else {
  await Promise.all(
    clients.map(async (c) => {
      while (performance.now() < ends && (await one(c)));
    }),
  );
}
const seconds = (performance.now() - started) / 1000;
for (const c of clients) c.close();
latencies.sort((a, b) => a - b);
const used = process.cpuUsage(cpu);
const at = (q: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? 0;
const result: Result = {
  requests,
  seconds,
  failed,
  used: next - job.from,
  p50: at(0.5),
  p99: at(0.99),
  max: latencies.at(-1) ?? 0,
  clientCpu: (used.user + used.system) / 1e6 / seconds,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
