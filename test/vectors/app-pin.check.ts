// Holds the app's crypto against its vectors. Runs wherever the app runs: here in Node, and in Chromium by test/e2e.
import { openBox } from '../../src/web/app/pin/box.ts';
import { fromBase64Url } from '../../src/web/app/pin/bytes.ts';
import { codeFrom, masked, proofOf, tagOf } from '../../src/web/app/pin/pin.ts';
import { type Kdf, pinBytes, stretch } from '../../src/web/app/pin/stretch.ts';

export interface PinCase {
  readonly pin: string;
  readonly account: string;
  readonly phone: string;
  readonly salt: string;
  readonly kdf: Kdf;
  readonly m: string;
  readonly key: string;
  readonly store: string;
  readonly codes: readonly { readonly at: number; readonly code: string }[];
  readonly tag: string;
  readonly nonce: string;
  readonly proof: string;
  readonly box: { recipient: Record<string, string>; ephemeralKey: string; iv: string; sealed: string };
}

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
const hex = (given: Uint8Array) => Array.from(given, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What differs from the vectors, in words; nothing, when the crypto is right. */
export async function disagreements(cases: readonly PinCase[]): Promise<string[]> {
  const found: string[] = [];
  const same = (what: string, got: string, wanted: string): void => {
    if (got !== wanted) found.push(`${what}: ${got} is not ${wanted}`);
  };
  for (const one of cases) {
    const place = { account: one.account, phone: one.phone, salt: bytes(one.salt) };
    const m = await stretch(pinBytes(one.pin), place.salt, one.kdf);
    same('M', hex(m), one.m);
    const store = masked(bytes(one.key), m, place);
    same('C', hex(store), one.store);
    same('K', hex(masked(store, m, place)), one.key);
    for (const { at, code } of one.codes) same(`code at ${at}`, codeFrom(store, m, place, at), code);
    const tag = tagOf(m, place);
    same('T', hex(tag), one.tag);
    same('proof', hex(proofOf(tag, bytes(one.nonce), place)), one.proof);
    const jwk = { ...one.box.recipient, key_ops: ['deriveBits'] };
    const recipient = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, [
      'deriveBits',
    ]);
    same('K in the box', hex(await openBox(one.box, recipient, one.phone)), one.key);
    const other = await openBox(one.box, recipient, `${one.phone}2`).then(hex, () => 'refused');
    same('the box of another phone', other, 'refused');
    same('base64url', hex(fromBase64Url('_-8')), 'ffef');
  }
  return found;
}
