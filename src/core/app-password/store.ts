// The port of app passwords: their keyed hash, and what is read of them. What is written goes through the guarded commit (writes.ts).
import type { StoredAppPassword } from './app-password.ts';

export interface AppPasswords {
  /** What is kept of an app password: a keyed hash. The account is part of it, so a row copied to another account opens nothing. */
  tag(
    tenantId: string,
    accountId: string,
    password: string,
  ): Promise<{ readonly tag: string; readonly pepperId: string }>;
  /** The one not revoked that the tag belongs to (it may have expired), with the database's time. One look-up in an index, found or not. */
  find(
    accountId: string,
    tag: string,
  ): Promise<{ readonly now: number; readonly found: StoredAppPassword | undefined }>;
  /** Those not revoked, oldest first, with the database's time. */
  list(accountId: string): Promise<{ readonly now: number; readonly items: readonly StoredAppPassword[] }>;
  /** Whether the one of that id was used yet. */
  isUsed(accountId: string, id: string): Promise<boolean>;
  readonly profiles: Profiles;
}

/** What waits behind one-time links, sealed under keys that only the links hold: neither the database nor the key file opens it. */
export interface Profiles {
  /** A fresh link's token (128 bits), what is kept of it, and `text` sealed under it. */
  seal(text: string): { readonly token: string; readonly tokenHash: string; readonly sealed: Uint8Array };
  hashOf(token: string): string;
  /** What waits behind a token's hash, while it lasts. */
  find(tokenHash: string): Promise<StoredProfile | undefined>;
  open(token: string, sealed: Uint8Array): string;
}

export interface StoredProfile {
  readonly tenantId: string;
  readonly accountId: string;
  readonly appPasswordId: string;
  readonly sealed: Uint8Array;
}
