// Kills at any moment: of the server, fifty times on each database in the middle of load, and of PostgreSQL under a server that lives on.
// What a client was told stays true, and no code ever works twice. What a client was not told may have happened or not, but not twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.ts';
import { aPostgres } from '../postgres.ts';
import {
  aServer,
  aTenant,
  call,
  codeNow,
  type OpenTenant,
  type Person,
  type Place,
  type ServerProcess,
} from './nodes-kit.ts';

const KILLS = 50;
const PER_ROUND = 24;
const LANES = 8;

interface Turn {
  readonly person: Person;
  readonly logins: readonly string[];
  code: string;
  told: 'accepted' | 'refused' | 'unavailable' | 'nothing';
}

const turnsFor = async (tenant: OpenTenant, count: number): Promise<Turn[]> => {
  const people = await tenant.people(count);
  return Promise.all(
    people.map(
      async (person): Promise<Turn> => ({ person, logins: await tenant.logins(person, 2), code: '', told: 'nothing' }),
    ),
  );
};

/** Presents a code for one of the turn's logins. */
async function present(server: ServerProcess, token: string, turn: Turn, login: number): Promise<Turn['told']> {
  try {
    const { status } = await call(server, token, `/v1/logins/${turn.logins[login]}/verify`, { output: turn.code });
    return status === 200 ? 'accepted' : status === 503 ? 'unavailable' : 'refused';
  } catch {
    return 'nothing';
  }
}

/** Everyone presents their code, eight at a time, until `isOver` says so, told how many were accepted so far. Resolves when nothing is on its way. */
async function load(
  server: ServerProcess,
  token: string,
  turns: readonly Turn[],
  isOver: (accepted: number) => boolean,
): Promise<void> {
  const waiting = [...turns];
  let accepted = 0;
  let over = false;
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let turn = waiting.shift(); turn !== undefined && !over; turn = waiting.shift()) {
        turn.code = codeNow(turn.person);
        turn.told = await present(server, token, turn, 0);
        if (turn.told === 'accepted') accepted++;
        over ||= isOver(accepted);
      }
    }),
  );
}

/** What the client's journal says, held against the store: LOAD-07's accepts = spent = audited, and nothing acknowledged is missing. */
async function settle({ db }: House, turns: readonly Turn[]): Promise<void> {
  const count = async (sql: string): Promise<Map<string, number>> =>
    new Map((await db.query(sql, {})).map((row) => [String(row['id']), Number(row['n'])]));
  const spent = await count('SELECT authenticator_id AS id, count(*) AS n FROM spent_steps GROUP BY authenticator_id');
  const audited = await count(
    `SELECT account_id AS id, count(*) AS n FROM audit_events WHERE event = 'login.satisfied' GROUP BY account_id`,
  );
  const satisfied = await count(
    `SELECT account_id AS id, count(*) AS n FROM challenges WHERE status = 'satisfied' GROUP BY account_id`,
  );
  for (const { person, told } of turns) {
    const row = [
      spent.get(person.authenticatorId) ?? 0,
      audited.get(person.accountId) ?? 0,
      satisfied.get(person.accountId) ?? 0,
    ];
    if (told === 'accepted') expect(row).toEqual([1, 1, 1]);
    else
      expect([
        [0, 0, 0],
        [1, 1, 1],
      ]).toContainEqual(row);
  }
}

/** The same sequence for every run: where in its load each server is killed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function killAndKill(place: Place): Promise<void> {
  const next = chance(7);
  const tenant = await aTenant(place);
  const rounds: Turn[][] = [];
  for (let round = 0; round < KILLS; round++) rounds.push(await turnsFor(tenant, PER_ROUND));
  await tenant.close();
  let before: Turn[] = [];
  let cut = 0;
  for (const turns of [...rounds, []]) {
    const server = await aServer(place);
    // Codes told to be accepted are refused by the server that came up; what was cut off may be tried again, and works at most once in all.
    await Promise.all(
      before.map(async (turn) => {
        const again = await present(server, tenant.token, turn, 1);
        if (turn.told === 'accepted') expect(again).toBe('refused');
        else if (again === 'accepted') turn.told = 'accepted';
      }),
    );
    const killAt = Math.floor(next() * PER_ROUND);
    let killed: Promise<void> | undefined;
    await load(server, tenant.token, turns, (accepted) => {
      if (accepted >= killAt) killed ??= server.kill();
      return killed !== undefined;
    });
    await (killed ?? server.kill());
    before = turns.filter((turn) => turn.code !== '');
    cut += before.filter((turn) => turn.told === 'nothing').length;
  }
  expect(cut).toBeGreaterThan(KILLS / 2);
  const after = await aTenant(place);
  await settle(after.house, rounds.flat());
  await after.close();
}

describe('kills', () => {
  it.concurrent(`NF-4 STO-01 ${KILLS} kill -9 in the middle of load on SQLite: nothing told is lost, no code works twice`, {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-kill-'));
    await killAndKill({ folder });
    rmSync(folder, { recursive: true, force: true });
  });

  it.concurrent(`NF-4 STO-01 ${KILLS} kill -9 in the middle of load on PostgreSQL: nothing told is lost, no code works twice`, {
    timeout: 300_000,
  }, async () => {
    await using server = await aPostgres();
    const folder = mkdtempSync(join(tmpdir(), 'hufu-kill-'));
    await killAndKill({ folder, postgres: await server.database() });
    rmSync(folder, { recursive: true, force: true });
  });

  it('NF-4 STO-11 PostgreSQL itself killed under load: 503 while it is gone, nobody let in, and service again without a restart', {
    timeout: 180_000,
  }, async () => {
    await using database = await aPostgres();
    const folder = mkdtempSync(join(tmpdir(), 'hufu-kill-'));
    const place: Place = { folder, postgres: await database.database() };
    const tenant = await aTenant(place);
    const node = await aServer(place);
    const all: Turn[] = [];
    for (let round = 0; round < 4; round++) {
      const turns = await turnsFor(tenant, 160);
      all.push(...turns);
      let crash: Promise<void> | undefined;
      await load(node, tenant.token, turns, (accepted) => {
        if (accepted >= 10) crash ??= database.crash();
        return false;
      });
      await crash;
      expect(turns.filter((t) => t.told === 'accepted').length).toBeGreaterThanOrEqual(10);
      expect(turns.filter((t) => t.told === 'unavailable').length).toBeGreaterThan(0);
      // The server answers all along, also while nothing can be decided.
      expect(turns.filter((t) => t.told === 'nothing' || t.told === 'refused')).toEqual([]);
      expect((await call(node, tenant.token, `/v1/logins/${turns[0]!.logins[1]}`)).status).toBe(503);
      await database.start();
      for (const turn of turns) {
        const again = await present(node, tenant.token, turn, 1);
        if (turn.told === 'accepted') expect(again).toBe('refused');
        else if (again === 'accepted') turn.told = 'accepted';
        else expect(again).toBe('refused');
      }
    }
    await settle(tenant.house, all);
    await node.stop();
    await tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
