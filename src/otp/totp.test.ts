import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hmac, hotp } from './hotp.ts';
import { matchTotp, secondsLeft, timeStep } from './totp.ts';

const secret = new TextEncoder().encode('12345678901234567890');
const hmac: Hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest();
const usual = { secret, algorithm: 'SHA1', digits: 6, periodSeconds: 30, window: { back: 1, forward: 1 } } as const;
const codeOf = (step: number) => hotp(secret, step, { algorithm: 'SHA1', digits: 6 });

describe('ES-4.3 the time step', () => {
  it('ES-4.3 changes on the millisecond', () => {
    expect(timeStep(0, 30)).toBe(0);
    expect(timeStep(29_999, 30)).toBe(0);
    expect(timeStep(30_000, 30)).toBe(1);
    expect(timeStep(59_999, 60)).toBe(0);
    expect(timeStep(8_640_000_000_000_000 - 1, 30)).toBe(287_999_999_999);
  });

  it('ES-4.3 the seconds shown go from the whole period down to 1, never 0', () => {
    expect(secondsLeft(30_000, 30)).toBe(30);
    expect(secondsLeft(30_001, 30)).toBe(30);
    expect(secondsLeft(31_000, 30)).toBe(29);
    expect(secondsLeft(59_000, 30)).toBe(1);
    expect(secondsLeft(59_999, 30)).toBe(1);
    expect(secondsLeft(60_000, 60)).toBe(60);
  });

  it('ES-4.3 nonsense times, periods and windows are faults', () => {
    for (const at of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => timeStep(at, 30)).toThrow(RangeError);
    for (const period of [0, -30, 0.5, Number.NaN]) expect(() => secondsLeft(0, period)).toThrow(RangeError);
    for (const back of [-1, 0.5, Number.NaN, 1e9]) {
      expect(() => matchTotp({ ...usual, at: 0, output: '', window: { back, forward: 0 } })).toThrow(RangeError);
      expect(() => matchTotp({ ...usual, at: 0, output: '', window: { back: 0, forward: back } })).toThrow(RangeError);
    }
  });
});

describe('ES-4.3 matching a code', () => {
  const step = 41_152_263;
  const windows = [
    { name: 'one step each way', periodSeconds: 30, window: { back: 1, forward: 1 }, taken: [-1, 0, 1] },
    { name: 'own app, 60 s, one step back', periodSeconds: 60, window: { back: 1, forward: 0 }, taken: [-1, 0] },
    { name: 'the current step only', periodSeconds: 30, window: { back: 0, forward: 0 }, taken: [0] },
  ];
  it.each(windows)(
    'ES-4.3 OTP-05 $name: exactly the window, to the millisecond',
    ({ periodSeconds, window, taken }) => {
      const period = periodSeconds * 1000;
      const accepted = (at: number) =>
        [-2, -1, 0, 1, 2].filter((offset) => {
          const found = matchTotp({ ...usual, periodSeconds, window, at, output: codeOf(step + offset) });
          expect([undefined, step + offset]).toContain(found);
          return found !== undefined;
        });
      const shifted = (by: number) => taken.map((offset) => offset + by).filter((offset) => Math.abs(offset) <= 2);
      expect(accepted(step * period - 1)).toEqual(shifted(-1));
      expect(accepted(step * period)).toEqual(taken);
      expect(accepted(step * period + 1)).toEqual(taken);
      expect(accepted((step + 1) * period - 1)).toEqual(taken);
      expect(accepted((step + 1) * period)).toEqual(shifted(1));
    },
  );

  it('ES-4.3 OTP-09 000123 is a code; 123 and every other shape of it is not', () => {
    const zeros = 3_415_153; // the step whose code is 000123
    const at = zeros * 30_000;
    expect(matchTotp({ ...usual, at, output: '000123' })).toBe(zeros);
    for (const output of ['123', '0123', '00123', '0000123', ' 000123', '+00123', '1.23e2', '0x007b', '', '٠٠٠١٢٣']) {
      expect(matchTotp({ ...usual, at, output })).toBeUndefined();
    }
    // Nor is what reads as the number 0, or as no number, the code 000000.
    const zero: Hmac = () => new Uint8Array(32);
    for (const output of ['', '0', 'abcdef', '      ']) {
      expect(matchTotp({ ...usual, algorithm: 'SHA256', at, output }, zero)).toBeUndefined();
    }
    expect(matchTotp({ ...usual, algorithm: 'SHA256', at, output: '000000' }, zero)).toBe(zeros + 1);
  });

  it('ES-4.3 OTP-01 when several steps have the code, the highest is named, so spending it spends them all', () => {
    const constant: Hmac = () => new Uint8Array(64).fill(1);
    const output = hotp(secret, 0, { algorithm: 'SHA512', digits: 6 }, constant);
    const window = { back: 2, forward: 1 };
    expect(matchTotp({ ...usual, algorithm: 'SHA512', window, at: step * 30_000, output }, constant)).toBe(step + 1);
  });

  it('ES-4.3 every step of the window is computed, wherever the match is and whatever was typed', () => {
    const asked = (output: string) => {
      let count = 0;
      const counting: Hmac = (...args) => {
        count++;
        return hmac(...args);
      };
      matchTotp({ ...usual, algorithm: 'SHA256', at: step * 30_000, output }, counting);
      return count;
    };
    const sha256 = (at: number) => hotp(secret, at, { algorithm: 'SHA256', digits: 6 }, hmac);
    expect([sha256(step - 1), sha256(step), sha256(step + 1), '000000', '', 'x'.repeat(64)].map(asked)).toEqual(
      Array.from({ length: 6 }, () => 3),
    );
  });

  it('ES-4.3 there are no steps before 1970', () => {
    expect(matchTotp({ ...usual, at: 0, output: codeOf(0) })).toBe(0);
    expect(matchTotp({ ...usual, at: 0, output: codeOf(1) })).toBe(1);
    expect(matchTotp({ ...usual, at: 0, output: codeOf(2) })).toBeUndefined();
  });

  it('ES-4.3 OTP-05 a wider window never loses a match, and never names a step outside itself', () => {
    const small = fc.record({ back: fc.nat(4), forward: fc.nat(4) });
    const times = fc.integer({ min: 0, max: 4_291_747_199_999 });
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 10, maxLength: 64 }),
        times,
        fc.integer({ min: -8, max: 8 }),
        small,
        small,
        (key, at, offset, window, more) => {
          const current = timeStep(at, 30);
          const output = hotp(key, Math.max(0, current + offset), { algorithm: 'SHA1', digits: 8 });
          const check = { ...usual, secret: key, digits: 8, at, output } as const;
          const found = matchTotp({ ...check, window });
          const wider = { back: window.back + more.back, forward: window.forward + more.forward };
          const foundWider = matchTotp({ ...check, window: wider });
          if (found !== undefined) {
            expect(found).toBeGreaterThanOrEqual(current - window.back);
            expect(found).toBeLessThanOrEqual(current + window.forward);
            expect(foundWider).toBeGreaterThanOrEqual(found);
            expect(hotp(key, found, { algorithm: 'SHA1', digits: 8 })).toBe(output);
          }
          if (current + offset >= 0 && offset >= -window.back && offset <= window.forward) expect(found).toBeDefined();
        },
      ),
      { numRuns: 1000 },
    );
  });
});
