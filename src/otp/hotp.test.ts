import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Digits, type Hmac, hotp } from './hotp.ts';

const secret = new TextEncoder().encode('12345678901234567890');
const hmac: Hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest();

// The published vectors are in test/vectors/, oathtool's opinion in test/peers/.
describe('ES-1.3 HOTP', () => {
  it('ES-1.3 OTP-09 keeps leading zeros', () => {
    expect(hotp(secret, 3_415_153, { algorithm: 'SHA1', digits: 6 })).toBe('000123');
  });

  it('ES-1.3 SHA1 never asks the port', () => {
    const refuse: Hmac = () => {
      throw new Error('asked');
    };
    expect(hotp(secret, 0, { algorithm: 'SHA1', digits: 6 }, refuse)).toBe('755224');
  });

  it.each(['SHA256', 'SHA512'] as const)(
    'ES-1.3 %s without a port, or with one for another hash, is a fault',
    (algorithm) => {
      expect(() => hotp(secret, 0, { algorithm, digits: 6 })).toThrow(
        new TypeError(`HOTP: ${algorithm} needs an hmac to be passed in`),
      );
      const sha1: Hmac = (_, key, message) => hmac('SHA1', key, message);
      expect(() => hotp(secret, 0, { algorithm, digits: 6 }, sha1)).toThrow(TypeError);
    },
  );

  it('ES-1.3 the port is given the counter as eight bytes, big-endian, up to 2^53 - 1', () => {
    const seen: number[][] = [];
    const spy: Hmac = (algorithm, key, message) => {
      seen.push([...message]);
      return hmac(algorithm, key, message);
    };
    for (const counter of [1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      hotp(secret, counter, { algorithm: 'SHA256', digits: 6 }, spy);
    }
    expect(seen).toEqual([
      [0, 0, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 1, 0, 0, 0, 0],
      [0, 31, 255, 255, 255, 255, 255, 255],
    ]);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('ES-1.3 the counter %s is refused', (counter) => {
    expect(() => hotp(secret, counter, { algorithm: 'SHA1', digits: 6 })).toThrow(RangeError);
    expect(() => hotp(secret, counter, { algorithm: 'SHA256', digits: 6 }, hmac)).toThrow(RangeError);
  });

  it.each([5, 9, 0, Number.NaN])('ES-1.3 %s digits are refused', (digits) => {
    expect(() => hotp(secret, 0, { algorithm: 'SHA1', digits: digits as Digits })).toThrow(RangeError);
  });
});
