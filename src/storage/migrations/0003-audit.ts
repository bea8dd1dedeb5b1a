// Auditing: events cannot be changed by accident, each is sealed once, and checkpoints have a key of their own. Also the paths that pruning takes.
import type { Dialect } from './dialect.ts';

const guarded = ['audit_events', 'audit_chain', 'audit_checkpoints'];

export const audit = ({ name, bytes }: Dialect): readonly string[] => [
  `CREATE UNIQUE INDEX audit_chain_by_seq ON audit_chain (seq)`,
  `ALTER TABLE audit_checkpoints ADD COLUMN settled BIGINT NOT NULL DEFAULT 0`,
  `CREATE TABLE audit_keys (id TEXT PRIMARY KEY, public_key TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, created_at BIGINT NOT NULL)`,
  ...(name === 'sqlite' ? onSqlite : onPostgres),
  `CREATE INDEX authenticators_by_id ON authenticators (id)`,
  `CREATE INDEX authenticators_unfinished ON authenticators (created_at) WHERE status IN ('pending', 'void')`,
  `CREATE INDEX idempotency_by_age ON idempotency (created_at)`,
];

/** Whoever owns the database can drop these again; the chain is what tells on that. */
const onSqlite = guarded.flatMap((table) =>
  ['UPDATE', 'DELETE'].map(
    (verb) =>
      `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  ),
);
const onPostgres = [
  `CREATE FUNCTION hufu_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the audit log is append-only''; END'`,
  ...guarded.map(
    (table) =>
      `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION hufu_append_only()`,
  ),
];
