// Recovery codes: look-up secrets (NIST SP 800-63B-4 §3.1.2) that their owner keeps, made together, shown once, each good once.
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import { lookUp } from '../look-up.ts';
import type { Mac } from '../mac.ts';

/** The type, given the platform's HMAC. */
export const recoveryCode = (mac: Mac): AuthenticatorType => {
  const { verify, make } = lookUp(mac, 'hufu/recovery-code/v1');
  return {
    name: 'recovery-code',
    assurance: { aal: 2, amr: ['otp'], phishingResistant: false, restricted: false },
    verify,
    bind: {
      confirms: false,
      begin({ random, recoveryCodes }) {
        const { secret, codes } = make(random, recoveryCodes);
        return { secret, params: String(codes.length), shown: { codes } };
      },
    },
  };
};
