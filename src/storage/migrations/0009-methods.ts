// What may be bound once in a tenant, such as a passkey: a second account that brings the same one is refused.
import type { Dialect } from './dialect.ts';

export const methods = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE unique_methods (tenant_id TEXT NOT NULL, name_hash TEXT NOT NULL, account_id TEXT NOT NULL, authenticator_id TEXT NOT NULL, PRIMARY KEY (tenant_id, name_hash))${clustered}`,
];
