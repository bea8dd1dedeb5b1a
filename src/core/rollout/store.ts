// What the cockpit reads and the activity job writes, as a port.

import type { AdoptionDay } from './forecast.ts';
import type { AccountGroup } from './impact.ts';

/** An account as the cockpit's lists show it. */
export interface ListedAccount extends Omit<AccountGroup, 'count'> {
  readonly id: string;
  readonly account: string;
  readonly name: string | null;
  readonly remindedAt: number | null;
}

export interface LoginHour {
  /** Hours since 1970-01-01T00Z. */
  readonly hour: number;
  readonly started: number;
  readonly satisfied: number;
  readonly bySms: number;
  readonly rejected: number;
  readonly refused: number;
}

export interface ActivityStore {
  /** Works through the audit log from where it stopped; resolves to how many events it took, at most `limit`. */
  follow(limit: number): Promise<number>;
  /** Writes today's adoption of every tenant. */
  count(): Promise<void>;
  /** Active accounts in groups of alike ones, of one cohort or all; those that logged in since an instant (ms), where one is given. */
  groups(tenantId: string, cohort: string | undefined, since?: number): Promise<readonly AccountGroup[]>;
  /** Active accounts after `after` (an account id), in order of id. */
  list(tenantId: string, cohort: string | undefined, after: string, limit: number): Promise<readonly ListedAccount[]>;
  /** Days of adoption, oldest first; all cohorts together under null. */
  adoption(tenantId: string, sinceDay: number): Promise<ReadonlyMap<string | null, readonly AdoptionDay[]>>;
  hours(tenantId: string, sinceHour: number): Promise<readonly LoginHour[]>;
}
