// The form of a backup: a header, then the database in chunks, AES-256-GCM under a key of its own that is wrapped by the key file's.
// Chunks are numbered and the last one says that it is the last (the STREAM construction), so nothing can be cut, moved or repeated.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import type { KeyFile } from './key-file.ts';
import { open, seal } from './seal.ts';

const MAGIC = 'HUFU-BACKUP 1\n';
const CHUNK = 1024 * 1024;
const TAG = 16;

export interface BackupHeader {
  /** The key-encryption key that opens this backup. */
  readonly kek: string;
  readonly wrapped: string;
  /** RFC 3339. */
  readonly created: string;
  readonly bytes: number;
}

/** Why a backup cannot be read, in words for whoever restores it. */
export class BackupError extends Error {}

const wrapIdentity = (created: string): readonly string[] => ['backup.key', created];
const adOf = (header: string): Buffer => createHash('sha256').update(header).digest();

/** A counter and whether it is the last: unique under a key that seals one file. */
function nonceOf(n: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(n, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Encrypts `from` into `to` (which must not exist) and syncs it to disk. */
export function encryptFile(
  from: string,
  to: string,
  file: KeyFile,
  created: string,
  onProgress: (done: number, total: number) => void,
): BackupHeader {
  const kek = file.current();
  const plainKey = randomBytes(32);
  const key = createSecretKey(plainKey);
  const wrapped = Buffer.from(seal(kek.key, wrapIdentity(created), plainKey)).toString('base64');
  plainKey.fill(0);
  const source = openSync(from, 'r');
  const target = openSync(to, 'wx', 0o600);
  try {
    const bytes = sizeOf(source);
    const header: BackupHeader = { kek: kek.id, wrapped, created, bytes };
    const head = `${MAGIC}${JSON.stringify(header)}\n`;
    writeSync(target, head);
    const ad = adOf(head);
    const buffer = Buffer.alloc(CHUNK);
    let done = 0;
    for (let n = 0; n === 0 || done < bytes; n++) {
      const length = readFully(source, buffer, done);
      done += length;
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(n, done >= bytes));
      cipher.setAAD(ad);
      writeSync(target, cipher.update(buffer.subarray(0, length)));
      cipher.final();
      writeSync(target, cipher.getAuthTag());
      onProgress(done, bytes);
      if (length === 0) break;
    }
    fsyncSync(target);
    return header;
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

/** The header of a backup. Throws BackupError when the file is something else. */
export function readHeader(path: string): { readonly header: BackupHeader; readonly text: string } {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(4096);
    const length = readFully(file, buffer, 0);
    const start = buffer.subarray(0, length).toString('latin1');
    const end = start.indexOf('\n', MAGIC.length);
    if (!start.startsWith(MAGIC) || end < 0) throw new BackupError(`${path} is not a Hufu backup`);
    const text = start.slice(0, end + 1);
    return { header: JSON.parse(text.slice(MAGIC.length)) as BackupHeader, text };
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new BackupError(`${path} is damaged: its header cannot be read`, { cause: error });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Whether a file is a backup: encrypted, and nothing to read without being restored. */
export function isBackup(path: string): boolean {
  try {
    readHeader(path);
    return true;
  } catch {
    return false;
  }
}

/** Decrypts a backup into `to` (which must not exist). Throws BackupError when the key is not there or a byte differs; then `to` is worthless. */
export function decryptFile(
  from: string,
  to: string,
  file: KeyFile,
  onProgress: (done: number, total: number) => void,
): BackupHeader {
  const { header, text } = readHeader(from);
  const key = keyOf(from, header, file);
  const ad = adOf(text);
  const source = openSync(from, 'r');
  const target = openSync(to, 'wx', 0o600);
  try {
    const buffer = Buffer.alloc(CHUNK + TAG);
    const size = sizeOf(source);
    let at = Buffer.byteLength(text, 'latin1');
    let done = 0;
    for (let n = 0; n === 0 || at < size; n++) {
      const length = readFully(source, buffer, at);
      at += length;
      if (length < TAG) throw new BackupError(`${from} is damaged: it was cut off`);
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(n, at >= size), { authTagLength: TAG });
      decipher.setAAD(ad);
      decipher.setAuthTag(buffer.subarray(length - TAG, length));
      const plain = decipher.update(buffer.subarray(0, length - TAG));
      try {
        decipher.final();
      } catch (cause) {
        throw new BackupError(`${from} is damaged: it was changed or cut off near byte ${at - length}`, { cause });
      }
      writeSync(target, plain);
      done += plain.length;
      onProgress(done, header.bytes);
    }
    if (done !== header.bytes) throw new BackupError(`${from} is damaged: it holds ${done} bytes of ${header.bytes}`);
    fsyncSync(target);
    return header;
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function keyOf(path: string, header: BackupHeader, file: KeyFile): KeyObject {
  if (!file.ids().includes(header.kek))
    throw new BackupError(
      `${path} was made under the key ${header.kek}, which is not in ${file.path}. ` +
        'Give the key file that was in use when the backup was made: --key-file <file>. Without it the backup cannot be opened by anyone.',
    );
  try {
    return createSecretKey(
      open(file.get(header.kek), wrapIdentity(header.created), Buffer.from(header.wrapped, 'base64')),
    );
  } catch (cause) {
    throw new BackupError(`${path} is damaged: its header was changed`, { cause });
  }
}

function sizeOf(file: number): number {
  return fstatSync(file).size;
}

/** Reads until the buffer is full or the file ends. */
function readFully(file: number, buffer: Buffer, at: number): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(file, buffer, length, buffer.length - length, at + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}
