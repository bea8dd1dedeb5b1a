// One customer as an operator sees them: everything of one account in one call, read side by side (OP-1.1). Contacts are masked for every role, and
// nothing here ever holds a secret, a PIN, a ticket or an app password (OPS-09). Another tenant's account is one that is not there (OPS-05).
import { canonicalAccount, maskEmail, maskPhone } from '../core/account/account.ts';
import type { StoredAppPassword } from '../core/app-password/app-password.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { SentMessage } from '../core/search/customer.ts';
import type { StoredDevice } from '../core/store.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import type { TrustedDevice } from '../core/trust/trust.ts';
import { type AccountView, viewAccount } from './accounts.ts';
import { passwordScope } from './check-password.ts';
import { type EnrolmentView, enrolmentShown, type PhoneView, phoneView } from './enrolment/phones.ts';
import { active } from './facts.ts';
import { tenantOf } from './tenant.ts';
import { failuresOf } from './try-output.ts';

export interface CustomerView {
  readonly kind: 'customer';
  readonly view: AccountView;
  readonly locked: { readonly failures: number; readonly since: number; readonly until: number | null } | null;
  readonly lastLoginAt: number | null;
  readonly sessions: number;
  readonly pinSet: boolean;
  readonly enrolment: EnrolmentView;
  /** Phones that are a mini-program in WeChat. */
  readonly wechat: readonly PhoneView[];
  readonly trusted: readonly TrustedDevice[];
  readonly appPasswords: readonly StoredAppPassword[];
  readonly devices: readonly StoredDevice[];
  readonly messages: readonly SentMessage[];
}

const DEVICES = 50;
const MESSAGES = 10;

/** The customer's page. */
export async function customerOf(ports: Ports, caller: Caller, name: string): Promise<CustomerView | Refusal> {
  const canonical = canonicalAccount(name);
  const snapshot = await ports.store.account(caller.tenantId, canonical, true);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const { account, now } = snapshot;
  const [view, enrolment, trusted, appPasswords, devices, messages, presence, password] = await Promise.all([
    viewAccount(ports, policy, snapshot, false),
    ports.enrolment.of(account.id),
    ports.trust.list(account.id),
    ports.appPasswords.list(account.id),
    ports.store.devices(account.id, '', DEVICES),
    ports.customers.messages(account.tenantId, account.id, MESSAGES),
    ports.customers.presence(account.tenantId, account.id),
    ports.store.failures(passwordScope(account.tenantId, canonical)),
  ]);
  // The heaviest of what stops somebody: one that only an operator ends before one that time ends.
  const stopped = [
    ...active(snapshot).map((one) => ({ failures: failuresOf(policy, snapshot, one), rule: policy.throttle })),
    { failures: password.failures, rule: policy.passwordThrottle },
  ].flatMap(({ failures, rule }) => {
    const state = throttleState(failures, rule, now);
    return state.kind === 'frozen' ? [{ failures: failures.count, since: failures.lastAt, until: state.until }] : [];
  });
  return {
    kind: 'customer',
    view,
    locked: stopped.find((one) => one.until === null) ?? stopped[0] ?? null,
    lastLoginAt: presence.lastLoginAt,
    sessions: presence.sessions,
    pinSet: enrolment.pin?.isSet === true,
    enrolment: enrolmentShown(policy, account.account, enrolment),
    wechat: enrolment.wechat.map((phone) => phoneView(phone, enrolment)),
    trusted,
    appPasswords: appPasswords.items,
    devices,
    messages: messages.map((one) => ({ ...one, to: masked(one) })),
  };
}

const masked = ({ channel, to }: SentMessage): string =>
  channel === 'sms' ? maskPhone(to) : channel === 'email' ? maskEmail(to) : '';
