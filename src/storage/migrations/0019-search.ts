// Finding customers, and what happened to them. The words of accounts lie in one ordered table, by code point on both databases; the events of
// logins, which are too many for an index that a login would pay for, are listed by account beside the log, by a job.
import type { Dialect } from './dialect.ts';

export const search = ({ name, bytes, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE account_terms (tenant_id TEXT NOT NULL, kind TEXT NOT NULL, term TEXT${name === 'postgres' ? ' COLLATE "C"' : ''} NOT NULL, account_id TEXT NOT NULL,
     PRIMARY KEY (tenant_id, kind, term, account_id))${clustered}`,
  // Beginnings of account numbers: PostgreSQL's own order may be a language's, in which a beginning is no range.
  ...(name === 'postgres'
    ? [`CREATE INDEX accounts_by_canonical ON accounts (tenant_id, (canonical COLLATE "C"))`]
    : []),
  `CREATE TABLE account_events (account_id TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (account_id, seq))${clustered}`,
  // Secrets of bindings that were removed, for a few days: they open nothing, and tell why a code was wrong ("that was the phone before").
  `CREATE TABLE former_authenticators (account_id TEXT NOT NULL, id TEXT NOT NULL, tenant_id TEXT NOT NULL, type TEXT NOT NULL, params TEXT NOT NULL, label TEXT,
     sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, removed_at BIGINT NOT NULL, PRIMARY KEY (account_id, id))${clustered}`,
  `CREATE INDEX former_authenticators_by_age ON former_authenticators (removed_at)`,
];
