// PostgreSQL by pg: any number of stateless nodes. Commits about one account are ordered by an advisory lock, so that every assumption is checked
// against what the others have committed; `synchronous_commit` stays on. `@now` is the server's clock, one for all nodes.
// What waits at the same time shares a round trip: loads one query, commits one transaction and its fsync.
import pg from 'pg';
import { inGroups } from './groups.ts';
import { type CommitFunction, type Committing, commitFunction } from './postgres-commit.ts';
import { ACCOUNT_SQL, CHALLENGE_SQL } from './snapshots.ts';
import { compile, type Db, held, type Row, type Statement, type Step, type Values } from './sql.ts';
import { WRITE_STATEMENTS } from './writes.ts';

export interface PostgresOptions {
  readonly url: string;
  readonly max?: number;
  /** Tests only: a clock in place of the server's. */
  readonly clock?: () => number;
}

export interface Postgres extends Db {
  readonly dialect: 'postgres';
  readonly pool: pg.Pool;
  /** Once the tables are there: makes the commit function, and from then on commits in groups. Refuses a server that may forget a commit. */
  ready(): Promise<void>;
}

// 64-bit integers are milliseconds and counters here: exact as numbers.
const TYPES = {
  getTypeParser: (oid: number, format?: string) =>
    oid === 20 ? Number : (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown),
};
/** A group is sent while the one before it is being written; more at once only wait for each other. */
const COMMIT_LANES = 2;
const LOAD_LANES = 2;
const MOST = 200;

