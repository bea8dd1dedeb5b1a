// A six-digit code to a backup mailbox. Who opens a mailbox has shown a password, not a device: it is no out-of-band authenticator
// (NIST SP 800-63B-4 §3.1.3.1), so a login by it says so (`amr` email, an `acr` of its own) and counts as one factor.
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import type { Mac } from '../mac.ts';
import { sentCode } from '../sent-code.ts';

const SECRET_BYTES = 32;

/** The type, given the platform's HMAC. Its params are the address; it is bound by typing the first code mailed there. */
export const email = (mac: Mac): AuthenticatorType => ({
  ...sentCode(mac, {
    name: 'email',
    channel: 'email',
    assurance: { aal: 1, amr: ['email'], phishingResistant: false, restricted: true },
  }),
  bind: {
    confirms: true,
    addressed: true,
    begin({ address, random }) {
      if (address === undefined) throw new TypeError('a mailbox is bound by its address');
      return { secret: random(SECRET_BYTES), params: address, shown: {} };
    },
  },
});
