// The snapshots flows decide from: one statement each, the account with everything that guards it, at the database's time.
// Rows come as arrays and columns are known by their place: on the verify path that halves the cost of reading.
import type { Account } from '../core/account/account.ts';
import type { SentCode, TypeName } from '../core/authenticator/type.ts';
import type { Challenge, Purpose } from '../core/challenge/challenge.ts';
import type { Locale } from '../core/locale.ts';
import type { AccountSnapshot, ChallengeSnapshot, StoredAuthenticator } from '../core/store.ts';
import { sameText } from '../core/text-key.ts';
import { type Failures, NO_FAILURES } from '../core/throttle/throttle.ts';
import type { Keyring } from './keyring.ts';
import { periodSeconds } from './period.ts';
import { authenticatorIdentity } from './writes/row.ts';

/** One row of a snapshot, in the order of its columns. */
export type Tuple = readonly unknown[];

/** Failures of a scope as `count at`, or null: one column, nothing to parse where nobody failed. */
const FAILED = (scope: string): string =>
  `(SELECT f.n || ' ' || f.at FROM failures f WHERE f.scope = ${scope} ORDER BY f.n DESC LIMIT 1)`;

const ACCOUNT = {
  now: 'CAST(@now AS BIGINT)',
  tenantVersion: 't.version',
  floor: 't.spent_floor',
  accountId: 'a.id',
  tenantId: 'a.tenant_id',
  account: 'a.account',
  name: 'a.name',
  phone: 'a.phone',
  email: 'a.email',
  cohort: 'a.cohort',
  accountLocale: 'a.locale',
  accountStatus: 'a.status',
  passwordHash: 'a.password_hash',
  accountCreatedAt: 'a.created_at',
  revision: 'a.revision',
  accountFailed: FAILED('a.id'),
  id: 'u.id',
  type: 'u.type',
  status: 'u.status',
  params: 'u.params',
  label: 'u.label',
  sealed: 'u.sealed',
  sealedBy: 'u.sealed_by',
  createdAt: 'u.created_at',
  boundAt: 'u.bound_at',
  expiresAt: 'u.expires_at',
  failed: FAILED('u.id'),
} as const;

const CHALLENGE = {
  ...ACCOUNT,
  sentTag: 's.tag',
  sentAt: 's.sent_at',
  sentExpiresAt: 's.expires_at',
  sentCount: 's.count',
  challengeId: 'c.id',
  purpose: 'c.purpose',
  clientId: 'c.client_id',
  clientVersion: 'c.client_version',
  deviceId: 'c.device_id',
  deviceName: 'c.device_name',
  ip: 'c.ip',
  userAgent: 'c.user_agent',
  keyId: 'c.key_id',
  locale: 'c.locale',
  target: 'c.target',
  challengeStatus: 'c.status',
  verified: 'c.verified',
  startedAt: 'c.created_at',
  endsAt: 'c.expires_at',
  withdrawn: 'c.withdrawn',
} as const;

const places = <K extends string>(columns: Readonly<Record<K, string>>): Readonly<Record<K, number>> =>
  Object.fromEntries(Object.keys(columns).map((name, place) => [name, place])) as Record<K, number>;
// The account's columns come first in both, so one set of places serves both.
const at = places(CHALLENGE);
const list = (columns: Readonly<Record<string, string>>): string => Object.values(columns).join(', ');

/** One row per authenticator (or one without), the account's columns repeated. */
export const ACCOUNT_SQL = `SELECT ${list(ACCOUNT)}
  FROM accounts a JOIN tenants t ON t.id = a.tenant_id LEFT JOIN authenticators u ON u.account_id = a.id
  WHERE a.tenant_id = @tenant AND a.canonical = @canonical`;

/** The same by the account's id. */
export const ACCOUNT_BY_ID_SQL = `SELECT ${list(ACCOUNT)}
  FROM accounts a JOIN tenants t ON t.id = a.tenant_id LEFT JOIN authenticators u ON u.account_id = a.id
  WHERE a.id = @id AND a.tenant_id = @tenant`;

const WITH_CHALLENGE = `JOIN accounts a ON a.id = c.account_id LEFT JOIN authenticators u ON u.account_id = a.id
  LEFT JOIN sent_codes s ON s.challenge_id = c.id AND s.authenticator_id = u.id`;

export const CHALLENGE_SQL = `SELECT ${list(CHALLENGE)}
  FROM challenges c JOIN tenants t ON t.id = c.tenant_id ${WITH_CHALLENGE} WHERE c.id = @id AND c.tenant_id = @tenant`;

/**
 * The same on SQLite for many challenges of a tenant, `@ids` a JSON array; each row ends with its challenge's place among them. Sealed bytes come in
 * hexadecimal: a string costs the heap less than a buffer of its own.
 */
export const CHALLENGES_SQL = `SELECT ${list({ ...CHALLENGE, sealed: 'hex(u.sealed)' })}, q.key
  FROM tenants t CROSS JOIN json_each(@ids) q CROSS JOIN challenges c ON c.id = q.value AND c.tenant_id = t.id ${WITH_CHALLENGE} WHERE t.id = @tenant`;

/** The newest satisfied login of an account on a client, as CHALLENGE's columns. */
export const FRESH_LOGIN_SQL = `SELECT ${list(CHALLENGE)}
  FROM challenges c JOIN accounts a ON a.id = c.account_id JOIN tenants t ON t.id = c.tenant_id LEFT JOIN authenticators u ON 1 = 0 LEFT JOIN sent_codes s ON 1 = 0
  WHERE c.account_id = @account AND c.purpose = 'login' AND c.status = 'satisfied' AND c.created_at >= @notBefore AND (@client = '' OR c.client_id = @client)
  ORDER BY c.id DESC LIMIT 1`;

