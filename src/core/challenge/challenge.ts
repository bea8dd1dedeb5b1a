// One open question: a login, or a step-up before a change. pending → satisfied → used (as proof) | refused; expiry is checked where it is spent.
import type { TypeName } from '../authenticator/type.ts';
import type { Locale } from '../locale.ts';

/** `caller`: somebody on the telephone shows an operator who they are. */
export type Purpose = 'login' | 'unbind' | 'change' | 'confirm' | 'caller';

export interface Challenge {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly purpose: Purpose;
  /** The authenticator a step-up is for; null: for any, and for logins. */
  readonly target: string | null;
  readonly clientId: string;
  readonly clientVersion: string;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly keyId: string;
  readonly locale: Locale;
  readonly status: 'pending' | 'satisfied' | 'refused' | 'used';
  /** The types already verified in it, in order. */
  readonly verified: readonly TypeName[];
  readonly createdAt: number;
  readonly expiresAt: number;
}
