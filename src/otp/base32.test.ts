import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from './base32.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

describe('ES-1.3 Base32', () => {
  // RFC 4648 §10
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('ES-1.3 "%s" is %s, with or without padding', (plain, encoded) => {
    expect(encodeBase32(ascii(plain))).toBe(encoded);
    expect(decodeBase32(encoded)).toEqual(ascii(plain));
    expect(decodeBase32(encoded.padEnd(Math.ceil(encoded.length / 8) * 8, '='))).toEqual(ascii(plain));
  });

  it('ES-1.3 every byte string survives the round trip', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const text = encodeBase32(bytes);
        expect(text).toMatch(/^[A-Z2-7]*$/);
        expect(decodeBase32(text)).toEqual(bytes);
      }),
    );
  });

  it('ES-1.3 a secret reads the same in lower case, in groups, with dashes, and pasted with line ends', () => {
    const bytes = decodeBase32('GEZDGNBVGY3TQOJQ');
    for (const text of ['gezdgnbvgy3tqojq', 'GEZD GNBV GY3T QOJQ', 'gezd-gnbv-gy3t-qojq', ' GEZDGNBVGY3TQOJQ\r\n']) {
      expect(decodeBase32(text)).toEqual(bytes);
    }
  });

  it.each([
    ['GEZD0NBV', 'character 5 '],
    ['GEZD GN1V', 'character 8 '],
    ['GEZDGNB8', 'character 8 '],
    ['GEZDGNB!', 'character 8 '],
    ['ＧEZDGNBV', 'character 1 '],
    ['MZXQ====MZXQ', 'character 9 follows the padding'],
  ])('ES-1.3 %s is refused, naming %s', (text, message) => {
    expect(() => decodeBase32(text)).toThrow(RangeError);
    expect(() => decodeBase32(text)).toThrow(message);
  });

  it.each(['A', 'AAA', 'AAAAAA', 'AAAAAAAAA'])('ES-1.3 %s is refused: no bytes have that length', (text) => {
    expect(() => decodeBase32(text)).toThrow(/cannot spell whole bytes/);
  });

  it.each(['MZ', 'MZXR', 'MZXW7', 'MZXW6YR'])('ES-1.3 %s is refused: bits are left over', (text) => {
    expect(() => decodeBase32(text)).toThrow(/beyond the last byte/);
  });

  it('ES-1.3 no message repeats the secret, not even its bad character', () => {
    for (const text of ['GEZDGNBVÄGY3TQOJQ', 'GEZDGNBVGY3TQOJQA', 'GEZDGNBVGY3TQOJQMZ']) {
      expect(() => decodeBase32(text)).toThrow(/^(?!.*(GEZD|OJQ|Ä)).*$/);
    }
  });
});
