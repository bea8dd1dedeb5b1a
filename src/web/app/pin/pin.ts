// The PIN scheme of the app: from M (see stretch.ts) and the key K of this phone to what is stored, shown and proved.
//
//   mask   HKDF-SHA-256(M, salt, "hufu/pin-mask/v1" 0 account 0 phone, 32)
//   C      K xor mask                                    the only thing stored
//   code   HOTP-SHA-256(C xor mask', floor(t / 60))      6 digits
//   T      HKDF-SHA-256(M, salt, "hufu/pin-check/v1" 0 account, 32)
//   proof  HMAC-SHA-256(T, nonce 0 account 0 phone)
//
// A wrong PIN is another mask, another 32 bytes and another six digits, as good as any: nothing here can tell, and
// nothing here may ever be added that can (no tag, checksum, padding or kept code). docs/reference/app-crypto.md has the why.
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hotp } from '../../../otp/hotp.ts';
import { timeStep } from '../../../otp/totp.ts';
import { type Bytes, joined, utf8, wipe, zeroJoined } from './bytes.ts';

/** Whose PIN, on which phone: what every derivation is bound to. `account` is the account's id (acc_…), not its number. */
export interface Place {
  readonly account: string;
  readonly phone: string;
  readonly salt: Bytes;
}

/** The shape of the app's codes. */
export const CODE = { digits: 6, periodSeconds: 60 } as const;

function maskOf(m: Bytes, { account, phone, salt }: Place): Uint8Array {
  return hkdf(sha256, m, salt, zeroJoined('hufu/pin-mask/v1', account, phone), 32);
}

function xor(left: Uint8Array, right: Uint8Array): Bytes {
  if (left.length !== 32 || right.length !== 32) throw new RangeError('a key and its mask are 32 bytes');
  return Uint8Array.from(left, (byte, at) => byte ^ (right[at] ?? 0));
}

/** C, from K; and K, from C: masking twice is not masking. The caller wipes K. */
export function masked(key: Bytes, m: Bytes, place: Place): Bytes {
  const mask = maskOf(m, place);
  const result = xor(key, mask);
  wipe(mask);
  return result;
}

/** The code of an instant (milliseconds since 1970 by the server's clock) from C and the M of whatever PIN was typed. */
export function codeFrom(store: Bytes, m: Bytes, place: Place, at: number): string {
  const key = masked(store, m, place);
  const code = hotp(key, timeStep(at, CODE.periodSeconds), { algorithm: 'SHA256', digits: CODE.digits }, (_, k, text) =>
    hmac(sha256, k, text),
  );
  wipe(key);
  return code;
}

/** T: the same on all phones of an account that were given the same PIN. Registered once by the first, kept on none. */
export function tagOf(m: Bytes, { account, salt }: Omit<Place, 'phone'>): Bytes {
  return Uint8Array.from(hkdf(sha256, m, salt, zeroJoined('hufu/pin-check/v1', account), 32));
}

/** The answer of a further phone to the server's nonce: proves that it was given the PIN behind T. */
export function proofOf(tag: Bytes, nonce: Bytes, { account, phone }: Omit<Place, 'salt'>): Bytes {
  return Uint8Array.from(hmac(sha256, tag, joined(nonce, utf8(`\0${account}\0${phone}`))));
}
