// Finding customers, and what happened to them. The words of accounts lie in one ordered table, by code point on both databases; the events of
// logins, which are too many for an index that a login would pay for, are listed by account beside the log, by a job.
import type { Dialect } from './dialect.ts';

export const search = ({ name, bytes, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE account_terms (tenant_id TEXT NOT NULL, kind TEXT NOT NULL, term TEXT${name === 'postgres' ? ' COLLATE "C"' : ''} NOT NULL, account_id TEXT NOT NULL,
     PRIMARY KEY (tenant_id, kind, term, account_id))${clustered}`,
  // Beginnings of account numbers: PostgreSQL's own order may be a language's, in which a beginning is no range.
  ...(name === 'postgres'
    ? [`CREATE INDEX accounts_by_beginning ON accounts (tenant_id, (canonical COLLATE "C"))`]
    : []),
  `CREATE TABLE account_events (account_id TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (account_id, seq))${clustered}`,
  // Secrets of bindings that were removed, for a few days: they open nothing, and tell why a code was wrong ("that was the phone before").
  `CREATE TABLE former_authenticators (account_id TEXT NOT NULL, id TEXT NOT NULL, tenant_id TEXT NOT NULL, type TEXT NOT NULL, params TEXT NOT NULL,
     sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, removed_at BIGINT NOT NULL, PRIMARY KEY (account_id, id))${clustered}`,
  `CREATE INDEX former_authenticators_by_age ON former_authenticators (removed_at)`,
  ...(name === 'sqlite' ? onSqlite : onPostgres),
];

/** Bindings end in many ways, and all of them are a DELETE. The newest event of the log tells the time, on whatever clock the house goes by. */
const former = (old: string): string =>
  `INSERT INTO former_authenticators (account_id, id, tenant_id, type, params, sealed, sealed_by, removed_at)
     VALUES (${['account_id', 'id', 'tenant_id', 'type', 'params', 'sealed', 'sealed_by'].map((column) => `${old}.${column}`).join(', ')},
       coalesce((SELECT at FROM audit_events ORDER BY seq DESC LIMIT 1), 0)) ON CONFLICT DO NOTHING`;
const IF_CODES = `OLD.status = 'active' AND OLD.type IN ('totp', 'app', 'wechat')`;
const onSqlite = [
  `CREATE TRIGGER authenticators_former AFTER DELETE ON authenticators WHEN ${IF_CODES} BEGIN ${former('OLD')}; END`,
];
const onPostgres = [
  `CREATE FUNCTION hufu_former_authenticator() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${former('OLD').replaceAll("'", "''")}; RETURN NULL; END'`,
  `CREATE TRIGGER authenticators_former AFTER DELETE ON authenticators FOR EACH ROW WHEN (${IF_CODES}) EXECUTE FUNCTION hufu_former_authenticator()`,
];
