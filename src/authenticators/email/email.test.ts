import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BindContext, Bound } from '../../core/authenticator/type.ts';
import { mac } from '../../platform.ts';
import { sms } from '../sms/sms.ts';
import { email } from './email.ts';

const type = email(mac);
const secret = new Uint8Array(32).fill(7);
const bound = (tag: string): Bound => ({
  id: 'aut_x',
  type: 'email',
  params: 'wei@backup.example',
  secret: () => Uint8Array.from(secret),
  sent: { tag, expiresAt: 1000, sentAt: 0, count: 1 },
  spent: [],
  floor: 0,
  accountId: 'acc_x',
  context: null,
});
const context: BindContext = {
  account: 'wei@lark.example',
  accountId: 'acc_x',
  held: [],
  issuer: 'Lark',
  random: randomBytes,
  totp: { algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
  recoveryCodes: 10,
};

describe('email', () => {
  it('CM-2.2 accepts the code that was mailed, within its time, and spends that code', () => {
    const { code, tag } = type.send!.code(randomBytes, Uint8Array.from(secret), 'lgn_a');
    const window = { back: 0, forward: 0 };
    expect(type.verify(bound(tag), code, 999, window)).toEqual({ valid: true, spend: { kind: 'sent', tag } });
    expect(type.verify(bound(tag), code, 1000, window)).toEqual({ valid: false, reason: 'expired' });
    expect(type.verify(bound(tag), code === '000000' ? '000001' : '000000', 0, window).valid).toBe(false);
  });

  it('CM-2.2 keeps another tag of a code than SMS would: one is never taken for the other', () => {
    const same = (n: number): Uint8Array => new Uint8Array(n).fill(3);
    const mailed = type.send!.code(same, Uint8Array.from(secret), 'lgn_a');
    const texted = sms(mac).send!.code(same, Uint8Array.from(secret), 'lgn_a');
    expect(mailed.code).toBe(texted.code);
    expect(mailed.tag).not.toBe(texted.tag);
  });

  it('CM-2.2 is bound to an address, and says honestly that it is one factor', () => {
    expect(type.bind?.begin({ ...context, address: 'wei@backup.example' })).toMatchObject({
      params: 'wei@backup.example',
    });
    expect(() => type.bind?.begin(context)).toThrow(TypeError);
    expect(type.assurance).toMatchObject({ aal: 1, amr: ['email'], restricted: true });
  });
});
