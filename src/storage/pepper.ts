// The pepper that keyed hashes are made under. It lies in the key file; the database names the one in force, so that a node with another key file stops
// instead of finding nothing.
import type { KeyObject } from 'node:crypto';
import type { KeyFile } from './key-file.ts';
import type { Db } from './sql.ts';

const META = 'app-password-pepper';

export interface Pepper {
  readonly id: string;
  readonly key: KeyObject;
}

/** Reads the pepper once, and makes it where there is none yet. */
export function pepperOf(db: Db, file: KeyFile): () => Promise<Pepper> {
  let known: Pepper | undefined;
  return async () => {
    if (known !== undefined) return known;
    const named = async (): Promise<string | undefined> =>
      (await db.query('SELECT value FROM meta WHERE name = @name', { name: META }))[0]?.['value'] as string | undefined;
    let id = await named();
    if (id === undefined) {
      await db.run([
        {
          sql: 'INSERT INTO meta (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING',
          rows: 'any',
          values: { name: META, value: file.pepper() },
        },
      ]);
      id = (await named()) ?? '';
    }
    known = { id, key: file.pepperKey(id) };
    return known;
  };
}
