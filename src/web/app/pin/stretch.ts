// M: what a PIN becomes before it is used for anything (RFC 9106 Argon2id; RFC 8018 PBKDF2 where WebAssembly is missing).
// Slow and hungry on purpose. Which of the two an account uses is decided when its PIN is set and then stays: another
// choice is another M, and every code would be wrong.
import { argon2id } from 'hash-wasm';
import { type Bytes, utf8, wipe } from './bytes.ts';

/** How M is made. Stored beside the account, sent by the server, never changed silently. */
export type Kdf =
  | { readonly name: 'argon2id'; readonly memoryKiB: number; readonly passes: number }
  | { readonly name: 'pbkdf2-sha256'; readonly iterations: number };

export const ARGON2ID: Kdf = { name: 'argon2id', memoryKiB: 65_536, passes: 3 };

/** The bytes of a PIN: NFKC, so that full-width digits are the same PIN, then UTF-8. */
export const pinBytes = (pin: string): Bytes => utf8(pin.normalize('NFKC'));

/** M, 32 bytes. `pin` is what `pinBytes` gave, `salt` the account's 16 bytes. The caller wipes both M and `pin`. */
export async function stretch(pin: Bytes, salt: Bytes, kdf: Kdf): Promise<Bytes> {
  if (salt.length !== 16) throw new RangeError('the salt of an account is 16 bytes');
  if (kdf.name === 'argon2id') {
    const { memoryKiB: memorySize, passes: iterations } = kdf;
    const options = { password: pin, salt, iterations, memorySize, parallelism: 1, hashLength: 32 } as const;
    const made = await argon2id({ ...options, outputType: 'binary' });
    const m = Uint8Array.from(made);
    wipe(made);
    return m;
  }
  const key = await crypto.subtle.importKey('raw', pin, 'PBKDF2', false, ['deriveBits']);
  const { iterations } = kdf;
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256),
  );
}

/** Compiles Argon2id ahead of its first use, by a small run over nothing. */
export async function warm(): Promise<void> {
  const options = { iterations: 1, memorySize: 512, parallelism: 1, hashLength: 32 } as const;
  await argon2id({ ...options, password: new Uint8Array(6), salt: new Uint8Array(16), outputType: 'binary' });
}
