// The read side of a tenant's integrations. Never a secret: what a key or a client is known by was shown once and is kept as a hash, or sealed.
import type { ChannelName } from '../outbox/message.ts';

export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly clientId: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export interface RelyingPartyRow {
  readonly id: string;
  readonly name: string;
  readonly isPublic: boolean;
  /** Client metadata as RFC 7591 names it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}

/** How a channel did for a tenant in the last 24 hours. */
export interface ChannelRow {
  readonly channel: ChannelName;
  readonly sent: number;
  readonly failed: number;
  readonly waiting: number;
  readonly lastSentAt: number | null;
  readonly lastFailedAt: number | null;
  readonly lastError: string | null;
}

export interface TestRow {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly status: 'waiting' | 'sent' | 'failed';
  readonly error: string | null;
}

export interface IntegrationStore {
  keys(tenantId: string): Promise<{ readonly now: number; readonly items: readonly KeyRow[] }>;
  relyingParties(tenantId: string): Promise<readonly RelyingPartyRow[]>;
  /** Those that anything was to be sent by. */
  channels(tenantId: string): Promise<readonly ChannelRow[]>;
  /** A test message of the tenant, by its id. */
  test(tenantId: string, id: string): Promise<TestRow | undefined>;
  /** How many test messages an operator sent since, and when the first of them was. */
  testsBy(operatorId: string, since: number): Promise<{ readonly count: number; readonly firstAt: number }>;
}
