// The published vectors of RFC 4226 Appendix D and RFC 6238 Appendix B (its secrets are as long as the hash: Appendix A, seed32 and seed64).
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Hmac, hotp } from '../../src/otp/hotp.ts';
import { hmacSha1Key, truncatedHmacSha1 } from '../../src/otp/sha1.ts';
import { matchTotp, timeStep } from '../../src/otp/totp.ts';
import rfc4226 from './rfc4226.json' with { type: 'json' };
import rfc6238 from './rfc6238.json' with { type: 'json' };

const ascii = (text: string) => new TextEncoder().encode(text);
const hmac: Hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest();

describe('ES-1.3 OTP-14 published vectors', () => {
  it.each(rfc4226.codes.map((code, counter) => ({ code, counter })))(
    'ES-1.3 OTP-14 RFC 4226 Appendix D: counter $counter gives $code',
    ({ code, counter }) => {
      const secret = ascii(rfc4226.secretAscii);
      expect(truncatedHmacSha1(hmacSha1Key(secret), counter)).toBe(rfc4226.truncated[counter]);
      expect(hotp(secret, counter, { algorithm: 'SHA1', digits: 6 })).toBe(code);
    },
  );

  const cases = (['SHA1', 'SHA256', 'SHA512'] as const).flatMap((algorithm) =>
    rfc6238.rows.map((row) => ({ algorithm, seconds: row.seconds, step: row.step, code: row[algorithm] })),
  );
  it.each(cases)('ES-1.3 OTP-14 RFC 6238 Appendix B: $algorithm at $seconds s gives $code', (row) => {
    const at = row.seconds * 1000;
    const secret = ascii(rfc6238.secretsAscii[row.algorithm]);
    const step = timeStep(at, rfc6238.periodSeconds);
    expect(step).toBe(Number.parseInt(row.step, 16));
    expect(hotp(secret, step, { algorithm: row.algorithm, digits: 8 }, hmac)).toBe(row.code);
    const check = { secret, algorithm: row.algorithm, digits: 8, periodSeconds: 30, at, output: row.code } as const;
    expect(matchTotp({ ...check, window: { back: 0, forward: 0 } }, hmac)).toBe(step);
  });
});
