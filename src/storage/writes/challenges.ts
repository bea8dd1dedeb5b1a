// Challenges, what is spent in them, and what a wrong output costs.
import type { Rows } from './row.ts';

const failuresAre = `coalesce((SELECT max(n) FROM failures WHERE scope = @scope), 0) = @count`;

/** As far ahead as a policy's window can reach: four steps back and four forward. */
const LATER_MARKS = [1, 2, 3, 4, 5, 6, 7, 8];

const endOf = (w: { readonly step: number; readonly periodSeconds: number }): number =>
  (w.step + 1) * w.periodSeconds * 1000;

export const CHALLENGE_WRITES: Rows<
  | 'spend'
  | 'spend-step'
  | 'expect-failures'
  | 'count-failure'
  | 'clear-failures'
  | 'insert-challenge'
  | 'move-challenge'
  | 'end-logins'
  | 'use-proof'
  | 'put-sent-code'
  | 'expect-codes-sent'
  | 'expect-spend-below'
  | 'use-sent-code'
> = {
  spend: {
    // The primary key (mark, authenticator) is the single-use rule itself; later marks that could still be accepted bar earlier ones. Each is
    // looked up by its own key: a range of marks would run over everyone else's codes of those minutes.
    sql: `INSERT INTO spent (mark, authenticator_id)
          SELECT @mark, @authenticator WHERE ${LATER_MARKS.map(
            (n) =>
              `(CAST(@ahead AS BIGINT) < ${n} OR NOT EXISTS (SELECT 1 FROM spent WHERE mark = CAST(@mark AS BIGINT) + ${n} AND authenticator_id = @authenticator))`,
          ).join(' AND ')}
            AND NOT EXISTS (SELECT 1 FROM failures WHERE scope = @unfailed)
          ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({ mark: w.mark, authenticator: w.authenticatorId, ahead: w.lookAhead, unfailed: w.unfailed ?? '' }),
  },
  'spend-step': {
    sql: `INSERT INTO spent_steps (ends_at, authenticator_id)
          SELECT @endsAt, @authenticator WHERE ${LATER_MARKS.map(
            (n) =>
              `(CAST(@ahead AS BIGINT) < ${n} OR NOT EXISTS (SELECT 1 FROM spent_steps WHERE ends_at = CAST(@endsAt AS BIGINT) + ${n} * CAST(@period AS BIGINT) AND authenticator_id = @authenticator))`,
          ).join(' AND ')}
            AND NOT EXISTS (SELECT 1 FROM failures WHERE scope = @unfailed)
          ON CONFLICT DO NOTHING`,
    onSqlite: {
      // OR IGNORE: a statement that cannot fail half-way needs no journal of its own, which costs a copy of the page it writes to. What is ignored
      // changes no row, and that is a refusal.
      sql: `INSERT OR IGNORE INTO spent_steps (ends_at, authenticator_id) SELECT @endsAt, @authenticator WHERE NOT EXISTS (SELECT 1 FROM failures WHERE scope = @unfailed)`,
      spends: (w) => ({
        authenticatorId: w.authenticatorId,
        endsAt: endOf(w),
        periodMs: w.periodSeconds * 1000,
        lookAhead: w.lookAhead,
      }),
    },
    rows: 'one',
    values: (w) => ({
      endsAt: endOf(w),
      period: w.periodSeconds * 1000,
      authenticator: w.authenticatorId,
      ahead: w.lookAhead,
      unfailed: w.unfailed ?? '',
    }),
  },
  'expect-failures': {
    sql: `SELECT 1 AS held WHERE ${failuresAre}`,
    rows: 'one',
    values: (w) => ({ scope: w.scope, count: w.count }),
  },
  'count-failure': {
    sql: `INSERT INTO failures (scope, n, at) SELECT @scope, CAST(@n AS BIGINT), @now
          WHERE coalesce((SELECT max(n) FROM failures WHERE scope = @scope), 0) = CAST(@n AS BIGINT) - 1 ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({ scope: w.scope, n: w.n }),
  },
  'clear-failures': {
    // Rows 1…count go, and only if `count` is still the newest: any other number of rows changed is a lost race.
    sql: `DELETE FROM failures WHERE scope = @scope AND ${failuresAre}`,
    rows: 'some',
    values: (w) => ({ scope: w.scope, count: w.count }),
  },
  'insert-challenge': {
    sql: `INSERT INTO challenges (id, tenant_id, account_id, purpose, client_id, client_version, device_id, device_name, ip, user_agent, key_id, locale,
            target, status, verified, created_at, expires_at, closed_at)
          SELECT @id, @tenant, @account, @purpose, @client, @version, @device, @deviceName, @ip, @userAgent, @key, @locale,
            @target, @status, @verified, @now, CAST(@expiresAt AS BIGINT), CASE WHEN @status = 'pending' THEN NULL ELSE @now END
          WHERE @status = 'pending' OR EXISTS (SELECT 1 FROM accounts WHERE id = @account AND status = 'active')`,
    rows: 'one',
    values: ({ challenge: c }) => ({
      id: c.id,
      tenant: c.tenantId,
      account: c.accountId,
      purpose: c.purpose,
      client: c.clientId,
      version: c.clientVersion,
      device: c.deviceId,
      deviceName: c.deviceName,
      ip: c.ip,
      userAgent: c.userAgent,
      key: c.keyId,
      locale: c.locale,
      target: c.target,
      status: c.status,
      verified: c.verified.join(' '),
      expiresAt: c.expiresAt,
    }),
  },
  'move-challenge': {
    sql: `UPDATE challenges SET verified = @verified, status = @status, closed_at = CASE WHEN @status = 'pending' THEN NULL ELSE @now END
          WHERE id = @id AND status = 'pending' AND verified = @from AND expires_at > @now
            AND withdrawn = coalesce(CAST(@withdrawn AS BIGINT), withdrawn) AND coalesce(CAST(@until AS BIGINT), @now + 1) > @now`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      from: w.from,
      verified: w.verified,
      status: w.status,
      withdrawn: w.withdrawn,
      until: w.until,
    }),
  },
  'end-logins': {
    sql: `UPDATE challenges SET status = CASE WHEN status = 'satisfied' THEN 'used' ELSE 'refused' END, closed_at = coalesce(closed_at, @now)
          WHERE account_id = @account AND (status = 'satisfied' OR (status = 'pending' AND @which = 'all'))
            AND (@device = '' OR device_id = (SELECT d.device_id FROM client_devices d WHERE d.account_id = @account AND d.id = @device))`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, which: w.which, device: w.device ?? '' }),
  },
  'use-proof': {
    sql: `UPDATE challenges SET status = 'used' WHERE id = @id AND account_id = @account AND purpose = @purpose AND status = 'satisfied' AND created_at >= @notBefore`,
    rows: 'one',
    values: (w) => ({ id: w.id, account: w.accountId, purpose: w.purpose, notBefore: w.notBefore }),
  },
  'put-sent-code': {
    sql: `INSERT INTO sent_codes (challenge_id, authenticator_id, tag, sent_at, expires_at, count)
          VALUES (@challenge, @authenticator, @tag, @now, @expiresAt, @count + 1)
          ON CONFLICT (challenge_id, authenticator_id) DO UPDATE SET tag = excluded.tag, sent_at = excluded.sent_at, expires_at = excluded.expires_at, count = excluded.count
          WHERE sent_codes.count = excluded.count - 1`,
    rows: 'one',
    values: (w) => ({
      challenge: w.challengeId,
      authenticator: w.authenticatorId,
      tag: w.tag,
      expiresAt: w.expiresAt,
      count: w.count,
    }),
  },
  'expect-codes-sent': {
    sql: `SELECT 1 AS held WHERE (SELECT count(*) FROM outbox WHERE account_id = @account AND channel = @channel AND purpose = 'code' AND created_at >= @since) = @count`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, channel: w.channel, since: w.since, count: w.count }),
  },
  'expect-spend-below': {
    sql: `SELECT 1 AS held WHERE (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND channel = @channel AND purpose = 'code' AND created_at >= @since) < @below`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, channel: w.channel, since: w.since, below: w.below }),
  },
  'use-sent-code': {
    sql: `DELETE FROM sent_codes WHERE challenge_id = @challenge AND authenticator_id = @authenticator AND tag = @tag AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ challenge: w.challengeId, authenticator: w.authenticatorId, tag: w.tag }),
  },
};
