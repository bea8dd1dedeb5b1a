// Guarded writes of app passwords.
import type { MailProtocol } from './app-password.ts';

export type AppPasswordWrite =
  /** Adds one, assuming that fewer than `most` are in force. */
  | {
      readonly op: 'insert-app-password';
      readonly tenantId: string;
      readonly accountId: string;
      readonly id: string;
      readonly tag: string;
      readonly pepperId: string;
      readonly name: string;
      readonly protocols: readonly MailProtocol[];
      readonly expiresAt: number | null;
      readonly most: number;
    }
  /** Assumes that it is there and not revoked. */
  | { readonly op: 'revoke-app-password'; readonly accountId: string; readonly id: string }
  /** Revokes all of the account; there may be none. */
  | { readonly op: 'revoke-app-passwords'; readonly accountId: string }
  /** Revokes those made at `since` (ms) or later; there may be none. */
  | { readonly op: 'revoke-app-passwords-since'; readonly accountId: string; readonly since: number }
  /** Assumes that the account has a method of its own when the commit comes here: put it after what removes one. */
  | { readonly op: 'expect-own-method'; readonly accountId: string }
  /** Assumes that it has none: what rests on a password alone is not begun beside a first method (ENR-09). */
  | { readonly op: 'expect-no-own-method'; readonly accountId: string }
  /** Notes a use, assuming that it is in force still; a newer note stays. */
  | {
      readonly op: 'note-app-password';
      readonly accountId: string;
      readonly id: string;
      readonly protocol: MailProtocol;
      readonly ip: string | null;
    }
  | {
      readonly op: 'insert-mail-profile';
      readonly tokenHash: string;
      readonly tenantId: string;
      readonly accountId: string;
      readonly appPasswordId: string;
      readonly sealed: Uint8Array;
      readonly expiresAt: number;
    }
  /** Takes what waits behind a one-time link, once, while it lasts. */
  | { readonly op: 'use-mail-profile'; readonly tokenHash: string };
