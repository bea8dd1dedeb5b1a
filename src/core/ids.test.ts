import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeId } from './ids.ts';

const bytes = (seed: number): Uint8Array => Uint8Array.from({ length: 18 }, (_, i) => (seed * 31 + i * 7) & 255);

describe('makeId', () => {
  it('sorts as text in the order of time', () => {
    const ms = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(
        ms,
        ms,
        fc.uint8Array({ minLength: 18, maxLength: 18 }),
        fc.uint8Array({ minLength: 18, maxLength: 18 }),
        (a, b, x, y) => {
          fc.pre(a < b);
          expect(makeId('lgn', a, x) < makeId('lgn', b, y)).toBe(true);
        },
      ),
    );
  });

  it('differs whenever its random bytes differ: 144 bits, none thrown away', () => {
    const random = fc.uint8Array({ minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(random, fc.nat(17), fc.integer({ min: 1, max: 255 }), (one, where, change) => {
        const other = Uint8Array.from(one);
        other[where] = (other[where] ?? 0) ^ change;
        expect(makeId('aut', 1, one)).not.toBe(makeId('aut', 1, other));
      }),
    );
  });

  it('is what the API takes as an id: a prefix and 32 URL-safe characters', () => {
    for (const seed of [0, 1, 99, 255])
      expect(makeId('key', 1_795_136_400_000, bytes(seed))).toMatch(/^key_[A-Za-z0-9_-]{32}$/);
  });
});
