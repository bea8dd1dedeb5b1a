// How long the cockpit takes to open on a tenant of a million accounts with ninety days behind it: what its page asks for, over HTTP, on each database.

import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { madeHistory } from '../../src/commands/demo-data/history.ts';
import { accountSteps, countSteps } from '../../src/commands/demo-data/history-rows.ts';
import { type House, openHouse } from '../../src/compose.ts';
import { createKey } from '../../src/flows/registry.ts';
import { cockpit as read } from '../../src/flows/rollout/cockpit.ts';
import { previewSwitch } from '../../src/flows/rollout/preview.ts';
import { hashKey, keyToken } from '../../src/storage/registry.ts';
import { presetText } from '../kit.ts';
import { aPostgres } from '../postgres.ts';
import { TENANT } from './prepare.ts';

const CHUNK = 20_000;
const caller = { tenantId: TENANT, actor: 'bench', keyId: 'bench', client: null };
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/** Medians in ms of what the page asks for when it opens, one after the other, and of all of it. */
export async function cockpit(
  root: string,
  accounts: number,
  runs: number,
  say: (text: string) => void,
): Promise<Record<string, unknown>> {
  const report: Record<string, unknown> = {};
  const pg = await aPostgres();
  try {
    for (const [name, database] of [
      ['sqlite', { sqlite: join(mkdtempSync(join(root, 'c-')), 'hufu.db') }],
      ['postgres', { postgres: await pg.database() }],
    ] as const) {
      const house = await openHouse({
        database,
        keyFile: join(mkdtempSync(join(root, 'k-')), 'hufu.keys'),
        baseUrl: 'http://127.0.0.1',
        channels: {},
        requestsPerSecond: 1000,
      });
      say(`preparing ${accounts.toLocaleString('en')} accounts with ninety days (${name}) …`);
      const token = await fill(house, accounts);
      const app = house.http();
      const url = await app.listen({ host: '127.0.0.1', port: 0 });
      const times: Record<string, number[]> = { cockpit: [], funnel: [], preview: [], all: [] };
      const timed = async (of: string, work: () => Promise<unknown>): Promise<number> => {
        const began = performance.now();
        await work();
        const took = performance.now() - began;
        times[of]?.push(took);
        return took;
      };
      const authorization = `Bearer ${token}`;
      for (let run = 0; run < runs; run++) {
        let all = await timed('cockpit', async () =>
          (await fetch(`${url}/v1/console/rollout`, { headers: { authorization } })).json(),
        );
        all += await timed('funnel', () => house.ports.steps.groups(TENANT, undefined));
        all += await timed('preview', async () =>
          (
            await fetch(`${url}/v1/console/rollout/preview`, {
              method: 'POST',
              headers: { authorization, 'content-type': 'application/json' },
              body: JSON.stringify({ phase: 'totp-only' }),
            })
          ).json(),
        );
        times['all']?.push(all);
      }
      const figures = Object.fromEntries(Object.entries(times).map(([of, list]) => [of, Math.round(median(list))]));
      const seen = await read(house.ports, caller);
      if (seen.accounts !== accounts) throw new Error(`the cockpit tells ${seen.accounts} of ${accounts} accounts`);
      await previewSwitch(house.ports, caller, { phase: 'totp-only' });
      report[`cockpit-${name}`] = { accounts, ...figures };
      say(
        `  ${name}: ${Object.entries(figures)
          .map(([of, ms]) => `${of} ${ms} ms`)
          .join('   ')}`,
      );
      await app.close();
      await house.close();
    }
  } finally {
    await pg.close();
  }
  return report;
}

async function fill(house: House, accounts: number): Promise<string> {
  await house.registry.create({ id: TENANT, name: 'Bench', document: presetText('star-rollout'), actor: 'bench' });
  await house.keys.ready(TENANT);
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
  const history = madeHistory(Date.now(), '9');
  for (let from = 0; from < accounts; from += CHUNK)
    await house.db.run(accountSteps(house, TENANT, history.accounts(from, Math.min(accounts, from + CHUNK)), false));
  await house.db.run(countSteps(house, TENANT, history));
  await house.count();
  // As a database that has been running for a while is.
  if (house.db.dialect === 'postgres') await house.db.run([{ sql: 'ANALYZE', rows: 'any', values: {} }]);
  return keyToken(made.id, secret);
}
