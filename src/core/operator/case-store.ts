// The read side of what operators do. What is decided from it is guarded by the writes.
import type { Suspension } from '../account/account.ts';
import type { OpenChange } from '../authenticator/change.ts';
import type { Act, Case, CaseState } from './case.ts';

export interface CaseStore {
  byId(tenantId: string, id: string): Promise<{ readonly now: number; readonly case: Case } | undefined>;
  /** Newest first; `waiting` first by their end. Those of one account, when it is given. */
  list(
    tenantId: string,
    wanted: {
      readonly state?: CaseState | undefined;
      readonly accountId?: string | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly now: number; readonly items: readonly Case[] }>;
  /** How many wait. */
  waiting(tenantId: string): Promise<number>;
  /** What was done to an account since, newest first. */
  acts(accountId: string, since: number): Promise<readonly Act[]>;
  /** When contacts and password of the account last changed, an objection was made, and a check of the caller came to nothing; null for never. */
  risksOf(accountId: string): Promise<{
    readonly contactChangedAt: number | null;
    readonly passwordChangedAt: number | null;
    readonly vetoedAt: number | null;
    readonly failedCheckAt: number | null;
    readonly newestDeviceAt: number | null;
    /** What the relying party suspended itself is another reason, and stands beside it. */
    readonly isFrozenByVeto: boolean;
    readonly isSuspendedByRelyingParty: boolean;
  }>;
  /** Why nobody gets in to the account; empty for one that is open. */
  suspensions(accountId: string): Promise<readonly Suspension[]>;
  /** Who made an account an operator, and when; undefined where it is none. */
  madeBy(operatorId: string): Promise<{ readonly by: string; readonly at: number } | undefined>;
  /** What is kept of a stop code: a hash under the pepper, for fifty bits are soon tried by whoever has the database. It belongs to one account. */
  tagOf(accountId: string, code: string): Promise<string>;
  /** The objection a code stands for, while it may be made: to a change of methods, or to what an operator did. */
  veto(
    hash: string,
  ): Promise<{ readonly accountId: string; readonly tenantId: string; readonly isChange: boolean } | undefined>;
  /** What may be objected to now: the changes of methods, oldest first, and how much an operator did. */
  open(accountId: string): Promise<{ readonly changes: readonly OpenChange[]; readonly acts: number }>;
}
