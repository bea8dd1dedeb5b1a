// What is asked of the store to find accounts: ranges of ordered indexes, always of one tenant.
import type { Account } from '../account/account.ts';
import type { TermKind } from './terms.ts';

export interface TermRow {
  readonly term: string;
  readonly accountId: string;
}

/** An account as a list shows it. */
export type Found = Pick<Account, 'id' | 'account' | 'name' | 'phone' | 'email' | 'cohort' | 'status'>;

export interface SearchStore {
  /** Terms that begin so, after a row, in order: at most `limit`. */
  terms(
    tenantId: string,
    kind: TermKind,
    prefix: string,
    after: TermRow | null,
    limit: number,
  ): Promise<readonly TermRow[]>;
  /** Accounts whose canonical number begins so, after one, in order. */
  numbers(tenantId: string, prefix: string, after: string | null, limit: number): Promise<readonly Found[]>;
  /** The account of exactly that canonical number. */
  number(tenantId: string, canonical: string): Promise<Found | undefined>;
  accounts(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Found>>;
  /** How many terms begin so, counted up to `most`. */
  count(tenantId: string, kind: TermKind, prefix: string, most: number): Promise<number>;
  /** Whether every account that was there before the index is in it by now. */
  isComplete(): Promise<boolean>;
  /** Indexes the next accounts that are not, at most `limit`; resolves to how many it looked at. Safe on every node at once, and to kill. */
  index(limit: number): Promise<number>;
}
