// Requests and replies of the HTTP API, as /openapi.json describes them. Instants are RFC 3339 strings with a zone.

export type * from './mail-types.ts';

export type Locale = 'zh-CN' | 'zh-HK' | 'en';
export type Phase = 'sms-only' | 'coexist' | 'totp-only';
export type AuthenticatorTypeName =
  | 'totp'
  | 'app'
  | 'passkey'
  | 'wechat'
  | 'sms'
  | 'email'
  | 'recovery-code'
  | 'bypass-code';
/** How a client may show a new binding: as a QR, or as an otpauth:// URI to copy. */
export type Offer = 'qr' | 'uri';

/** The client a person sits at. `version` is what you attest; `declaredVersion` what the program says of itself. */
export interface Client {
  id: string;
  version?: string | undefined;
  declaredVersion?: string | undefined;
  deviceId?: string | undefined;
  name?: string | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
}

export interface StartLogin {
  account: string;
  client: Client;
  /** "verified" when you checked the password yourself, or the password for Hufu to check. */
  firstFactor: 'verified' | { password: string };
  purpose?: 'login' | undefined;
  /** Language of the codes sent in this login; absent: the account's. Pages and problems go by the call's own `locale`. */
  locale?: Locale | undefined;
}

export interface OfferedAuthenticator {
  id: string;
  type: AuthenticatorTypeName;
  /** Masked: what the person recognises it by. */
  hint: string;
  /** True when a code must be sent first (`logins.send`). */
  sends: boolean;
  /** From when a planned switch takes it out of use at login. */
  retiresAt?: string | undefined;
}

export interface TraceStep {
  rule: string;
  matched: boolean;
  conditions: { condition: string; wanted: string; found: string; held: boolean }[];
}

export interface Login {
  id: string;
  account: string;
  purpose: 'login' | 'unbind' | 'change' | 'confirm' | 'caller';
  status: 'allowed' | 'challenge' | 'enrol' | 'satisfied' | 'expired' | 'refused';
  phase: Phase;
  authenticators: OfferedAuthenticator[];
  /** Ways out the account holds beside the offered methods. */
  recovery: AuthenticatorTypeName[];
  offers: Offer[];
  /** What must be bound when the status is enrol. */
  enrol?: AuthenticatorTypeName[] | undefined;
  codeSeconds: number;
  /** Where "can't get a code?" leads in this phase. */
  help: { way: 'unbind-after-sms' | 'recovery-code' | 'contact'; contact: string };
  /** A JWT signed by the tenant's key, when the login is satisfied. */
  assertion?: string | undefined;
  expiresAt: string;
  satisfiedBy?: AuthenticatorTypeName[] | undefined;
  /** Where the scan or push stands, when there is one. */
  approval?: ApprovalState | undefined;
  trace?: TraceStep[] | undefined;
}

export interface Verify {
  authenticator?: string | undefined;
  type?: AuthenticatorTypeName | undefined;
  output: string;
  trust?: boolean | undefined;
  /** false: leave the signed assertion out; the reply alone is enough for you. */
  assertion?: boolean | undefined;
}

export interface Verified {
  status: 'satisfied' | 'need';
  assertion?: string | undefined;
  authenticators?: OfferedAuthenticator[] | undefined;
  /** With `need`: the way of recovery asked for next. */
  recovery?: AuthenticatorTypeName[] | undefined;
  /** True when this login added the device to the account. */
  boundDevice?: boolean | undefined;
}

export interface Send {
  authenticator?: string | undefined;
}

export interface Sent {
  sentTo: string;
  expiresAt: string;
  resendAt: string;
}

export interface ApprovalState {
  id: string;
  kind: 'scan' | 'push';
  status: 'waiting' | 'claimed' | 'approved' | 'denied' | 'expired';
  /** The phone that has it. */
  by?: string | undefined;
  trust?: boolean | undefined;
  expiresAt: string;
}

/** A QR that approves a login when it is scanned with the app. Show another from `refreshAt` on. */
export interface Scan {
  id: string;
  /** What the QR says. */
  url: string;
  /** PNG data URI. */
  qr: string;
  qrSvg: string;
  refreshAt: string;
  expiresAt: string;
}

