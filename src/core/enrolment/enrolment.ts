// How phones come to an account. A ticket opens five slots for a day and holds no secret; a phone that joins takes a slot and gives its own keys;
// the first phone sets the PIN, every further one shows that it knows it.
//
//   ticket  open ──▶ void (a newer issue, five wrong codes, an operator) | expired by time          activation  open ──▶ used | void | expired
//   phone   joined ──first right code──▶ active ──PIN changed or reset──▶ (active, but unsynced) ──first right code──▶ active … ──▶ revoked
import type { Failures } from '../throttle/throttle.ts';

/** The unsealed life of a ticket, or of the single-phone activation that a first factor made of one. */
export interface Ticket {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  /** `wechat`: for a few minutes, for the mini-program that scans it. */
  readonly kind: 'issue' | 'activation' | 'wechat';
  readonly status: 'open' | 'used' | 'void';
  /** Which issue of the account's phones it belongs to: phones of an older one are replaced when the first of a newer one is complete. */
  readonly issue: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Its owner asked for it, logged in: it was sent to nobody. */
  readonly onLogin?: true | undefined;
}

/** A ticket as it is stored, found by its token or by its account. */
export interface StoredTicket extends Ticket {
  /** The canonical name of its account. */
  readonly canonical: string;
  /** The keyed hash of the activation code; the key is sealed, and opened only to compare. */
  readonly codeTag: string;
  readonly codeKey: () => Uint8Array;
  readonly failures: Failures;
  readonly now: number;
}

export type PhoneRole = 'main' | 'sub';

export interface Phone {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly ticketId: string;
  readonly issue: number;
  readonly slot: number;
  readonly name: string;
  readonly platform: string;
  /** SPKI of its ECDSA P-256 key, base64url: signs its requests and its approvals. `HS256` for WeChat, whose key is made of its secret. */
  readonly signKey: string;
  /** Raw point of its ECDH P-256 key, base64url: secrets are sealed to it. */
  readonly boxKey: string;
  readonly role: PhoneRole;
  readonly status: 'joined' | 'active' | 'revoked';
  /** The PIN epoch it was last complete in. */
  readonly pinEpoch: number;
  readonly createdAt: number;
  readonly completedAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** A phone with what its own requests are judged by. */
export interface StoredPhone extends Phone {
  /** The canonical name of its account. */
  readonly canonical: string;
  /** Its active authenticator, when it has one. */
  readonly authenticatorId: string | null;
  readonly nonce: string | null;
  readonly nonceExpiresAt: number;
  readonly now: number;
}

/** How a PIN becomes a key, best first: Argon2id (RFC 9106), or PBKDF2 (RFC 8018) where a phone's browser has no WebAssembly. Every phone can do the second. */
export const KDFS = {
  argon2id: { name: 'argon2id', memoryKiB: 65_536, passes: 3 },
  'pbkdf2-sha256': { name: 'pbkdf2-sha256', iterations: 600_000 },
} as const;
export type KdfName = keyof typeof KDFS;
export type Kdf = (typeof KDFS)[KdfName];

/** The account's PIN as far as the server knows it: a salt, and a tag that two phones with the same PIN have alike. */
export interface PinState {
  readonly salt: string;
  /** Goes up whenever the PIN is set, changed or reset. */
  readonly epoch: number;
  /** The issue of phones that shares this PIN. */
  readonly issue: number;
  readonly isSet: boolean;
  /** What the PIN goes through, and any later one: written down with the first PIN; an operator's reset may name another. Null before any PIN. */
  readonly kdf: KdfName | null;
  /** Opens the sealed tag; throws when none is set or it was tampered with. */
  readonly tag: () => Uint8Array;
}

/** What is known of an account's phones. */
export interface Enrolment {
  readonly now: number;
  readonly pin: PinState | null;
  /** The ticket in force or last issued; null when there was none. */
  readonly ticket: Ticket | null;
  /** Phones of the app that are not revoked, in the order of their slots: those that share the PIN. */
  readonly phones: readonly StoredPhone[];
  /** Those of WeChat that are not revoked: they have no PIN and take no slot. */
  readonly wechat: readonly StoredPhone[];
}

/** The PIN epoch now: 0 before any PIN. */
export const epochOf = (enrolment: Enrolment): number => enrolment.pin?.epoch ?? 0;

/** Whether the PIN is still to be chosen by the phones of that issue: none is set, or only for an issue before it. */
export const setsPin = ({ pin }: Enrolment, issue: number): boolean => pin === null || !pin.isSet || issue > pin.issue;

/**
 * What the PIN goes through on a phone that can do these; undefined: it cannot do what the account has, or what the policy allows. The account's choice
 * stands whatever a phone says of itself, so a claim to know less weakens nobody's PIN; only an account that never had one goes by what its phone can.
 */
export function kdfFor({ pin }: Enrolment, can: readonly KdfName[], fallback: boolean): Kdf | undefined {
  const kdf = pin?.kdf ?? (can.includes('argon2id') || !fallback ? 'argon2id' : 'pbkdf2-sha256');
  return kdf === 'argon2id' && !can.includes(kdf) ? undefined : KDFS[kdf];
}

/**
 * Whether this phone may choose it: one that was complete before, or that joined as the first. Whoever joined beside a PIN and never showed it does
 * not get the account by waiting for a reset.
 */
export const maySetPin = (enrolment: Enrolment, phone: Phone): boolean =>
  setsPin(enrolment, phone.issue) && (phone.status === 'active' || phone.role === 'main');

/** The sign key of a phone in WeChat, where no key can be made that stays: it shows knowledge of its secret by HMAC-SHA-256. */
export const HMAC_KEY = 'HS256';

/** Whether a phone is WeChat's. Never so of the app's: those have given an ECDSA key. */
export const isWechat = (phone: Pick<Phone, 'signKey'>): boolean => phone.signKey === HMAC_KEY;

/** A phone not revoked, of the app or of WeChat. */
export const phoneIn = ({ phones, wechat }: Enrolment, id: string): StoredPhone | undefined =>
  phones.find((p) => p.id === id) ?? wechat.find((p) => p.id === id);

/** A phone's state as its owner sees it. */
export const phoneState = (phone: Phone, enrolment: Enrolment): 'active' | 'unsynced' | 'revoked' =>
  phone.status === 'revoked'
    ? 'revoked'
    : isWechat(phone)
      ? phone.status === 'active'
        ? 'active'
        : 'unsynced'
      : phone.status === 'active' && phone.pinEpoch === epochOf(enrolment) && enrolment.pin?.isSet === true
        ? 'active'
        : 'unsynced';

/** The lowest slot that no phone of the issue holds, or undefined when all are taken. */
export function freeSlot(phones: readonly Phone[], issue: number, slots: number): number | undefined {
  for (let slot = 1; slot <= slots; slot++) if (!phones.some((p) => p.slot === slot && p.issue === issue)) return slot;
  return undefined;
}
