// The read side of tickets, phones and PINs over either database.
import {
  type Enrolment,
  isWechat,
  type PinState,
  type StoredPhone,
  type StoredTicket,
  type Ticket,
} from '../core/enrolment/enrolment.ts';
import type { EnrolmentStore } from '../core/enrolment/store.ts';
import type { Keyring } from './keyring.ts';
import type { Db, Row } from './sql.ts';
import { authenticatorIdentity, pinIdentity, ticketIdentity } from './writes/row.ts';

const TICKET = `SELECT t.*, a.canonical, CAST(@now AS BIGINT) AS now, (SELECT max(n) FROM failures WHERE scope = 'ticket:' || t.id) AS failed,
    (SELECT max(at) FROM failures WHERE scope = 'ticket:' || t.id) AS failed_at
  FROM tickets t JOIN accounts a ON a.id = t.account_id`;
const PHONE = `SELECT p.*, a.canonical, CAST(@now AS BIGINT) AS now,
    (SELECT u.id FROM authenticators u WHERE u.account_id = p.account_id AND u.type IN ('app', 'wechat') AND u.status = 'active'
       AND substr(u.params, length(u.params) - length(p.id)) = '/' || p.id) AS authenticator_id
  FROM phones p JOIN accounts a ON a.id = p.account_id`;

/** Enrolment's reads over an open, migrated database. */
export function enrolmentStore(db: Db, keys: Keyring): EnrolmentStore {
  const stored = async (row: Row | undefined): Promise<StoredTicket | undefined> => {
    if (row === undefined) return undefined;
    const sealedBy = text(row['sealed_by']);
    if (sealedBy !== '') await keys.load([sealedBy]);
    const ticket = ticketOf(row);
    return {
      ...ticket,
      canonical: text(row['canonical']),
      codeTag: text(row['code_tag']),
      codeKey: () =>
        keys.open(sealedBy, ticket.tenantId, ticketIdentity(ticket.accountId, ticket.id), row['sealed'] as Uint8Array),
      failures: { count: Number(row['failed'] ?? 0), lastAt: Number(row['failed_at'] ?? 0) },
      now: Number(row['now']),
    };
  };
  return {
    async ticketByToken(tokenHash) {
      const [row] = await db.query(`${TICKET} WHERE t.token_hash = @hash`, { hash: tokenHash });
      return stored(row);
    },
    async ticketsOf(tenantId, canonical) {
      const rows = await db.query(
        `${TICKET} WHERE a.canonical = @canonical AND (@tenant = '' OR a.tenant_id = @tenant) AND t.status = 'open' AND t.code_tag <> '' ORDER BY t.id DESC LIMIT 5`,
        { canonical, tenant: tenantId ?? '' },
      );
      const found = await Promise.all(rows.map(stored));
      return found.filter((ticket) => ticket !== undefined);
    },
    async of(accountId): Promise<Enrolment> {
      const account = { account: accountId };
      const [clock] = await db.query('SELECT CAST(@now AS BIGINT) AS now', {});
      const [pin] = await db.query('SELECT * FROM account_pins WHERE account_id = @account', account);
      const [ticket] = await db.query(
        `SELECT * FROM tickets WHERE account_id = @account AND kind <> 'wechat' ORDER BY id DESC LIMIT 1`,
        account,
      );
      const rows = await db.query(
        `${PHONE} WHERE p.account_id = @account AND p.status <> 'revoked' ORDER BY p.issue, p.slot`,
        account,
      );
      const phones = rows.map(phoneOf);
      if (pin !== undefined && text(pin['sealed_by']) !== '') await keys.load([text(pin['sealed_by'])]);
      return {
        now: Number(clock?.['now']),
        pin: pin === undefined ? null : pinOf(pin, keys),
        ticket: ticket === undefined ? null : ticketOf(ticket),
        phones: phones.filter((phone) => !isWechat(phone)),
        wechat: phones.filter(isWechat),
      };
    },
    async secretOf({ id, tenantId, accountId }) {
      const [row] = await db.query(
        `SELECT id, type, params, sealed, sealed_by FROM authenticators WHERE account_id = @account AND type = 'wechat'
           AND substr(params, length(params) - length(CAST(@phone AS TEXT))) = '/' || CAST(@phone AS TEXT)
           AND (status = 'active' OR (status = 'pending' AND expires_at > @now)) ORDER BY status LIMIT 1`,
        { account: accountId, phone: id },
      );
      if (row === undefined) return undefined;
      const sealedBy = text(row['sealed_by']);
      await keys.load([sealedBy]);
      const identity = authenticatorIdentity(accountId, text(row['id']), text(row['type']), text(row['params']));
      return keys.open(sealedBy, tenantId, identity, row['sealed'] as Uint8Array);
    },
    async phone(id) {
      const [row] = await db.query(`${PHONE} WHERE p.id = @id`, { id });
      return row === undefined ? undefined : phoneOf(row);
    },
  };
}

const text = (value: unknown): string => String(value);
const maybe = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

const ticketOf = (row: Row): Ticket => ({
  id: text(row['id']),
  tenantId: text(row['tenant_id']),
  accountId: text(row['account_id']),
  kind: row['kind'] as Ticket['kind'],
  status: row['status'] as Ticket['status'],
  issue: Number(row['issue']),
  createdAt: Number(row['created_at']),
  expiresAt: Number(row['expires_at']),
  ...(Number(row['on_login']) === 1 ? { onLogin: true } : {}),
});

const pinOf = (row: Row, keys: Keyring): PinState => ({
  salt: text(row['salt']),
  epoch: Number(row['epoch']),
  issue: Number(row['issue']),
  isSet: (row['sealed'] as Uint8Array).length > 0,
  // A node from before the choice, still running beside this one, sets PINs without a word: Argon2id, as it knows no other.
  kdf: (row['kdf'] as PinState['kdf']) ?? (Number(row['epoch']) > 0 ? 'argon2id' : null),
  tag: () =>
    keys.open(
      text(row['sealed_by']),
      text(row['tenant_id']),
      pinIdentity(text(row['account_id'])),
      row['sealed'] as Uint8Array,
    ),
});

const phoneOf = (row: Row): StoredPhone => ({
  id: text(row['id']),
  tenantId: text(row['tenant_id']),
  accountId: text(row['account_id']),
  canonical: text(row['canonical']),
  ticketId: text(row['ticket_id']),
  issue: Number(row['issue']),
  slot: Number(row['slot']),
  name: text(row['name']),
  platform: text(row['platform']),
  signKey: text(row['sign_key']),
  boxKey: text(row['box_key']),
  role: row['role'] as StoredPhone['role'],
  status: row['status'] as StoredPhone['status'],
  pinEpoch: Number(row['pin_epoch']),
  createdAt: Number(row['created_at']),
  completedAt: maybe(row['completed_at']),
  lastUsedAt: maybe(row['last_used_at']),
  revokedAt: maybe(row['revoked_at']),
  authenticatorId: row['authenticator_id'] as string | null,
  nonce: row['nonce'] as string | null,
  nonceExpiresAt: Number(row['nonce_expires_at'] ?? 0),
  now: Number(row['now']),
});
