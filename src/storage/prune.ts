// What may be cleared away, one row each. Every statement takes at most `@limit` rows from the old end, and names for itself what still matters.
import { periodSeconds } from './period.ts';
import type { Db, Value } from './sql.ts';

const DAY = 24 * 3600_000;
const MONTH = 30 * DAY;

interface Rule {
  readonly name: string;
  readonly keepMs: number;
  readonly sql: string;
  readonly onPostgres?: string;
}

// Ids begin with their time, so the primary key's order is the order of age: no index has to be kept up for pruning alone.
const RULES: readonly Rule[] = [
  {
    name: 'challenges',
    keepMs: MONTH,
    sql: `DELETE FROM challenges WHERE created_at < @before AND expires_at < @before AND id IN (SELECT id FROM challenges ORDER BY id LIMIT @limit)`,
  },
  {
    // A code that expired is still told apart from one that was never sent while its challenge lives: half an hour at most.
    name: 'sent codes',
    keepMs: DAY,
    sql: `DELETE FROM sent_codes WHERE expires_at < @before AND challenge_id IN (SELECT challenge_id FROM sent_codes ORDER BY challenge_id LIMIT @limit)`,
  },
  {
    name: 'approvals',
    keepMs: MONTH,
    sql: `DELETE FROM approvals WHERE created_at < @before AND expires_at < @before AND id IN (SELECT id FROM approvals ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'messages',
    keepMs: MONTH,
    sql: `DELETE FROM outbox WHERE status <> 'waiting' AND created_at < @before AND id IN (SELECT id FROM outbox WHERE status <> 'waiting' ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'visits',
    keepMs: DAY,
    sql: `DELETE FROM visits WHERE expires_at < @before AND hash IN (SELECT hash FROM visits WHERE expires_at < @before ORDER BY expires_at LIMIT @limit)`,
  },
  {
    name: 'sessions',
    keepMs: MONTH,
    sql: `DELETE FROM sessions WHERE expires_at < @before AND id IN (SELECT id FROM sessions ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'registrations',
    keepMs: MONTH,
    sql: `DELETE FROM tickets WHERE expires_at < @before AND id IN (SELECT id FROM tickets ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'wrong activation codes',
    keepMs: MONTH,
    sql: `DELETE FROM failures WHERE scope IN (SELECT scope FROM failures WHERE scope >= 'ticket:' AND scope < 'ticket;' GROUP BY scope HAVING max(at) < @before LIMIT @limit)`,
  },
  {
    // Whoever joined and was never complete gives its slot back.
    name: 'phones never complete',
    keepMs: MONTH,
    sql: `UPDATE phones SET status = 'revoked', revoked_at = @now WHERE id IN (SELECT id FROM phones WHERE status = 'joined' AND created_at < @before ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'trusted devices',
    keepMs: MONTH,
    sql: `DELETE FROM trusted_devices WHERE coalesce(revoked_at, expires_at) < @before AND id IN (SELECT id FROM trusted_devices ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'objections',
    keepMs: MONTH,
    sql: `DELETE FROM vetoes WHERE expires_at < @before AND (used_at IS NULL OR lifted_at IS NOT NULL) AND hash IN (SELECT hash FROM vetoes WHERE expires_at < @before ORDER BY expires_at LIMIT @limit)`,
  },
  {
    name: 'what operators did',
    keepMs: 13 * MONTH,
    sql: `DELETE FROM operator_acts WHERE at < @before AND id IN (SELECT id FROM operator_acts ORDER BY id LIMIT @limit)`,
  },
  {
    name: 'counts of actions and of wrong objections',
    keepMs: MONTH,
    sql: `DELETE FROM failures WHERE scope IN (SELECT scope FROM failures WHERE (scope >= 'act:' AND scope < 'act;') OR (scope >= 'veto:' AND scope < 'veto;') GROUP BY scope HAVING max(at) < @before LIMIT @limit)`,
  },
  {
    name: 'idempotency',
    keepMs: DAY,
    sql: `DELETE FROM idempotency WHERE (key_id, name) IN (SELECT key_id, name FROM idempotency WHERE created_at < @before ORDER BY created_at LIMIT @limit)`,
  },
  {
    // A consumed code is told apart from one that never was for a day: its second use voids the grant (RFC 6749 §4.1.2).
    name: 'OpenID records',
    keepMs: DAY,
    sql: `DELETE FROM oidc_records WHERE (tenant_id, model, id_hash) IN (SELECT tenant_id, model, id_hash FROM oidc_records WHERE expires_at < @before ORDER BY expires_at LIMIT @limit)`,
  },
  {
    name: 'uses of revoked app passwords',
    keepMs: MONTH,
    sql: `DELETE FROM app_password_uses WHERE (account_id, id) IN (SELECT p.account_id, p.id FROM app_passwords p
            JOIN app_password_uses u ON u.account_id = p.account_id AND u.id = p.id WHERE p.revoked_at < @before ORDER BY p.revoked_at LIMIT @limit)`,
  },
  {
    name: 'revoked app passwords',
    keepMs: MONTH,
    sql: `DELETE FROM app_passwords WHERE (account_id, id) IN (SELECT account_id, id FROM app_passwords WHERE revoked_at < @before ORDER BY revoked_at LIMIT @limit)`,
  },
  {
    name: 'links to mail profiles',
    keepMs: 0,
    sql: `DELETE FROM mail_profiles WHERE token_hash IN (SELECT token_hash FROM mail_profiles WHERE expires_at <= @before LIMIT @limit)`,
  },
  {
    // What was got wrong at mail doors counts for ten minutes.
    name: 'mail failures',
    keepMs: DAY,
    sql: `DELETE FROM failures WHERE scope IN (SELECT scope FROM failures WHERE scope >= 'mail:' AND scope < 'mail;' GROUP BY scope HAVING max(at) < @before LIMIT @limit)`,
  },
  {
    // The newest row of SQLite's log stays: the number of the next one is then always higher, which is how a process notices that there is one.
    name: 'time steps',
    keepMs: DAY,
    sql: `DELETE FROM spent_steps WHERE seq IN (SELECT seq FROM spent_steps WHERE ends_at < @before ORDER BY seq LIMIT @limit)
            AND seq < (SELECT max(seq) FROM spent_steps)`,
    onPostgres: `DELETE FROM spent_steps WHERE (ends_at, authenticator_id) IN
            (SELECT ends_at, authenticator_id FROM spent_steps WHERE ends_at < @before ORDER BY ends_at, authenticator_id LIMIT @limit)`,
  },
  {
    // They tell an operator that a code was that of the phone before, and are put back when their owner objects: no policy gives longer for that.
    name: 'removed bindings',
    keepMs: 7 * DAY,
    sql: `DELETE FROM former_authenticators WHERE (account_id, id) IN
            (SELECT account_id, id FROM former_authenticators WHERE removed_at < @before ORDER BY removed_at LIMIT @limit)`,
  },
  {
    name: 'unfinished bindings',
    keepMs: DAY,
    sql: `DELETE FROM authenticators WHERE (account_id, id) IN (SELECT account_id, id FROM authenticators
            WHERE status IN ('pending', 'void') AND created_at < @before AND coalesce(expires_at, 0) < @before ORDER BY created_at LIMIT @limit)`,
  },
];

export interface PruneStore {
  readonly names: readonly string[];
  /** One batch of one kind; resolves to the rows that went. */
  batch(name: string, limit: number): Promise<number>;
  /**
   * One batch of spent time steps older than a day, after `(mark, authenticatorId)`; undefined at the end. Marks below zero are recovery codes
   * and stay for ever. A mark is a count of periods, so its age depends on its authenticator's period.
   */
  spent(after: SpentKey, limit: number): Promise<{ readonly rows: number; readonly next: SpentKey } | undefined>;
  /** One batch of password failures of a tenant that stopped `keepMs` ago. A freeze that only an operator ends is never among them. */
  passwordFailures(tenantId: string, keepMs: number, limit: number): Promise<number>;
}

export interface SpentKey {
  readonly mark: number;
  readonly authenticatorId: string;
}

/** The shortest period a policy may set, seconds: the marks of any other are lower at the same moment. */
const SHORTEST_SECONDS = 15;

/** Pruning over the store. Deleting what is gone already changes nothing, so any number of nodes may prune at once. */
export function pruneStore(db: Db): PruneStore {
  const now = async (): Promise<number> =>
    Number((await db.query('SELECT CAST(@now AS BIGINT) AS now', {}))[0]?.['now']);
  const run = (sql: string, values: Readonly<Record<string, Value>>): Promise<number> =>
    db.run([{ sql, rows: 'any', values }]);
  return {
    names: RULES.map((rule) => rule.name),
    async batch(name, limit) {
      const rule = RULES.find((one) => one.name === name);
      if (rule === undefined) throw new TypeError(`nothing called ${name} is pruned`);
      const sql = db.dialect === 'postgres' ? (rule.onPostgres ?? rule.sql) : rule.sql;
      return run(sql, { before: (await now()) - rule.keepMs, limit });
    },
    async spent(after, limit) {
      const before = (await now()) - DAY;
      const rows = await db.query(
        `SELECT s.mark, s.authenticator_id, coalesce(a.params, f.params) AS params FROM spent s LEFT JOIN authenticators a ON a.id = s.authenticator_id
           LEFT JOIN former_authenticators f ON f.id = s.authenticator_id
         WHERE (s.mark, s.authenticator_id) > (@mark, @id) AND s.mark < @below ORDER BY s.mark, s.authenticator_id LIMIT @limit`,
        { mark: after.mark, id: after.authenticatorId, below: Math.floor(before / 1000 / SHORTEST_SECONDS), limit },
      );
      const last = rows.at(-1);
      if (last === undefined) return undefined;
      const old = rows.filter((row) => isOld(Number(row['mark']), row['params'] as string | null, before));
      if (old.length > 0)
        await db.run(
          old.map((row) => ({
            sql: 'DELETE FROM spent WHERE mark = @mark AND authenticator_id = @id AND mark >= 0',
            rows: 'any',
            values: { mark: Number(row['mark']), id: String(row['authenticator_id']) },
          })),
        );
      return {
        rows: old.length,
        next: { mark: Number(last['mark']), authenticatorId: String(last['authenticator_id']) },
      };
    },
    async passwordFailures(tenantId, keepMs, limit) {
      const prefix = `pw:${tenantId}:`;
      return run(
        `DELETE FROM failures WHERE scope IN (SELECT scope FROM failures WHERE scope >= @from AND scope < @to GROUP BY scope HAVING max(at) < @before LIMIT @limit)`,
        // ';' follows ':': everything that begins with the prefix lies between.
        { from: prefix, to: `pw:${tenantId};`, before: (await now()) - keepMs, limit },
      );
    },
  };
}

/** Whether a step ended before that moment. One whose authenticator is gone for good can never be presented again; unknown parameters are kept. */
function isOld(mark: number, params: string | null, before: number): boolean {
  if (params === null) return true;
  const period = periodSeconds(params);
  return period !== undefined && (mark + 1) * period * 1000 < before;
}
