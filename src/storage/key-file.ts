// The key-encryption keys: a file of mode 0600 beside the database, never in it. Without it the database is ciphertext for ever.
// Peppers lie here too: what app passwords are hashed under. They are never rotated away, for nobody can hash again what was shown once.
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { holdLock } from './lock.ts';

interface KeyFileText {
  readonly hufu: 'key-encryption-keys';
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
  /** Absent in a file made before there were app passwords. */
  readonly peppers?: Readonly<Record<string, string>>;
}

export interface KeyFile {
  readonly path: string;
  readonly wasCreated: boolean;
  current(): { readonly id: string; readonly key: KeyObject };
  /** The key of that id, reading the file again when it is not known yet (another process may have rotated). Throws when it is nowhere. */
  get(id: string): KeyObject;
  /** The ids in the file as it is now. */
  ids(): readonly string[];
  /** The id of a pepper in the file; a file without one is given one. */
  pepper(): string;
  /** The pepper of that id. Throws when the file has it not. */
  pepperKey(id: string): KeyObject;
  /** All peppers of the file, encoded: for another key file to take over. */
  peppers(): Readonly<Record<string, string>>;
  /** Puts keys of another key file beside the own ones: what was wrapped under them can be opened again. */
  add(other: KeyFile): void;
  /** Adds a fresh key and makes it current; the old ones stay until nothing is wrapped under them. */
  rotate(): string;
  /** Drops every key but those named. */
  retain(ids: ReadonlySet<string>): void;
}

/** Opens the key file, creating it on first start. Refuses one that others may read. */
export function openKeyFile(path: string): KeyFile {
  const found = read(path);
  const wasCreated = found === undefined && create(path);
  const text = found ?? read(path);
  if (text === undefined) throw new Error(`the key file ${path} could not be created`);
  let known = text;
  const keyOf = (encoded: string): KeyObject => createSecretKey(Buffer.from(encoded, 'base64'));
  const reread = (): void => {
    known = read(path) ?? known;
  };
  return {
    path,
    wasCreated,
    current() {
      reread();
      return { id: known.current, key: this.get(known.current) };
    },
    get(id) {
      if (known.keys[id] === undefined) reread();
      const encoded = known.keys[id];
      if (encoded === undefined)
        throw new Error(`the key file ${path} has no key ${id}: restore the key file that belongs to this database`);
      return keyOf(encoded);
    },
    ids() {
      reread();
      return Object.keys(known.keys);
    },
    peppers() {
      reread();
      return { ...known.peppers };
    },
    pepper() {
      reread();
      const [held] = Object.keys(known.peppers ?? {});
      if (held !== undefined) return held;
      using _lock = holdLock(`${path}.lock`, 'the key file is being changed: try again');
      reread();
      const id = Object.keys(known.peppers ?? {})[0] ?? newId('pep');
      known = { ...known, peppers: { [id]: randomBytes(32).toString('base64'), ...known.peppers } };
      write(path, known);
      return id;
    },
    pepperKey(id) {
      if (known.peppers?.[id] === undefined) reread();
      const encoded = known.peppers?.[id];
      if (encoded === undefined)
        throw new Error(
          `the key file ${path} has no pepper ${id}, under which this database's app passwords are hashed: copy the key file of the node that made it`,
        );
      return keyOf(encoded);
    },
    add(other) {
      reread();
      const keys = { ...known.keys };
      for (const id of other.ids()) keys[id] ??= other.get(id).export().toString('base64');
      const peppers = { ...other.peppers(), ...known.peppers };
      known = { ...known, keys, ...(Object.keys(peppers).length > 0 ? { peppers } : {}) };
      write(path, known);
    },
    rotate() {
      reread();
      const id = newId('kek');
      known = { ...known, current: id, keys: { ...known.keys, [id]: randomBytes(32).toString('base64') } };
      write(path, known);
      return id;
    },
    retain(ids) {
      reread();
      known = {
        ...known,
        keys: Object.fromEntries(Object.entries(known.keys).filter(([id]) => id === known.current || ids.has(id))),
      };
      write(path, known);
    },
  };
}

const newId = (kind: 'kek' | 'pep'): string => `${kind}_${Date.now().toString(36)}${randomBytes(4).toString('hex')}`;

/**
 * Whether somebody else than `self` may read or change a file. What root owns and lets a group read is how an administrator hands a file to one service that
 * is not root: a secret mounted into a container, a systemd credential (its access list shows as the group's bits).
 */
export const isOpenToOthers = (
  { mode, uid }: { readonly mode: number; readonly uid: number },
  self?: number,
): boolean => (mode & (uid === 0 && self !== 0 ? 0o037 : 0o077)) !== 0;

function read(path: string): KeyFileText | undefined {
  let raw: string;
  try {
    const found = statSync(path);
    if (process.platform !== 'win32' && isOpenToOthers(found, process.getuid?.()))
      throw new Error(
        `the key file ${path} can be read by others (mode ${(found.mode & 0o777).toString(8)}): run chmod 600 on it`,
      );
    raw = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let parsed: Partial<KeyFileText>;
  try {
    parsed = JSON.parse(raw) as Partial<KeyFileText>;
  } catch (cause) {
    throw new Error(`the key file ${path} is damaged: restore it from its backup`, { cause });
  }
  if (parsed.hufu !== 'key-encryption-keys' || parsed.keys?.[parsed.current ?? ''] === undefined)
    throw new Error(`${path} is not a Hufu key file`);
  return parsed as KeyFileText;
}

/** Makes a key file with one fresh key, or answers false when another process was first: then its keys are everyone's. */
function create(path: string): boolean {
  const id = newId('kek');
  const beside = `${path}.${id}`;
  const fresh = (): string => randomBytes(32).toString('base64');
  writeSynced(beside, {
    hufu: 'key-encryption-keys',
    current: id,
    keys: { [id]: fresh() },
    peppers: { [newId('pep')]: fresh() },
  });
  try {
    // Unlike a rename, a link never takes the place of a file that is there.
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(beside);
  }
  syncFolder(path);
  return true;
}

/** Written beside, synced, then renamed: a kill leaves the old file or the new, never half a key. */
function write(path: string, text: KeyFileText): void {
  const beside = `${path}.new`;
  writeSynced(beside, text);
  renameSync(beside, path);
  syncFolder(path);
}

function writeSynced(path: string, text: KeyFileText): void {
  const file = openSync(path, 'w', 0o600);
  writeSync(file, `${JSON.stringify(text, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
