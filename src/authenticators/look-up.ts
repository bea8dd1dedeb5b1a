// Look-up secrets (NIST SP 800-63B-4 §3.1.2): made together, shown once, each good once, kept as keyed hashes only. Recovery codes and bypass codes are such.
// The n-th code's mark is −1−n: the same ledger that spends time steps spends them, and its pruning never reaches below zero.
import type { Bound, Verification } from '../core/authenticator/type.ts';
import { canonicalLookup } from '../otp/output.ts';
import type { Mac } from './mac.ts';

/** Crockford's letters: no I, L, O, U. Ten of them carry 50 bits; guesses are counted like any other's. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export interface LookUp {
  readonly verify: (bound: Bound, output: string) => Verification;
  /** Fresh codes, grouped as they are shown, and what to keep of them: a key followed by one 16-byte tag per code. */
  readonly make: (
    random: (bytes: number) => Uint8Array,
    count: number,
  ) => { readonly secret: Uint8Array; readonly codes: readonly string[] };
}

/** Look-up secrets of one kind; `label` keeps the tags of different kinds apart. */
export const lookUp = (mac: Mac, label: string): LookUp => {
  const tagOf = (key: Uint8Array, code: string): Uint8Array =>
    mac.hmac('SHA256', key, new TextEncoder().encode(`${label}\0${code}`)).subarray(0, TAG_BYTES);
  return {
    verify(bound, output) {
      const code = canonicalLookup(output);
      if (code.length !== LENGTH) return { valid: false, reason: 'wrong' };
      const secret = bound.secret();
      const tag = tagOf(secret.subarray(0, KEY_BYTES), code);
      let found = -1;
      for (let n = 0; KEY_BYTES + (n + 1) * TAG_BYTES <= secret.length; n++) {
        let difference = 0;
        for (let i = 0; i < TAG_BYTES; i++) difference |= (secret[KEY_BYTES + n * TAG_BYTES + i] ?? 0) ^ (tag[i] ?? 0);
        if (difference === 0) found = n;
      }
      secret.fill(0);
      if (found < 0) return { valid: false, reason: 'wrong' };
      const mark = -1 - found;
      if (bound.spent.includes(mark)) return { valid: false, reason: 'replayed' };
      return { valid: true, spend: { kind: 'mark', mark, lookAhead: 0 } };
    },
    make(random, count) {
      const key = random(KEY_BYTES);
      const codes = Array.from({ length: count }, () =>
        Array.from(random(LENGTH), (byte) => LETTERS.charAt(byte % 32)).join(''),
      );
      const secret = new Uint8Array(KEY_BYTES + codes.length * TAG_BYTES);
      secret.set(key);
      for (const [n, code] of codes.entries()) secret.set(tagOf(key, code), KEY_BYTES + n * TAG_BYTES);
      return { secret, codes: codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`) };
    },
  };
};
