// What a person logs in to. One account belongs to one tenant; its name is what people type.
import type { Locale } from '../locale.ts';

export interface Account {
  readonly id: string;
  readonly tenantId: string;
  /** As shown to people. */
  readonly account: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly cohort: string | null;
  readonly locale: Locale;
  readonly status: 'active' | 'suspended';
  readonly passwordHash: string | null;
  readonly createdAt: number;
}

/**
 * Why nobody gets in, and since when (ms). Each reason is lifted by whoever may lift it, and leaves the others standing: the relying party what it suspended
 * itself, an operator's unlocking what its owner's objection or a restore suspended.
 */
export interface Suspension {
  readonly by: (typeof SUSPENDED_BY)[number];
  readonly since: number;
}
export const SUSPENDED_BY = ['relying-party', 'objection', 'restore'] as const;

/** White space, control characters, and what shows as nothing. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The one spelling an account is stored and counted under, so that case, width, composition, a trailing dot or a space
 * never makes a second counter (BF-03).
 */
export function canonicalAccount(typed: string): string {
  // Composed twice: removing what is not seen may bring an accent to its letter.
  return typed.normalize('NFKC').replace(UNSEEN, '').replace(/\.+$/, '').toLowerCase().normalize('NFKC');
}

/** A phone as its owner recognises it: `***5678`. */
export const maskPhone = (phone: string): string => `***${phone.slice(-4)}`;

/** A mailbox as its owner recognises it: `jige*****@***140.com`. Of the provider at least three letters before its top-level domain stay, however long that is. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  const kept = local.slice(0, Math.min(4, Math.max(1, Math.floor(local.length / 2))));
  const end = Math.max(7, domain.length - domain.lastIndexOf('.') + 3);
  return `${kept}*****@${domain.length > end ? `***${domain.slice(-end)}` : domain}`;
}
