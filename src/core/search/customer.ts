// The few things of a customer's page that no other room reads.

export interface SentMessage {
  readonly channel: string;
  readonly purpose: string;
  readonly to: string;
  readonly status: string;
  readonly at: number;
  readonly sentAt: number | null;
  readonly error: string | null;
}

export interface CustomerStore {
  /** The last messages to the account, newest first. */
  messages(tenantId: string, accountId: string, limit: number): Promise<readonly SentMessage[]>;
  /** Sessions open in browsers, and the last login that is counted by now. */
  presence(
    tenantId: string,
    accountId: string,
  ): Promise<{ readonly sessions: number; readonly lastLoginAt: number | null }>;
}
