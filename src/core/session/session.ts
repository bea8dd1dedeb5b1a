// Two kinds of cookie, never the same one. A visit holds one open login or step-up and opens nothing else (WEB-02); a session is what a
// finished login gives. Of either only the SHA-256 of its token is stored; each step that proves more makes a new token (WEB-01).
import type { Account } from '../account/account.ts';
import type { TypeName } from '../authenticator/type.ts';

export interface Visit {
  /** SHA-256 of the token in the cookie. */
  readonly hash: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly challengeId: string;
  /** The session that opened it for a step-up; null at a login. */
  readonly sessionId: string | null;
  readonly expiresAt: number;
}

export interface Session {
  readonly id: string;
  readonly hash: string;
  readonly tenantId: string;
  readonly accountId: string;
  /** The login it came from. */
  readonly loginId: string;
  readonly clientId: string;
  /** What was verified besides the password. */
  readonly verified: readonly TypeName[];
  /** The trusted browser that stood in for the second step; null where none did. */
  readonly trustId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly createdAt: number;
  readonly seenAt: number;
  /** When its person last proved who they are: the login, or a later step-up. */
  readonly authAt: number;
  /** The satisfied step-up that a change may spend; null when there is none. */
  readonly proofId: string | null;
  readonly expiresAt: number;
}

/** A session with what it takes to judge it, at the database's time. */
export interface SessionSnapshot {
  readonly now: number;
  readonly tenantVersion: number;
  readonly session: Session;
  readonly account: Pick<Account, 'id' | 'account' | 'name' | 'locale' | 'status'>;
}

export interface VisitSnapshot {
  readonly now: number;
  readonly tenantVersion: number;
  readonly visit: Visit;
}

/** How long a session is not written down again as seen: one write a minute is exact enough for an idle time in minutes. */
export const SEEN_EVERY_MS = 60_000;
