// The read side of mini-programs, and WeChat's access token: one for all nodes, sealed, asked for by one node at a time.
import { createHmac } from 'node:crypto';
import type { WechatPhone, WechatStore } from '../core/wechat/wechat.ts';
import type { KeyFile } from './key-file.ts';
import type { Keyring } from './keyring.ts';
import { pepperOf } from './pepper.ts';
import type { Db, Row } from './sql.ts';
import { wechatPhoneIdentity, wechatTokenIdentity } from './writes/row.ts';

/** Belongs to no customer. */
const HOUSE = '';
const text = (value: unknown): string => String(value);

const phoneOf = (row: Row): WechatPhone & { readonly tag: string } => ({
  phoneId: text(row['phone_id']),
  tenantId: text(row['tenant_id']),
  accountId: text(row['account_id']),
  canonical: text(row['canonical']),
  reminders: Number(row['reminders']),
  tag: text(row['tag']),
});

const JOINED = `SELECT w.*, a.canonical FROM wechat_phones w JOIN phones p ON p.id = w.phone_id JOIN accounts a ON a.id = w.account_id`;

/** Mini-programs over an open, migrated database. */
export function wechatStore(db: Db, keys: Keyring, file: KeyFile): WechatStore {
  const pepper = pepperOf(db, file);
  return {
    async tagOf({ appId, openid }) {
      const { key } = await pepper();
      return createHmac('sha256', key).update(`hufu/wechat-openid/v1\0${appId}\0${openid}`).digest('base64url');
    },
    async phonesOf(tag) {
      const rows = await db.query(`${JOINED} WHERE w.tag = @tag AND p.status = 'active' ORDER BY w.phone_id LIMIT 50`, {
        tag,
      });
      return rows.map(phoneOf);
    },
    async phone(phoneId) {
      const [row] = await db.query(`${JOINED} WHERE w.phone_id = @phone`, { phone: phoneId });
      return row === undefined ? undefined : phoneOf(row);
    },
    async openidOf(phoneId) {
      const [row] = await db.query(`${JOINED} WHERE w.phone_id = @phone AND p.status <> 'revoked'`, { phone: phoneId });
      if (row === undefined) return undefined;
      const sealedBy = text(row['sealed_by']);
      await keys.load([sealedBy]);
      const identity = wechatPhoneIdentity(text(row['account_id']), phoneId);
      const opened = keys.open(sealedBy, text(row['tenant_id']), identity, row['sealed'] as Uint8Array);
      return Buffer.from(opened).toString('utf8');
    },
  };
}

/** An access token with the database's time when it is no longer good. */
export interface KeptToken {
  readonly token: string;
  readonly expiresAt: number;
  readonly now: number;
}

export interface WechatTokens {
  /** The token at hand; undefined when there is none that is still good. */
  read(appId: string): Promise<KeptToken | undefined>;
  /** True for one node at a time: it is to ask for a new one, within `seconds`. */
  lease(appId: string, seconds: number): Promise<boolean>;
  /** Keeps a new one and ends the lease. */
  keep(appId: string, token: string, seconds: number): Promise<void>;
  /** Ends the lease without one. */
  release(appId: string): Promise<void>;
  /** The token that expires then turned out to be worthless. */
  forget(appId: string, expiresAt: number): Promise<void>;
}

export function wechatTokens(db: Db, keys: Keyring): WechatTokens {
  const change = async (sql: string, values: Record<string, string | number | Uint8Array>): Promise<boolean> =>
    (await db.run([{ sql, rows: 'any', values }])) === 1;
  return {
    async read(appId) {
      const [row] = await db.query(
        `SELECT *, CAST(@now AS BIGINT) AS now FROM wechat_tokens WHERE app_id = @app AND expires_at > @now`,
        { app: appId },
      );
      if (row === undefined) return undefined;
      const sealedBy = text(row['sealed_by']);
      await keys.load([sealedBy]);
      const opened = keys.open(sealedBy, HOUSE, wechatTokenIdentity(appId), row['sealed'] as Uint8Array);
      const token = Buffer.from(opened).toString('utf8');
      return { token, expiresAt: Number(row['expires_at']), now: Number(row['now']) };
    },
    lease: (appId, seconds) =>
      change(
        `INSERT INTO wechat_tokens (app_id, sealed, sealed_by, expires_at, lease_until) VALUES (@app, @nothing, '', 0, CAST(@now AS BIGINT) + CAST(@for AS BIGINT))
         ON CONFLICT (app_id) DO UPDATE SET lease_until = excluded.lease_until WHERE wechat_tokens.lease_until <= CAST(@now AS BIGINT)`,
        { app: appId, nothing: new Uint8Array(0), for: seconds * 1000 },
      ),
    async keep(appId, token, seconds) {
      await keys.ready(HOUSE);
      const { sealed, keyId } = keys.seal(HOUSE, wechatTokenIdentity(appId), Buffer.from(token, 'utf8'));
      await change(
        `UPDATE wechat_tokens SET sealed = @sealed, sealed_by = @sealedBy, expires_at = CAST(@now AS BIGINT) + CAST(@for AS BIGINT), lease_until = 0 WHERE app_id = @app`,
        { app: appId, sealed, sealedBy: keyId, for: seconds * 1000 },
      );
    },
    async release(appId) {
      await change(`UPDATE wechat_tokens SET lease_until = 0 WHERE app_id = @app`, { app: appId });
    },
    async forget(appId, expiresAt) {
      await change(`UPDATE wechat_tokens SET expires_at = 0 WHERE app_id = @app AND expires_at = CAST(@at AS BIGINT)`, {
        app: appId,
        at: expiresAt,
      });
    },
  };
}
