// App passwords: a keyed hash each, never the password. Their uses lie in a narrow table of their own, so that noting one rewrites no wide row.
// Profiles are what waits behind one-time links, sealed under a key that is only in the link.
import type { Dialect } from './dialect.ts';

export const appPasswords = ({ bytes, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE app_passwords (account_id TEXT NOT NULL, id TEXT NOT NULL, tenant_id TEXT NOT NULL, tag TEXT NOT NULL, pepper_id TEXT NOT NULL, name TEXT NOT NULL,
     protocols TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT, revoked_at BIGINT, PRIMARY KEY (account_id, id))${clustered}`,
  `CREATE UNIQUE INDEX app_passwords_by_tag ON app_passwords (account_id, tag)`,
  `CREATE INDEX app_passwords_revoked ON app_passwords (revoked_at) WHERE revoked_at IS NOT NULL`,
  `CREATE TABLE app_password_uses (account_id TEXT NOT NULL, id TEXT NOT NULL, first_at BIGINT NOT NULL, at BIGINT NOT NULL, protocol TEXT NOT NULL, ip TEXT,
     PRIMARY KEY (account_id, id))${clustered}`,
  `CREATE TABLE mail_profiles (token_hash TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, app_password_id TEXT NOT NULL, body ${bytes} NOT NULL,
     created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`,
];
