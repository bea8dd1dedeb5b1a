// The stores every conformance test runs on. `nodes` are two houses on one PostgreSQL; SQLite belongs to one process, so there they are the same.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypeName } from '../../src/core/authenticator/type.ts';
import type { Challenge } from '../../src/core/challenge/challenge.ts';
import type { AccountRow, Write } from '../../src/core/commit.ts';
import { type IdPrefix, makeId } from '../../src/core/ids.ts';
import { aHouse, NINE, type TestHouse } from '../kit.ts';
import { aPostgres } from '../postgres.ts';

export interface StoreUnderTest {
  readonly nodes: readonly [TestHouse, TestHouse];
  /** Moves the time of every node on. */
  pass(ms: number): void;
  now(): number;
  /** The same database and key file opened once more, or null where a process owns it alone. */
  readonly again: { readonly database: { sqlite: string } | { postgres: string }; readonly folder: string } | null;
  close(): Promise<void>;
}

const over = (
  nodes: readonly [TestHouse, TestHouse],
  folder: string,
  again: StoreUnderTest['again'],
  end: () => Promise<void>,
): StoreUnderTest => ({
  nodes,
  again,
  now: () => nodes[0].clock.now,
  pass(ms) {
    for (const node of new Set(nodes)) node.clock.now += ms;
  },
  async close() {
    for (const node of new Set(nodes)) await node.close();
    await end();
    rmSync(folder, { recursive: true, force: true });
  },
});

async function sqlite(path: (folder: string) => string): Promise<StoreUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-store-'));
  const database = { sqlite: path(folder) };
  const house = await aHouse({ database, folder });
  return over([house, house], folder, database.sqlite === ':memory:' ? null : { database, folder }, async () => {});
}

async function postgres(): Promise<StoreUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-store-'));
  const server = await aPostgres();
  const database = { postgres: await server.database() };
  const first = await aHouse({ database, folder });
  const second = await aHouse({ database, folder });
  return over([first, second], folder, { database, folder }, () => server.close());
}

export const STORES: readonly { readonly name: string; readonly open: () => Promise<StoreUnderTest> }[] = [
  { name: 'SQLite in memory', open: () => sqlite(() => ':memory:') },
  { name: 'SQLite on disk', open: () => sqlite((folder) => join(folder, 'hufu.db')) },
  { name: 'PostgreSQL', open: postgres },
];

/** A fresh id of a kind. */
export const anId = (prefix: string): string => makeId(prefix as IdPrefix, NINE, randomBytes(18));

export const accountRow = (id: string, more: Partial<AccountRow> = {}): AccountRow => ({
  id,
  tenantId: 't1',
  canonical: id.toLowerCase(),
  account: id,
  name: null,
  phone: null,
  email: null,
  cohort: null,
  locale: 'en',
  status: 'active',
  passwordHash: null,
  ...more,
});

export const challengeRow = (accountId: string, now: number, more: Partial<Challenge> = {}): Challenge => ({
  id: anId('lgn'),
  tenantId: 't1',
  accountId,
  purpose: 'login',
  target: null,
  clientId: 'star-9.5',
  clientVersion: '9.5.8.5',
  deviceId: null,
  deviceName: null,
  ip: null,
  userAgent: null,
  keyId: 'key_test',
  locale: 'en',
  status: 'pending',
  verified: [],
  createdAt: now,
  expiresAt: now + 60_000,
  ...more,
});

export const authenticatorRow = (
  accountId: string,
  more: {
    id?: string;
    type?: TypeName;
    status?: 'pending' | 'active';
    expiresAt?: number | null;
    secret?: Uint8Array;
  } = {},
): Write => ({
  op: 'insert-authenticator',
  tenantId: 't1',
  accountId,
  id: more.id ?? anId('aut'),
  type: more.type ?? 'totp',
  status: more.status ?? 'active',
  params: 'SHA1/6/30',
  label: null,
  secret: more.secret ?? randomBytes(20),
  expiresAt: more.expiresAt ?? null,
});

export const event = (accountId: string, data: Readonly<Record<string, string | number>> = {}): Write => ({
  op: 'audit',
  event: { tenantId: 't1', accountId, event: 'login.satisfied', actor: 'test', data },
});

/** What was audited about an account, oldest first. */
export async function eventsOf(node: TestHouse, accountId: string): Promise<readonly Record<string, unknown>[]> {
  const rows = await node.house.db.query('SELECT data FROM audit_events WHERE account_id = @id ORDER BY seq', {
    id: accountId,
  });
  return rows.map((row) => JSON.parse(String(row['data'])) as Record<string, unknown>);
}
