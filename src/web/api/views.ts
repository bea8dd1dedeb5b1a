// What `/v1/me` answers, as pages read it. Types of authenticators stay plain text here: a page shows one it does not know by its name.

/** `GET /v1/me/tenant`: how a tenant presents itself. */
export interface TenantView {
  readonly id: string;
  readonly name: string;
  readonly locale: 'zh-CN' | 'zh-HK' | 'en';
  /** An address of our own origin, or a data: URL. */
  readonly logo?: string;
  readonly colours?: { readonly accent: string; readonly onAccent?: string };
  readonly contact: string;
  readonly account?: {
    readonly label?: string;
    readonly pattern?: string;
    readonly inputMode?: 'text' | 'numeric' | 'email';
  };
  readonly captcha: boolean;
  readonly methods?: readonly string[];
  /** False where mail programs play no part. */
  readonly appPasswords?: boolean;
  /** Days that a trusted browser is not asked again; absent where the tenant trusts none. */
  readonly trustDays?: number;
  /** Where a forgotten password is mended, when the tenant has a page for it. */
  readonly forgotPassword?: string;
  /** Where people get the app, printed beside the registration QR. */
  readonly app?: {
    readonly links?: readonly { readonly name: string; readonly url: string }[];
    readonly guide?: string;
  };
}

export interface Offered {
  readonly id: string;
  readonly type: string;
  readonly hint: string;
  /** True when a code must be sent first. */
  readonly sends: boolean;
  /** True when it approves by a scan or a push. */
  readonly scans?: boolean;
  /** From when a planned switch takes it out of use. */
  readonly retiresAt?: string;
}

/** An open login or step-up. */
export interface LoginView {
  readonly id: string;
  readonly account: string;
  readonly purpose: 'login' | 'unbind' | 'change' | 'confirm';
  readonly status: 'allowed' | 'challenge' | 'enrol' | 'satisfied' | 'expired' | 'refused';
  readonly authenticators: readonly Offered[];
  readonly recovery: readonly string[];
  readonly enrol?: readonly string[];
  readonly codeSeconds: number;
  readonly help: { readonly way: 'unbind-after-sms' | 'recovery-code' | 'contact'; readonly contact: string };
  readonly expiresAt: string;
  /** The newest scan or push of this login. */
  readonly approval?: ApprovalState;
  /** The client that sent the person here, in the person's language. */
  readonly client?: string;
  /** This browser is trusted: the token that replaces the one just used. */
  readonly trusted?: TrustedView;
}

export interface ApprovalState {
  readonly id: string;
  readonly kind: 'scan' | 'push';
  readonly status: 'waiting' | 'claimed' | 'approved' | 'denied' | 'expired';
  /** The name of the phone that has it. */
  readonly by?: string;
  /** The person chose "approve and trust this device" on the phone. */
  readonly trust?: boolean;
}

export interface VerifiedView {
  readonly status: 'satisfied' | 'need';
  readonly authenticators?: readonly Offered[];
  /** Whether this browser may be trusted after this login. */
  readonly mayTrust?: boolean;
  /** Its owner said on the phone that it is to be trusted, or not: nobody asks again. */
  readonly trust?: boolean;
}

/** What a browser answers about a passkey. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly response: Readonly<Record<string, string | readonly string[]>>;
}
/** What confirms a binding: what was typed, or a passkey's answer. */
export type Answer = { readonly output: string } | { readonly passkey: PasskeyAnswer };

export interface SentView {
  readonly sentTo: string;
  readonly expiresAt: string;
  readonly resendAt: string;
}

/** A QR to scan: `qr` is SVG markup or a data: URL. */
export interface ScanView {
  readonly id: string;
  readonly url: string;
  readonly qr: string;
  readonly expiresAt: string;
  /** When this picture is replaced by a fresh one, while the page is looked at. */
  readonly refreshAt?: string;
}

export interface PushView {
  readonly id: string;
  /** To type on the phone. */
  readonly number: string;
  /** Names of the phones that are asked. */
  readonly sentTo: readonly string[];
  readonly expiresAt: string;
}

export interface BindingView {
  readonly id: string;
  readonly type: string;
  readonly status: 'pending' | 'active';
  readonly uri?: string;
  readonly key?: string;
  readonly qr?: string;
  readonly qrSvg?: string;
  readonly codes?: readonly string[];
  readonly sentTo?: string;
  readonly resendAt?: string;
  readonly codeSeconds?: number;
  readonly expiresAt?: string;
  readonly warning?: string;
  /** For a passkey: what the browser is asked. */
  readonly passkey?: Readonly<Record<string, unknown>>;
  /** For the app: what is typed instead of scanning, and how many phones joined. */
  readonly activationCode?: string;
  readonly slots?: SlotsView;
}

