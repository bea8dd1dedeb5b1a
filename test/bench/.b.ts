import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { prepare } from '/work/main/test/bench/prepare.ts';

const N = Number(process.argv[2] ?? 20000),
  L = Number(process.argv[3] ?? 60000),
  S = Number(process.argv[4] ?? 2);
const folder = '/tmp/w/bench';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const db = { sqlite: folder + '/hufu.db' };
let t = Date.now();
const p = await prepare(db, folder, N);
await p.addLogins(0, L);
await p.close();
console.log('prepared', Date.now() - t);
const start = (file: string, arg: unknown, pre: string[] = []) =>
  new Promise<any>((res) => {
    const c = spawn(
      'taskset',
      ['-c', '0', process.execPath, '--disable-warning=ExperimentalWarning', ...pre, file, JSON.stringify(arg)],
      { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    );
    c.stdout!.once('data', (d) =>
      res({
        c,
        port: JSON.parse(String(d)).port,
        cpu: () =>
          new Promise<any>((r) => {
            c.once('message', r);
            c.send(1);
          }),
      }),
    );
  });
const load = (job: any) =>
  new Promise<any>((res) => {
    let o = '';
    const c = spawn(
      'taskset',
      [
        '-c',
        '1',
        process.execPath,
        '--disable-warning=ExperimentalWarning',
        '/work/main/test/bench/load.ts',
        JSON.stringify(job),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    c.stdout.on('data', (d) => (o += d));
    c.on('close', () => res(JSON.parse(o)));
  });
const e = await start('/work/main/test/bench/echo.ts', {});
const prof = process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/w/prof'] : [];
const s = await start('/work/main/test/bench/serve.ts', { database: db, folder }, prof);
let from = 0;
const base = { connections: 64, seconds: S, token: p.token, accounts: N };
for (let i = 0; i < Number(process.argv[5] ?? 2); i++) {
  let a = await e.cpu();
  let r = await load({ ...base, ports: [e.port], mode: 'echo', from: 0, most: 1e9 });
  let b = await e.cpu();
  const ec = (b.user + b.system - a.user - a.system) / r.requests;
  console.log('echo', Math.round(r.requests / r.seconds), 'cpu/req', ec.toFixed(1), 'client', r.clientCpu.toFixed(2));
  a = await s.cpu();
  let v = await load({ ...base, ports: [s.port], mode: 'verify', from, most: L - from });
  b = await s.cpu();
  from += v.used;
  const vc = (b.user + b.system - a.user - a.system) / v.requests;
  console.log(
    'verify',
    Math.round(v.requests / v.seconds),
    'cpu/req',
    vc.toFixed(1),
    'failed',
    v.failed,
    'p50',
    v.p50.toFixed(1),
    'p99',
    v.p99.toFixed(1),
    'client',
    v.clientCpu.toFixed(2),
    'ratio',
    (v.requests / v.seconds / (r.requests / r.seconds)).toFixed(3),
    'cpuratio',
    (ec / vc).toFixed(3),
  );
}
e.c.kill();
s.c.kill('SIGTERM');
