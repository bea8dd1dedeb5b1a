// A place that a job has reached, in `meta`: it moves in the same commit as what was done up to there, so that a kill or a second node does nothing
// twice and skips nothing.
import type { Db, Step } from './sql.ts';

/** The place; undefined before the first. */
export async function cursorAt(db: Pick<Db, 'query'>, name: string): Promise<string | undefined> {
  const [row] = await db.query('SELECT value FROM meta WHERE name = @name', { name });
  return row === undefined ? undefined : String(row['value']);
}

/** Moves it, assuming that nobody else did. */
export const cursorStep = (name: string, from: string | undefined, to: string): Step =>
  from === undefined
    ? {
        sql: 'INSERT INTO meta (name, value) VALUES (@name, @to) ON CONFLICT DO NOTHING',
        rows: 'one',
        values: { name, to },
      }
    : {
        sql: 'UPDATE meta SET value = @to WHERE name = @name AND value = @from',
        rows: 'one',
        values: { name, from, to },
      };
