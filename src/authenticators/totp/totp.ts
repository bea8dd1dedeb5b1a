// Time-based one-time passwords (RFC 6238) from any authenticator app. A time step is spent once, and never again or backwards (§5.2).
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import { encodeBase32 } from '../../otp/base32.ts';
import { buildOtpauthUri } from '../../otp/otpauth.ts';
import type { Mac } from '../mac.ts';
import { verifyTimeCode } from '../time-code.ts';

/** RFC 4226 §4 R6 asks for 128 bits and recommends 160. */
const SECRET_BYTES = 20;

/** The type, given the platform's HMAC for SHA-256 and SHA-512. */
export const totp = (mac: Mac): AuthenticatorType => ({
  name: 'totp',
  assurance: { aal: 2, amr: ['otp'], phishingResistant: false, restricted: false },
  verify: (bound, output, at, window) => verifyTimeCode(mac, bound.params, bound, output, at, window),
  bind: {
    confirms: true,
    begin({ account, issuer, random, totp: { algorithm, digits, periodSeconds } }) {
      const secret = random(SECRET_BYTES);
      return {
        secret,
        params: `${algorithm}/${digits}/${periodSeconds}`,
        shown: {
          uri: buildOtpauthUri({ issuer, account, secret, algorithm, digits, periodSeconds }),
          key: grouped(encodeBase32(secret)),
        },
      };
    },
  },
});

const grouped = (key: string): string => key.replace(/(.{4})(?=.)/g, '$1 ');