const text = (value: unknown): string => value as string;
/** Of the few that there are, such as types and clients. */
const oneOf = (value: unknown): string => sameText(value as string);
const maybe = (value: unknown): string | null => value as string | null;
const whole = (value: unknown): number => value as number;
const maybeWhole = (value: unknown): number | null => value as number | null;

/** The data keys that rows are sealed under. */
export function sealedBy(rows: readonly Tuple[]): Iterable<string> {
  const ids: string[] = [];
  for (const row of rows) if (row[at.sealedBy] !== null) ids.push(oneOf(row[at.sealedBy]));
  return ids;
}

/** The authenticators in rows, with their period if they have one and the time they were read at. */
export const authenticatorIds = (
  rows: readonly Tuple[],
): readonly { readonly id: string; readonly period: number | undefined; readonly now: number }[] =>
  rows.flatMap((row) =>
    row[at.id] === null
      ? []
      : [{ id: text(row[at.id]), period: periodSeconds(text(row[at.params])), now: whole(row[at.now]) }],
  );

function failuresOf(value: unknown): Failures {
  if (typeof value !== 'string') return NO_FAILURES;
  const space = value.indexOf(' ');
  return { count: Number(value.slice(0, space)), lastAt: Number(value.slice(space + 1)) };
}

function accountOf(row: Tuple): Account {
  return {
    id: text(row[at.accountId]),
    tenantId: text(row[at.tenantId]),
    account: text(row[at.account]),
    name: maybe(row[at.name]),
    phone: maybe(row[at.phone]),
    email: maybe(row[at.email]),
    cohort: maybe(row[at.cohort]),
    locale: text(row[at.accountLocale]) as Locale,
    status: text(row[at.accountStatus]) as Account['status'],
    passwordHash: maybe(row[at.passwordHash]),
    createdAt: whole(row[at.accountCreatedAt]),
  };
}

function sentCode(row: Tuple): SentCode | null {
  const tag = row[at.sentTag];
  if (typeof tag !== 'string') return null;
  return {
    tag,
    sentAt: whole(row[at.sentAt]),
    expiresAt: whole(row[at.sentExpiresAt]),
    count: whole(row[at.sentCount]),
  };
}

function authenticatorOf(
  row: Tuple,
  keys: Keyring,
  spent: ReadonlyMap<string, readonly number[]>,
): StoredAuthenticator {
  const id = text(row[at.id]);
  const type = oneOf(row[at.type]) as TypeName;
  const params = text(row[at.params]);
  return {
    id,
    type,
    status: text(row[at.status]) as StoredAuthenticator['status'],
    params,
    label: maybe(row[at.label]),
    createdAt: whole(row[at.createdAt]),
    boundAt: maybeWhole(row[at.boundAt]),
    expiresAt: maybeWhole(row[at.expiresAt]),
    failures: failuresOf(row[at.failed]),
    sent: sentCode(row),
    spent: spent.size === 0 ? NOTHING : (spent.get(id) ?? NOTHING),
    floor: whole(row[at.floor]),
    secret: () =>
      keys.open(
        oneOf(row[at.sealedBy]),
        text(row[at.tenantId]),
        authenticatorIdentity(text(row[at.accountId]), id, type, params),
        bytesOf(row[at.sealed]),
      ),
  };
}
const NOTHING: readonly number[] = [];
const bytesOf = (value: unknown): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value, 'hex') : (value as Uint8Array);

/** Rows of ACCOUNT_SQL as a snapshot; undefined when there are none. `spent` maps authenticator ids to marks known to be spent. */
export function accountSnapshot(
  rows: readonly Tuple[],
  keys: Keyring,
  spent: ReadonlyMap<string, readonly number[]>,
): AccountSnapshot | undefined {
  const first = rows[0];
  if (first === undefined) return undefined;
  return {
    now: whole(first[at.now]),
    tenantVersion: whole(first[at.tenantVersion]),
    account: accountOf(first),
    revision: whole(first[at.revision]),
    authenticators: first[at.id] === null ? [] : rows.map((row) => authenticatorOf(row, keys, spent)),
    failures: failuresOf(first[at.accountFailed]),
  };
}

/** The challenge of a row of CHALLENGE_SQL or FRESH_LOGIN_SQL. */
export function challengeOf(row: Tuple): Challenge {
  const verified = text(row[at.verified]);
  return {
    id: text(row[at.challengeId]),
    tenantId: text(row[at.tenantId]),
    accountId: text(row[at.accountId]),
    purpose: text(row[at.purpose]) as Purpose,
    target: maybe(row[at.target]),
    clientId: oneOf(row[at.clientId]),
    clientVersion: text(row[at.clientVersion]),
    deviceId: maybe(row[at.deviceId]),
    deviceName: maybe(row[at.deviceName]),
    ip: maybe(row[at.ip]),
    userAgent: maybe(row[at.userAgent]),
    keyId: text(row[at.keyId]),
    locale: text(row[at.locale]) as Locale,
    status: text(row[at.challengeStatus]) as Challenge['status'],
    verified: verified === '' ? [] : (verified.split(' ') as TypeName[]),
    createdAt: whole(row[at.startedAt]),
    expiresAt: whole(row[at.endsAt]),
  };
}

/** Rows of CHALLENGE_SQL as a snapshot; undefined when there are none. */
export function challengeSnapshot(
  rows: readonly Tuple[],
  keys: Keyring,
  spent: ReadonlyMap<string, readonly number[]>,
): ChallengeSnapshot | undefined {
  const snapshot = accountSnapshot(rows, keys, spent);
  if (snapshot === undefined) return undefined;
  const first = rows[0] as Tuple;
  return { ...snapshot, challenge: challengeOf(first), withdrawn: whole(first[at.withdrawn]) };
}
