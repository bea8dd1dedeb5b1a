// Codes of our own app: HOTP-SHA256 over 60-second steps (RFC 6238), one secret per phone and account. The phone keeps it masked by a PIN, so a
// wrong PIN gives a wrong code and nothing else; here it is an output like any other, counted and spent by the same mechanism.
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import type { Mac } from '../mac.ts';
import { verifyTimeCode } from '../time-code.ts';

/** The type. Parameters are `SHA256/6/60/<phone id>`: a secret belongs to one phone, and its sealed row says which. */
export const app = (mac: Mac): AuthenticatorType => ({
  name: 'app',
  assurance: { aal: 2, amr: ['otp'], phishingResistant: false, restricted: false },
  several: true,
  approves: true,
  enrols: true,
  verify(bound, output, at, window) {
    const phone = bound.params.lastIndexOf('/');
    return verifyTimeCode(mac, bound.params.slice(0, Math.max(0, phone)), bound, output, at, window);
  },
});
