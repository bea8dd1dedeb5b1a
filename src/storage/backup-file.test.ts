import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupError, decryptFile, encryptFile } from './backup-file.ts';
import { openKeyFile } from './key-file.ts';

const MIB = 1024 * 1024;
const SEALED = MIB + 16;

describe('a backup of several chunks', () => {
  let folder: string;
  let n = 0;
  const at = (name: string) => join(folder, name);
  const keys = () => openKeyFile(at('keys'));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hufu-backup-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function made(bytes: number): { plain: Buffer; sealed: Buffer; head: number } {
    const plain = randomBytes(bytes);
    writeFileSync(at('plain'), plain);
    rmSync(at('b'), { force: true });
    encryptFile(at('plain'), at('b'), keys(), '2026-11-20T01:00:00.000Z', () => {});
    const sealed = readFileSync(at('b'));
    return { plain, sealed, head: sealed.indexOf('\n', 'HUFU-BACKUP 1\n'.length) + 1 };
  }
  function opened(sealed: Buffer): Buffer {
    writeFileSync(at('b'), sealed);
    const to = at(`out${n++}`);
    decryptFile(at('b'), to, keys(), () => {});
    return readFileSync(to);
  }

  it.each([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 2.5 * MIB])('comes back as it was: %i bytes', (bytes) => {
    const { plain, sealed } = made(bytes);
    expect(opened(sealed).equals(plain)).toBe(true);
  });

  it('cannot be cut at a chunk, reordered or have one repeated', () => {
    const { sealed, head } = made(3 * MIB);
    const chunk = (i: number) => sealed.subarray(head + i * SEALED, head + (i + 1) * SEALED);
    const header = sealed.subarray(0, head);
    for (const chunks of [[0, 1], [1, 0, 2], [0, 0, 1, 2], [0, 2], []])
      expect(() => opened(Buffer.concat([header, ...chunks.map(chunk)])), chunks.join()).toThrow(BackupError);
  });

  it('cannot take a chunk of another backup', () => {
    const one = made(2 * MIB);
    const other = made(2 * MIB);
    const mixed = Buffer.concat([
      one.sealed.subarray(0, one.head + SEALED),
      other.sealed.subarray(other.head + SEALED),
    ]);
    expect(() => opened(mixed)).toThrow(BackupError);
  });
});
