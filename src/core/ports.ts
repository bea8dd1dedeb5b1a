// What flows are given by compose.ts. Each is small enough to fake in a test, though tests use the real ones.
import type { AppPasswords } from './app-password/store.ts';
import type { PlaceOf } from './approval/canonical.ts';
import type { ApprovalStore, PushStore } from './approval/store.ts';
import type { History } from './audit/history.ts';
import type { AuditLog } from './audit/log.ts';
import type { FormerAuthenticators } from './authenticator/former.ts';
import type { AuthenticatorTypes } from './authenticator/type.ts';
import type { BulkStore } from './bulk/store.ts';
import type { Crypto } from './crypto.ts';
import type { EnrolmentStore } from './enrolment/store.ts';
import type { Locale } from './locale.ts';
import type { CaseStore } from './operator/case-store.ts';
import type { IntegrationStore } from './operator/integrations.ts';
import type { ActingOperator } from './operator/operator.ts';
import type { OperatorStore } from './operator/store.ts';
import type { ChannelName } from './outbox/message.ts';
import type { ReadPolicy, RuleEdit, RuleList } from './policy/document.ts';
import type { Policy } from './policy/policy.ts';
import type { PolicyVersions } from './policy/versions.ts';
import type { Captcha } from './portal/captcha.ts';
import type { FirstFactors } from './portal/first-factors.ts';
import type { CohortStore } from './rollout/cohort-rule.ts';
import type { CutoverStore } from './rollout/cutover-store.ts';
import type { Rollout } from './rollout/phase.ts';
import type { RolloutPlan } from './rollout/plan.ts';
import type { StepStore } from './rollout/steps.ts';
import type { ActivityStore } from './rollout/store.ts';
import type { CustomerStore } from './search/customer.ts';
import type { SearchStore } from './search/store.ts';
import type { Sessions } from './session/store.ts';
import type { Tokens } from './session/tokens.ts';
import type { Store } from './store.ts';
import type { Addresses } from './throttle/addresses.ts';
import type { Turns } from './throttle/turns.ts';
import type { Nonces, TrustStore } from './trust/trust.ts';
import type { WechatDoor, WechatStore } from './wechat/wechat.ts';

/** A tenant as flows see it: its policy at one version of its registry. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly policyVersion: number;
  readonly policy: Policy;
  readonly document: string;
}

export interface Tenants {
  /** The tenant at registry version `atLeast` or newer; reads it again when the one at hand is older. */
  get(id: string, atLeast: number): Promise<Tenant>;
  /** The same when it is at hand. */
  held(id: string, atLeast: number): Tenant | undefined;
  /** The newest version of the tenant; undefined when there is none of that id. */
  find(id: string): Promise<Tenant | undefined>;
  /** The policy as it was at a version of it; undefined where there is none, or where it no longer fits this version of Hufu. */
  policyAt(id: string, policyVersion: number): Promise<Policy | undefined>;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time whether or not there is a hash to compare with. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

export interface Ports {
  readonly store: Store;
  readonly activity: ActivityStore;
  readonly cutovers: CutoverStore;
  readonly cohorts: CohortStore;
  readonly steps: StepStore;
  /** Tickets, phones and PINs. */
  readonly enrolment: EnrolmentStore;
  readonly crypto: Crypto;
  /** Where people reach this server: `https://host`. */
  readonly baseUrl: string;
  /** A text as QR: PNG data URI and SVG markup. */
  readonly qr: (text: string) => Promise<{ readonly png: string; readonly svg: string }>;
  readonly tenants: Tenants;
  readonly types: AuthenticatorTypes;
  readonly passwords: Passwords;
  readonly appPasswords: AppPasswords;
  readonly sessions: Sessions;
  readonly operators: OperatorStore;
  readonly integrations: IntegrationStore;
  readonly history: History;
  readonly search: SearchStore;
  readonly customers: CustomerStore;
  /** The audit log, read. */
  readonly log: AuditLog;
  readonly former: FormerAuthenticators;
  readonly tokens: Tokens;
  readonly captcha: Captcha;
  readonly firstFactors: FirstFactors;
  readonly trust: TrustStore;
  readonly nonces: Nonces;
  readonly addresses: Addresses;
  /** Outputs for one account are compared one at a time. */
  readonly turns: Turns;
  /** The one form of an output, before it is compared and before it is spent (OTP-06). */
  readonly canonicalOutput: (typed: string) => string;
  /** Fresh random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** A phone number as E.164, or undefined when it is none of the country's (or any) plan. */
  readonly phone: (typed: string, country: string) => string | undefined;
  /** True when a number lies in one of the countries codes may be sent to (SMS-01). */
  readonly reaches: (phone: string, countries: readonly string[]) => boolean;
  /** Whether a running node can send by the channel: this one, or another that said so lately. */
  readonly sends: (channel: ChannelName) => Promise<boolean>;
  /** The policy document with another rollout in it, comments kept. */
  readonly editRollout: (document: string, rollout: Rollout & RolloutPlan) => string;
  /** A policy document, read and checked: every mistake with its place, in English or the language given, or the policy. */
  readonly readPolicy: (document: string, locale?: Locale) => ReadPolicy;
  /** The document with the rules of one list in another order, some anew, some gone; comments of those that stay are kept. */
  readonly editRules: (document: string, list: RuleList, rules: readonly RuleEdit[]) => string | undefined;
  readonly policies: PolicyVersions;
  /** Bulk work. */
  readonly bulk: BulkStore;
  /** Called after a commit that others may wait for (a message to deliver, a challenge that ended). */
  readonly wake: (what: 'outbox' | 'bulk' | Watched, id: string) => void;
  /** Scans and pushes that a phone answers. */
  readonly approvals: ApprovalStore;
  readonly push: PushStore;
  /** What waits for a second operator, and what operators did. */
  readonly cases: CaseStore;
  /** Whether an address is one of a push service we talk to. */
  readonly isPushService: (endpoint: string) => boolean;
  /** Mini-programs in WeChat. */
  readonly wechatPhones: WechatStore;
  /** WeChat's own servers; null where no mini-program is set up. */
  readonly wechat: WechatDoor | null;
  /** Where an address is, as far as the operator's own list knows. */
  readonly placeOf: PlaceOf;
}

/** What may be waited for: a challenge that moves on, an account whose phones are asked, or that phones join, the first use of an app password. */
export type Watched = 'challenge' | 'account' | 'enrolment' | 'app-password';

/** Who calls: the API key's tenant and, when the key is tied to one, its registered client; or an operator, in the tenant they chose. */
export interface Caller {
  readonly tenantId: string;
  readonly actor: string;
  readonly keyId: string;
  readonly client: { readonly id: string; readonly version: string | null } | null;
  /** Who is signed in to the console; absent for everybody else. */
  readonly operator?: ActingOperator;
  /** The registry's version when the key was last read; absent when it was read for this very request. */
  readonly registryVersion?: number;
}

/** The registry changed after the caller's key was read: the key may be revoked by now, and the call must authenticate again. Never told to anyone. */
export class StaleCaller extends Error {}
