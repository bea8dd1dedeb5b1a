// Groups of alike accounts as they were counted last, for tenants too large to be counted while somebody waits.
import type { Dialect } from './dialect.ts';

export const groupSnapshots = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE group_snapshots (tenant_id TEXT NOT NULL, kind TEXT NOT NULL, at BIGINT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (tenant_id, kind))${clustered}`,
];
