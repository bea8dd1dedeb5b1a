// HOTP, RFC 4226 §5.3: a counter and a secret give a short decimal code. TOTP (RFC 6238) is this with time as the counter.
// SHA-1 is computed here (sha1.ts); SHA-256 and SHA-512 come through a port, for the platform has them.

import { hmacSha1Key, truncatedHmacSha1 } from './sha1.ts';

/** The names an otpauth URI uses. */
export type HashAlgorithm = 'SHA1' | 'SHA256' | 'SHA512';

export type Digits = 6 | 7 | 8;

/** HMAC with the named hash. The server passes node:crypto's, a browser its own; only SHA256 and SHA512 are ever asked of it. */
export type Hmac = (algorithm: HashAlgorithm, key: Uint8Array, message: Uint8Array) => Uint8Array;

const moduli: Record<Digits, number> = { 6: 1e6, 7: 1e7, 8: 1e8 };
const macLengths = { SHA256: 32, SHA512: 64 };

/**
 * The code for `counter`, always `digits` characters long: leading zeros belong to it.
 * Throws a RangeError for a counter that is not a whole number from 0 to 2^53 - 1 and for other digits than 6, 7 or 8,
 * a TypeError when SHA256 or SHA512 is asked without `hmac`.
 */
export function hotp(
  secret: Uint8Array,
  counter: number,
  options: { algorithm: HashAlgorithm; digits: Digits },
  hmac?: Hmac,
): string {
  const code = hotpNumbers(secret, options, hmac)(counter);
  return String(code).padStart(options.digits, '0');
}

/**
 * One secret made ready for several counters: the returned function gives a code as a number, to be compared with
 * another number. Errors as for `hotp`; those about the options and the port come at once.
 */
export function hotpNumbers(
  secret: Uint8Array,
  options: { algorithm: HashAlgorithm; digits: Digits },
  hmac?: Hmac,
): (counter: number) => number {
  const { algorithm } = options;
  const modulus = moduli[options.digits] as number | undefined;
  if (modulus === undefined) throw new RangeError('HOTP: a code has 6, 7 or 8 digits');
  if (algorithm === 'SHA1') {
    const key = hmacSha1Key(secret);
    return (counter) => truncatedHmacSha1(key, checked(counter)) % modulus;
  }
  if (hmac === undefined) throw new TypeError(`HOTP: ${algorithm} needs an hmac to be passed in`);
  return (counter) => {
    const mac = hmac(algorithm, secret, eightBytes(checked(counter)));
    if (mac.length !== macLengths[algorithm]) throw new TypeError(`HOTP: the hmac passed in is not ${algorithm}`);
    return truncate(mac) % modulus;
  };
}

function checked(counter: number): number {
  if (!Number.isSafeInteger(counter) || counter < 0) {
    throw new RangeError('HOTP: a counter is a whole number from 0 to 2^53 - 1');
  }
  return counter;
}

function eightBytes(counter: number): Uint8Array {
  const message = new Uint8Array(8);
  const view = new DataView(message.buffer);
  view.setUint32(0, Math.floor(counter / 0x1_0000_0000));
  view.setUint32(4, counter % 0x1_0000_0000);
  return message;
}

/** RFC 4226 §5.3 DT. The offset is in the last byte of whichever MAC, as RFC 6238's reference code has it. */
function truncate(mac: Uint8Array): number {
  const view = new DataView(mac.buffer, mac.byteOffset, mac.byteLength);
  return view.getUint32(view.getUint8(mac.length - 1) & 15) & 0x7fffffff;
}
