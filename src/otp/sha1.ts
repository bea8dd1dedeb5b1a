// HMAC-SHA-1 (RFC 2104, FIPS 180-4 §6.1) for one message only: HOTP's 8-byte counter, truncated (RFC 4226 §5.3).
// Hand-written because this is the hot path of every TOTP check: the key's two blocks are hashed once (midstates), each
// code then costs two compressions and no allocation, half of what calling the platform's crypto costs. HMAC's safety
// does not rest on SHA-1's collision resistance. All is synchronous, so the scratch below is never shared; no branch or
// index depends on the key, save on the four bits of the MAC that choose what is kept of it.

import { compress } from './sha1-block.ts';

/** A key made ready: the SHA-1 states after the inner pad (words 0-4) and the outer pad (words 5-9). As secret as the key. */
export type HmacSha1Key = Int32Array & { readonly HmacSha1Key: unique symbol };

const initial = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
/** The block to compress. */
const w = new Int32Array(16);
const digest = new Int32Array(5);
/** All zero between calls: no key stays in it, and a short key finds its padding there. */
const block = new Uint8Array(64);
const blockView = new DataView(block.buffer);

/** Precomputes both midstates. Any key length; longer than 64 bytes is hashed first, as RFC 2104 §2 says. */
export function hmacSha1Key(key: Uint8Array): HmacSha1Key {
  const midstates = new Int32Array(10);
  if (key.length <= 64) block.set(key);
  else hashToBlock(key);
  loadBlock(0x36363636);
  compress(w, initial, 0, midstates, 0);
  loadBlock(0x5c5c5c5c);
  compress(w, initial, 0, midstates, 5);
  block.fill(0);
  return midstates as HmacSha1Key;
}

/**
 * HMAC-SHA-1 of `counter` as 8 bytes, big-endian, dynamically truncated to 31 bits (RFC 4226 §5.3, step 2 up to Snum).
 * `counter` must be a whole number from 0 to 2^53 - 1; the caller checks.
 */
export function truncatedHmacSha1(key: HmacSha1Key, counter: number): number {
  w[0] = Math.floor(counter / 0x1_0000_0000);
  w[1] = counter;
  w[2] = 0x80000000;
  w.fill(0, 3, 15);
  w[15] = (64 + 8) * 8;
  compress(w, key, 0, digest, 0);
  w.set(digest);
  w[5] = 0x80000000;
  w.fill(0, 6, 15);
  w[15] = (64 + 20) * 8;
  compress(w, key, 5, digest, 0);

  const offset = word(digest, 4) & 15;
  const high = word(digest, offset >>> 2);
  const shift = (offset & 3) * 8;
  if (shift === 0) return high & 0x7fffffff;
  return ((high << shift) | (word(digest, (offset >>> 2) + 1) >>> (32 - shift))) & 0x7fffffff;
}

/** SHA-1 of `message` into the first 20 bytes of `block`. Only for keys longer than a block. */
function hashToBlock(message: Uint8Array): void {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 0x2000_0000));
  view.setUint32(padded.length - 4, message.length * 8);
  digest.set(initial);
  for (let start = 0; start < padded.length; start += 64) {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(start + t * 4);
    compress(w, digest, 0, digest, 0);
  }
  for (let i = 0; i < 5; i++) blockView.setInt32(i * 4, word(digest, i));
  padded.fill(0);
}

function loadBlock(pad: number): void {
  for (let t = 0; t < 16; t++) w[t] = blockView.getInt32(t * 4) ^ pad;
}

/** The compiler cannot know that an index is in range; every one here is. */
function word(words: Int32Array, index: number): number {
  return words[index] as number;
}
