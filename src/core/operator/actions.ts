// What an operator may do, one row each: who may, whether the person who asks is verified first, and whether the policy may want a second operator.

/** What a role may hold of it; core/operator/roles.ts says which roles do. */
export type ActionPermission =
  | 'customers:act'
  | 'customers:secure'
  | 'policy:write'
  | 'rollout:write'
  | 'rollout:switch'
  | 'bulk:run';

export interface Action {
  readonly permission: ActionPermission;
  /** About one account, or about the whole tenant. */
  readonly on: 'account' | 'tenant';
  /** The person who asks for it is verified first, as far as the policy wants that. */
  readonly verifiesCaller: boolean;
  /** It takes something away that guards the account, so that a third one in a week is worth a second look. */
  readonly resets: boolean;
}

export const ACTIONS = {
  unlock: { permission: 'customers:act', on: 'account', verifiesCaller: true, resets: false },
  register: { permission: 'customers:act', on: 'account', verifiesCaller: true, resets: true },
  'revoke-phone': { permission: 'customers:act', on: 'account', verifiesCaller: true, resets: false },
  'revoke-trust': { permission: 'customers:act', on: 'account', verifiesCaller: false, resets: false },
  'revoke-app-password': { permission: 'customers:act', on: 'account', verifiesCaller: false, resets: false },
  unbind: { permission: 'customers:secure', on: 'account', verifiesCaller: true, resets: true },
  'reset-pin': { permission: 'customers:secure', on: 'account', verifiesCaller: true, resets: true },
  'change-person': { permission: 'customers:secure', on: 'account', verifiesCaller: true, resets: true },
  bypass: { permission: 'customers:secure', on: 'account', verifiesCaller: true, resets: true },
  'publish-policy': { permission: 'policy:write', on: 'tenant', verifiesCaller: false, resets: false },
  'switch-phase': { permission: 'rollout:switch', on: 'tenant', verifiesCaller: false, resets: false },
  'apply-cohort': { permission: 'rollout:write', on: 'tenant', verifiesCaller: false, resets: false },
  'rollout-exception': { permission: 'rollout:switch', on: 'tenant', verifiesCaller: false, resets: false },
  'override-limit': { permission: 'rollout:switch', on: 'tenant', verifiesCaller: false, resets: false },
  bulk: { permission: 'bulk:run', on: 'tenant', verifiesCaller: false, resets: false },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as readonly ActionName[];
/** Those about one account. */
export type AccountAction = {
  [K in ActionName]: (typeof ACTIONS)[K]['on'] extends 'account' ? K : never;
}[ActionName];
export const ACCOUNT_ACTIONS = ACTION_NAMES.filter(
  (name) => ACTIONS[name].on === 'account',
) as readonly AccountAction[];
/** Those that count as a reset of the account. */
export const RESETS: readonly string[] = ACTION_NAMES.filter((name) => ACTIONS[name].resets);

/** How the person who asked was verified. */
export const CALLER_CHECKS = ['push', 'code', 'call-back', 'in-person'] as const;
export type CallerCheckHow = (typeof CALLER_CHECKS)[number];

/** What speaks for a second look. */
export const RISK_FLAGS = [
  'contact-changed',
  'password-changed',
  'third-reset',
  'new-place',
  'new-device',
  'vetoed-lately',
  'caller-check-failed',
  'caller-not-verified',
  // Of the rollout: accounts move to another phase, more than the policy lets a switch meet or one operator begin alone, or away from a method they have.
  'phase-changes',
  'over-limit',
  'many-accounts',
  'already-bound',
] as const;
export type RiskFlag = (typeof RISK_FLAGS)[number];

/** What an action does, as a person is shown it before: kinds with how many of each. */
export const EFFECTS = [
  'freezes-end',
  'account-opens',
  'objection-lifted',
  'suspension-stays',
  'methods-removed',
  'recovery-codes-void',
  'phones-revoked',
  'phones-unsynced',
  'pin-forgotten',
  'registrations-void',
  'registration-sent',
  'trust-ended',
  'sessions-ended',
  'logins-ended',
  'app-passwords-revoked',
  'app-passwords-stay',
  'contacts-changed',
  'bypass-issued',
  'bypass-ended',
  'accounts-join',
  'accounts-leave',
  'accounts-unbound',
  'let-off',
] as const;
export type EffectKind = (typeof EFFECTS)[number];
export interface Effect {
  readonly kind: EffectKind;
  readonly count: number;
}
