// What happened on one account lately, for its own person: logins and changes, newest first.

export interface Happened {
  /** What a page goes on after. */
  readonly key: string;
  readonly at: number;
  readonly event: string;
  readonly type: string | null;
  readonly client: string | null;
  readonly ip: string | null;
}

export interface History {
  /** At most `limit`, those before `after` (a key), newest first. */
  of(tenantId: string, accountId: string, after: string | null, limit: number): Promise<readonly Happened[]>;
  /** When each type last completed a login or another question (ms), as far back as those are kept. */
  lastUsed(tenantId: string, accountId: string): Promise<ReadonlyMap<string, number>>;
}
