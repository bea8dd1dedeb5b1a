import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha1Key, truncatedHmacSha1 } from './sha1.ts';

/** RFC 4226 §5.3 over the platform's HMAC, written another way than ours. */
function reference(key: Uint8Array, counter: number): number {
  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(counter));
  const mac = createHmac('sha1', key).update(message).digest();
  return mac.readUInt32BE((mac[19] ?? 0) % 16) % 2 ** 31;
}

const counters = fc.oneof(
  fc.nat(),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
);

describe('ES-1.3 OTP-14 HMAC-SHA-1', () => {
  it('ES-1.3 OTP-14 agrees with node:crypto for 5,000 random keys and counters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200, size: 'max' }), counters, (key, counter) => {
        expect(truncatedHmacSha1(hmacSha1Key(key), counter)).toBe(reference(key, counter));
      }),
      { numRuns: 5000 },
    );
  });

  it('ES-1.3 OTP-14 agrees for every key length from 0 to 200 and every truncation offset', () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      const key = hmacSha1Key(bytes);
      for (let counter = 0; counter < 40; counter++) {
        expect(truncatedHmacSha1(key, counter)).toBe(reference(bytes, counter));
      }
    }
  });

  it('ES-1.3 a key made ready is not disturbed by others made or used after it', () => {
    const one = Uint8Array.of(1, 2, 3);
    const ready = hmacSha1Key(one);
    const longer = hmacSha1Key(new Uint8Array(100).fill(7));
    truncatedHmacSha1(longer, 5);
    expect(truncatedHmacSha1(ready, 9)).toBe(reference(one, 9));
    expect(one).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('ES-1.3 a key may be a view into a larger buffer', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => i).subarray(7, 27);
    expect(truncatedHmacSha1(hmacSha1Key(bytes), 1)).toBe(reference(bytes, 1));
  });
});
