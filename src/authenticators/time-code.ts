// Codes of time (RFC 6238) as every type that has them is verified: one comparison, one rule of what is spent. A time step is spent once, and
// never again or backwards (§5.2); after a restore the steps up to then count as spent, for the ledger may have forgotten them (STO-08).
import type { Bound, Verification } from '../core/authenticator/type.ts';
import { sameText } from '../core/text-key.ts';
import type { Digits, HashAlgorithm } from '../otp/hotp.ts';
import { matchTotp, type TimeStepWindow } from '../otp/totp.ts';
import type { Mac } from './mac.ts';

interface Params {
  readonly algorithm: HashAlgorithm;
  readonly digits: Digits;
  readonly periodSeconds: number;
}

const known = new Map<string, Params>();

/** `SHA1/6/30` as parameters; read once per distinct text. Unknown ones are a fault, never a guess. */
function paramsOf(given: string): Params {
  const text = sameText(given);
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

/** Compares an output with the codes around `at` (ms). `params` is `ALGORITHM/digits/period`; the opened secret is wiped. */
export function verifyTimeCode(
  { hmac }: Mac,
  params: string,
  bound: Bound,
  output: string,
  at: number,
  window: TimeStepWindow,
): Verification {
  const { algorithm, digits, periodSeconds } = paramsOf(params);
  const secret = bound.secret();
  const step = matchTotp({ secret, algorithm, digits, periodSeconds, at, window, output }, hmac);
  secret.fill(0);
  if (step === undefined) return { valid: false, reason: 'wrong' };
  // A code that was right when the store was restored, or before, may have been used since the backup (STO-08).
  if (bound.floor > 0 && step <= Math.floor(bound.floor / 1000 / periodSeconds) + window.forward)
    return { valid: false, reason: 'replayed' };
  // A step at or before one that is spent: replayed, or out of order (OTP-01, OTP-04).
  if (bound.spent.some((mark) => mark >= step)) return { valid: false, reason: 'replayed' };
  return { valid: true, spend: { kind: 'step', step, periodSeconds, lookAhead: window.back + window.forward } };
}
