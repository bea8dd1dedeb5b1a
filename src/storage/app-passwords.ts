// App passwords at rest: an HMAC-SHA-256 under a pepper that lies in the key file, never in the database (APW-12). 95 random bits need no slow hash
// (NIST SP 800-63B-4 §3.1.2.2), so a storm of reconnecting mail programs costs microseconds each, and an unknown name no more than a known one.
import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { MailProtocol, StoredAppPassword } from '../core/app-password/app-password.ts';
import type { AppPasswords, Profiles } from '../core/app-password/store.ts';
import type { KeyFile } from './key-file.ts';
import { pepperOf } from './pepper.ts';
import { open, seal } from './seal.ts';
import type { Db, Row } from './sql.ts';

const PROFILE = ['mail_profiles.body'] as const;

/** App passwords over an open, migrated database. */
export function appPasswordStore(db: Db, file: KeyFile): AppPasswords {
  const pepper = pepperOf(db, file);

  return {
    async tag(tenantId, accountId, password) {
      const { id, key } = await pepper();
      const text = `hufu/app-password/v1\0${tenantId}\0${accountId}\0${password}`;
      return { tag: createHmac('sha256', key).update(text).digest('base64url'), pepperId: id };
    },
    async find(accountId, tag) {
      const [row] = await db.query(
        `SELECT CAST(@now AS BIGINT) AS now, p.id, p.name, p.protocols, p.created_at, p.expires_at, u.first_at, u.at, u.protocol, u.ip
         FROM (SELECT 1 AS one) o LEFT JOIN app_passwords p ON p.account_id = @account AND p.tag = @tag AND p.revoked_at IS NULL
         LEFT JOIN app_password_uses u ON u.account_id = p.account_id AND u.id = p.id`,
        { account: accountId, tag },
      );
      return { now: Number(row?.['now']), found: row?.['id'] == null ? undefined : stored(row) };
    },
    async list(accountId) {
      const rows = await db.query(
        `SELECT CAST(@now AS BIGINT) AS now, p.id, p.name, p.protocols, p.created_at, p.expires_at, u.first_at, u.at, u.protocol, u.ip
         FROM (SELECT 1 AS one) o LEFT JOIN app_passwords p ON p.account_id = @account AND p.revoked_at IS NULL
         LEFT JOIN app_password_uses u ON u.account_id = p.account_id AND u.id = p.id ORDER BY p.created_at, p.id`,
        { account: accountId },
      );
      return { now: Number(rows[0]?.['now']), items: rows.filter((row) => row['id'] !== null).map(stored) };
    },
    async isUsed(accountId, id) {
      const sql = 'SELECT 1 AS used FROM app_password_uses WHERE account_id = @account AND id = @id';
      return (await db.query(sql, { account: accountId, id })).length > 0;
    },
    profiles: profilesOf(db),
  };
}

function profilesOf(db: Db): Profiles {
  const hashOf = (token: string): string => createHash('sha256').update(`hufu/profile\0${token}`).digest('base64url');
  const keyOf = (token: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', token, '', 'hufu/profile/v1', 32)));
  return {
    seal(text) {
      const token = randomBytes(16).toString('base64url');
      return { token, tokenHash: hashOf(token), sealed: seal(keyOf(token), PROFILE, Buffer.from(text, 'utf8')) };
    },
    hashOf,
    async find(tokenHash) {
      const [row] = await db.query(
        'SELECT tenant_id, account_id, app_password_id, body FROM mail_profiles WHERE token_hash = @hash AND expires_at > @now',
        { hash: tokenHash },
      );
      if (row === undefined) return undefined;
      return {
        tenantId: String(row['tenant_id']),
        accountId: String(row['account_id']),
        appPasswordId: String(row['app_password_id']),
        sealed: row['body'] as Uint8Array,
      };
    },
    open: (token, sealed) => Buffer.from(open(keyOf(token), PROFILE, sealed)).toString('utf8'),
  };
}

const stored = (row: Row): StoredAppPassword => ({
  id: String(row['id']),
  name: String(row['name']),
  protocols: String(row['protocols']).split(' ') as MailProtocol[],
  createdAt: Number(row['created_at']),
  expiresAt: row['expires_at'] === null ? null : Number(row['expires_at']),
  lastUse:
    row['at'] === null
      ? null
      : {
          firstAt: Number(row['first_at']),
          at: Number(row['at']),
          protocol: row['protocol'] as MailProtocol,
          ip: row['ip'] as string | null,
        },
});
