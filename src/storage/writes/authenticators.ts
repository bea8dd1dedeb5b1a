// Authenticators and the devices seen with them.
import { createHash } from 'node:crypto';
import { authenticatorIdentity, type Rows } from './row.ts';

export const AUTHENTICATOR_WRITES: Rows<
  | 'insert-authenticator'
  | 'void-pending'
  | 'void-begun'
  | 'drop-void'
  | 'confirm-authenticator'
  | 'remove-authenticator'
  | 'seal-binding'
  | 'claim-method'
  | 'restore-authenticator'
  | 'forget-former'
  | 'put-sms'
  | 'drop-type'
  | 'drop-orphaned-codes'
  | 'see-device'
  | 'revoke-device'
> = {
  'insert-authenticator': {
    sql: `INSERT INTO authenticators (account_id, id, tenant_id, type, status, params, label, sealed, sealed_by, created_at, bound_at, expires_at, replaces)
          VALUES (@account, @id, @tenant, @type, @status, @params, @label, @sealed, @sealedBy, @now, CASE WHEN @status = 'active' THEN @now ELSE NULL END, @expiresAt, @replaces)`,
    rows: 'one',
    values: (w, seal) => {
      const { sealed, keyId } = seal(w.tenantId, authenticatorIdentity(w.accountId, w.id, w.type, w.params), w.secret);
      return {
        account: w.accountId,
        id: w.id,
        tenant: w.tenantId,
        type: w.type,
        status: w.status,
        params: w.params,
        label: w.label,
        sealed,
        sealedBy: keyId,
        expiresAt: w.expiresAt,
        replaces: w.replaces ?? null,
      };
    },
  },
  'void-pending': {
    // The secret goes at once; the row stays a while so that its owner is told why it no longer works.
    sql: `UPDATE authenticators SET status = 'void', sealed = @nothing WHERE account_id = @account AND type = @type AND status = 'pending'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, type: w.type, nothing: new Uint8Array(0) }),
  },
  'void-begun': {
    sql: `UPDATE authenticators SET status = 'void', sealed = @nothing WHERE account_id = @account AND status = 'pending' AND type <> 'app'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, nothing: new Uint8Array(0) }),
  },
  'drop-void': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND status = 'void' AND created_at < @before`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, before: w.before }),
  },
  'confirm-authenticator': {
    sql: `UPDATE authenticators SET status = 'active', bound_at = @now, expires_at = NULL
          WHERE account_id = @account AND id = @id AND status = 'pending' AND expires_at > @now
            AND type = @type
            AND (CAST(@only AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM authenticators WHERE account_id = @account AND type = @type AND status = 'active' AND id <> @replaces))
            AND EXISTS (SELECT 1 FROM accounts WHERE id = @account AND status = 'active')`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, type: w.type, only: w.only ? 1 : 0, replaces: w.replaces ?? '' }),
  },
  'seal-binding': {
    sql: `UPDATE authenticators SET sealed = @sealed, sealed_by = @sealedBy WHERE account_id = @account AND id = @id AND status = 'pending' AND expires_at > @now`,
    rows: 'one',
    values: (w, seal) => {
      const { sealed, keyId } = seal(w.tenantId, authenticatorIdentity(w.accountId, w.id, w.type, w.params), w.secret);
      return { account: w.accountId, id: w.id, sealed, sealedBy: keyId };
    },
  },
  'claim-method': {
    // A name whose authenticator is gone is free again.
    sql: `INSERT INTO unique_methods (tenant_id, name_hash, account_id, authenticator_id) VALUES (@tenant, @name, @account, @id)
          ON CONFLICT (tenant_id, name_hash) DO UPDATE SET account_id = excluded.account_id, authenticator_id = excluded.authenticator_id
          WHERE NOT EXISTS (SELECT 1 FROM authenticators u WHERE u.account_id = unique_methods.account_id AND u.id = unique_methods.authenticator_id)`,
    rows: 'one',
    values: (w) => ({
      tenant: w.tenantId,
      name: createHash('sha256').update(w.name).digest('base64url'),
      account: w.accountId,
      id: w.id,
    }),
  },
  'restore-authenticator': {
    // The same row under the same id: what was spent of it stays spent, and its sealed secret opens.
    sql: `INSERT INTO authenticators (account_id, id, tenant_id, type, status, params, label, sealed, sealed_by, created_at, bound_at, expires_at)
          SELECT f.account_id, f.id, f.tenant_id, f.type, 'active', f.params, f.label, f.sealed, f.sealed_by,
            coalesce(f.created_at, f.removed_at), coalesce(f.bound_at, f.removed_at), NULL
          FROM former_authenticators f WHERE f.account_id = @account AND f.id = @id ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'forget-former': {
    sql: `DELETE FROM former_authenticators WHERE account_id = @account AND (CAST(@id AS TEXT) IS NULL OR id = CAST(@id AS TEXT))`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'remove-authenticator': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND id = @id AND status = 'active'
            AND (SELECT count(*) FROM authenticators WHERE account_id = @account AND status = 'active' AND id <> @id AND type NOT IN ('recovery-code', 'bypass-code')) >= @keep`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, keep: w.keep }),
  },
  'put-sms': {
    sql: `INSERT INTO authenticators (account_id, id, tenant_id, type, status, params, label, sealed, sealed_by, created_at, bound_at, expires_at)
          VALUES (@account, @id, @tenant, 'sms', 'active', @phone, NULL, @sealed, @sealedBy, @now, @now, NULL)
          ON CONFLICT (account_id, id) DO UPDATE SET params = excluded.params, sealed = excluded.sealed, sealed_by = excluded.sealed_by, bound_at = excluded.bound_at`,
    rows: 'one',
    values: (w, seal) => {
      const { sealed, keyId } = seal(w.tenantId, authenticatorIdentity(w.accountId, w.id, 'sms', w.phone), w.secret);
      return { account: w.accountId, id: w.id, tenant: w.tenantId, phone: w.phone, sealed, sealedBy: keyId };
    },
  },
  'drop-type': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND type = @type`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, type: w.type }),
  },
  'drop-orphaned-codes': {
    // SMS follows the account's number: nobody bound it, and no recovery code stands in for it.
    sql: `DELETE FROM authenticators WHERE account_id = @account AND type = 'recovery-code'
            AND NOT EXISTS (SELECT 1 FROM authenticators u WHERE u.account_id = @account AND u.status = 'active' AND u.type NOT IN ('sms', 'recovery-code', 'bypass-code'))`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'see-device': {
    sql: `INSERT INTO client_devices (account_id, device_id, id, name, client_id, version, first_used_at, last_used_at, revoked_at)
          VALUES (@account, @device, @id, @name, @client, @version, @now, @now, NULL)
          ON CONFLICT (account_id, device_id) DO UPDATE SET name = excluded.name, client_id = excluded.client_id, version = excluded.version, last_used_at = excluded.last_used_at
          WHERE client_devices.revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({
      account: w.accountId,
      device: w.deviceId,
      id: w.id,
      name: w.name,
      client: w.clientId,
      version: w.version,
    }),
  },
  'revoke-device': {
    sql: `UPDATE client_devices SET revoked_at = @now WHERE account_id = @account AND id = @id AND revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
};
