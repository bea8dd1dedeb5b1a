// The mini-program in WeChat: six digits of time (RFC 6238, HMAC-SHA-256, the app's steps) without a PIN, and approvals. Its secret is made when a
// binding begins, and handed to the one WeChat account that scans the page's QR; the code that completes the binding comes from there.
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import type { Mac } from '../mac.ts';
import { verifyTimeCode } from '../time-code.ts';

const KEY_BYTES = 32;

/** The type. Parameters are `SHA256/6/60/<phone id>`: the phone is the mini-program of one WeChat account. */
export const wechat = (mac: Mac): AuthenticatorType => ({
  name: 'wechat',
  assurance: { aal: 2, amr: ['otp'], phishingResistant: false, restricted: false },
  approves: true,
  verify(bound, output, at, window) {
    const phone = bound.params.lastIndexOf('/');
    return verifyTimeCode(mac, bound.params.slice(0, Math.max(0, phone)), bound, output, at, window);
  },
  bind: {
    confirms: true,
    ticketed: true,
    begin({ phone, random }) {
      if (phone === undefined) throw new Error('a binding in WeChat needs the phone to be');
      const { id, digits, periodSeconds } = phone;
      return { secret: random(KEY_BYTES), params: `SHA256/${digits}/${periodSeconds}/${id}`, shown: {} };
    },
  },
});
