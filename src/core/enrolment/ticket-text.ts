// A ticket as people and pictures carry it: 130 random bits in Crockford's Base32, and the ten letters one can type instead (50 bits).

/** Crockford's letters: no I, L, O, U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TOKEN_LENGTH = 26;
const CODE_LENGTH = 10;

/** A fresh token. */
export const ticketToken = (random: (bytes: number) => Uint8Array): string => lettersOf(random(TOKEN_LENGTH));

/** The activation code that goes with a token: letters of its keyed hash (32 bytes), so the page that has the token can show it again. */
export const activationCode = (hash: Uint8Array): string => lettersOf(hash.subarray(0, CODE_LENGTH));

/** A code as it is read aloud: `XXXXX-XXXXX`. */
export const groupedCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** The one form of a typed token or code; undefined when it cannot be one. */
export function canonicalTicket(typed: string, length: 'token' | 'code'): string | undefined {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return text.length === (length === 'token' ? TOKEN_LENGTH : CODE_LENGTH) && /^[0-9A-HJKMNP-TV-Z]+$/.test(text)
    ? text
    : undefined;
}

const lettersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => LETTERS.charAt(byte % 32)).join('');
