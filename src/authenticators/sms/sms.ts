// A six-digit code by SMS: out-of-band, restricted (NIST SP 800-63B-4 §3.1.3.3). Only a keyed hash of the code is kept, bound to its challenge.
// Six digits because the template rules of the large Chinese providers allow one variable of 4 to 6 characters.
import type { AuthenticatorType, Bound } from '../../core/authenticator/type.ts';
import { encodeBase32 } from '../../otp/base32.ts';
import type { Mac } from '../mac.ts';

const DIGITS = 6;

/** The type, given the platform's HMAC. */
export const sms = (mac: Mac): AuthenticatorType => {
  const tagOf = (secret: Uint8Array, salt: string, code: string): string =>
    `${salt}.${encodeBase32(mac.hmac('SHA256', secret, new TextEncoder().encode(`hufu/sms-code/v1\0${salt}\0${code}`)))}`;
  return {
    name: 'sms',
    assurance: { aal: 2, amr: ['sms'], phishingResistant: false, restricted: true },
    verify(bound: Bound, output, at) {
      if (bound.sent === null) return { valid: false, reason: 'not-sent' };
      const salt = bound.sent.tag.slice(0, bound.sent.tag.lastIndexOf('.'));
      const secret = bound.secret();
      const isRight = mac.sameText(tagOf(secret, salt, output), bound.sent.tag);
      secret.fill(0);
      if (!isRight) return { valid: false, reason: 'wrong' };
      if (bound.sent.expiresAt <= at) return { valid: false, reason: 'expired' };
      return { valid: true, spend: { kind: 'sent', tag: bound.sent.tag } };
    },
    send(random, secret, context) {
      const code = digits(random);
      const salt = `${context}.${encodeBase32(random(10))}`;
      const tag = tagOf(secret, salt, code);
      secret.fill(0);
      return { code, tag };
    },
  };
};

/** Uniform digits: bytes of 250 and above are thrown away, so that no digit is likelier than another. */
function digits(random: (bytes: number) => Uint8Array): string {
  let code = '';
  while (code.length < DIGITS)
    for (const byte of random(DIGITS * 2)) if (byte < 250 && code.length < DIGITS) code += String(byte % 10);
  return code;
}