/** How a binding stands that a phone completes. */
export interface BindingState {
  readonly status: 'pending' | 'bound' | 'superseded' | 'expired';
}

export interface BoundView {
  readonly status: 'bound';
  readonly login?: { readonly status: 'satisfied' };
  readonly offerRecoveryCodes: boolean;
  readonly warning?: string;
}

export interface SlotsView {
  readonly used: number;
  readonly of: number;
}

/** The registration page's facts: QR and code are shown this once. */
export interface EnrolmentView {
  readonly id: string;
  readonly url: string;
  readonly qr: string;
  readonly qrPng?: string;
  readonly account: string;
  readonly activationCode: string;
  readonly expiresAt: string;
  readonly slots: SlotsView;
}

export interface EnrolmentState {
  readonly slots: SlotsView;
  readonly expiresAt?: string;
  readonly status: 'open' | 'used-up' | 'expired' | 'void' | 'none';
}

export interface MeView {
  readonly account: string;
  readonly name?: string;
  readonly tenant: string;
  readonly session: {
    readonly amr: readonly string[];
    readonly acr: string;
    readonly at: string;
    readonly expiresAt: string;
    readonly trusted: boolean;
  };
  readonly phase: string;
  readonly bound: readonly string[];
}

export interface MethodItem {
  readonly id: string;
  readonly hint: string;
  readonly since: string;
}
export type MethodAction = 'bind' | 'change' | 'unbind' | 'renew';
/** One row of two-step verification (CM-1.1). */
export interface MethodRow {
  readonly type: string;
  readonly state: 'bound' | 'unbound' | 'locked';
  readonly items: readonly MethodItem[];
  readonly actions: readonly MethodAction[];
  /** Why an action is not there, in the person's language. */
  readonly reason?: string;
  readonly codesLeft?: number;
  readonly codesOf?: number;
  readonly lastUsedAt?: string;
  readonly slots?: SlotsView;
  /** From when a planned switch takes it out of use at login. */
  readonly retiresAt?: string;
  /** How many app passwords end when it is unbound. */
  readonly endsAppPasswords?: number;
  /** Whoever has just bound another method is asked whether to make these too. */
  readonly isOffered?: true;
}

export interface TrustedDeviceView {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly lastUsedAt?: string | null;
  readonly expiresAt: string;
  readonly place?: string;
  readonly isThis: boolean;
}

export interface PhoneView {
  readonly id: string;
  readonly name: string;
  readonly role: 'main' | 'sub';
  readonly status: 'active' | 'unsynced' | 'revoked';
  readonly since: string;
  readonly lastUsedAt?: string | null;
}

export interface ActivityView {
  readonly id: string;
  readonly at: string;
  /** The audit event's name; pages have words for those a person may see. */
  readonly event: string;
  readonly outcome?: 'ok' | 'failed' | 'refused';
  readonly type?: string;
  readonly client?: string;
  readonly place?: string;
  readonly ip?: string;
}

export type MailProtocol = 'imap' | 'pop3' | 'smtp';
export interface AppPasswordView {
  readonly id: string;
  readonly name: string;
  readonly protocols: readonly MailProtocol[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly status?: 'active' | 'expired';
  readonly lastUsed?: { readonly at: string; readonly protocol: MailProtocol; readonly ip?: string };
}
export interface MailServer {
  readonly host: string;
  /** TLS from the first byte. */
  readonly port: number;
  /** Begins in clear and changes to TLS. */
  readonly startTls?: number;
}
export interface MailSettings extends Readonly<Partial<Record<MailProtocol, MailServer>>> {
  readonly address: string;
  readonly user: string;
}
export interface AppPasswordsView {
  readonly items: readonly AppPasswordView[];
  readonly enabled: boolean;
  readonly most: number;
  /** True when mail programs can no longer use the main password. */
  readonly needed: boolean;
  readonly settings: MailSettings;
}
export interface NewAppPassword {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  /** The same in four groups. */
  readonly grouped: string;
  readonly settings: MailSettings;
  /** A one-time profile that sets an iPhone, iPad or Mac up. */
  readonly profile?: { readonly url: string; readonly expiresAt: string };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
  /** The most there may be, where there is a limit. */
  readonly of?: number;
}

/** What a browser gives to be recognised as trusted, and what it gets. */
export interface TrustProof {
  readonly id: string;
  readonly token: string;
  readonly nonce: string;
  readonly signature: string;
}
export interface TrustedView {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: string;
}
