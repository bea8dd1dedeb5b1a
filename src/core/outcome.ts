// What a flow answers. Refusals are values: the failure they count is committed before anyone is told. Faults are thrown.
import type { TypeName } from './authenticator/type.ts';

export interface Offered {
  readonly id: string;
  readonly type: TypeName;
  readonly hint: string;
  readonly sends: boolean;
  /** From when a planned switch takes it out of use at login, ms. */
  readonly retiresAt?: number | undefined;
}

/** A refusal by its permanent problem code, with the members that go with it. A member in every language (`Words`) is told in the asker's. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly members?: Readonly<Record<string, unknown>>;
}

export type RefusalCode =
  | 'account-unknown'
  | 'account-suspended'
  | 'first-factor-failed'
  | 'first-factor-not-accepted'
  | 'client-unknown'
  | 'client-mismatch'
  | 'version-malformed'
  | 'client-too-old'
  | 'bind-elsewhere'
  | 'no-method'
  | 'device-revoked'
  | 'device-required'
  | 'frozen'
  | 'verification-failed'
  | 'throttled'
  | 'too-many-waiting'
  | 'method-not-offered'
  | 'expired'
  | 'closed'
  | 'resend-too-soon'
  | 'not-sendable'
  | 'sending-paused'
  | 'channel-missing'
  | 'binding-not-allowed'
  | 'mailbox-protected'
  | 'login-required'
  | 'already-bound'
  | 'superseded'
  | 'proof-required'
  | 'cooling-off'
  | 'unbind-by-operator'
  | 'last-authenticator'
  | 'policy-invalid'
  | 'policy-changed'
  | 'nothing-to-do'
  | 'switch-refused'
  | 'in-the-past'
  | 'cutover-running'
  | 'cutover-state'
  | 'cutover-checks'
  | 'cohort-busy'
  | 'app-passwords-off'
  | 'too-many-app-passwords'
  | 'portal-off'
  | 'cross-site'
  | 'signed-out'
  | 'another-account'
  | 'captcha-failed'
  | 'trust-off'
  | 'too-many-trusted'
  | 'unavailable'
  | 'conflict'
  | 'ticket-unknown'
  | 'ticket-expired'
  | 'ticket-used-up'
  | 'first-factor-needed'
  | 'ticket-elsewhere'
  | 'wechat-off'
  | 'wechat-login-failed'
  | 'wechat-refused'
  | 'wechat-busy'
  | 'phone-revoked'
  | 'phone-unsynced'
  | 'pin-key-unsupported'
  | 'no-mail-address'
  | 'approval-unknown'
  | 'passkey-refused'
  | 'link-unknown'
  | 'own-roles'
  | 'operator-exists'
  | 'operator-elsewhere'
  | 'scope-beyond'
  | 'push-paused'
  | 'reason-unknown'
  | 'caller-check-required'
  | 'caller-check-failed'
  | 'too-many-actions'
  | 'own-case'
  | 'case-changed'
  | 'situation-changed'
  | 'objection-unknown'
  | 'not-found';

export const refuse = (code: RefusalCode, members?: Readonly<Record<string, unknown>>): Refusal =>
  members === undefined ? { kind: 'refused', code } : { kind: 'refused', code, members };
