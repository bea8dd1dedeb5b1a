// A tenant's policy as the rules read it. The file people write is the same shape in YAML; contract/policy.ts checks it.
import type { AppPasswordPolicy } from '../app-password/app-password.ts';
import type { TypeName } from '../authenticator/type.ts';
import type { Locale, Words } from '../locale.ts';
import type { ConsolePolicy } from '../operator/console-policy.ts';
import type { PortalPolicy, TrustPolicy } from '../portal/portal.ts';
import type { Phase, Rollout } from '../rollout/phase.ts';
import type { RolloutPlan } from '../rollout/plan.ts';
import type { ThrottleRule } from '../throttle/throttle.ts';

export type Offer = 'qr' | 'uri';
export type ClientKind = 'desktop' | 'phone' | 'web';

/** What a new ticket does to the phones before it. */
export type Reissue = 'add' | 'replace' | 'replace-at-once';

/** One registered program of the relying party. */
export interface RegisteredClient {
  readonly name: Words;
  readonly kind: ClientKind;
  readonly minimumVersion?: string | undefined;
  readonly download?: string | undefined;
  readonly offers: readonly Offer[];
  /** What may be bound on it. */
  readonly binds: readonly TypeName[];
}

/** Tests of one rule; all must hold. Each name is a file in conditions/. */
export interface Conditions {
  readonly phase?: Phase | readonly Phase[] | undefined;
  readonly bound?: TypeName | readonly TypeName[] | undefined;
  readonly boundAll?: readonly TypeName[] | undefined;
  readonly unbound?: TypeName | readonly TypeName[] | undefined;
  readonly client?: string | readonly string[] | undefined;
  readonly kind?: ClientKind | readonly ClientKind[] | undefined;
  readonly binds?: TypeName | undefined;
  readonly cohort?: string | readonly string[] | undefined;
  readonly purpose?: string | readonly string[] | undefined;
}

export interface LoginRule {
  readonly name: string;
  readonly when?: Conditions | undefined;
  /** Any one of these completes the step. */
  readonly challenge?: readonly TypeName[] | undefined;
  /** Also accepted when the account has it, but not offered as a method. */
  readonly recovery?: readonly TypeName[] | undefined;
  /** How many different ones of `recovery` it takes in place of one of `challenge`; 1 when absent. They are asked for in order, one at a time. */
  readonly recoveryNeeds?: number | undefined;
  /** What must be bound before the login ends; after `challenge`, when both stand. */
  readonly enrol?: readonly TypeName[] | undefined;
  readonly allow?: boolean | undefined;
  readonly refuse?: 'bind-elsewhere' | 'no-method' | undefined;
}

export interface BindRule {
  readonly name: string;
  readonly when?: Conditions | undefined;
  readonly types: readonly TypeName[];
  /** What must have happened on this client: a completed login, or a step-up. */
  readonly proof: 'login' | 'step-up';
}

export interface UnbindRule {
  readonly name: string;
  readonly when?: Conditions | undefined;
  /** Who may remove a binding: its owner after a login, after a step-up with it, or only an operator. */
  readonly by: 'login' | 'step-up' | 'operator';
}

/** How long a code lasts that is sent, and how often one may be. */
export interface CodeLimits {
  readonly codeSeconds: number;
  readonly resendSeconds: number;
  readonly perAccountPerHour: number;
  readonly perTenantPerDay: number;
}

export interface Policy {
  readonly policy: 1;
  readonly name: string;
  readonly issuer: string;
  readonly country: string;
  readonly locale: Locale;
  /** IANA name: the zone of times that people read. */
  readonly timeZone: string;
  readonly contact: Words;
  readonly smsSignature: Words;
  readonly firstFactor: readonly ('verified' | 'password')[];
  readonly clients: Readonly<Record<string, RegisteredClient>>;
  /** Types a client below its minimum version may not use. */
  readonly versioned: readonly TypeName[];
  readonly rollout: Rollout & RolloutPlan;
  readonly login: readonly LoginRule[];
  readonly bind: readonly BindRule[];
  readonly unbind: readonly UnbindRule[];
  /** How many bound methods an owner must keep (0: may remove the last). */
  readonly keepAtLeast: number;
  readonly totp: {
    readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
    readonly digits: 6 | 7 | 8;
    readonly periodSeconds: number;
    readonly window: { readonly back: number; readonly forward: number };
  };
  /** Codes of our own app. */
  readonly app: {
    readonly digits: 6 | 7 | 8;
    readonly periodSeconds: number;
    readonly window: { readonly back: number; readonly forward: number };
  };
  readonly pin: {
    readonly minDigits: number;
    readonly maxDigits: number;
    /** Whether phones without WebAssembly may make the key of a PIN with PBKDF2. */
    readonly fallback: boolean;
  };
  readonly enrolment: {
    readonly ticketSeconds: number;
    /** Phones an account may have; 5 at most. */
    readonly slots: number;
    readonly reissue: Reissue;
    /** Opening a ticket asks for the password and gives one activation, for one phone. */
    readonly firstFactor: boolean;
    readonly activationSeconds: number;
    readonly links: boolean;
    readonly selfService: boolean;
  };
  readonly sms: CodeLimits & { readonly countries: readonly string[] };
  readonly email: CodeLimits;
  /** Asking phones without a QR: whether, how long, and how many digits must be typed. */
  readonly approvals: { readonly push: boolean; readonly pushSeconds: number; readonly numberDigits: number };
  readonly recoveryCodes: { readonly offer: boolean; readonly count: number };
  readonly devices: {
    readonly bindOnFirstCode: boolean;
    /** The kinds of client whose devices are kept. */
    readonly kinds: readonly ClientKind[];
    /** Whether a request from such a client must name its device: without it a revoked one would only have to say nothing. */
    readonly required: boolean;
  };
  readonly times: {
    readonly loginSeconds: number;
    readonly bindingSeconds: number;
    readonly freshLoginSeconds: number;
    readonly proofSeconds: number;
    /** How long a step-up that rests on `recovery` waits before it proves anything; then it proves for as long again. */
    readonly recoveryCoolingSeconds: number;
    /** How long a changed phone number or mail address proves nothing that changes methods. */
    readonly contactCoolingSeconds: number;
    /** How long the owner may take a change of methods back by the code in its notice; 0: only by calling. */
    readonly objectionSeconds: number;
  };
  readonly throttle: ThrottleRule & { readonly scope: 'authenticator' | 'account' };
  readonly passwordThrottle: ThrottleRule;
  readonly appPasswords: AppPasswordPolicy;
  /** Absent: the tenant has no pages of ours. */
  readonly portal?: PortalPolicy | undefined;
  readonly trust: TrustPolicy;
  readonly console: ConsolePolicy;
  readonly notices: boolean;
}

/** The steps around now in which an output of the type is taken. */
export const windowOf = (policy: Policy, type: TypeName): Policy['totp']['window'] =>
  type === 'app' || type === 'wechat' ? policy.app.window : policy.totp.window;
