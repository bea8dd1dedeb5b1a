// SQLite by node:sqlite: WAL, synchronous=FULL, one process. Commits that wait at the same time share one transaction and one fsync; nobody is
// told before it is on disk. A lost race is rare, so a group is first tried without savepoints and repeated with them when one is lost.
import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { stepLedger } from './ledger.ts';
import { CHALLENGE_SQL, CHALLENGES_SQL } from './snapshots.ts';
import { compile, type Db, held, type Row, type Step, type Value, type Values } from './sql.ts';

interface Waiting {
  readonly steps: readonly Step[];
  readonly resolve: (result: number) => void;
  readonly reject: (error: unknown) => void;
}

interface Reading {
  readonly sql: string;
  readonly values: Values;
  readonly resolve: (rows: unknown[][]) => void;
  readonly reject: (error: unknown) => void;
  rows?: unknown[][];
}

interface Prepared {
  readonly statement: StatementSync;
  readonly names: readonly string[];
  readonly isQuery: boolean;
}

export interface Sqlite extends Db {
  readonly dialect: 'sqlite';
  readonly raw: DatabaseSync;
}

/** A group this large waits for nobody. */
const MOST = 256;

/** Opens (and creates) the database file; `:memory:` for tests. `clock` is the database's time, ms. */
export function openSqlite(path: string, clock: () => number): Sqlite {
  const before = fileAt(path);
  const raw = new DatabaseSync(path, { timeout: 5000 });
  raw.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;
            PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = ON;`);
  // A restore may have put another file in this one's place while we waited for it: ours is then a copy that nobody reads again.
  if (before !== undefined && fileAt(path) !== before) {
    raw.close();
    throw new Error(`the database ${path} was replaced while it was being opened: start again`);
  }
  const prepared = new Map<string, Prepared>();
  const asTuples = new Map<string, Prepared>();
  const ledger = stepLedger(raw);
  let waiting: Waiting[] = [];
  let reading: Reading[] = [];
  const begin = raw.prepare('BEGIN');
  const beginImmediate = raw.prepare('BEGIN IMMEDIATE');
  const commit = raw.prepare('COMMIT');
  let arrived = 0;
  let broken: Error | undefined;

  const prepare = (sql: string): Prepared => {
    let known = prepared.get(sql);
    if (known === undefined) {
      const { text, names } = compile(sql, (n) => `?${n}`, undefined);
      const statement = raw.prepare(text);
      known = { statement, names, isQuery: statement.columns().length > 0 };
      prepared.set(sql, known);
    }
    return known;
  };
  const prepareTuples = (sql: string): Prepared => {
    let known = asTuples.get(sql);
    if (known === undefined) {
      const { text, names } = compile(sql, (n) => `?${n}`, undefined);
      const statement = raw.prepare(text);
      statement.setReturnArrays(true);
      known = { statement, names, isQuery: true };
      asTuples.set(sql, known);
    }
    return known;
  };
  const bind = ({ names }: Prepared, values: Values, now: number): (string | number | bigint | null | Uint8Array)[] => {
    const bound: (string | number | bigint | null | Uint8Array)[] = [];
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      const value = name === 'now' ? now : values[name];
      if (value === undefined) throw new TypeError(`no value for @${name}`);
      bound.push(value);
    }
    return bound;
  };
  const step = (s: Step, now: number): number => {
    if (s.spends !== undefined && !ledger.isFree(s.spends)) return 0;
    const p = prepare(s.sql);
    const bound = bind(p, s.values, now);
    if (p.isQuery) return p.statement.get(...bound) === undefined ? 0 : 1;
    const { changes, lastInsertRowid } = p.statement.run(...bound);
    if (s.spends !== undefined && changes === 1) ledger.add(s.spends, Number(lastInsertRowid));
    return Number(changes);
  };
  /** -1, or the index of the step whose assumption failed. */
  const attempt = (steps: readonly Step[], now: number): number => {
    for (let i = 0; i < steps.length; i++) if (!held(steps[i]!, step(steps[i]!, now))) return i;
    return -1;
  };

  /** Challenges of one tenant by one statement: its cursors are opened once for all of them. */
  const readChallenges = (group: readonly Reading[], tenant: Value, now: number): void => {
    const ids = JSON.stringify(group.map((r) => r.values['id']));
    const p = prepareTuples(CHALLENGES_SQL);
    for (const r of group) r.rows = [];
    for (const row of p.statement.all(...bind(p, { ids, tenant }, now)) as unknown as unknown[][])
      group[row.pop() as number]?.rows?.push(row);
  };

  /** Snapshots asked for at the same time are read in one transaction: taking and leaving SQLite's locks costs more than reading a row. */
  const read = (): void => {
    const group = reading;
    reading = [];
    try {
      if (broken !== undefined) throw broken;
      const now = clock();
      if (group.length > 1) begin.run();
      try {
        const ofTenant = new Map<Value, Reading[]>();
        for (const r of group) {
          const { tenant } = r.values;
          if (r.sql !== CHALLENGE_SQL || tenant === undefined) {
            const p = prepareTuples(r.sql);
            r.rows = p.statement.all(...bind(p, r.values, now)) as unknown as unknown[][];
          } else {
            const others = ofTenant.get(tenant);
            if (others === undefined) ofTenant.set(tenant, [r]);
            else others.push(r);
          }
        }
        for (const [tenant, some] of ofTenant) readChallenges(some, tenant, now);
      } finally {
        if (raw.isTransaction) commit.run();
      }
    } catch (error) {
      for (const r of group) r.reject(error);
      return;
    }
    for (const r of group) r.resolve(r.rows ?? []);
  };

  const flush = (): void => {
    // Whoever came since the last turn of the event loop is soon followed by others: waiting until a turn brings nobody makes groups as large as the
    // load is, halves what a commit costs each of them, and costs a lone one next to nothing.
    if (arrived > 0 && waiting.length < MOST) {
      arrived = 0;
      setImmediate(flush);
      return;
    }
    arrived = 0;
    const group = waiting;
    waiting = [];
    const results: (number | { readonly error: unknown })[] = [];
    try {
      if (broken !== undefined) throw broken;
      const now = clock();
      if (!quick(group, now, results)) careful(group, now, results);
    } catch (error) {
      for (const w of group) w.reject(error);
      return;
    }
    for (let i = 0; i < group.length; i++) {
      const result = results[i]!;
      if (typeof result === 'number') group[i]!.resolve(result);
      else group[i]!.reject(result.error);
    }
  };
  const rollBack = (): void => {
    ledger.undo(0);
    if (raw.isTransaction) raw.exec('ROLLBACK');
  };
  /** The whole group in one transaction; false when any commit failed half-way, with nothing written. */
  const quick = (group: readonly Waiting[], now: number, results: (number | { error: unknown })[]): boolean => {
    beginImmediate.run();
    ledger.begin(now);
    try {
      for (const w of group) {
        const failed = attempt(w.steps, now);
        // A first step that failed wrote nothing; later ones need what was written before them undone.
        if (failed > 0) {
          rollBack();
          return false;
        }
        results.push(failed);
      }
    } catch {
      rollBack();
      return false;
    }
    finish();
    return true;
  };
  const careful = (group: readonly Waiting[], now: number, results: (number | { error: unknown })[]): void => {
    results.length = 0;
    beginImmediate.run();
    ledger.begin(now);
    for (const w of group) {
      const before = ledger.added();
      const undo = (): void => {
        ledger.undo(before);
        raw.exec('ROLLBACK TO one; RELEASE one');
      };
      raw.exec('SAVEPOINT one');
      try {
        const failed = attempt(w.steps, now);
        if (failed === -1) raw.exec('RELEASE one');
        else undo();
        results.push(failed);
      } catch (error) {
        // A full disk may have ended the whole transaction already; then nothing of the group stands.
        if (!raw.isTransaction) {
          ledger.undo(0);
          throw error;
        }
        undo();
        results.push({ error });
      }
    }
    finish();
  };
  const finish = (): void => {
    try {
      commit.run();
      ledger.keep();
    } catch (error) {
      ledger.forget();
      if (raw.isTransaction) raw.exec('ROLLBACK');
      // After a failed fsync what is on disk is unknown: serve nothing more until a restart has recovered (STO-02).
      if (/disk I\/O|ioerr/i.test(String(error))) broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };

  const db: Sqlite = {
    dialect: 'sqlite',
    raw,
    query(sql, values) {
      return new Promise((resolve) => {
        if (broken !== undefined) throw broken;
        const p = prepare(sql);
        resolve(p.statement.all(...bind(p, values, clock())) as Row[]);
      });
    },
    tuples(sql, values) {
      return new Promise((resolve, reject) => {
        arrived++;
        if (reading.push({ sql, values, resolve, reject }) === 1) setImmediate(read);
      });
    },
    async spentSteps(authenticatorId) {
      return ledger.near(authenticatorId);
    },
    commit(_key, steps) {
      return new Promise<number>((resolve, reject) => {
        arrived++;
        if (waiting.push({ steps, resolve, reject }) === 1) setImmediate(flush);
      });
    },
    run(steps) {
      return new Promise((resolve) => {
        beginImmediate.run();
        let changed = 0;
        try {
          for (const s of steps) changed = step(s, clock());
        } catch (error) {
          rollBack();
          throw error;
        }
        finish();
        resolve(changed);
      });
    },
    async close() {
      if (reading.length > 0) read();
      if (waiting.length > 0) flush();
      prepared.clear();
      asTuples.clear();
      raw.close();
    },
  };
  return db;
}

/** Which file a path leads to now. */
function fileAt(path: string): string | undefined {
  if (path === ':memory:') return undefined;
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}
