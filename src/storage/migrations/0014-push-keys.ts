// The house's own key pair for push services (VAPID, RFC 8292).
import type { Dialect } from './dialect.ts';

export const pushKeys = ({ bytes }: Dialect): readonly string[] => [
  `CREATE TABLE push_keys (id TEXT PRIMARY KEY, public_key TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, created_at BIGINT NOT NULL)`,
];
