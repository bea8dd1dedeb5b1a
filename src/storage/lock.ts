// A lock that the operating system lets go of when its holder dies: SQLite's own, on a file that holds nothing.
import { DatabaseSync } from 'node:sqlite';

/** Thrown when another process holds what is asked for; trying again later is right. */
export class Busy extends Error {}

/** Holds `path` until closed. Throws Busy, with `message`, while another process holds it. */
export function holdLock(path: string, message: string): Disposable {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    file.close();
    throw new Busy(message, { cause });
  }
  return { [Symbol.dispose]: () => file.close() };
}
