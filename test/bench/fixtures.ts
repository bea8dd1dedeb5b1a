// What the bench's server and load agree on without telling each other: ids and secrets as functions of a number.
import { hash } from 'node:crypto';

const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** A sortable 32-character id for row `n`, as ids of the product are. */
export function idOf(prefix: string, n: number): string {
  let rest = n;
  let tail = '';
  for (let i = 0; i < 8; i++) {
    tail = ALPHABET.charAt(rest % 64) + tail;
    rest = Math.floor(rest / 64);
  }
  return `${prefix}_${tail}${hash('sha1', `${prefix}${n}`, 'base64url').slice(0, 24)}`;
}

/** The secret of account `n`: 20 bytes, different for each. */
export const secretOf = (n: number): Uint8Array => hash('sha1', `bench secret ${n}`, 'buffer');

/** Which account login `n` is for: scattered over all of them, none twice in a row of `accounts`. */
export const accountOfLogin = (n: number, accounts: number): number => (n * 7_368_787 + 12_345) % accounts;

export const accountName = (n: number): string => `a${n}`;
