// Everything the audit log can say, one row each. Data holds only names, ids, counts and reasons: never a secret, code, PIN or password.

export const AUDIT_EVENTS = {
  'login.started': 'a login was started',
  'step.verified': 'an output was right, and the policy wants one more step',
  'login.satisfied': 'a login ended with every step verified',
  'login.allowed': 'a login needed no second step',
  'login.refused': 'a login was refused by policy',
  'login.cancelled': 'a login was given up by its person',
  'output.rejected': 'an output was wrong, replayed or expired',
  'authenticator.frozen': 'too many wrong outputs froze an authenticator',
  'first-factor.rejected': 'a wrong password',
  'code.sent': 'a code was sent',
  'binding.started': 'a binding was started',
  'binding.confirmed': 'a binding was confirmed by its first output',
  'binding.removed': 'a binding was removed',
  'recovery-codes.created': 'recovery codes were made',
  'challenge.started': 'a step-up was started',
  'challenge.satisfied': 'a step-up was verified',
  'session.started': 'a session began in a browser',
  'session.renewed': 'a session proved itself again by a step-up',
  'session.ended': 'a session was ended by its person',
  'sessions.ended': 'every session of an account was ended',
  'approval.asked': 'the phones of an account were asked to approve',
  'approval.claimed': 'a phone of its owner scanned the QR of a login',
  'approval.foreign': "someone else's phone scanned the QR of a login; its owner was told",
  'approval.denied': 'the owner said on a phone that a login was not theirs',
  'approval.blocked': 'too many requests were not answered: phones are asked no more for a while',
  'account.secured': 'its owner ended every session and open login from a phone',
  'trust.created': 'a browser was trusted',
  'trust.revoked': 'the trust in a browser was ended by its person',
  'trust.stolen': 'a trusted browser was shown by halves: its trust was ended, and its owner told',
  'trust.refused': 'a browser claimed a trust that it does not have',
  'device.bound': 'a device joined the account with its first right code',
  'device.revoked': 'a device was revoked',
  'ticket.issued': 'a registration ticket was issued; those before it are void',
  'ticket.activated': 'a first factor made an activation of a ticket',
  'ticket.rejected': 'a wrong activation code',
  'ticket.voided': 'wrong activation codes voided a ticket',
  'phone.joined': 'a phone joined with a ticket',
  'phone.completed': 'a phone was completed by its first right code',
  'phone.renewed': 'a mini-program in WeChat was given a fresh secret; the one before is worthless',
  'phone.revoked': 'a phone was revoked',
  'pin.set': 'the PIN of an account was set',
  'pin.changed': 'the PIN of an account was changed',
  'pin.reset': 'an operator reset the PIN of an account',
  'authorised-person.changed': 'an operator changed who may act for an account; everything before is void',
  'account.created': 'an account was created',
  'account.updated': 'an account was changed',
  'account.unlocked': 'an operator ended a freeze',
  'app-password.created': 'an app password was made',
  'app-password.profile': 'a one-time link to a mail profile was opened',
  'app-password.revoked': 'an app password was revoked',
  'app-password.ended': 'all app passwords of an account ended, by the policy',
  'app-password.used': 'an app password was used for the first time, or from a new address',
  'mail.refused': 'a mail program was refused',
  'reminder.sent': 'an account was reminded to bind',
  'policy.published': 'a policy version was published',
  'rollout.switched': 'the rollout phase was switched or a switch was planned',
  'key.created': 'an API key was created',
  'key.revoked': 'an API key was revoked',
  'keys.rotated': 'the encryption keys were rotated',
  'store.restored': 'the store was restored from a backup; everything before is void',
} as const satisfies Record<string, string>;

export type AuditEventName = keyof typeof AUDIT_EVENTS;

export interface AuditEvent {
  readonly tenantId: string;
  readonly accountId: string | null;
  readonly event: AuditEventName;
  /** Who did it: `key:<id>`, `operator:<name>`, `cli`, `system`. */
  readonly actor: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}
