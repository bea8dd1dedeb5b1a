// Approvals: scans by the hash of their token, pushes by their account.
import type { Dialect } from './dialect.ts';

export const approvals = ({ bytes, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE approvals (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, challenge_id TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
     token_hash TEXT, number TEXT, phone_id TEXT, trust BIGINT NOT NULL, alerted BIGINT NOT NULL, signature TEXT, created_at BIGINT NOT NULL, claim_until BIGINT NOT NULL,
     expires_at BIGINT NOT NULL, decided_at BIGINT)${clustered}`,
  `CREATE UNIQUE INDEX approvals_by_token ON approvals (token_hash) WHERE token_hash IS NOT NULL`,
  `CREATE INDEX approvals_by_challenge ON approvals (challenge_id, id)`,
  `CREATE INDEX approvals_by_account ON approvals (account_id, kind, created_at)`,
  // Where a phone is woken (RFC 8030). Only its push service can use it, and only with our key; sealed all the same.
  `CREATE TABLE push_subscriptions (phone_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL,
     created_at BIGINT NOT NULL)${clustered}`,
  `CREATE INDEX push_subscriptions_by_account ON push_subscriptions (account_id)`,
];
