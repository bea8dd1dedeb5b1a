// The Store port over either database: snapshots, one guarded commit, and the few questions flows ask besides.
import type { Account } from '../core/account/account.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import type { Locale } from '../core/locale.ts';
import type { Store, StoredDevice } from '../core/store.ts';
import type { Keyring } from './keyring.ts';
import {
  ACCOUNT_BY_ID_SQL,
  ACCOUNT_SQL,
  accountSnapshot,
  authenticatorIds,
  CHALLENGE_SQL,
  challengeOf,
  challengeSnapshot,
  FRESH_LOGIN_SQL,
  sealedBy,
  type Tuple,
} from './snapshots.ts';
import type { Db, Row } from './sql.ts';
import { stepsOf } from './writes.ts';

const NONE: ReadonlyMap<string, readonly number[]> = new Map();

/** The store over an open, migrated database. */
export function createStore(db: Db, keys: Keyring): Store {
  /** Steps spent near now, and lasting marks, of the rows' authenticators. Only read after a lost race, or for a person's own page. */
  const spentOf = async (rows: readonly Tuple[]): Promise<ReadonlyMap<string, readonly number[]>> => {
    const spent = new Map<string, number[]>();
    for (const { id, period } of authenticatorIds(rows)) {
      const lasting = await db.query('SELECT mark FROM spent WHERE authenticator_id = @id', { id });
      const marks = lasting.map((row) => Number(row['mark']));
      if (period !== undefined) for (const endsAt of await db.spentSteps(id)) marks.push(endsAt / 1000 / period - 1);
      spent.set(id, marks);
    }
    return spent;
  };

  return {
    async now() {
      const [row] = await db.query('SELECT CAST(@now AS BIGINT) AS now', {});
      return Number(row!['now']);
    },
    async challenge(tenantId, id, thorough) {
      const rows = await db.tuples(CHALLENGE_SQL, { id, tenant: tenantId });
      if (!keys.knows(sealedBy(rows))) await keys.load(sealedBy(rows));
      return challengeSnapshot(rows, keys, thorough ? await spentOf(rows) : NONE);
    },
    async account(tenantId, canonical, thorough) {
      const rows = await db.tuples(ACCOUNT_SQL, { tenant: tenantId, canonical });
      if (!keys.knows(sealedBy(rows))) await keys.load(sealedBy(rows));
      return accountSnapshot(rows, keys, thorough ? await spentOf(rows) : NONE);
    },
    async accountById(tenantId, id) {
      const rows = await db.tuples(ACCOUNT_BY_ID_SQL, { tenant: tenantId, id });
      if (!keys.knows(sealedBy(rows))) await keys.load(sealedBy(rows));
      return accountSnapshot(rows, keys, NONE);
    },
    async replacedBy(accountId, binding) {
      const sql = 'SELECT replaces FROM authenticators WHERE account_id = @account AND id = @id';
      const [row] = await db.query(sql, { account: accountId, id: binding });
      return (row?.['replaces'] ?? null) as string | null;
    },
    async commit(key, writes) {
      for (const w of writes) {
        if (
          w.op === 'insert-authenticator' ||
          w.op === 'seal-binding' ||
          w.op === 'put-sms' ||
          w.op === 'put-pin' ||
          w.op === 'put-subscription'
        )
          await keys.ready(w.tenantId);
        else if (w.op === 'insert-ticket') await keys.ready(w.ticket.tenantId);
        else if (w.op === 'enqueue') await keys.ready(w.message.tenantId);
      }
      const failed = await db.commit(
        key,
        stepsOf(writes, db.dialect, (tenantId, identity, secret) => keys.seal(tenantId, identity, secret)),
      );
      return failed === -1 ? { kind: 'done' } : { kind: 'conflict', op: writes[failed]!.op };
    },
    async freshLogin(accountId, clientId, notBefore) {
      const [row] = await db.tuples(FRESH_LOGIN_SQL, { account: accountId, client: clientId, notBefore });
      return row === undefined ? undefined : challengeOf(row);
    },
    async sentCode(challengeId, authenticatorId) {
      const [row] = await db.query(
        'SELECT tag, sent_at, expires_at, count FROM sent_codes WHERE challenge_id = @challenge AND authenticator_id = @authenticator',
        { challenge: challengeId, authenticator: authenticatorId },
      );
      return row === undefined
        ? null
        : {
            tag: String(row['tag']),
            sentAt: Number(row['sent_at']),
            expiresAt: Number(row['expires_at']),
            count: Number(row['count']),
          };
    },
    async codesSent(tenantId, accountId, channel, accountSince, tenantSince) {
      const [row] = await db.query(
        `SELECT (SELECT count(*) FROM outbox WHERE account_id = @account AND channel = @channel AND purpose = 'code' AND created_at >= @accountSince) AS by_account,
                (SELECT max(created_at) FROM outbox WHERE account_id = @account AND channel = @channel AND purpose = 'code') AS last_at,
                (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND channel = @channel AND purpose = 'code' AND created_at >= @tenantSince) AS by_tenant`,
        { account: accountId, channel, tenant: tenantId, accountSince, tenantSince },
      );
      return {
        account: Number(row!['by_account']),
        lastAt: row!['last_at'] === null ? null : Number(row!['last_at']),
        tenant: Number(row!['by_tenant']),
      };
    },
    async failures(scope) {
      const [row] = await db.query(
        `SELECT CAST(@now AS BIGINT) AS now, (SELECT max(n) FROM failures WHERE scope = @scope) AS n, (SELECT max(at) FROM failures WHERE scope = @scope) AS at`,
        { scope },
      );
      return { now: Number(row!['now']), failures: { count: Number(row!['n'] ?? 0), lastAt: Number(row!['at'] ?? 0) } };
    },
    async failuresUnder(prefix) {
      const rows = await db.query(
        'SELECT scope, max(n) AS n FROM failures WHERE substr(scope, 1, length(@prefix)) = @prefix GROUP BY scope',
        { prefix },
      );
      return rows.map((row) => ({ scope: String(row['scope']), count: Number(row['n']) }));
    },
    async addressesOf(accountId, since) {
      const rows = await db.query(
        `SELECT ip FROM challenges WHERE account_id = @account AND status IN ('satisfied', 'used') AND verified <> '' AND ip IS NOT NULL
           AND created_at >= @since GROUP BY ip ORDER BY max(id) DESC LIMIT 50`,
        { account: accountId, since },
      );
      return rows.map((row) => String(row['ip']));
    },
    async device(accountId, deviceId) {
      const [row] = await db.query('SELECT * FROM client_devices WHERE account_id = @account AND device_id = @device', {
        account: accountId,
        device: deviceId,
      });
      return row === undefined ? undefined : deviceOf(row);
    },
    async devices(accountId, after, limit) {
      const rows = await db.query(
        'SELECT * FROM client_devices WHERE account_id = @account AND id > @after ORDER BY id LIMIT @limit',
        { account: accountId, after, limit },
      );
      return rows.map(deviceOf);
    },
    async accounts(tenantId, after, limit) {
      const rows = await db.query(
        'SELECT * FROM accounts WHERE tenant_id = @tenant AND canonical > @after ORDER BY canonical LIMIT @limit',
        { tenant: tenantId, after, limit },
      );
      return rows.map(
        (row): Account => ({
          id: String(row['id']),
          tenantId,
          account: String(row['account']),
          name: row['name'] as string | null,
          phone: row['phone'] as string | null,
          email: row['email'] as string | null,
          cohort: row['cohort'] as string | null,
          locale: String(row['locale']) as Locale,
          status: String(row['status']) as Account['status'],
          passwordHash: null,
          createdAt: Number(row['created_at']),
        }),
      );
    },
    async countUnbound(tenantId, cohort, types) {
      const [row] = await db.query(
        `SELECT count(*) AS n FROM accounts a WHERE ${unbound(types)} AND (@every = 1 OR a.cohort = @cohort)`,
        { ...typed(tenantId, types), cohort: cohort ?? '', every: cohort === null ? 1 : 0 },
      );
      return Number(row!['n']);
    },
    async unboundByCohort(tenantId, types) {
      const rows = await db.query(
        `SELECT a.cohort, count(*) AS n FROM accounts a WHERE ${unbound(types)} GROUP BY a.cohort`,
        typed(tenantId, types),
      );
      return rows.map((row) => ({ cohort: row['cohort'] as string | null, count: Number(row['n']) }));
    },
    async countCohort(tenantId, cohort) {
      const [row] = await db.query(
        `SELECT count(*) AS n FROM accounts WHERE tenant_id = @tenant AND status = 'active' AND cohort = @cohort`,
        { tenant: tenantId, cohort },
      );
      return Number(row!['n']);
    },
    async recoveryCodesLeft(authenticatorId, count) {
      const [row] = await db.query('SELECT count(*) AS n FROM spent WHERE authenticator_id = @id AND mark < 0', {
        id: authenticatorId,
      });
      return count - Number(row!['n']);
    },
  };
}

/** Active accounts `a` of the tenant without any of the types. */
const unbound = (types: readonly TypeName[]): string =>
  `a.tenant_id = @tenant AND a.status = 'active' AND NOT EXISTS (SELECT 1 FROM authenticators u WHERE u.account_id = a.id AND u.type IN (${types.map((_, n) => `@type${n}`).join(', ')}) AND u.status = 'active')`;
const typed = (tenant: string, types: readonly TypeName[]) => ({
  tenant,
  ...Object.fromEntries(types.map((type, n) => [`type${n}`, type])),
});

const deviceOf = (row: Row): StoredDevice => ({
  id: String(row['id']),
  deviceId: String(row['device_id']),
  name: String(row['name']),
  clientId: String(row['client_id']),
  version: String(row['version']),
  firstUsedAt: Number(row['first_used_at']),
  lastUsedAt: Number(row['last_used_at']),
  revokedAt: row['revoked_at'] === null ? null : Number(row['revoked_at']),
});
