// PostgreSQL by pg: any number of stateless nodes. Commits about one account are ordered by an advisory lock, so that every assumption is checked
// against what the others have committed; `synchronous_commit` stays on. `@now` is the server's clock, one for all nodes.
import pg from 'pg';
import { compile, type Db, held, type Row, type Statement, type Step, type Values } from './sql.ts';

export interface PostgresOptions {
  readonly url: string;
  readonly max?: number;
  /** Tests only: a clock in place of the server's. */
  readonly clock?: () => number;
}

export interface Postgres extends Db {
  readonly dialect: 'postgres';
  readonly pool: pg.Pool;
}

// 64-bit integers are milliseconds and counters here: exact as numbers.
const TYPES = { getTypeParser: (oid: number, format?: string) => (oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text')) };

/** Connects lazily; every connection has statement and lock time-outs, so a stuck peer becomes a fault, never a hang. */
export function openPostgres(options: PostgresOptions): Postgres {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 16,
    connectionTimeoutMillis: 5000,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'hufu',
    types: TYPES as pg.CustomTypesConfig,
  });
  // An idle connection that breaks is replaced by the pool; the next query tells if the server is gone.
  pool.on('error', () => {});
  const compiled = new Map<string, Statement & { readonly name: string }>();
  const statement = (sql: string): Statement & { readonly name: string } => {
    let known = compiled.get(sql);
    if (known === undefined) {
      known = { ...compile(sql, (n) => `$${n}`, options.clock === undefined ? 'hufu_now()' : undefined), name: `s${compiled.size + 1}` };
      compiled.set(sql, known);
    }
    return known;
  };
  const run = async (client: pg.Pool | pg.PoolClient, sql: string, values: Values, rowMode?: 'array'): Promise<pg.QueryResult> => {
    const s = statement(sql);
    const bound = s.names.map((name) => {
      const value = name === 'now' ? options.clock!() : values[name];
      if (value === undefined) throw new TypeError(`no value for @${name}`);
      return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
    });
    return client.query({ name: s.name, text: s.text, values: bound, ...(rowMode === undefined ? {} : { rowMode }) });
  };

  /** Runs `work` in a transaction; rolls back when it throws or answers a failed step. */
  const transaction = async (key: string | null, work: (client: pg.PoolClient) => Promise<number>): Promise<number> => {
    const client = await pool.connect();
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      if (key !== null) await client.query({ name: 'lock', text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', values: [key] });
      const result = await work(client);
      await client.query(result === -1 ? 'COMMIT' : 'ROLLBACK');
      return result;
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      client.release(failure !== undefined && 'code' in failure === false ? failure : undefined);
    }
  };

  return {
    dialect: 'postgres',
    pool,
    async query(sql, values) {
      return (await run(pool, sql, values)).rows as Row[];
    },
    async tuples(sql, values) {
      return (await run(pool, sql, values, 'array')).rows as unknown[][];
    },
    commit(key, steps: readonly Step[]) {
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
