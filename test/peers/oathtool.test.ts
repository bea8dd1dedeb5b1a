// Ten thousand codes of ours against oathtool's (OATH Toolkit). Each run of the program prints a window of codes, so
// five hundred runs are enough. The cases are drawn anew each time; a difference names the command that shows it.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hmac, hotp } from '../../src/otp/hotp.ts';
import { matchTotp, timeStep } from '../../src/otp/totp.ts';
import { needs } from './peer.ts';

const hmac: Hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest();
const codesPerRun = 20;

const runs = fc.record({
  secret: fc.uint8Array({ minLength: 1, maxLength: 140, size: 'max' }),
  algorithm: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
  digits: fc.constantFrom(6, 7, 8),
  periodSeconds: fc.constantFrom(30, 60),
  // 1970 to the end of 2106, past the 32-bit second of that February.
  seconds: fc.oneof(
    fc.integer({ min: 0, max: 4_323_196_800 }),
    fc.constantFrom(0, 29, 30, 59, 60, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32),
  ),
});

describe('ES-1.3 OTP-14 oathtool', () => {
  it('ES-1.3 OTP-14 gives the same code in 10,000 random cases', (context) => {
    needs('oathtool', context);
    let compared = 0;
    const leading = new Set<string>();
    fc.assert(
      fc.property(runs, ({ secret, algorithm, digits, periodSeconds, seconds }) => {
        const command = [`--totp=${algorithm}`, `-d${digits}`, `-s${periodSeconds}s`, `-N@${seconds}`];
        const theirs = execFileSync('oathtool', [...command, `-w${codesPerRun - 1}`, hex(secret)], { encoding: 'utf8' })
          .trim()
          .split('\n');
        const first = timeStep(seconds * 1000, periodSeconds);
        const ours = theirs.map((_, i) => hotp(secret, first + i, { algorithm, digits }, hmac));
        expect(theirs).toHaveLength(codesPerRun);
        expect(ours).toEqual(theirs);
        compared += theirs.length;
        for (const code of theirs) leading.add(code.charAt(0));
      }),
      { numRuns: 10_000 / codesPerRun },
    );
    expect(compared).toBe(10_000);
    expect(leading).toContain('0');
  });

  it('ES-4.3 OTP-05 a code it makes is taken in its own step and its neighbours, and in no other', (context) => {
    needs('oathtool', context);
    const key = { secret: new TextEncoder().encode('12345678901234567890'), algorithm: 'SHA1', digits: 6 } as const;
    const output = execFileSync('oathtool', ['--totp', '-N@1234567890', hex(key.secret)], { encoding: 'utf8' }).trim();
    const check = { ...key, periodSeconds: 30, window: { back: 1, forward: 1 }, output };
    const taken = [-60, -30, 0, 30, 60].map((late) => matchTotp({ ...check, at: (1_234_567_890 + late) * 1000 }));
    expect(taken).toEqual([undefined, 41_152_263, 41_152_263, 41_152_263, undefined]);
  });
});

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
