// A six-digit code by SMS: out-of-band, restricted (NIST SP 800-63B-4 §3.1.3.3). It follows the number on file, so nobody binds it.
// Six digits because the template rules of the large Chinese providers allow one variable of 4 to 6 characters.
import type { AuthenticatorType } from '../../core/authenticator/type.ts';
import type { Mac } from '../mac.ts';
import { sentCode } from '../sent-code.ts';

/** The type, given the platform's HMAC. */
export const sms = (mac: Mac): AuthenticatorType =>
  sentCode(mac, {
    name: 'sms',
    channel: 'sms',
    assurance: { aal: 2, amr: ['sms'], phishingResistant: false, restricted: true },
  });
