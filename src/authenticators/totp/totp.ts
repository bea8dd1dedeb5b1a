// Time-based one-time passwords (RFC 6238) from any authenticator app. A time step is spent once, and never again or backwards (§5.2).
import type { AuthenticatorType, Bound } from '../../core/authenticator/type.ts';
import { encodeBase32 } from '../../otp/base32.ts';
import type { Digits, HashAlgorithm } from '../../otp/hotp.ts';
import { buildOtpauthUri } from '../../otp/otpauth.ts';
import { matchTotp } from '../../otp/totp.ts';
import type { Mac } from '../mac.ts';

interface Params {
  readonly algorithm: HashAlgorithm;
  readonly digits: Digits;
  readonly periodSeconds: number;
}

const known = new Map<string, Params>();

/** `SHA1/6/30` as parameters; read once per distinct text. */
function paramsOf(text: string): Params {
  let params = known.get(text);
  if (params === undefined) {
    const match = /^(SHA1|SHA256|SHA512)\/([678])\/(\d{2,3})$/.exec(text);
    if (match === null) throw new Error('an authenticator has parameters this version does not know');
    params = {
      algorithm: match[1] as HashAlgorithm,
      digits: Number(match[2]) as Digits,
      periodSeconds: Number(match[3]),
    };
    if (known.size < 64) known.set(text, params);
  }
  return params;
}

/** RFC 4226 §4 R6 asks for 128 bits and recommends 160. */
const SECRET_BYTES = 20;

/** The type, given the platform's HMAC for SHA-256 and SHA-512. */
export const totp = ({ hmac }: Mac): AuthenticatorType => ({
  name: 'totp',
  assurance: { aal: 2, amr: ['otp'], phishingResistant: false, restricted: false },
  verify(bound: Bound, output, at, window) {
    const params = paramsOf(bound.params);
    const secret = bound.secret();
    const step = matchTotp({ secret, ...params, at, window, output }, hmac);
    secret.fill(0);
    if (step === undefined) return { valid: false, reason: 'wrong' };
    // A code that was right when the store was restored, or before, may have been used since the backup (STO-08).
    if (bound.floor > 0 && step <= Math.floor(bound.floor / 1000 / params.periodSeconds) + window.forward)
      return { valid: false, reason: 'replayed' };
    // A step at or before one that is spent: replayed, or out of order (OTP-01, OTP-04).
    if (bound.spent.some((mark) => mark >= step)) return { valid: false, reason: 'replayed' };
    const { periodSeconds } = params;
    return { valid: true, spend: { kind: 'step', step, periodSeconds, lookAhead: window.back + window.forward } };
  },
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
