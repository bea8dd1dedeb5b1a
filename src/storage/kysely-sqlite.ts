// Kysely over node:sqlite: its SQLite dialect takes any driver of better-sqlite3's shape, and this is that shape.
import type { DatabaseSync } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

type Bindable = string | number | bigint | null | Uint8Array;
const bindable = (value: unknown): Bindable => (typeof value === 'boolean' ? Number(value) : (value as Bindable));

/** Closing the builder does not close the database: it belongs to whoever opened it. */
export function nodeSqliteDialect(raw: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      prepare(text: string) {
        const statement = raw.prepare(text);
        return {
          reader: statement.columns().length > 0,
          all: (parameters: readonly unknown[]) => statement.all(...parameters.map(bindable)) as unknown[],
          run: (parameters: readonly unknown[]) => statement.run(...parameters.map(bindable)),
          iterate: (parameters: readonly unknown[]) =>
            statement.iterate(...parameters.map(bindable)) as IterableIterator<unknown>,
        };
      },
      close() {},
    },
  });
}
