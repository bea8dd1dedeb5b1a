// Temporary bypass codes: look-up secrets that an operator issues for hours to somebody who is without their methods (OP-1.2). They let in, and prove nothing
// for a change; whoever may take one is decided by the policy, and every use is on record under this name.
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import { lookUp } from '../look-up.ts';
import type { Mac } from '../mac.ts';

/** The type, given the platform's HMAC. */
export const bypassCode = (mac: Mac): AuthenticatorType => {
  const { verify, make } = lookUp(mac, 'hufu/bypass-code/v1');
  return {
    name: 'bypass-code',
    assurance: { aal: 2, amr: ['otp'], phishingResistant: false, restricted: false },
    verify,
    issue: (random, count) => make(random, count),
  };
};
