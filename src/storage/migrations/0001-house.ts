// The first tables. Only TEXT, BIGINT and bytes: one SQL for both databases. Instants are milliseconds since the epoch.
// `clustered` tables live inside their primary key on SQLite: what belongs together is on one page.
import type { Dialect } from './dialect.ts';

export const house = ({ bytes, serial, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE tenants (id TEXT PRIMARY KEY, name TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL)`,
  `CREATE TABLE policies (tenant_id TEXT NOT NULL, version BIGINT NOT NULL, document TEXT NOT NULL, created_at BIGINT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
     PRIMARY KEY (tenant_id, version))`,
  `CREATE TABLE api_keys (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL, scopes TEXT NOT NULL, client_id TEXT, client_version TEXT,
     created_at BIGINT NOT NULL, expires_at BIGINT, revoked_at BIGINT)`,
  `CREATE TABLE data_keys (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, kek_id TEXT NOT NULL, wrapped ${bytes} NOT NULL, created_at BIGINT NOT NULL, is_current BIGINT NOT NULL)`,
  `CREATE TABLE signing_keys (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, public_jwk TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, created_at BIGINT NOT NULL, retired_at BIGINT)`,
  `CREATE TABLE accounts (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, canonical TEXT NOT NULL, account TEXT NOT NULL, name TEXT, phone TEXT, email TEXT, cohort TEXT,
     locale TEXT NOT NULL, status TEXT NOT NULL, password_hash TEXT, created_at BIGINT NOT NULL, revision BIGINT NOT NULL)${clustered}`,
  `CREATE UNIQUE INDEX accounts_by_name ON accounts (tenant_id, canonical)`,
  `CREATE TABLE authenticators (account_id TEXT NOT NULL, id TEXT NOT NULL, tenant_id TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, params TEXT NOT NULL, label TEXT,
     sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, created_at BIGINT NOT NULL, bound_at BIGINT, expires_at BIGINT, PRIMARY KEY (account_id, id))${clustered}`,
  `CREATE TABLE challenges (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, purpose TEXT NOT NULL, client_id TEXT NOT NULL, client_version TEXT NOT NULL,
     device_id TEXT, device_name TEXT, ip TEXT, user_agent TEXT, key_id TEXT NOT NULL, locale TEXT NOT NULL, status TEXT NOT NULL, verified TEXT NOT NULL,
     created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, closed_at BIGINT)${clustered}`,
  `CREATE INDEX challenges_by_account ON challenges (account_id, id)`,
  // The ledger of what is spent: clustered by mark, so that a day's logins land on neighbouring pages and are pruned from the old end.
  `CREATE TABLE spent (mark BIGINT NOT NULL, authenticator_id TEXT NOT NULL, PRIMARY KEY (mark, authenticator_id))${clustered}`,
  `CREATE TABLE failures (scope TEXT NOT NULL, n BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (scope, n))${clustered}`,
  `CREATE TABLE sent_codes (challenge_id TEXT NOT NULL, authenticator_id TEXT NOT NULL, tag TEXT NOT NULL, sent_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, count BIGINT NOT NULL,
     PRIMARY KEY (challenge_id, authenticator_id))${clustered}`,
  `CREATE TABLE client_devices (account_id TEXT NOT NULL, device_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, client_id TEXT NOT NULL, version TEXT NOT NULL,
     first_used_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL, revoked_at BIGINT, PRIMARY KEY (account_id, device_id))${clustered}`,
  `CREATE TABLE outbox (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, channel TEXT NOT NULL, sent_to TEXT NOT NULL, text_sealed ${bytes}, sealed_by TEXT NOT NULL,
     purpose TEXT NOT NULL, status TEXT NOT NULL, attempts BIGINT NOT NULL, next_at BIGINT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, sent_at BIGINT, last_error TEXT)`,
  `CREATE INDEX outbox_due ON outbox (next_at) WHERE status = 'waiting'`,
  `CREATE INDEX outbox_by_account ON outbox (account_id, created_at)`,
  `CREATE INDEX outbox_by_tenant ON outbox (tenant_id, purpose, created_at)`,
  `CREATE TABLE audit_events (seq ${serial}, tenant_id TEXT NOT NULL, at BIGINT NOT NULL, account_id TEXT, event TEXT NOT NULL, actor TEXT NOT NULL, data TEXT NOT NULL)`,
  `CREATE TABLE audit_chain (pos BIGINT PRIMARY KEY, seq BIGINT NOT NULL, hash TEXT NOT NULL)`,
  `CREATE TABLE audit_checkpoints (pos BIGINT PRIMARY KEY, hash TEXT NOT NULL, at BIGINT NOT NULL, key_id TEXT NOT NULL, signature TEXT NOT NULL)`,
  `CREATE TABLE idempotency (key_id TEXT NOT NULL, name TEXT NOT NULL, fingerprint TEXT NOT NULL, status BIGINT, body TEXT, created_at BIGINT NOT NULL, PRIMARY KEY (key_id, name))`,
  `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
];