export interface StartPush {
  /** One phone; absent: all of them. */
  authenticator?: string | undefined;
}

/** Show `number`: it must be typed on the phone. */
export interface Push {
  id: string;
  number: string;
  sentTo: string[];
  expiresAt: string;
}

export interface StartLoginBinding {
  type: 'totp' | 'email';
  label?: string | undefined;
  /** For `email`, and only then: the mailbox the first code is mailed to. */
  address?: string | undefined;
}

export interface StartBinding {
  type: 'totp' | 'email' | 'wechat' | 'recovery-code';
  client: Client;
  label?: string | undefined;
  /** For `email`, and only then: the mailbox the first code is mailed to. */
  address?: string | undefined;
  /** The satisfied login this belongs to, made with the same API key: name it always. Without it the newest one of this client counts. */
  login?: string | undefined;
  proof?: string | undefined;
  /** The one of the same type whose place it takes when it is confirmed; until then that one works. */
  replaces?: string | undefined;
}

/** A binding being made. `uri`, `key`, `qr` and `codes` are secrets: show them, never store or log them. */
export interface Binding {
  id: string;
  type: AuthenticatorTypeName;
  status: 'pending' | 'active';
  uri?: string | undefined;
  key?: string | undefined;
  /** PNG data URI. */
  qr?: string | undefined;
  qrSvg?: string | undefined;
  codes?: string[] | undefined;
  /** Where the first code was sent, masked. */
  sentTo?: string | undefined;
  /** From then on another start sends another code. */
  resendAt?: string | undefined;
  offers: Offer[];
  codeSeconds: number;
  expiresAt?: string | undefined;
  warning: string;
}

export interface ConfirmBinding {
  output: string;
}

export interface BindingConfirmed {
  status: 'bound';
  authenticator: { id: string; type: AuthenticatorTypeName; boundAt: string };
  login?: { status: 'satisfied'; assertion?: string | undefined } | undefined;
  offerRecoveryCodes: boolean;
  warning: string;
}

export interface BoundAuthenticator {
  id: string;
  type: AuthenticatorTypeName;
  hint: string;
  status: 'active' | 'frozen';
  boundAt: string;
  /** Who may remove it now. */
  canUnbind: 'self' | 'step-up' | 'operator';
  codesLeft?: number | undefined;
}

export interface Account {
  id: string;
  account: string;
  name?: string | undefined;
  status: 'active' | 'suspended';
  /** Why nobody gets in, each lifted by whoever may lift it: you what you suspended, an operator's unlock the others. */
  suspensions: { by: 'relying-party' | 'objection' | 'restore'; since: string }[];
  phase: Phase;
  cohort?: string | undefined;
  locale: Locale;
  phoneHint?: string | undefined;
  emailHint?: string | undefined;
  authenticators: BoundAuthenticator[];
  mayBind: AuthenticatorTypeName[];
  contact: string;
  createdAt: string;
}

export interface PutAccount {
  name?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  cohort?: string | undefined;
  locale?: Locale | undefined;
  password?: string | undefined;
  status?: 'active' | 'suspended' | undefined;
}

export interface AccountSummary {
  id: string;
  account: string;
  name?: string | undefined;
  status: string;
  cohort?: string | undefined;
}

export interface ImportAccounts {
  accounts: { account: string; [field: string]: unknown }[];
}

export interface Imported {
  created: number;
  updated: number;
  refused: { row: number; account: string; reason: string }[];
}

export interface StartChallenge {
  purpose: 'unbind' | 'change' | 'confirm';
  client: Client;
  authenticator?: string | undefined;
  data?: Record<string, string> | undefined;
}

/** A phone with the app. `unsynced`: it has to be given the PIN of the account before its codes count. */
export interface Phone {
  id: string;
  name: string;
  platform: string;
  role: 'main' | 'sub';
  status: 'active' | 'unsynced' | 'revoked';
  joinedAt: string;
  completedAt: string | null;
  lastUsedAt: string | null;
}

