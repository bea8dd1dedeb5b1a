// Browsers that stand in for the second step of a login.
import type { Dialect } from './dialect.ts';

export const trust = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE trusted_devices (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, hash_before TEXT, name TEXT NOT NULL,
     ip TEXT, session_id TEXT NOT NULL, created_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, revoked_at BIGINT)${clustered}`,
  `CREATE INDEX trusted_devices_by_account ON trusted_devices (account_id)`,
];
