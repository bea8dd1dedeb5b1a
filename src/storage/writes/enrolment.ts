// Tickets, phones and PINs. An app authenticator names its phone at the end of its parameters.
import type { EnrolmentWrite } from '../../core/enrolment/writes.ts';
import { pinIdentity, type Rows, ticketIdentity } from './row.ts';

const NOTHING = new Uint8Array(0);
const endsWith = (id: string): string => `substr(params, length(params) - length(${id})) = '/' || ${id}`;
const PHONE = 'CAST(@phone AS TEXT)';

export const ENROLMENT_WRITES: Rows<EnrolmentWrite['op']> = {
  'insert-ticket': {
    sql: `INSERT INTO tickets (id, tenant_id, account_id, kind, status, issue, token_hash, code_tag, sealed, sealed_by, created_at, expires_at, on_login)
          VALUES (@id, @tenant, @account, @kind, 'open', @issue, @token, @tag, @sealed, @sealedBy, @now, @expiresAt, @onLogin) ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: ({ ticket: t, tokenHash, codeTag, codeKey }, seal) => {
      const { sealed, keyId } =
        codeKey.length === 0
          ? { sealed: NOTHING, keyId: '' }
          : seal(t.tenantId, ticketIdentity(t.accountId, t.id), codeKey);
      return {
        id: t.id,
        tenant: t.tenantId,
        account: t.accountId,
        kind: t.kind,
        issue: t.issue,
        token: tokenHash,
        tag: codeTag,
        sealed,
        sealedBy: keyId,
        expiresAt: t.expiresAt,
        onLogin: t.onLogin === true ? 1 : 0,
      };
    },
  },
  'void-tickets': {
    sql: `UPDATE tickets SET status = 'void' WHERE account_id = @account AND status = 'open' AND (CAST(@onLogin AS BIGINT) = 0 OR on_login = 1)`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, onLogin: w.onLogin === true ? 1 : 0 }),
  },
  'use-activation': {
    sql: `UPDATE tickets SET status = 'used' WHERE id = @id AND account_id = @account AND kind = 'activation' AND status = 'open' AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ id: w.id, account: w.accountId }),
  },
  'insert-phone': {
    // The slot is free or the row conflicts; the ticket's expiry is checked here, by the database's time (security rule 3).
    sql: `INSERT INTO phones (id, tenant_id, account_id, ticket_id, issue, slot, name, platform, sign_key, box_key, role, status, pin_epoch, created_at)
          SELECT @id, @tenant, @account, @ticket, CAST(@issue AS BIGINT), CAST(@slot AS BIGINT), @name, @platform, @signKey, @boxKey, @role, 'joined', 0, @now
          WHERE EXISTS (SELECT 1 FROM tickets WHERE id = @ticket AND account_id = @account AND status = 'open' AND expires_at > @now)
          ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      tenant: w.tenantId,
      account: w.accountId,
      ticket: w.ticketId,
      issue: w.issue,
      slot: w.slot,
      name: w.name,
      platform: w.platform,
      signKey: w.signKey,
      boxKey: w.boxKey,
      role: w.role,
    }),
  },
  'begin-pin': {
    sql: `INSERT INTO account_pins (account_id, tenant_id, salt, sealed, sealed_by, epoch, issue, updated_at)
          VALUES (@account, @tenant, @salt, @nothing, '', 0, 0, @now) ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, tenant: w.tenantId, salt: w.salt, nothing: NOTHING }),
  },
  'expect-pin': {
    sql: `SELECT 1 AS held WHERE EXISTS (SELECT 1 FROM account_pins WHERE account_id = @account AND epoch = @epoch
            AND (CASE WHEN length(sealed) > 0 THEN 1 ELSE 0 END) = CAST(@isSet AS BIGINT))`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, epoch: w.epoch, isSet: w.isSet ? 1 : 0 }),
  },
  'put-pin': {
    sql: `UPDATE account_pins SET salt = @salt, sealed = @sealed, sealed_by = @sealedBy, epoch = epoch + 1, issue = @issue, kdf = @kdf, updated_at = @now
          WHERE account_id = @account AND epoch = @from AND (kdf IS NULL OR kdf = @kdf)`,
    rows: 'one',
    values: (w, seal) => {
      const { sealed, keyId } = seal(w.tenantId, pinIdentity(w.accountId), w.tag);
      return { account: w.accountId, salt: w.salt, sealed, sealedBy: keyId, issue: w.issue, from: w.from, kdf: w.kdf };
    },
  },
  'reset-pin': {
    sql: `UPDATE account_pins SET sealed = @nothing, sealed_by = '', epoch = epoch + 1, kdf = coalesce(CAST(@kdf AS TEXT), kdf), updated_at = @now
          WHERE account_id = @account AND epoch = @from`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, from: w.from, nothing: NOTHING, kdf: w.kdf ?? null }),
  },
  'complete-phone': {
    sql: `UPDATE phones SET status = 'active', role = @role, pin_epoch = @epoch, completed_at = coalesce(completed_at, @now), last_used_at = @now
          WHERE id = @id AND account_id = @account AND status <> 'revoked'`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, role: w.role, epoch: w.pinEpoch }),
  },
  'demote-others': {
    sql: `UPDATE phones SET role = 'sub' WHERE account_id = @account AND issue = @issue AND id <> @except AND status = 'joined'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, issue: w.issue, except: w.except }),
  },
  'use-phone': {
    sql: `UPDATE phones SET last_used_at = @now WHERE id = @id AND account_id = @account AND status <> 'revoked'`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'revoke-phone': {
    sql: `UPDATE phones SET status = 'revoked', revoked_at = @now, nonce = NULL WHERE id = @id AND account_id = @account AND status <> 'revoked'`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'restore-phone': {
    sql: `UPDATE phones SET status = 'active', revoked_at = NULL WHERE id = @id AND account_id = @account AND status = 'revoked' AND completed_at IS NOT NULL
            AND (sign_key = 'HS256' OR EXISTS (SELECT 1 FROM account_pins n WHERE n.account_id = @account AND n.epoch = phones.pin_epoch AND length(n.sealed) > 0))
            AND NOT EXISTS (SELECT 1 FROM phones q WHERE q.account_id = @account AND q.status <> 'revoked'
              AND ((q.sign_key = 'HS256' AND phones.sign_key = 'HS256') OR (q.sign_key <> 'HS256' AND phones.sign_key <> 'HS256' AND q.slot = phones.slot)))`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'revoke-older-phones': {
    sql: `UPDATE phones SET status = 'revoked', revoked_at = @now, nonce = NULL WHERE account_id = @account AND issue < @issue AND status <> 'revoked' AND sign_key <> 'HS256'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, issue: w.issue }),
  },
  'revoke-unbegun-phones': {
    sql: `UPDATE phones SET status = 'revoked', revoked_at = @now, nonce = NULL WHERE account_id = @account AND issue > @issue AND status = 'joined' AND sign_key <> 'HS256'
            AND (CAST(@onLogin AS BIGINT) = 0 OR ticket_id IN (SELECT t.id FROM tickets t WHERE t.account_id = @account AND t.on_login = 1))`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, issue: w.issue, onLogin: w.onLogin === true ? 1 : 0 }),
  },
  'drop-revoked-keys': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND type = 'app'
            AND NOT EXISTS (SELECT 1 FROM phones p WHERE p.account_id = @account AND p.status <> 'revoked' AND ${endsWith('p.id')})`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'drop-other-keys': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND type = 'app' AND NOT (${endsWith(PHONE)})`,
    rows: 'any',
    // No id holds a slash, so none is spared.
    values: (w) => ({ account: w.accountId, phone: w.phoneId ?? '/' }),
  },
  'drop-pending-key': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND type = 'app' AND status <> 'active' AND ${endsWith(PHONE)}`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, phone: w.phoneId }),
  },
  'put-nonce': {
    sql: `UPDATE phones SET nonce = @nonce, nonce_expires_at = @expiresAt WHERE id = @id AND account_id = @account AND status <> 'revoked'`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, nonce: w.nonce, expiresAt: w.expiresAt }),
  },
  'use-nonce': {
    sql: `UPDATE phones SET nonce = NULL WHERE id = @id AND account_id = @account AND status <> 'revoked' AND nonce = @nonce AND nonce_expires_at > @now`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, nonce: w.nonce }),
  },
};
