// Fills a database with accounts, bound authenticators and open logins, in bulk: what a tenant of that size looks like.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type House, openHouse } from '../../src/compose.ts';
import { SCOPE_NAMES } from '../../src/contract/scopes.ts';
import { createKey } from '../../src/flows/registry.ts';
import { indexAccounts } from '../../src/jobs/index-accounts.ts';
import { hashKey, keyToken } from '../../src/storage/registry.ts';
import { authenticatorIdentity } from '../../src/storage/writes/row.ts';
import { presetText } from '../kit.ts';
import { accountName, accountOfLogin, idOf, secretOf } from './fixtures.ts';

export const TENANT = 'bench';
const LOGIN_LIFE_MS = 3 * 3600_000;

export interface Prepared {
  readonly token: string;
  close(): Promise<void>;
  addLogins(from: number, count: number): Promise<void>;
}

/** Opens (and fills, when empty) a database of `accounts` accounts. */
export async function prepare(
  database: { sqlite: string } | { postgres: string },
  folder: string,
  accounts: number,
): Promise<Prepared> {
  const house = await openHouse({
    database,
    keyFile: join(folder, 'hufu.keys'),
    baseUrl: 'http://127.0.0.1',
    channels: {},
    requestsPerSecond: 1,
  });
  await house.registry.create({
    id: TENANT,
    name: 'Bench',
    document: presetText('star-rollout').replace('phase: coexist', 'phase: totp-only'),
    actor: 'bench',
  });
  await house.keys.ready(TENANT);
  const secret = randomBytes(24).toString('base64url');
  const made = await createKey(
    house.ports,
    {
      tenantId: TENANT,
      name: 'bench',
      scopes: SCOPE_NAMES,
      clientId: null,
      clientVersion: null,
      expiresAt: null,
      actor: 'bench',
    },
    (id) => hashKey(id, secret),
  );
  if (made.kind !== 'key') throw new Error(made.code);
  const now = Date.now();
  await bulk(house, accounts, 20_000, async (from, to) => {
    const rows: unknown[][] = [];
    const bound: unknown[][] = [];
    for (let n = from; n < to; n++) {
      const account = idOf('acc', n);
      const authenticator = idOf('aut', n);
      const sealed = house.keys.seal(
        TENANT,
        authenticatorIdentity(account, authenticator, 'totp', 'SHA1/6/30'),
        secretOf(n),
      );
      rows.push([
        account,
        TENANT,
        accountName(n),
        accountName(n),
        null,
        null,
        null,
        null,
        'en',
        'active',
        null,
        now,
        1,
      ]);
      bound.push([
        account,
        authenticator,
        TENANT,
        'totp',
        'active',
        'SHA1/6/30',
        null,
        sealed.sealed,
        sealed.keyId,
        now,
        now,
        null,
      ]);
    }
    await insert(house, 'accounts', rows);
    await insert(house, 'authenticators', bound);
  });
  // Accounts that come by the API are in the search index from the start; these must not be brought into it while something is measured.
  await indexAccounts(house.ports.search);
  return {
    token: keyToken(made.id, secret),
    close: () => house.close(),
    addLogins: (from, count) =>
      bulk(house, count, 20_000, async (low, high) => {
        const rows: unknown[][] = [];
        const at = Date.now();
        for (let n = from + low; n < from + high; n++)
          rows.push([
            idOf('lgn', n),
            TENANT,
            idOf('acc', accountOfLogin(n, accounts)),
            'login',
            'star-9.5',
            '9.5.8.5',
            null,
            null,
            '203.0.113.9',
            null,
            made.id,
            'en',
            'pending',
            '',
            at,
            at + LOGIN_LIFE_MS,
            null,
          ]);
        await insert(house, 'challenges', rows);
      }),
  };
}

async function bulk(
  _house: House,
  total: number,
  size: number,
  work: (from: number, to: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < total; from += size) await work(from, Math.min(total, from + size));
}

/** The columns that are filled, in the order of the rows; what else a table has keeps its default. */
const COLUMNS = {
  accounts: 'id tenant_id canonical account name phone email cohort locale status password_hash created_at revision',
  authenticators: 'account_id id tenant_id type status params label sealed sealed_by created_at bound_at expires_at',
  challenges:
    'id tenant_id account_id purpose client_id client_version device_id device_name ip user_agent key_id locale status verified created_at expires_at closed_at',
} as const;
const typeOf = (column: string): string =>
  column === 'sealed' ? 'bytea' : /_at$|^revision$/.test(column) ? 'bigint' : 'text';

async function insert(house: House, table: keyof typeof COLUMNS, rows: unknown[][]): Promise<void> {
  const columns = COLUMNS[table].split(' ');
  if (house.db.dialect === 'sqlite') {
    const { raw } = house.db;
    const statement = raw.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    raw.exec('BEGIN');
    for (const row of rows) statement.run(...(row as string[]));
    raw.exec('COMMIT');
    return;
  }
  const { pool } = house.db;
  const arrays = columns.map((_, c) => rows.map((row) => row[c]));
  await pool.query(
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM unnest(${columns.map((c, i) => `$${i + 1}::${typeOf(c)}[]`).join(', ')})`,
    arrays,
  );
}
