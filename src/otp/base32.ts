// Base32 (RFC 4648 §6), the alphabet in which people type authenticator secrets.
// Decoding forgives how a secret was copied (case, spaces, dashes, padding) and nothing else: a typing error must be
// told now, at binding, not as "wrong code" later. Messages name a position, never a character of the secret.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes in Base32: upper case, no padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((pending >>> bits) & 31);
    }
    pending &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet.charAt((pending << (5 - bits)) & 31);
}

/**
 * The bytes that `text` spells. Lower case, white space, dashes and trailing `=` are accepted.
 * Throws a RangeError (safe to show and to log) for any other character, naming its position from 1, for a length that
 * no bytes encode to, and for left-over bits that are not zero: each means that characters are wrong or missing.
 */
export function decodeBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let length = 0;
  let symbols = 0;
  let bits = 0;
  let pending = 0;
  let padded = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '-' || /\s/.test(character)) continue;
    if (character === '=') {
      padded = true;
      continue;
    }
    const value = valueOf(text.charCodeAt(i));
    if (value < 0) throw new RangeError(`Base32: character ${i + 1} is not one of A-Z and 2-7`);
    if (padded) throw new RangeError(`Base32: character ${i + 1} follows the padding`);
    symbols++;
    pending = (pending << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = pending >>> bits;
      pending &= (1 << bits) - 1;
    }
  }
  // Whole bytes leave 0, 2, 4, 1 or 3 bits over; five or more mean a last character that adds no byte.
  if (bits >= 5) throw new RangeError(`Base32: ${symbols} characters cannot spell whole bytes, some are missing`);
  if (pending !== 0) throw new RangeError('Base32: the last character carries bits beyond the last byte');
  return bytes.slice(0, length);
}

function valueOf(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x32 && code <= 0x37) return code - 0x32 + 26;
  return -1;
}
