// Mini-programs in WeChat: whose they are, the ticket that brought them, their secret, and the reminders their owner allows.
import type { WechatWrite } from '../../core/wechat/writes.ts';
import { authenticatorIdentity, type Rows, wechatPhoneIdentity } from './row.ts';

/** Reminders one may have allowed at once; WeChat counts them too, and refuses what was not allowed there. */
const MOST_REMINDERS = 20;

export const WECHAT_WRITES: Rows<WechatWrite['op']> = {
  'put-wechat': {
    sql: `INSERT INTO wechat_phones (phone_id, tenant_id, account_id, app_id, tag, sealed, sealed_by, reminders, created_at)
          VALUES (@phone, @tenant, @account, @app, @tag, @sealed, @sealedBy, 0, @now)`,
    rows: 'one',
    values: (w, seal) => {
      const identity = wechatPhoneIdentity(w.accountId, w.phoneId);
      const { sealed, keyId } = seal(w.tenantId, identity, Buffer.from(w.openid, 'utf8'));
      return {
        phone: w.phoneId,
        tenant: w.tenantId,
        account: w.accountId,
        app: w.appId,
        tag: w.tag,
        sealed,
        sealedBy: keyId,
      };
    },
  },
  'void-wechat-tickets': {
    sql: `UPDATE tickets SET status = 'void' WHERE account_id = @account AND kind = 'wechat' AND status = 'open'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId }),
  },
  'use-wechat-ticket': {
    sql: `UPDATE tickets SET status = 'used' WHERE account_id = @account AND kind = 'wechat' AND status = 'open' AND expires_at > @now
            AND id = (SELECT p.ticket_id FROM phones p WHERE p.id = @phone AND p.account_id = @account AND p.status = 'joined')`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, phone: w.phoneId }),
  },
  'retire-wechat': {
    sql: `UPDATE phones SET status = 'revoked', revoked_at = @now, nonce = NULL
          WHERE account_id = @account AND sign_key = 'HS256' AND status <> 'revoked' AND id <> @except`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, except: w.except ?? '' }),
  },
  'renew-key': {
    sql: `UPDATE authenticators SET sealed = @sealed, sealed_by = @sealedBy WHERE account_id = @account AND id = @id AND status = 'active'
            AND EXISTS (SELECT 1 FROM phones p WHERE p.id = @phone AND p.account_id = @account AND p.status = 'active')`,
    rows: 'one',
    values: (w, seal) => {
      const identity = authenticatorIdentity(w.accountId, w.id, 'wechat', w.params);
      const { sealed, keyId } = seal(w.tenantId, identity, w.secret);
      return { account: w.accountId, id: w.id, phone: w.phoneId, sealed, sealedBy: keyId };
    },
  },
  'allow-reminder': {
    sql: `UPDATE wechat_phones SET reminders = reminders + 1
          WHERE phone_id = @phone AND account_id = @account AND reminders = CAST(@from AS BIGINT) AND reminders < ${MOST_REMINDERS}`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, phone: w.phoneId, from: w.from }),
  },
  'use-reminder': {
    sql: `UPDATE wechat_phones SET reminders = reminders - 1
          WHERE phone_id = @phone AND account_id = @account AND reminders = CAST(@from AS BIGINT) AND reminders > 0`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, phone: w.phoneId, from: w.from }),
  },
};
