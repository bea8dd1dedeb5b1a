import { mkdirSync, rmSync } from 'node:fs';
import { openHouse } from '../../src/compose.ts';
import { verify } from '../../src/flows/verify.ts';
import { hotp } from '../../src/otp/hotp.ts';
import { CHALLENGE_SQL } from '../../src/storage/snapshots.ts';
import { accountOfLogin, idOf, secretOf } from './fixtures.ts';
import { prepare } from './prepare.ts';

const N = 200000,
  L = 100000;
const folder = '/tmp/w/bench2';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const db = { sqlite: folder + '/hufu.db' };
const p = await prepare(db, folder, N);
await p.addLogins(0, L);
await p.close();
const h = await openHouse({
  database: db,
  keyFile: folder + '/hufu.keys',
  baseUrl: 'x',
  channels: {},
  requestsPerSecond: 1e9,
});
const caller = { tenantId: 'bench', actor: 'key:x', keyId: 'k', client: null };
const http = h.http();
await http.ready();
const cpu = async (name: string, n: number, f: (i: number) => Promise<unknown> | unknown, conc = 64) => {
  let i = 0;
  const a = process.cpuUsage();
  const w = performance.now();
  await Promise.all(
    Array.from({ length: conc }, async () => {
      while (i < n) {
        await f(i++);
      }
    }),
  );
  const b = process.cpuUsage(a);
  console.log(
    name.padEnd(30),
    ((b.user + b.system) / n).toFixed(1),
    'us cpu',
    (((performance.now() - w) * 1000) / n).toFixed(1),
    'us wall',
  );
};
const code = (n: number) =>
  hotp(secretOf(accountOfLogin(n, N)), Math.floor(Date.now() / 30000), { algorithm: 'SHA1', digits: 6 });
for (let r = 0; r < 2; r++) {
  await cpu('code', 5000, (i) => code(i));
  await cpu('query challenge', 10000, (i) => h.db.tuples(CHALLENGE_SQL, { id: idOf('lgn', i), tenant: 'bench' }));
  await cpu('store.challenge', 10000, (i) => h.ports.store.challenge('bench', idOf('lgn', i), false));
  await cpu('open secret', 10000, async (i) => {
    (await h.ports.store.challenge('bench', idOf('lgn', i), false))!.authenticators[0]!.secret();
  });
  await cpu('commit audit only', 10000, (i) =>
    h.ports.store.commit('x', [
      {
        op: 'audit',
        event: { tenantId: 'bench', accountId: 'a', event: 'login.started', actor: 'x', data: { login: 'x' } },
      },
    ]),
  );
  await cpu('commit spend only', 10000, (i) =>
    h.ports.store.commit('x', [{ op: 'spend', authenticatorId: idOf('aut', i), mark: 5000 + r, lookAhead: 2 }]),
  );
  await cpu('commit move only', 10000, (i) =>
    h.ports.store.commit('x', [
      { op: 'move-challenge', id: idOf('lgn', 90000 - i - r * 10000), from: '', verified: 'totp', status: 'satisfied' },
    ]),
  );
  await cpu('verify flow', 10000, async (i) => {
    const v = await verify(h.ports, caller, { id: idOf('lgn', r * 20000 + i), output: code(r * 20000 + i) });
    if (v.kind !== 'satisfied') throw new Error(JSON.stringify(v));
  });
  const s = await h.signing.signer('bench');
  await cpu('sign', 5000, (i) =>
    s.jws(
      '{"iss":"http://127.0.0.1","sub":"a123","aud":"star-9.5","acr":"urn:hufu:aal2","amr":["pwd","otp","mfa"],"auth_time":1795177982,"iat":1795177982,"exp":1795178282,"jti":"lgn_-P6swXf1UjtKbESLdciztF1gRzpAXOKg","login":"x","purpose":"login","tenant":"star"}',
    ),
  );
  await cpu('apiKey', 10000, (i) => h.ports.tenants && (h.registry as any).apiKey(p.token));
}
await h.close();