/** Connects lazily; every connection has statement and lock time-outs, so a stuck peer becomes a fault, never a hang. */
export function openPostgres(options: PostgresOptions): Postgres {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 16,
    connectionTimeoutMillis: 5000,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    // A host that vanished without a word: its silence becomes a fault too.
    query_timeout: 20_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'hufu',
    types: TYPES as pg.CustomTypesConfig,
  });
  // A connection that breaks is replaced by the pool, and whoever asks it next is told. That holds for idle ones and for those lent out between
  // two queries: nobody else listens to the latter, and an event nobody listens to would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const clock = options.clock;
  const compiled = new Map<string, Statement & { readonly name: string }>();
  const statement = (sql: string, make: () => Statement): Statement & { readonly name: string } => {
    let known = compiled.get(sql);
    if (known === undefined) {
      known = { ...make(), name: `s${compiled.size + 1}` };
      compiled.set(sql, known);
    }
    return known;
  };
  const bound = (s: Statement, values: Values): unknown[] =>
    s.names.map((name) => {
      const value = name === 'now' && clock !== undefined ? clock() : values[name];
      if (value === undefined) throw new TypeError(`no value for @${name}`);
      return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
    });
  // A bound clock needs its type told: `@now + @lease` alone could be anything.
  const placed = (sql: string): Statement =>
    clock === undefined
      ? compile(sql, (n) => `$${n}`, 'hufu_now()')
      : compile(sql.replaceAll('@now', 'CAST(@now AS BIGINT)'), (n) => `$${n}`, undefined);
  const statementOf = (sql: string): Statement & { readonly name: string } => statement(sql, () => placed(sql));
  const run = async (client: pg.Pool | pg.PoolClient, sql: string, values: Values): Promise<pg.QueryResult> => {
    const s = statementOf(sql);
    return client.query({ name: s.name, text: s.text, values: bound(s, values) });
  };
  const tuples = async (sql: string, values: Values): Promise<unknown[][]> => {
    const s = statementOf(sql);
    return (await pool.query({ name: s.name, text: s.text, values: bound(s, values), rowMode: 'array' })).rows;
  };

  /** Many loads of one kind as one query: its text once per row of parameters (all of them text), planned apart from the others (OFFSET 0). */
  const load = async (sql: string, group: readonly Values[]): Promise<unknown[][][]> => {
    if (group.length === 1) return [await tuples(sql, group[0]!)];
    const s = statement(`${sql} in groups`, () => {
      const one = compile(sql, (n) => `q.p${n}`, clock === undefined ? 'hufu_now()' : '$1::bigint');
      const first = clock === undefined ? 1 : 2;
      const arrays = one.names.map((_, i) => `$${first + i}::text[]`).join(', ');
      const names = one.names.map((_, i) => `p${i + 1}`).join(', ');
      return {
        names: one.names,
        text: `SELECT r.*, q.at FROM unnest(${arrays}) WITH ORDINALITY AS q(${names}, at) CROSS JOIN LATERAL (${one.text} OFFSET 0) r`,
      };
    });
    const values: unknown[] = s.names.map((name) => group.map((of) => of[name]));
    if (clock !== undefined) values.unshift(clock());
    const answers: unknown[][][] = group.map(() => []);
    const { rows } = await pool.query<unknown[]>({ name: s.name, text: s.text, values, rowMode: 'array' });
    for (const row of rows) answers[Number(row.pop()) - 1]!.push(row);
    return answers;
  };
  const loads = new Map(
    [CHALLENGE_SQL, ACCOUNT_SQL].map((sql) => [
      sql,
      inGroups<Values, unknown[][]>({ lanes: LOAD_LANES, most: MOST, isUndone }, (group) => load(sql, group)),
    ]),
  );

  let grouped: CommitFunction | undefined;
  const commits = inGroups<Committing, number>({ lanes: COMMIT_LANES, most: MOST, isUndone }, (group) =>
    again(
      async () => (await pool.query<{ failed: number[] }>(grouped!.call(group, clock?.() ?? null))).rows[0]!.failed,
    ),
  );

  /** Runs `work` in a transaction of its own; rolls back when it throws or answers a failed step. */
  const transaction = (key: string | null, work: (client: pg.PoolClient) => Promise<number>): Promise<number> =>
    again(async () => {
      const client = await pool.connect();
      let isBroken = false;
      try {
        await client.query('BEGIN');
        if (key !== null)
          await client.query({
            name: 'lock',
            text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
            values: [key],
          });
        const result = await work(client);
        const { command } = await client.query(result === -1 ? 'COMMIT' : 'ROLLBACK');
        if (result === -1 && command !== 'COMMIT') throw new Error('the database did not commit');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          isBroken = true;
        });
        throw error;
      } finally {
        client.release(isBroken);
      }
    });

  return {
    dialect: 'postgres',
    pool,
    async ready() {
      const client = await pool.connect();
      try {
        const { rows } = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
        if (rows[0]?.synchronous_commit === 'off')
          throw new Error(
            'this PostgreSQL has synchronous_commit off: after a crash a used code would work again. Set synchronous_commit to on for this database and start again',
          );
        grouped = await commitFunction(client, WRITE_STATEMENTS);
      } finally {
        client.release();
      }
    },
    async query(sql, values) {
      return (await run(pool, sql, values)).rows as Row[];
    },
    async tuples(sql, values) {
      return (loads.get(sql) ?? ((of: Values) => tuples(sql, of)))(values);
    },
    async spentSteps(authenticatorId) {
      const { rows } = await run(pool, SPENT_STEPS, { authenticator: authenticatorId, near: NEAR_MS });
      return rows.map((row: Row) => Number(row['ends_at']));
    },
    commit(key, steps: readonly Step[]) {
      if (grouped?.covers(steps)) return commits({ key, steps });
      return transaction(key, async (client) => {
        for (let i = 0; i < steps.length; i++) {
          const s = steps[i]!;
          if (!held(s, (await run(client, s.sql, s.values)).rowCount ?? 0)) return i;
        }
        return -1;
      });
    },
    async run(steps) {
      let changed = 0;
      await transaction(null, async (client) => {
        for (const s of steps) changed = (await run(client, s.sql, s.values)).rowCount ?? 0;
        return -1;
      });
      return changed;
    },
    async close() {
      await pool.end();
    },
  };
}

const SPENT_STEPS =
  'SELECT ends_at FROM spent_steps WHERE authenticator_id = @authenticator AND ends_at BETWEEN @now - CAST(@near AS BIGINT) AND @now + CAST(@near AS BIGINT)';
/** More than any window reaches. */
const NEAR_MS = 3600_000;

/** Repeats what the server undid only because others were in its way: a deadlock, a serialization failure. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (tries === 5 || (code !== '40P01' && code !== '40001')) throw error;
    }
  }
}

/** True when the server itself said that nothing stands, and lives on. A connection that broke tells nothing about a commit under way. */
const isUndone = (error: unknown): boolean => error instanceof pg.DatabaseError && error.severity === 'ERROR';
