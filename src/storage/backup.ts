// Backup of a serving SQLite house, and its way back. What comes back is older than what was: the epoch step in restored.ts sees to that.
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BackupError, type BackupHeader, decryptFile, encryptFile } from './backup-file.ts';
import { changedAfter } from './changed.ts';
import type { KeyFile } from './key-file.ts';
import { Busy } from './lock.ts';
import { migrate } from './migrate.ts';
import { CHECK_HOURS, markRestored, type Replayed, type Restored, replay } from './restored.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

export type Progress = (done: number, total: number) => void;

/**
 * Writes an encrypted, consistent copy of the database while others write. `to` exists afterwards whole, on disk, or not at all.
 * The copy lies in clear beside the database for the time it takes, under the same protection.
 */
export function backupSqlite(
  db: Sqlite,
  databaseFile: string,
  file: KeyFile,
  to: string,
  options: { readonly force: boolean; readonly created: string; readonly onProgress: Progress },
): BackupHeader {
  if (!options.force && existsSync(to))
    throw new BackupError(`${to} exists already: choose another name, or --force to replace it`);
  const copy = join(dirname(databaseFile), `${PREFIX}${process.pid}.db`);
  if (statSync(dirname(to), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new BackupError(`there is no folder ${dirname(to)}: make it first, or write the backup somewhere else`);
  const part = `${to}.${process.pid}.part`;
  sweep(dirname(databaseFile));
  try {
    closeSync(openSync(copy, 'wx', 0o600));
    db.raw.prepare('VACUUM INTO ?').run(copy);
    rmSync(part, { force: true });
    const header = encryptFile(copy, part, file, options.created, options.onProgress);
    if (options.force) renameSync(part, to);
    else putNew(part, to);
    syncFolder(to);
    return header;
  } finally {
    rmSync(copy, { force: true });
    rmSync(`${copy}-journal`, { force: true });
    rmSync(part, { force: true });
  }
}

const PREFIX = '.hufu-backup-';

/** Copies that a killed backup left behind. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) continue;
    rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Gives `part` its name unless something has it already; no moment in between. */
function putNew(part: string, to: string): void {
  try {
    linkSync(part, to);
    unlinkSync(part);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST')
      throw new BackupError(`${to} exists already: choose another name, or --force to replace it`, { cause: error });
    // A file system without links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error;
    renameSync(part, to);
  }
}

export interface RestoredFile extends Restored {
  readonly created: string;
  /** Where the database that was replaced now lies; null when there was none. */
  readonly kept: string | null;
  /** Whether `changed` also holds what was changed after the backup. */
  readonly isAfterKnown: boolean;
  /** What was carried over from it; null when it could not be read. */
  readonly replayed: Replayed | null;
}

export interface RestoreOptions {
  readonly databaseFile: string;
  readonly from: string;
  readonly file: KeyFile;
  /** A further key file, for a backup from before a rotation; its keys join the key file. */
  readonly otherKeys: KeyFile | null;
  readonly clock: () => number;
  readonly actor: string;
  /** Goes on although the present database cannot be opened, so that nobody can tell whether a server uses it. */
  readonly force: boolean;
  /** How many hours before the backup changes of accounts are listed for. */
  readonly checkHours?: number;
  readonly onProgress: Progress;
}

/** Puts a backup in the database's place and begins a new epoch. Throws Busy while a process has the database open. */
export async function restoreSqlite(options: RestoreOptions): Promise<RestoredFile> {
  const { databaseFile, from, file, clock } = options;
  const restoring = `${databaseFile}.restoring`;
  const rest = (): void => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${restoring}${end}`, { force: true });
  };
  using present = holdDatabase(databaseFile, options.force);
  rest();
  try {
    const keys = options.otherKeys ?? file;
    const header = decryptFile(from, restoring, keys, options.onProgress);
    if (options.otherKeys !== null) file.add(options.otherKeys);
    const db = openSqlite(restoring, clock);
    let restored: Restored;
    try {
      await migrate(db);
      for (const row of await db.query('SELECT DISTINCT kek_id FROM data_keys', {})) file.get(String(row['kek_id']));
      restored = await markRestored(
        db,
        options.actor,
        { backup: header.created },
        { asOf: Date.parse(header.created), hours: options.checkHours ?? CHECK_HOURS },
      );
      db.raw.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
    } finally {
      await db.close();
    }
    const after = changedAfter(present.db, Date.parse(header.created));
    const replayed = present.db === null ? null : replay(present.db, restoring);
    const kept = existsSync(databaseFile) ? freeName(`${databaseFile}.before-restore-${stamp(clock())}`) : null;
    chmodSync(restoring, 0o600);
    sync(restoring);
    if (kept !== null) linkSync(databaseFile, kept);
    // Stale companions of a database that could not be opened would be taken for the new one's.
    if (present.db === null)
      for (const end of ['-wal', '-shm', '-journal'])
        moveAside(`${databaseFile}${end}`, kept === null ? null : `${kept}${end}`);
    renameSync(restoring, databaseFile);
    syncFolder(databaseFile);
    const changed = [...(after ?? []), ...restored.changed];
    return { ...restored, changed, isAfterKnown: after !== null, created: header.created, kept, replayed };
  } finally {
    rest();
  }
}

const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]/g, '').replace(/\..*/, '');

/** The name itself, or with a number that nothing has yet. */
function freeName(name: string): string {
  let free = name;
  for (let n = 2; existsSync(free); n++) free = `${name}-${n}`;
  return free;
}

function moveAside(from: string, to: string | null): void {
  if (!existsSync(from)) return;
  if (to === null) rmSync(from);
  else renameSync(from, to);
}

/**
 * Holds the present database alone until disposed: in one file, without write-ahead log. A server that is starting up waits for it, finds its file
 * replaced, and says so.
 */
function holdDatabase(path: string, force: boolean): Disposable & { readonly db: DatabaseSync | null } {
  if (!existsSync(path)) return { db: null, [Symbol.dispose]: () => {} };
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT');
    return { db, [Symbol.dispose]: () => db.close() };
  } catch (error) {
    db.close();
    const { errcode } = error as { errcode?: number };
    if (errcode === 5)
      throw new Busy(`${basename(path)} is in use by a running server or command: stop it first`, { cause: error });
    if (force) return { db: null, [Symbol.dispose]: () => {} };
    throw new BackupError(
      `the present database ${path} cannot be opened (${error instanceof Error ? error.message : String(error)}), so that a running server would not be noticed. ` +
        'Make sure that none runs, then repeat with --force; the present file is kept beside.',
      { cause: error },
    );
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

const syncFolder = (path: string): void => sync(dirname(path));
