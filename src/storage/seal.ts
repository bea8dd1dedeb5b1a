// Encryption at rest: AES-256-GCM, a fresh 96-bit nonce per seal, the row's identity as associated data (NIST SP 800-38D).
// A sealed value that was copied to another row, or whose bytes changed, does not open: it throws, and nothing is verified.
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;
const OPTIONS = { authTagLength: TAG };

/** Joins the parts of an identity unambiguously: each with its length, so that no two identities are alike. */
export function associatedData(parts: readonly string[]): Buffer {
  return Buffer.from(parts.map((part) => `${part.length}:${part}`).join('|'), 'utf8');
}

/** Seals `plain` under `key`, bound to `identity`. Nonce, ciphertext and tag in one. */
export function seal(key: KeyObject, identity: readonly string[], plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(associatedData(identity));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** Opens what `seal` made for the same identity. Throws when anything differs. */
export function open(key: KeyObject, identity: readonly string[], sealed: Uint8Array): Uint8Array {
  if (sealed.length < NONCE + TAG) throw new Error('a sealed value is too short: the row was damaged or voided');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), OPTIONS);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  decipher.setAAD(associatedData(identity));
  const plain = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
  try {
    decipher.final();
  } catch (cause) {
    throw new Error(
      `a sealed value does not belong to ${identity[0] ?? 'its row'}: it was changed, moved or sealed under another key`,
      { cause },
    );
  }
  return plain;
}
