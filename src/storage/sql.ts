// One SQL text for both databases: `@name` parameters become positional ones, and `@now` the database's own time.

import type { TimeStep } from './ledger.ts';

export interface Statement {
  readonly text: string;
  /** Parameter names in order of position. */
  readonly names: readonly string[];
}

export type Value = string | number | bigint | null | Uint8Array;
export type Values = Readonly<Record<string, Value>>;
export type Row = Record<string, unknown>;

/** One statement of a commit. `one` or `some` rows must change, or its assumption no longer held; `any` assumes nothing. */
export interface Step {
  readonly sql: string;
  readonly values: Values;
  readonly rows: 'one' | 'some' | 'any';
  /** A step that SQLite's ledger must find free before, and notes after. */
  readonly spends?: TimeStep;
}

/** A database as the store uses it. */
export interface Db {
  readonly dialect: 'sqlite' | 'postgres';
  /** Rows of a query, at the newest committed state. */
  query(sql: string, values: Values): Promise<Row[]>;
  /** The same, rows as arrays in the order of their columns. */
  tuples(sql: string, values: Values): Promise<unknown[][]>;
  /** When the spent time steps of an authenticator end, of those near enough that a code of theirs may be presented. */
  spentSteps(authenticatorId: string): Promise<readonly number[]>;
  /** All steps or none, durable when resolved. Resolves to -1, or the index of the first step whose assumption failed. */
  commit(key: string, steps: readonly Step[]): Promise<number>;
  /** Runs statements that need no guard (clean-up, sealing) in one transaction; resolves to the rows changed by the last. */
  run(steps: readonly Step[]): Promise<number>;
  close(): Promise<void>;
}

/** Compiles `@name` parameters. `place` writes the n-th placeholder (1-based); `now` is SQL for the database's time, or undefined to bind it. */
export function compile(sql: string, place: (n: number) => string, now: string | undefined): Statement {
  const names: string[] = [];
  const text = sql.replace(/@(\w+)/g, (_, name: string) => {
    if (name === 'now' && now !== undefined) return now;
    const known = names.indexOf(name);
    if (known >= 0) return place(known + 1);
    names.push(name);
    return place(names.length);
  });
  return { text, names };
}

/** Whether a step's assumption held, by the number of rows it changed (or, for a SELECT, found). */
export const held = (step: Step, rows: number): boolean =>
  step.rows === 'one' ? rows === 1 : step.rows === 'some' ? rows > 0 : true;

/** Objects of a JSON array in the parameter `from` as rows to select from, with the columns named and of these types. */
export function rowsOf(
  dialect: Db['dialect'],
  from: string,
  columns: Readonly<Record<string, 'text' | 'bigint'>>,
): string {
  const named = Object.entries(columns);
  return dialect === 'sqlite'
    ? `(SELECT ${named.map(([name]) => `value ->> '${name}' AS ${name}`).join(', ')} FROM json_each(${from}))`
    : `(SELECT * FROM jsonb_to_recordset(CAST(${from} AS jsonb)) AS j(${named.map(([name, type]) => `${name} ${type}`).join(', ')}))`;
}
