// The port every kind of authenticator implements: one required ability, the others by presence.
import type { CodeChannel } from '../outbox/message.ts';

export const TYPE_NAMES = ['totp', 'app', 'passkey', 'wechat', 'sms', 'email', 'recovery-code', 'bypass-code'] as const;
export type TypeName = (typeof TYPE_NAMES)[number];
/** Codes that stand in for a method somebody is without: no method of their own, and typed, never sent. */
export const STAND_INS: readonly TypeName[] = ['recovery-code', 'bypass-code'];
/** The types a rollout moves accounts to: any one of them is enough after the switch. */
export const STRONG_TYPES: readonly TypeName[] = ['totp', 'app', 'passkey', 'wechat'];

/** What NIST SP 800-63B and RFC 8176 say of a type. */
export interface Assurance {
  readonly aal: 1 | 2 | 3;
  readonly amr: readonly string[];
  readonly phishingResistant: boolean;
  readonly restricted: boolean;
}

/** A code that was sent for one challenge; only its keyed hash is kept. */
export interface SentCode {
  readonly tag: string;
  readonly expiresAt: number;
  readonly sentAt: number;
  readonly count: number;
}

/** An authenticator as a verifier sees it. The secret is opened only when asked for, and never kept. */
export interface Bound {
  readonly id: string;
  readonly type: TypeName;
  readonly params: string;
  readonly secret: () => Uint8Array;
  readonly sent: SentCode | null;
  /** Steps and marks known to be spent; filled when a commit has told us our snapshot was stale. */
  readonly spent: readonly number[];
  /** Marks of time up to this instant (ms) are spent: the store was restored then, and its ledger may be older. 0: never restored. */
  readonly floor: number;
  readonly accountId: string;
  /** The challenge or binding that the output answers. */
  readonly context: string | null;
}

export type RejectReason = 'wrong' | 'replayed' | 'expired' | 'not-sent' | 'malformed';

/** How a right output is spent: a step of time, a mark that lasts, the sent code itself, or no more than the challenge it answers. */
export type Spend =
  | { readonly kind: 'step'; readonly step: number; readonly periodSeconds: number; readonly lookAhead: number }
  | { readonly kind: 'mark'; readonly mark: number; readonly lookAhead: number }
  | { readonly kind: 'sent'; readonly tag: string }
  | { readonly kind: 'challenge' };

/** An object, never a bare boolean: a forgotten check then does not compile. */
export type Verification =
  | { readonly valid: true; readonly spend: Spend }
  | { readonly valid: false; readonly reason: RejectReason };

/** What a new binding shows its owner, once. */
export interface Shown {
  readonly uri?: string;
  readonly key?: string;
  readonly codes?: readonly string[];
  /** PublicKeyCredentialCreationOptionsJSON. */
  readonly passkey?: unknown;
}

export interface BindContext {
  readonly account: string;
  readonly accountId: string;
  /** Active ones of the type, for types an account may have several of. */
  readonly held: readonly Bound[];
  readonly issuer: string;
  readonly random: (bytes: number) => Uint8Array;
  readonly totp: {
    readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
    readonly digits: 6 | 7 | 8;
    readonly periodSeconds: number;
  };
  readonly recoveryCodes: number;
  /** The phone to be, and its codes, for types that are `ticketed`. */
  readonly phone?: { readonly id: string; readonly digits: 6 | 7 | 8; readonly periodSeconds: number } | undefined;
  /** Given for types that are `addressed`, canonical. */
  readonly address?: string | undefined;
}

export interface AuthenticatorType {
  readonly name: TypeName;
  readonly assurance: Assurance;
  /** Compares an output (already canonical) at an instant in ms. Never does I/O; spends nothing itself. */
  verify(
    bound: Bound,
    output: string,
    at: number,
    window: { readonly back: number; readonly forward: number },
  ): Verification;
  /** Present on types that send a code first, to the address in `params`. */
  readonly send?: {
    readonly channel: CodeChannel;
    /** Makes a code and the tag to keep of it. `context` separates challenges. Wipes the secret. */
    code(
      random: (bytes: number) => Uint8Array,
      secret: Uint8Array,
      context: string,
    ): { readonly code: string; readonly tag: string };
  };
  /** Present on types that come to an account with an enrolled phone (core/enrolment), not by a binding. */
  readonly enrols?: true;
  /** Its phones may approve and deny (core/approval). */
  readonly approves?: true;
  /** Its output is what a program answered to `prompt`, not what somebody typed: it is compared as it came. */
  readonly answers?: true;
  /** Present on types that must show something first: what the page hands to the browser. */
  readonly prompt?: (bounds: readonly Bound[], context: string) => unknown;
  /** Several of one account may be active at once: one per phone. */
  readonly several?: true;
  /** Present on types that only an operator gives: so many codes, shown once, and what to keep of them. */
  readonly issue?: (
    random: (bytes: number) => Uint8Array,
    count: number,
  ) => { readonly secret: Uint8Array; readonly codes: readonly string[] };
  /** Present on types an account can bind by itself. `confirms`: complete only after a first right output. */
  readonly bind?: {
    readonly confirms: boolean;
    /** It is bound to an address its owner names, and the first code is sent there. */
    readonly addressed?: boolean;
    /** It is completed by the phone that scans a ticket, never by a code that somebody types on the page. */
    readonly ticketed?: boolean;
    begin(context: BindContext): { readonly secret: Uint8Array; readonly params: string; readonly shown: Shown };
    /** Present where the secret comes with the confirmation: what to keep of a right response. `unique` may be bound once in a tenant. */
    complete?(
      pending: Bound,
      response: string,
    ): Promise<{ readonly secret: Uint8Array; readonly unique: string } | undefined>;
  };
}

export type AuthenticatorTypes = Readonly<Record<TypeName, AuthenticatorType>>;

/** Whether accounts bring it themselves, by a binding or with a phone; the others follow a contact of the account. */
export const isBindable = (type: AuthenticatorType): boolean => type.bind !== undefined || type.enrols === true;
