import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../core/authenticator/type.ts';
import { mac } from '../../platform.ts';
import { recoveryCode } from './recovery-code.ts';

const type = recoveryCode(mac);
const TOTP = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
const make = (count = 10) =>
  type.bind!.begin({
    account: 'a',
    accountId: 'acc_x',
    held: [],
    issuer: 'i',
    random: randomBytes,
    totp: TOTP,
    recoveryCodes: count,
  });
const bound = (secret: Uint8Array, spent: readonly number[] = []): Bound => ({
  id: 'aut_x',
  type: 'recovery-code',
  params: '10',
  secret: () => Uint8Array.from(secret),
  sent: null,
  spent,
  floor: 0,
  accountId: 'acc_x',
  context: null,
});
const verify = (b: Bound, output: string) => type.verify(b, output, 0, { back: 0, forward: 0 });

describe('recovery-code', () => {
  it('makes as many as asked, all different, without letters that read alike', () => {
    for (const count of [5, 10, 16]) {
      const codes = make(count).shown.codes!;
      expect(new Set(codes).size).toBe(count);
      for (const code of codes) expect(code.replaceAll('-', '')).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    }
  });

  it('keeps no code, only what recognises it', () => {
    const { secret, shown } = make();
    const kept = Buffer.from(secret).toString('latin1');
    for (const code of shown.codes!) expect(kept).not.toContain(code.replaceAll('-', ''));
  });

  it('spends each under a mark of its own, below zero, out of the way of time steps', () => {
    const { secret, shown } = make();
    const marks = shown.codes!.map((code) => {
      const answer = verify(bound(secret), code);
      return answer.valid && answer.spend.kind === 'mark' ? answer.spend.mark : 0;
    });
    expect(marks).toEqual([-1, -2, -3, -4, -5, -6, -7, -8, -9, -10]);
  });

  it('REB-09 tells a spent one from a wrong one, to the audit log', () => {
    const { secret, shown } = make();
    expect(verify(bound(secret, [-3]), shown.codes![2]!)).toEqual({ valid: false, reason: 'replayed' });
    expect(verify(bound(secret, [-3]), shown.codes![3]!).valid).toBe(true);
  });

  it('REB-10 refuses codes of another set, shortened, lengthened and empty ones', () => {
    const { secret, shown } = make();
    const code = shown.codes![0]!.replaceAll('-', '');
    for (const output of [make().shown.codes![0]!, code.slice(1), `${code}0`, '', '000000'])
      expect(verify(bound(secret), output)).toEqual({ valid: false, reason: 'wrong' });
  });
});
