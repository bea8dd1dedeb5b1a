// Bindings that were removed lately, read. A trigger keeps them (0019-search), pruning ends them after a week.
import type { FormerAuthenticators } from '../core/authenticator/former.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import type { Keyring } from './keyring.ts';
import type { Db } from './sql.ts';
import { authenticatorIdentity } from './writes/row.ts';

/** The removed bindings over an open, migrated database. */
export const formerAuthenticators = (db: Db, keys: Keyring): FormerAuthenticators => ({
  async kept(tenantId, accountId) {
    const rows = await db.query(
      `SELECT f.id, f.type, p.id AS phone, p.slot, p.issue,
         CASE WHEN f.type <> 'passkey' OR EXISTS (SELECT 1 FROM unique_methods u WHERE u.account_id = f.account_id AND u.authenticator_id = f.id) THEN 1 ELSE 0 END AS own
       FROM former_authenticators f LEFT JOIN phones p ON p.account_id = f.account_id AND p.status = 'revoked' AND p.completed_at IS NOT NULL
         AND f.type IN ('app', 'wechat') AND substr(f.params, length(f.params) - length(p.id)) = '/' || p.id
         AND (f.type = 'wechat' OR EXISTS (SELECT 1 FROM account_pins n WHERE n.account_id = f.account_id AND n.epoch = p.pin_epoch AND length(n.sealed) > 0))
       WHERE f.account_id = @account AND f.tenant_id = @tenant ORDER BY f.removed_at DESC LIMIT 500`,
      { account: accountId, tenant: tenantId },
    );
    return rows.map((row) => ({
      id: String(row['id']),
      type: String(row['type']) as TypeName,
      isItsOwn: Number(row['own']) === 1,
      phone:
        typeof row['phone'] !== 'string'
          ? null
          : { id: row['phone'], slot: Number(row['slot']), issue: Number(row['issue']) },
    }));
  },
  async of(tenantId, accountId) {
    const rows = await db.query(
      `SELECT id, type, params, sealed, sealed_by, removed_at FROM former_authenticators
       WHERE account_id = @account AND tenant_id = @tenant ORDER BY removed_at DESC LIMIT 5`,
      { account: accountId, tenant: tenantId },
    );
    await keys.load(rows.map((row) => String(row['sealed_by'])));
    return rows.map((row) => {
      const { id, type, params } = { id: String(row['id']), type: String(row['type']), params: String(row['params']) };
      return {
        id,
        type: type as TypeName,
        params,
        removedAt: Number(row['removed_at']),
        secret: () =>
          keys.open(
            String(row['sealed_by']),
            tenantId,
            authenticatorIdentity(accountId, id, type, params),
            row['sealed'] as Uint8Array,
          ),
      };
    });
  },
});
