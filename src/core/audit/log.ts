// The audit log as operators read it: one account's events, or a tenant's, in pages by the number of the event. Every read names the tenant.
import type { AuditRow } from './chain.ts';
import type { AuditEventName } from './events.ts';

/** Where a login came from, while that is known. */
export interface Where {
  readonly client: string;
  readonly version: string;
  readonly ip: string | null;
  readonly device: string | null;
  readonly userAgent: string | null;
}

export interface AccountFilter {
  /** Only these; absent: all. */
  readonly events?: readonly AuditEventName[] | undefined;
  /** Only what operators did. */
  readonly byOperators?: true | undefined;
}

export interface LogFilter {
  /** An event or the beginning of its name; who did it or the beginning of that. */
  readonly event?: string | undefined;
  readonly actor?: string | undefined;
  readonly accountId?: string | undefined;
  /** ms: from this instant on, and before that. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface AuditLog {
  /** An account's events before `before`, newest first: at most `limit`. */
  ofAccount(
    tenantId: string,
    accountId: string,
    filter: AccountFilter,
    before: number,
    limit: number,
  ): Promise<readonly AuditRow[]>;
  /** Where logins came from, by their id; those whose record is gone are missing. */
  where(tenantId: string, logins: readonly string[]): Promise<ReadonlyMap<string, Where>>;
  /** The account of a login, while its record is kept. */
  accountOf(tenantId: string, login: string): Promise<string | undefined>;
  /** A tenant's events with numbers in [low, high), in order: newest first when `down`. At most `limit`. */
  slice(
    tenantId: string,
    low: number,
    high: number,
    filter: LogFilter,
    down: boolean,
    limit: number,
  ): Promise<readonly AuditRow[]>;
  /** One more than the newest event's number. */
  end(): Promise<number>;
  /** The number of the first event that is not older than an instant (ms), near enough: events commit a moment after they are told the time. */
  numberAt(at: number): Promise<number>;
  /** Lists the next events of logins by account, at most `limit`; resolves to how many it looked at. */
  follow(limit: number): Promise<number>;
}
