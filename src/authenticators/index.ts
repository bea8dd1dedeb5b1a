// The registry of authenticator types: one line each.
import type { AuthenticatorTypes } from '../core/authenticator/type.ts';
import { app } from './app/app.ts';
import { bypassCode } from './bypass-code/bypass-code.ts';
import { email } from './email/email.ts';
import type { Mac } from './mac.ts';
import type { Site } from './passkey/assertion.ts';
import { passkey } from './passkey/passkey.ts';
import type { SignatureCheck } from './passkey/signature.ts';
import { recoveryCode } from './recovery-code/recovery-code.ts';
import { sms } from './sms/sms.ts';
import { totp } from './totp/totp.ts';
import { wechat } from './wechat/wechat.ts';

/** All types, given keyed hashes from the platform. */
export const authenticatorTypes = (mac: Mac, signatures: SignatureCheck, site: Site): AuthenticatorTypes => ({
  totp: totp(mac),
  app: app(mac),
  passkey: passkey(signatures, site),
  wechat: wechat(mac),
  sms: sms(mac),
  email: email(mac),
  'recovery-code': recoveryCode(mac),
  'bypass-code': bypassCode(mac),
});
