// Time steps leave the ledger of lasting marks for one of their own, by the instant they end. SQLite keeps it as a log, in order of writing, whose
// index lies in memory (ledger.ts); PostgreSQL's primary key is the single-use rule. What was spent before stays spent.
import type { Dialect } from './dialect.ts';

export const spentSteps = ({ name }: Dialect): readonly string[] => [
  name === 'sqlite'
    ? `CREATE TABLE spent_steps (seq INTEGER PRIMARY KEY, ends_at BIGINT NOT NULL, authenticator_id TEXT NOT NULL)`
    : `CREATE TABLE spent_steps (ends_at BIGINT NOT NULL, authenticator_id TEXT NOT NULL, PRIMARY KEY (ends_at, authenticator_id))`,
  `INSERT INTO spent_steps (ends_at, authenticator_id)
   SELECT (s.mark + 1) * ${name === 'sqlite' ? `CAST(substr(a.params, instr(a.params, '/') + 3) AS INTEGER)` : `CAST(split_part(a.params, '/', 3) AS BIGINT)`} * 1000, s.authenticator_id
   FROM spent s JOIN authenticators a ON a.id = s.authenticator_id WHERE s.mark >= 0 AND a.type = 'totp'`,
  `DELETE FROM spent WHERE mark >= 0 AND authenticator_id IN (SELECT id FROM authenticators WHERE type = 'totp')`,
  `CREATE INDEX spent_by_authenticator ON spent (authenticator_id)`,
];
