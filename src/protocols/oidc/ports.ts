// What the OpenID door needs of the house. It decides nothing about a login: who is logged in, and how strongly, is asked of the portal's session.
import type { Tenants } from '../../core/ports.ts';

export interface OidcRecords {
  put(
    tenantId: string,
    model: string,
    id: string,
    payload: Readonly<Record<string, unknown>>,
    seconds: number,
  ): Promise<void>;
  find(tenantId: string, model: string, id: string): Promise<StoredRecord | undefined>;
  findByUid(tenantId: string, model: string, uid: string): Promise<StoredRecord | undefined>;
  consume(tenantId: string, model: string, id: string): Promise<boolean>;
  remove(tenantId: string, model: string, id: string): Promise<void>;
  revokeGrant(tenantId: string, grantId: string): Promise<void>;
  endAccount(tenantId: string, accountId: string): Promise<readonly StoredRecord[]>;
  client(tenantId: string, id: string): Promise<RelyingParty | undefined>;
}

export interface StoredRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly isConsumed: boolean;
}

export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly secret: string | null;
}

/** A person's session at the portal, as far as relying parties are told of it. */
export interface LoggedIn {
  readonly accountId: string;
  /** Strength and means of the login (`core/assurance.ts`). */
  readonly acr: string;
  readonly amr: readonly string[];
  /** When the person last proved who they are, ms. */
  readonly at: number;
}

/** What a relying party may learn of an account, by scope. */
export interface Profile {
  readonly account: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: string;
}

export interface OidcPorts {
  readonly tenants: Tenants;
  readonly records: OidcRecords;
  readonly baseUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Private keys as JWKs, newest first. */
  readonly keys: (tenantId: string) => Promise<readonly Record<string, unknown>[]>;
  /** The session a browser's cookies prove; undefined: nobody is logged in. */
  readonly loggedIn: (tenantId: string, cookies: string | undefined) => Promise<LoggedIn | undefined>;
  /** Ends the session that a browser's cookies prove. */
  readonly logout: (tenantId: string, cookies: string | undefined) => Promise<void>;
  /** Undefined when the account is gone or suspended: its tokens tell nothing any more. */
  readonly profile: (tenantId: string, accountId: string) => Promise<Profile | undefined>;
  readonly onFault: (error: unknown, where: string) => void;
}
