// OpenID Connect: relying parties, and what the provider keeps of codes, grants and sessions. Ids of records are secrets: only their hashes are kept.
import type { Dialect } from './dialect.ts';

export const oidc = ({ bytes, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE oidc_clients (tenant_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, metadata TEXT NOT NULL, sealed ${bytes}, sealed_by TEXT, created_at BIGINT NOT NULL,
     revoked_at BIGINT, PRIMARY KEY (tenant_id, id))${clustered}`,
  `CREATE TABLE oidc_records (tenant_id TEXT NOT NULL, model TEXT NOT NULL, id_hash TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, grant_hash TEXT, uid_hash TEXT,
     account_id TEXT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, consumed_at BIGINT, PRIMARY KEY (tenant_id, model, id_hash))${clustered}`,
  `CREATE INDEX oidc_records_by_grant ON oidc_records (tenant_id, grant_hash)`,
  `CREATE INDEX oidc_records_by_uid ON oidc_records (tenant_id, uid_hash)`,
  `CREATE INDEX oidc_records_by_account ON oidc_records (account_id)`,
  `CREATE INDEX oidc_records_by_age ON oidc_records (expires_at)`,
];
