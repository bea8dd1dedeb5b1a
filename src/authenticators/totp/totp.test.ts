import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../core/authenticator/type.ts';
import { hotp } from '../../otp/hotp.ts';
import { parseOtpauthUri } from '../../otp/otpauth.ts';
import { mac } from '../../platform.ts';
import { totp } from './totp.ts';

const type = totp(mac);
const secret = new TextEncoder().encode('12345678901234567890');
const bound = (params = 'SHA1/6/30', spent: readonly number[] = []): Bound => ({
  id: 'aut_x',
  type: 'totp',
  params,
  secret: () => Uint8Array.from(secret),
  sent: null,
  spent,
  floor: 0,
  accountId: 'acc_x',
  context: null,
});
const WINDOW = { back: 1, forward: 1 };
const NOW = 1_000 * 30_000;
const code = (step: number): string => hotp(secret, 1_000 + step, { algorithm: 'SHA1', digits: 6 });

describe('totp', () => {
  it('OTP-05 accepts the window, spends the step it matched, and bars what the window could still let in', () => {
    for (const step of [-1, 0, 1])
      expect(type.verify(bound(), code(step), NOW, WINDOW)).toEqual({
        valid: true,
        spend: { kind: 'step', step: 1_000 + step, periodSeconds: 30, lookAhead: 2 },
      });
    for (const step of [-2, 2])
      expect(type.verify(bound(), code(step), NOW, WINDOW)).toEqual({ valid: false, reason: 'wrong' });
  });

  it('OTP-04 calls a step replayed when it or a later one is spent', () => {
    expect(type.verify(bound('SHA1/6/30', [1_000]), code(0), NOW, WINDOW)).toEqual({
      valid: false,
      reason: 'replayed',
    });
    expect(type.verify(bound('SHA1/6/30', [1_001]), code(0), NOW, WINDOW)).toEqual({
      valid: false,
      reason: 'replayed',
    });
    expect(type.verify(bound('SHA1/6/30', [999]), code(0), NOW, WINDOW).valid).toBe(true);
  });

  it('STO-08 after a restore refuses whatever was right up to then, and takes the first code that was not', () => {
    const restored: Bound = { ...bound(), floor: NOW };
    for (const step of [-1, 0, 1])
      expect(type.verify(restored, code(step), NOW, WINDOW)).toEqual({ valid: false, reason: 'replayed' });
    expect(type.verify(restored, code(2), NOW + 30_000, WINDOW).valid).toBe(true);
  });

  it('what is bound keeps its own parameters, and unknown ones are a fault, never a guess', () => {
    const at60 = hotp(secret, 500, { algorithm: 'SHA256', digits: 8 }, mac.hmac);
    expect(type.verify(bound('SHA256/8/60'), at60, NOW, WINDOW).valid).toBe(true);
    for (const params of ['', 'MD5/6/30', 'SHA1/5/30', 'SHA1/6/30/x'])
      expect(() => type.verify(bound(params), '1', NOW, WINDOW)).toThrow('parameters');
  });

  it('ENR-07 begins with 160 fresh random bits, shown as URI and as text to type', () => {
    const settings = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
    const make = () =>
      type.bind!.begin({
        account: '700001',
        accountId: 'acc_x',
        held: [],
        issuer: '极星国际',
        random: randomBytes,
        totp: settings,
        recoveryCodes: 10,
      });
    const [a, b] = [make(), make()];
    expect(a.secret).toHaveLength(20);
    expect(a.shown.key).not.toBe(b.shown.key);
    expect(Buffer.from(parseOtpauthUri(a.shown.uri!).secret)).toEqual(Buffer.from(a.secret));
    expect(a.params).toBe('SHA1/6/30');
    expect(a.shown.key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  });

  it('leaves no plain secret behind: what it opened is wiped', () => {
    const opened: Uint8Array[] = [];
    const watched: Bound = {
      ...bound(),
      secret: () => {
        const copy = Uint8Array.from(secret);
        opened.push(copy);
        return copy;
      },
    };
    type.verify(watched, code(0), NOW, WINDOW);
    type.verify(watched, '000000', NOW, WINDOW);
    expect(opened.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true]);
  });
});
