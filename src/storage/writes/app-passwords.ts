// App passwords and the one-time links that carry one to a phone.
import { NO_METHOD_OF_ONES_OWN } from '../../core/app-password/app-password.ts';
import type { AppPasswordWrite } from '../../core/app-password/writes.ts';
import type { Rows } from './row.ts';

const IN_FORCE = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)';
const NO_METHODS = NO_METHOD_OF_ONES_OWN.map((type) => `'${type}'`).join(', ');

export const APP_PASSWORD_WRITES: Rows<AppPasswordWrite['op']> = {
  'insert-app-password': {
    sql: `INSERT INTO app_passwords (account_id, id, tenant_id, tag, pepper_id, name, protocols, created_at, expires_at)
          SELECT @account, @id, @tenant, @tag, @pepper, @name, @protocols, @now, CAST(@expiresAt AS BIGINT)
          WHERE (SELECT count(*) FROM app_passwords WHERE account_id = @account AND ${IN_FORCE}) < CAST(@most AS BIGINT)`,
    rows: 'one',
    values: (w) => ({
      account: w.accountId,
      id: w.id,
      tenant: w.tenantId,
      tag: w.tag,
      pepper: w.pepperId,
      name: w.name,
      protocols: w.protocols.join(' '),
      expiresAt: w.expiresAt,
      most: w.most,
    }),
  },
  'revoke-app-password': {
    sql: `UPDATE app_passwords SET revoked_at = @now WHERE account_id = @account AND id = @id AND revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'revoke-app-passwords': {
    sql: `UPDATE app_passwords SET revoked_at = @now WHERE account_id = @account AND revoked_at IS NULL`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'revoke-app-passwords-since': {
    sql: `UPDATE app_passwords SET revoked_at = @now WHERE account_id = @account AND revoked_at IS NULL AND created_at >= CAST(@since AS BIGINT)`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, since: w.since }),
  },
  'expect-own-method': {
    sql: `SELECT 1 AS held WHERE EXISTS (SELECT 1 FROM authenticators WHERE account_id = @account AND status = 'active' AND type NOT IN (${NO_METHODS}))`,
    rows: 'one',
    values: (w) => ({ account: w.accountId }),
  },
  'expect-no-own-method': {
    sql: `SELECT 1 AS held WHERE NOT EXISTS (SELECT 1 FROM authenticators WHERE account_id = @account AND status = 'active' AND type NOT IN (${NO_METHODS}))`,
    rows: 'one',
    values: (w) => ({ account: w.accountId }),
  },
  'note-app-password': {
    sql: `INSERT INTO app_password_uses (account_id, id, first_at, at, protocol, ip)
          SELECT @account, @id, @now, @now, @protocol, @ip WHERE EXISTS (SELECT 1 FROM app_passwords WHERE account_id = @account AND id = @id AND ${IN_FORCE})
          ON CONFLICT (account_id, id) DO UPDATE SET at = excluded.at, protocol = excluded.protocol, ip = excluded.ip WHERE app_password_uses.at <= excluded.at`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, protocol: w.protocol, ip: w.ip }),
  },
  'insert-mail-profile': {
    sql: `INSERT INTO mail_profiles (token_hash, tenant_id, account_id, app_password_id, body, created_at, expires_at)
          VALUES (@hash, @tenant, @account, @appPassword, @body, @now, @expiresAt)`,
    rows: 'one',
    values: (w) => ({
      hash: w.tokenHash,
      tenant: w.tenantId,
      account: w.accountId,
      appPassword: w.appPasswordId,
      body: w.sealed,
      expiresAt: w.expiresAt,
    }),
  },
  'use-mail-profile': {
    sql: `DELETE FROM mail_profiles WHERE token_hash = @hash AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ hash: w.tokenHash }),
  },
};