export interface Phones {
  items: Phone[];
  slots: { used: number; of: number };
  /** The newest registration. */
  ticket: { id: string; status: 'open' | 'expired' | 'void' | 'used' | 'used-up'; expiresAt: string } | null;
}

export interface StartRegistration {
  client: { id: string; version?: string | undefined };
  login?: string | undefined;
  proof?: string | undefined;
}

/** A registration to show once: the QR (PNG data URI, SVG) and, for those who type, account and activation code. */
export interface Registration {
  id: string;
  url: string;
  qr: string;
  qrSvg: string;
  account: string;
  activationCode: string;
  expiresAt: string;
  slots: { used: number; of: number };
}

export interface OperatorRegister extends OperatorAct {
  /** What happens to the phones there are; the policy's way when absent. */
  mode?: 'add' | 'replace' | 'replace-at-once' | undefined;
  /** Lost or stolen phones, revoked at once. */
  revokePhones?: string[] | undefined;
}

/** A registration that was mailed; its contents went to the person alone. */
export interface RegistrationSent {
  id: string;
  sentTo: string;
  expiresAt: string;
  slots: { used: number; of: number };
}

export interface ChangePerson extends OperatorAct {
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
}

export interface ClientDevice {
  id: string;
  name: string;
  client: string;
  version: string;
  status: 'active' | 'revoked';
  firstUsedAt: string;
  lastUsedAt: string;
}

/** One page of a list; give `next` as `after` for the following one, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Paging {
  after?: string | undefined;
  limit?: number | undefined;
}

export interface OperatorAct {
  /** A code of the policy's reasons, or plain words. */
  reason: string;
  /** Who on your side does this. */
  operator: string;
  /** What the reason leaves open. */
  note?: string | undefined;
  /** How you verified the person who asks. */
  callerCheck?: { how: 'push' | 'code' | 'call-back' | 'in-person'; challenge?: string | undefined } | undefined;
}

export type RiskFlag =
  | 'contact-changed'
  | 'password-changed'
  | 'third-reset'
  | 'new-place'
  | 'new-device'
  | 'vetoed-lately'
  | 'caller-check-failed'
  | 'caller-not-verified'
  | 'phase-changes'
  | 'over-limit'
  | 'many-accounts'
  | 'already-bound';

/** Nothing was done yet: a second operator decides it in the console, by the policy's section `console`. */
export interface CaseOpened {
  case: { id: string; riskFlags: RiskFlag[]; expiresAt: string };
}

export interface IssueBypass extends OperatorAct {
  hours: number;
  /** How many codes, each good once; 1 when absent. */
  uses?: number | undefined;
}

/** Shown once: tell them to the customer. */
export interface BypassIssued {
  codes: string[];
  expiresAt: string;
}

/** `restored`: changes of methods are undone; `suspended`: nobody uses the account until an operator has looked at it. */
export interface Objected {
  outcome: 'restored' | 'suspended';
  /** How many app passwords ended with it. */
  appPasswords: number;
}

export interface Objection {
  account: string;
  /** The stop code in the notice. */
  code: string;
}

export interface OperatorUnbind extends OperatorAct {
  authenticator?: string | undefined;
}

export interface OperatorRevokeAppPasswords extends OperatorAct {
  /** Only this one; absent: all. */
  appPassword?: string | undefined;
}

export interface SwitchPhase {
  phase: Phase;
  cohort?: string | undefined;
  /** When, with a zone, to come; now if absent. */
  at?: string | undefined;
  /** Take back the switch planned with this phase, cohort and time. */
  takeBack?: boolean | undefined;
  reason?: string | undefined;
  override?: boolean | undefined;
}

export interface Rollout {
  version: number;
  phase: Phase;
  cohorts: Record<string, Phase>;
  schedule: { at: string; phase: Phase; cohort?: string | undefined }[];
  /** After a switch of a cohort: active accounts in it. */
  accounts?: number | undefined;
}

export interface Jwks {
  keys: { kid: string; [member: string]: unknown }[];
}
