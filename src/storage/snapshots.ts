// The snapshots flows decide from: one statement each, the account with everything that guards it, at the database's time.
import type { Account } from '../core/account/account.ts';
import type { SentCode, TypeName } from '../core/authenticator/type.ts';
import type { Challenge, Purpose } from '../core/challenge/challenge.ts';
import type { Locale } from '../core/locale.ts';
import type { AccountSnapshot, ChallengeSnapshot, StoredAuthenticator } from '../core/store.ts';
import { type Failures, NO_FAILURES } from '../core/throttle/throttle.ts';
import type { Keyring } from './keyring.ts';
import type { Row } from './sql.ts';
import { authenticatorIdentity } from './writes.ts';

const FAILED = (scope: string): string => `(SELECT f.n || ' ' || f.at FROM failures f WHERE f.scope = ${scope} ORDER BY f.n DESC LIMIT 1)`;
const ACCOUNT = `t.version AS tenant_version, a.id AS account_id, a.tenant_id, a.account, a.name, a.phone, a.email, a.cohort, a.locale AS account_locale, a.status AS account_status,
  a.password_hash, a.created_at AS account_created_at, a.revision, ${FAILED('a.id')} AS account_failed`;
const AUTHENTICATOR = `u.id AS u_id, u.type AS u_type, u.status AS u_status, u.params AS u_params, u.label AS u_label, u.sealed AS u_sealed, u.sealed_by AS u_sealed_by,
  u.created_at AS u_created_at, u.bound_at AS u_bound_at, u.expires_at AS u_expires_at, ${FAILED('u.id')} AS u_failed`;

/** One row per authenticator (or one without), the account's columns repeated. */
export const ACCOUNT_SQL = `SELECT CAST(@now AS BIGINT) AS now, ${ACCOUNT}, ${AUTHENTICATOR}
  FROM accounts a JOIN tenants t ON t.id = a.tenant_id LEFT JOIN authenticators u ON u.account_id = a.id
  WHERE a.tenant_id = @tenant AND a.canonical = @canonical`;

export const CHALLENGE_SQL = `SELECT CAST(@now AS BIGINT) AS now, c.id AS c_id, c.purpose, c.client_id, c.client_version, c.device_id, c.device_name, c.ip, c.user_agent, c.key_id, c.locale AS c_locale,
  c.status AS c_status, c.verified, c.created_at AS c_created_at, c.expires_at AS c_expires_at, ${ACCOUNT}, ${AUTHENTICATOR},
  s.tag AS s_tag, s.sent_at AS s_sent_at, s.expires_at AS s_expires_at, s.count AS s_count
  FROM challenges c JOIN accounts a ON a.id = c.account_id JOIN tenants t ON t.id = c.tenant_id LEFT JOIN authenticators u ON u.account_id = a.id
  LEFT JOIN sent_codes s ON s.challenge_id = c.id AND s.authenticator_id = u.id
  WHERE c.id = @id AND c.tenant_id = @tenant`;

const text = (value: unknown): string => value as string;
const maybe = (value: unknown): string | null => (value ?? null) as string | null;

function failuresOf(value: unknown): Failures {
  if (typeof value !== 'string') return NO_FAILURES;
  const space = value.indexOf(' ');
  return { count: Number(value.slice(0, space)), lastAt: Number(value.slice(space + 1)) };
}

function accountOf(row: Row): Account {
  return {
    id: text(row['account_id']),
    tenantId: text(row['tenant_id']),
    account: text(row['account']),
    name: maybe(row['name']),
    phone: maybe(row['phone']),
    email: maybe(row['email']),
    cohort: maybe(row['cohort']),
    locale: text(row['account_locale']) as Locale,
    status: text(row['account_status']) as Account['status'],
    passwordHash: maybe(row['password_hash']),
    createdAt: Number(row['account_created_at']),
  };
}

function authenticatorOf(row: Row, keys: Keyring, spent: ReadonlyMap<string, readonly number[]>): StoredAuthenticator {
  const id = text(row['u_id']);
  const type = text(row['u_type']) as TypeName;
  const params = text(row['u_params']);
  const sent: SentCode | null =
    typeof row['s_tag'] === 'string'
      ? { tag: row['s_tag'], sentAt: Number(row['s_sent_at']), expiresAt: Number(row['s_expires_at']), count: Number(row['s_count']) }
      : null;
  return {
    id,
    type,
    status: text(row['u_status']) as StoredAuthenticator['status'],
    params,
    label: maybe(row['u_label']),
    createdAt: Number(row['u_created_at']),
    boundAt: row['u_bound_at'] === null ? null : Number(row['u_bound_at']),
    expiresAt: row['u_expires_at'] === null ? null : Number(row['u_expires_at']),
    failures: failuresOf(row['u_failed']),
    sent,
    spent: spent.get(id) ?? [],
    secret: () => keys.open(text(row['u_sealed_by']), text(row['tenant_id']), authenticatorIdentity(text(row['account_id']), id, type, params), row['u_sealed'] as Uint8Array),
  };
}

/** Rows of ACCOUNT_SQL as a snapshot; undefined when there are none. `spent` maps authenticator ids to marks known to be spent. */
export function accountSnapshot(rows: readonly Row[], keys: Keyring, spent: ReadonlyMap<string, readonly number[]>): AccountSnapshot | undefined {
  const first = rows[0];
  if (first === undefined) return undefined;
  return {
    now: Number(first['now']),
    tenantVersion: Number(first['tenant_version']),
    account: accountOf(first),
    revision: Number(first['revision']),
    authenticators: first['u_id'] === null ? [] : rows.map((row) => authenticatorOf(row, keys, spent)),
    failures: failuresOf(first['account_failed']),
  };
}

/** A challenge row (of CHALLENGE_SQL, or with the same names). */
export function challengeOf(row: Row): Challenge {
  const verified = text(row['verified']);
  return {
    id: text(row['c_id']),
    tenantId: text(row['tenant_id']),
    accountId: text(row['account_id']),
    purpose: text(row['purpose']) as Purpose,
    clientId: text(row['client_id']),
    clientVersion: text(row['client_version']),
    deviceId: maybe(row['device_id']),
    deviceName: maybe(row['device_name']),
    ip: maybe(row['ip']),
    userAgent: maybe(row['user_agent']),
    keyId: text(row['key_id']),
    locale: text(row['c_locale']) as Locale,
    status: text(row['c_status']) as Challenge['status'],
    verified: verified === '' ? [] : (verified.split(' ') as TypeName[]),
    createdAt: Number(row['c_created_at']),
    expiresAt: Number(row['c_expires_at']),
  };
}

export function challengeSnapshot(rows: readonly Row[], keys: Keyring, spent: ReadonlyMap<string, readonly number[]>): ChallengeSnapshot | undefined {
  const snapshot = accountSnapshot(rows, keys, spent);
  return snapshot === undefined ? undefined : { ...snapshot, challenge: challengeOf(rows[0]!) };
}
