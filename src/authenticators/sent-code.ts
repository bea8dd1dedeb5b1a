// A six-digit code that is sent for one challenge: out-of-band. Only a keyed hash of it is kept, bound to its challenge. Types that send
// differ in their channel and in what they are worth, not in this.
import type { Assurance, AuthenticatorType, Bound } from '../core/authenticator/type.ts';
import type { CodeChannel } from '../core/outbox/message.ts';
import { encodeBase32 } from '../otp/base32.ts';
import type { Mac } from './mac.ts';

const DIGITS = 6;

/** A type that sends codes by a channel, given the platform's HMAC. */
export function sentCode<N extends 'sms' | 'email'>(
  mac: Mac,
  { name, channel, assurance }: { readonly name: N; readonly channel: CodeChannel; readonly assurance: Assurance },
): Pick<AuthenticatorType, 'verify' | 'assurance'> & { readonly name: N } & Required<Pick<AuthenticatorType, 'send'>> {
  const tagOf = (secret: Uint8Array, salt: string, code: string): string =>
    `${salt}.${encodeBase32(mac.hmac('SHA256', secret, new TextEncoder().encode(`hufu/${name}-code/v1\0${salt}\0${code}`)))}`;
  return {
    name,
    assurance,
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
    send: {
      channel,
      code(random, secret, context) {
        const code = digits(random);
        const salt = `${context}.${encodeBase32(random(10))}`;
        const tag = tagOf(secret, salt, code);
        secret.fill(0);
        return { code, tag };
      },
    },
  };
}

/** Uniform digits: bytes of 250 and above are thrown away, so that no digit is likelier than another. */
function digits(random: (bytes: number) => Uint8Array): string {
  let code = '';
  while (code.length < DIGITS)
    for (const byte of random(DIGITS * 2)) if (byte < 250 && code.length < DIGITS) code += String(byte % 10);
  return code;
}
