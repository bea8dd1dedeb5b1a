// Mini-programs in WeChat. They are phones that take no slot; the openid behind each is sealed, and found by a keyed hash. WeChat's access token is the
// house's: one node at a time asks for a new one.
import type { Dialect } from './dialect.ts';

export const wechat = ({ bytes }: Dialect): readonly string[] => [
  `DROP INDEX phones_in_force`,
  `DROP INDEX phones_complete`,
  `CREATE UNIQUE INDEX phones_in_force ON phones (account_id, issue, slot) WHERE status <> 'revoked' AND sign_key <> 'HS256'`,
  `CREATE UNIQUE INDEX phones_complete ON phones (account_id, slot) WHERE status = 'active' AND sign_key <> 'HS256'`,
  // One mini-program in force for an account, and one for a ticket.
  `CREATE UNIQUE INDEX phones_of_wechat ON phones (account_id) WHERE status = 'active' AND sign_key = 'HS256'`,
  `CREATE UNIQUE INDEX phones_by_ticket ON phones (ticket_id) WHERE status <> 'revoked' AND sign_key = 'HS256'`,
  `CREATE TABLE wechat_phones (phone_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, app_id TEXT NOT NULL, tag TEXT NOT NULL,
     sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, reminders BIGINT NOT NULL, created_at BIGINT NOT NULL)`,
  `CREATE INDEX wechat_phones_by_tag ON wechat_phones (tag)`,
  `CREATE TABLE wechat_tokens (app_id TEXT PRIMARY KEY, sealed ${bytes} NOT NULL, sealed_by TEXT NOT NULL, expires_at BIGINT NOT NULL, lease_until BIGINT NOT NULL)`,
];
