// Visits and sessions by the hash of their token. Expiry by the database's time, in the reading statement.
import type { TypeName } from '../core/authenticator/type.ts';
import type { Locale } from '../core/locale.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import type { Sessions } from '../core/session/store.ts';
import type { Db, Row } from './sql.ts';

const SESSION_SQL = `SELECT CAST(@now AS BIGINT) AS now, t.version AS tenant_version, s.*, a.account, a.name, a.locale, a.status
  FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN tenants t ON t.id = s.tenant_id
  WHERE s.hash = @hash AND s.tenant_id = @tenant AND s.ended_at IS NULL AND s.expires_at > @now`;

const VISIT_SQL = `SELECT CAST(@now AS BIGINT) AS now, t.version AS tenant_version, v.*
  FROM visits v JOIN tenants t ON t.id = v.tenant_id LEFT JOIN sessions s ON s.id = v.session_id
  WHERE v.hash = @hash AND v.tenant_id = @tenant AND v.ended_at IS NULL AND v.expires_at > @now AND (v.session_id IS NULL OR s.ended_at IS NULL)`;

const maybe = (value: unknown): string | null => value as string | null;

/** The sessions over an open, migrated database. */
export const sessionStore = (db: Db): Sessions => ({
  async visit(tenantId, hash) {
    const [row] = await db.query(VISIT_SQL, { tenant: tenantId, hash });
    return row === undefined
      ? undefined
      : {
          now: Number(row['now']),
          tenantVersion: Number(row['tenant_version']),
          visit: {
            hash,
            tenantId,
            accountId: String(row['account_id']),
            challengeId: String(row['challenge_id']),
            sessionId: maybe(row['session_id']),
            expiresAt: Number(row['expires_at']),
          },
        };
  },
  async session(tenantId, hash) {
    const [row] = await db.query(SESSION_SQL, { tenant: tenantId, hash });
    return row === undefined ? undefined : sessionOf(row);
  },
});

function sessionOf(row: Row): SessionSnapshot {
  const verified = String(row['verified']);
  return {
    now: Number(row['now']),
    tenantVersion: Number(row['tenant_version']),
    session: {
      id: String(row['id']),
      hash: String(row['hash']),
      tenantId: String(row['tenant_id']),
      accountId: String(row['account_id']),
      loginId: String(row['login_id']),
      clientId: String(row['client_id']),
      verified: verified === '' ? [] : ([...new Set(verified.split(' '))] as TypeName[]),
      trustId: maybe(row['trust_id']),
      ip: maybe(row['ip']),
      userAgent: maybe(row['user_agent']),
      createdAt: Number(row['created_at']),
      seenAt: Number(row['seen_at']),
      authAt: Number(row['auth_at']),
      proofId: maybe(row['proof_id']),
      expiresAt: Number(row['expires_at']),
    },
    account: {
      id: String(row['account_id']),
      account: String(row['account']),
      name: maybe(row['name']),
      locale: String(row['locale']) as Locale,
      status: String(row['status']) as 'active' | 'suspended',
    },
  };
}
