// Tickets, phones and PINs. The slots are the database's own rule: no account has two phones in one slot of an issue, nor two complete ones in one
// slot at all, and there are five.
import type { Dialect } from './dialect.ts';

export const enrolment = ({ bytes, clustered }: Dialect): readonly string[] => [
  `CREATE TABLE tickets (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, issue BIGINT NOT NULL,
     token_hash TEXT NOT NULL, code_tag TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`,
  `CREATE UNIQUE INDEX tickets_by_token ON tickets (token_hash)`,
  `CREATE UNIQUE INDEX tickets_in_force ON tickets (account_id) WHERE kind = 'issue' AND status = 'open'`,
  `CREATE INDEX tickets_by_account ON tickets (account_id, id)`,
  `CREATE TABLE phones (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, ticket_id TEXT NOT NULL, issue BIGINT NOT NULL,
     slot BIGINT NOT NULL CHECK (slot BETWEEN 1 AND 5), name TEXT NOT NULL, platform TEXT NOT NULL, sign_key TEXT NOT NULL, box_key TEXT NOT NULL, role TEXT NOT NULL,
     status TEXT NOT NULL, pin_epoch BIGINT NOT NULL, nonce TEXT, nonce_expires_at BIGINT, created_at BIGINT NOT NULL, completed_at BIGINT, last_used_at BIGINT, revoked_at BIGINT)`,
  `CREATE UNIQUE INDEX phones_in_force ON phones (account_id, issue, slot) WHERE status <> 'revoked'`,
  `CREATE UNIQUE INDEX phones_complete ON phones (account_id, slot) WHERE status = 'active'`,
  `CREATE INDEX phones_by_account ON phones (account_id, id)`,
  `CREATE TABLE account_pins (account_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, salt TEXT NOT NULL, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL,
     epoch BIGINT NOT NULL, issue BIGINT NOT NULL, updated_at BIGINT NOT NULL)${clustered}`,
  // A typed activation code comes with an account's name and no tenant.
  `CREATE INDEX accounts_by_canonical ON accounts (canonical)`,
  // One phone, one secret in force.
  `CREATE UNIQUE INDEX authenticators_of_phones ON authenticators (account_id, params) WHERE type = 'app' AND status = 'active'`,
];
