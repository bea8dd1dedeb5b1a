// The port of the store: snapshots to decide from, and one guarded commit. `now` is the database's time, in ms: expiry and codes are judged by it.
import type { Account } from './account/account.ts';
import type { SentCode, TypeName } from './authenticator/type.ts';
import type { Challenge } from './challenge/challenge.ts';
import type { Committed, Write } from './commit.ts';
import type { ChannelName } from './outbox/message.ts';
import type { Unbound } from './rollout/moves.ts';
import type { Failures } from './throttle/throttle.ts';

export interface StoredAuthenticator {
  readonly id: string;
  readonly type: TypeName;
  readonly status: 'pending' | 'active' | 'void';
  readonly params: string;
  readonly label: string | null;
  readonly createdAt: number;
  readonly boundAt: number | null;
  readonly expiresAt: number | null;
  readonly failures: Failures;
  /** The code sent for the challenge at hand, if this snapshot has one. */
  readonly sent: SentCode | null;
  /** Spent marks near now; filled in thorough snapshots only. */
  readonly spent: readonly number[];
  /** Marks of time up to this instant (ms) are spent, whatever the ledger says: set when the store was restored; 0 otherwise. */
  readonly floor: number;
  /** Opens the sealed secret; throws when it was tampered with or moved. */
  readonly secret: () => Uint8Array;
}

export interface AccountSnapshot {
  readonly now: number;
  readonly tenantVersion: number;
  readonly account: Account;
  readonly revision: number;
  readonly authenticators: readonly StoredAuthenticator[];
  /** Failures counted against the account as a whole. */
  readonly failures: Failures;
}

export interface ChallengeSnapshot extends AccountSnapshot {
  readonly challenge: Challenge;
  /** How many methods of its account were withdrawn since it began. */
  readonly withdrawn: number;
}

export interface StoredDevice {
  readonly id: string;
  readonly deviceId: string;
  readonly name: string;
  readonly clientId: string;
  readonly version: string;
  readonly firstUsedAt: number;
  readonly lastUsedAt: number;
  readonly revokedAt: number | null;
}

export interface Store {
  /** The database's time, ms. */
  now(): Promise<number>;
  /** A challenge of the tenant with its account. `thorough` also reads spent marks, after a lost race. */
  challenge(tenantId: string, id: string, thorough: boolean): Promise<ChallengeSnapshot | undefined>;
  account(tenantId: string, canonical: string, thorough: boolean): Promise<AccountSnapshot | undefined>;
  /** The same by the account's id. */
  accountById(tenantId: string, id: string): Promise<AccountSnapshot | undefined>;
  /** The authenticator whose place a pending binding takes when it is confirmed; null for a binding of its own. */
  replacedBy(accountId: string, binding: string): Promise<string | null>;
  /** All of it or nothing; resolves only when it is durable. `key` names what the commit is about (an account or tenant id). */
  commit(key: string, writes: readonly Write[]): Promise<Committed>;
  /** The newest satisfied login of the account on that client, if it is not older than `notBefore`. */
  freshLogin(accountId: string, clientId: string, notBefore: number): Promise<Challenge | undefined>;
  /** The code sent for a challenge or a binding, while it stands. */
  sentCode(challengeId: string, authenticatorId: string): Promise<SentCode | null>;
  /** How many codes went out by a channel to the account since, and for the tenant since. */
  codesSent(
    tenantId: string,
    accountId: string,
    channel: ChannelName,
    accountSince: number,
    tenantSince: number,
  ): Promise<{ account: number; lastAt: number | null; tenant: number }>;
  failures(scope: string): Promise<{ readonly now: number; readonly failures: Failures }>;
  /** Every scope that begins so, with how many failures stand in it. */
  failuresUnder(prefix: string): Promise<readonly { readonly scope: string; readonly count: number }[]>;
  /** Addresses at which the account did a second step since, newest first, at most fifty. */
  addressesOf(accountId: string, since: number): Promise<readonly string[]>;
  device(accountId: string, deviceId: string): Promise<StoredDevice | undefined>;
  devices(accountId: string, after: string, limit: number): Promise<readonly StoredDevice[]>;
  accounts(tenantId: string, after: string, limit: number): Promise<readonly Account[]>;
  /** Active accounts that have none of the types bound. */
  countUnbound(tenantId: string, cohort: string | null, types: readonly TypeName[]): Promise<number>;
  /** The same of every cohort that has some; null: in none. */
  unboundByCohort(tenantId: string, types: readonly TypeName[]): Promise<Unbound>;
  /** Active accounts in the cohort. */
  countCohort(tenantId: string, cohort: string): Promise<number>;
  recoveryCodesLeft(authenticatorId: string, count: number): Promise<number>;
}
