// What this browser can make M with. PBKDF2 is in every browser; Argon2id needs WebAssembly, which Lockdown Mode on an iPhone, some managed
// browsers and some in-app views switch off. Apart from stretch.ts, so that the page asks without loading Argon2id itself.
import type { Kdf } from './stretch.ts';

/** Whether Argon2id can be computed here: a module of eight bytes compiles. */
export function canArgon2id(): boolean {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/** What the server is told that this phone can do, best first. */
export const kdfsHere = (): Kdf['name'][] => (canArgon2id() ? ['argon2id', 'pbkdf2-sha256'] : ['pbkdf2-sha256']);

/** Whether this phone can make M as the account's PIN wants it. */
export const canMake = (kdf: Kdf): boolean => kdf.name !== 'argon2id' || canArgon2id();
