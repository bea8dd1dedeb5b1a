// What the app's and the mini-program's codes have in common: whole minutes, one phone, never twice.
import { expect, it } from 'vitest';
import type { AuthenticatorType, Bound } from '../../src/core/authenticator/type.ts';
import { hotp } from '../../src/otp/hotp.ts';
import { mac } from '../../src/platform.ts';

const secret = new TextEncoder().encode('12345678901234567890123456789012');
const bound = (more: Partial<Bound> = {}): Bound => ({
  id: 'aut_x',
  type: 'app',
  params: 'SHA256/6/60/phn_x',
  secret: () => Uint8Array.from(secret),
  sent: null,
  spent: [],
  floor: 0,
  accountId: 'acc_x',
  context: null,
  ...more,
});
const WINDOW = { back: 1, forward: 0 };
const NOW = 1_000 * 60_000;
const code = (step: number): string => hotp(secret, 1_000 + step, { algorithm: 'SHA256', digits: 6 }, mac.hmac);

/** `id`: the requirement; `type`: made over the machine's MAC. */
export function phoneCodeCases(id: string, type: AuthenticatorType): void {
  it(`${id} takes the code of this minute and of the one before, never of the next`, () => {
    for (const step of [-1, 0])
      expect(type.verify(bound(), code(step), NOW, WINDOW)).toEqual({
        valid: true,
        spend: { kind: 'step', step: 1_000 + step, periodSeconds: 60, lookAhead: 1 },
      });
    for (const step of [-2, 1])
      expect(type.verify(bound(), code(step), NOW, WINDOW)).toEqual({ valid: false, reason: 'wrong' });
  });

  it(`${id} OTP-04 STO-08 calls spent what is spent, and whatever was right when the store was restored`, () => {
    expect(type.verify(bound({ spent: [1_000] }), code(0), NOW, WINDOW)).toMatchObject({ reason: 'replayed' });
    expect(type.verify(bound({ floor: NOW }), code(0), NOW, WINDOW)).toMatchObject({ reason: 'replayed' });
    expect(type.verify(bound({ floor: NOW - 60_000 }), code(0), NOW, WINDOW).valid).toBe(true);
  });

  it(`${id} belongs to one phone: parameters without one are a fault, never a guess`, () => {
    for (const params of ['SHA256/6/60', 'SHA256', '', 'SHA256/6/60/phn_x/phn_y'])
      expect(() => type.verify(bound({ params }), code(0), NOW, WINDOW)).toThrow('parameters');
  });
}
