// Opens a database for reading only: to prove or export what is in a copy without changing a byte of it.
import { DatabaseSync } from 'node:sqlite';
import { openPostgres } from './postgres.ts';
import { compile, type Db, type Row } from './sql.ts';

export type ReadOnly = Pick<Db, 'query' | 'close'>;

/** A SQLite file, or a `postgres://` address. Throws when there is no such file. */
export function openReadOnly(source: string): ReadOnly {
  if (/^postgres(ql)?:\/\//.test(source)) return openPostgres({ url: source, max: 2 });
  const raw = new DatabaseSync(source, { readOnly: true });
  return {
    async query(sql, values) {
      const { text, names } = compile(sql, (n) => `?${n}`, undefined);
      return raw.prepare(text).all(...names.map((name) => values[name] ?? null)) as Row[];
    },
    async close() {
      raw.close();
    },
  };
}
