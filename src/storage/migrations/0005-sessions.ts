// Logins that are open in a browser, and sessions. Tokens are stored as SHA-256 only.
import type { Dialect } from './dialect.ts';

export const sessions = ({ clustered }: Dialect): readonly string[] => [
  `CREATE TABLE visits (hash TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, challenge_id TEXT NOT NULL, session_id TEXT,
     created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT)${clustered}`,
  `CREATE INDEX visits_by_account ON visits (account_id)`,
  `CREATE INDEX visits_by_age ON visits (expires_at)`,
  `CREATE TABLE sessions (id TEXT PRIMARY KEY, hash TEXT NOT NULL, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, login_id TEXT NOT NULL, client_id TEXT NOT NULL,
     verified TEXT NOT NULL, trust_id TEXT, ip TEXT, user_agent TEXT, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, auth_at BIGINT NOT NULL, proof_id TEXT,
     expires_at BIGINT NOT NULL, ended_at BIGINT)${clustered}`,
  `CREATE UNIQUE INDEX sessions_by_hash ON sessions (hash)`,
  // What a person is shown of their account; the events of each login, which are many, are told from the challenges instead.
  `CREATE INDEX audit_events_of_account ON audit_events (account_id, seq)
     WHERE event NOT IN ('login.started', 'step.verified', 'login.satisfied', 'login.allowed', 'code.sent', 'challenge.started', 'challenge.satisfied')`,
  `CREATE INDEX sessions_by_account ON sessions (account_id)`,
];
