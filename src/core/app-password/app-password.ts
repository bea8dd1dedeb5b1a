// An app password: what a mail program logs in with where two-step verification is on. Random, made by us, shown once, known again only by a
// keyed hash. It opens mail and nothing else: no web login, no API (APW-01).
import type { Words } from '../locale.ts';

/** What an app password may be for. Each is a scope of its own (APW-04). */
export const MAIL_PROTOCOLS = ['imap', 'pop3', 'smtp'] as const;
export type MailProtocol = (typeof MAIL_PROTOCOLS)[number];

/** What ends every app password of an account, besides their owner. */
export const APP_PASSWORD_ENDS = ['suspended', 'last-method', 'any-method', 'password', 'secured'] as const;
export type AppPasswordEnd = (typeof APP_PASSWORD_ENDS)[number];

/** Where a tenant's mail is, as mail programs are told; `port` with TLS from the start, `startTls` beginning in clear. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly startTls?: number | undefined;
}

/** The part of a policy about app passwords and mail doors. */
export interface AppPasswordPolicy {
  readonly enabled: boolean;
  readonly protocols: readonly MailProtocol[];
  /** How many may be in force at once, per account. */
  readonly most: number;
  /** Longest life; absent: they last until they are revoked. */
  readonly expiresDays?: number | undefined;
  readonly endWith: readonly AppPasswordEnd[];
  /** Until when mail programs may use the main password. */
  readonly mainPassword: 'until-bound' | 'never';
  /** Mail domains of the tenant: how a door that serves many tenants knows whose a mailbox is. */
  readonly domains: readonly string[];
  /** What mail programs log in with. */
  readonly userName: 'address' | 'local-part';
  /** Where people find the list: told to whoever is refused. */
  readonly where: Words;
  readonly settings: { readonly [P in MailProtocol]?: MailServer | undefined };
  /** Where a proxy passes connections on to; a literal address. */
  readonly backends: { readonly [P in MailProtocol]?: { readonly host: string; readonly port: number } | undefined };
}

export interface StoredAppPassword {
  readonly id: string;
  readonly name: string;
  readonly protocols: readonly MailProtocol[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUse: {
    readonly firstAt: number;
    readonly at: number;
    readonly protocol: MailProtocol;
    readonly ip: string | null;
  } | null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 16;
/** The most of a byte's values that 62 divides: bytes above are thrown away, so that no character is likelier than another. */
const FAIR = 248;

/** Sixteen characters of 62 (95 bits), each equally likely. */
export function makeAppPassword(random: (bytes: number) => Uint8Array): string {
  let password = '';
  while (password.length < LENGTH)
    for (const byte of random(LENGTH + 8)) {
      if (byte < FAIR && password.length < LENGTH) password += ALPHABET[byte % ALPHABET.length] ?? '';
    }
  return password;
}

/** As it is shown: four groups of four. */
export const groupedAppPassword = (password: string): string => password.replace(/(.{4})(?=.)/g, '$1 ');

/** What somebody typed as the app password it may be, groups joined; undefined when it cannot be one. */
export function typedAppPassword(typed: string): string | undefined {
  const joined = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^[A-Za-z0-9]{16}$/.test(joined) ? joined : undefined;
}

/** Types that bind nothing of the owner's own choice: SMS follows the number on file, and recovery codes only ever stand beside a method. */
export const NO_METHOD_OF_ONES_OWN: readonly string[] = ['sms', 'recovery-code', 'bypass-code'];

/** How often "last used" is written, at most. */
export const USE_NOTED_EVERY_MS = 60_000;

/**
 * Wrong passwords at mail doors, per account and address, so that a program with an old password shuts out only itself. Ends by itself always.
 */
export const MAIL_THROTTLE = {
  delaysSeconds: [0, 0, 0, 0, 10, 30, 60, 120, 300],
  freezeAfter: 10,
  unfreezeSeconds: 600,
} as const;
