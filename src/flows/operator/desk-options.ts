// What the desk shows of a customer before an action is chosen: what can be done, on what of theirs, and what must be said with it. Contacts masked, no secret.
import { canonicalAccount, maskEmail, maskPhone } from '../../core/account/account.ts';
import type { TypeName } from '../../core/authenticator/type.ts';
import { isBindable } from '../../core/authenticator/type.ts';
import type { KdfName } from '../../core/enrolment/enrolment.ts';
import type { Locale } from '../../core/locale.ts';
import { ACCOUNT_ACTIONS, ACTIONS, type AccountAction } from '../../core/operator/actions.ts';
import type { ReasonText } from '../../core/operator/console-policy.ts';
import { may } from '../../core/operator/roles.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { active, hintOf } from '../facts.ts';
import { tenantOf } from '../tenant.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface DeskOptions {
  readonly kind: 'options';
  readonly account: string;
  readonly locale: Locale;
  readonly reasons: readonly ReasonText[];
  readonly callerCheck: 'required' | 'recorded' | 'off';
  readonly bypass: { readonly hours: number; readonly uses: number };
  readonly vetoHours: number;
  /** Those this operator may do on this account as it stands. */
  readonly actions: readonly { readonly action: AccountAction; readonly second: 'always' | 'risky' | 'never' }[];
  readonly methods: readonly { readonly id: string; readonly type: TypeName; readonly hint: string }[];
  readonly phones: readonly Named[];
  readonly trustedDevices: readonly Named[];
  readonly appPasswords: readonly Named[];
  readonly phone: string | null;
  readonly email: string | null;
  /** What its PIN goes through; null before there is one. */
  readonly pin: { readonly kdf: KdfName; readonly mayFallback: boolean } | null;
  readonly mayPush: boolean;
  readonly cases: readonly string[];
}

/** The options of an account, for whoever calls. */
export async function deskOptions(ports: Ports, caller: Caller, name: string): Promise<DeskOptions | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(name), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const { account } = snapshot;
  const [enrolment, trusted, { items }, waiting] = await Promise.all([
    ports.enrolment.of(account.id),
    ports.trust.list(account.id),
    ports.appPasswords.list(account.id),
    ports.cases.list(caller.tenantId, { state: 'submitted', accountId: account.id, limit: 20 }),
  ]);
  const methods = active(snapshot).filter((a) => isBindable(ports.types[a.type]));
  const phones = [...enrolment.phones, ...enrolment.wechat];
  const rules = policy.console;
  const fits: Readonly<Record<AccountAction, boolean>> = {
    unlock: true,
    register: account.email !== null && somewhereApp(policy.clients),
    'revoke-phone': phones.length > 0,
    'revoke-trust': trusted.length > 0,
    'revoke-app-password': items.length > 0,
    unbind: methods.length > 0,
    'reset-pin': enrolment.pin?.isSet === true,
    'change-person': somewhereApp(policy.clients),
    bypass: true,
  };
  return {
    kind: 'options',
    account: account.account,
    locale: account.locale,
    reasons: rules.reasons,
    callerCheck: rules.callerCheck,
    bypass: { hours: rules.bypassHours, uses: rules.bypassUses },
    vetoHours: rules.vetoHours,
    actions: ACCOUNT_ACTIONS.filter(
      (action) =>
        fits[action] && (caller.operator === undefined || may(caller.operator.roles, ACTIONS[action].permission)),
    ).map((action) => ({
      action,
      second: rules.secondOperator.includes(action)
        ? 'always'
        : rules.secondOperatorWhenRisky.includes(action)
          ? 'risky'
          : 'never',
    })),
    methods: methods.map((a) => ({ id: a.id, type: a.type, hint: hintOf(a) })),
    phones: phones.map(({ id, name: called }) => ({ id, name: called })),
    trustedDevices: trusted.map(({ id, name: called }) => ({ id, name: called })),
    appPasswords: items.map(({ id, name: called }) => ({ id, name: called })),
    phone: account.phone === null ? null : maskPhone(account.phone),
    email: account.email === null ? null : maskEmail(account.email),
    pin:
      enrolment.pin?.isSet === true ? { kdf: enrolment.pin.kdf ?? 'argon2id', mayFallback: policy.pin.fallback } : null,
    mayPush: policy.approvals.push && active(snapshot).some((a) => ports.types[a.type].approves === true),
    cases: waiting.items.map(({ id }) => id),
  };
}

/** Whether the tenant has our app at all. */
const somewhereApp = (clients: Readonly<Record<string, { readonly binds: readonly TypeName[] }>>): boolean =>
  Object.values(clients).some(({ binds }) => binds.includes('app'));
