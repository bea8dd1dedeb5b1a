// Every guarded write as SQL, one row each. `one`: the statement changes exactly one row, or what it assumed no longer holds.
// `@now` is the database's time, so expiry is checked in the consuming statement (security rule 3).
import type { Write, WriteNamed, WriteOp } from '../core/commit.ts';
import type { Step, Values } from './sql.ts';

/** Seals a secret for one row; the row's identity is associated data, so a copied or edited row does not open. */
export type SealFor = (
  tenantId: string,
  identity: readonly string[],
  secret: Uint8Array,
) => { readonly sealed: Uint8Array; readonly keyId: string };

type Row<O extends WriteOp> = {
  readonly sql: string;
  readonly rows: Step['rows'];
  readonly values: (write: WriteNamed<O>, seal: SealFor) => Values;
};

const failuresAre = `coalesce((SELECT max(n) FROM failures WHERE scope = @scope), 0) = @count`;

/** As far ahead as a policy's window can reach: four steps back and four forward. */
const LATER_MARKS = [1, 2, 3, 4, 5, 6, 7, 8];

const WRITES: { readonly [O in WriteOp]: Row<O> } = {
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
            status, verified, created_at, expires_at, closed_at)
          VALUES (@id, @tenant, @account, @purpose, @client, @version, @device, @deviceName, @ip, @userAgent, @key, @locale,
            @status, @verified, @now, @expiresAt, CASE WHEN @status = 'pending' THEN NULL ELSE @now END)`,
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
      status: c.status,
      verified: c.verified.join(' '),
      expiresAt: c.expiresAt,
    }),
  },
  'move-challenge': {
    sql: `UPDATE challenges SET verified = @verified, status = @status, closed_at = CASE WHEN @status = 'pending' THEN NULL ELSE @now END
          WHERE id = @id AND status = 'pending' AND verified = @from AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ id: w.id, from: w.from, verified: w.verified, status: w.status }),
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
    sql: `SELECT 1 AS held WHERE (SELECT count(*) FROM outbox WHERE account_id = @account AND purpose = 'code' AND created_at >= @since) = @count`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, since: w.since, count: w.count }),
  },
  'use-sent-code': {
    sql: `DELETE FROM sent_codes WHERE challenge_id = @challenge AND authenticator_id = @authenticator AND tag = @tag AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ challenge: w.challengeId, authenticator: w.authenticatorId, tag: w.tag }),
  },
  'insert-authenticator': {
    sql: `INSERT INTO authenticators (account_id, id, tenant_id, type, status, params, label, sealed, sealed_by, created_at, bound_at, expires_at)
          VALUES (@account, @id, @tenant, @type, @status, @params, @label, @sealed, @sealedBy, @now, CASE WHEN @status = 'active' THEN @now ELSE NULL END, @expiresAt)`,
    rows: 'one',
    values: (w, seal) => {
      const { sealed, keyId } = seal(w.tenantId, authenticatorIdentity(w.accountId, w.id, w.type, w.params), w.secret);
      return {
        account: w.accountId,
        id: w.id,
        tenant: w.tenantId,
        type: w.type,
        status: w.status,
        params: w.params,
        label: w.label,
        sealed,
        sealedBy: keyId,
        expiresAt: w.expiresAt,
      };
    },
  },
  'void-pending': {
    // The secret goes at once; the row stays a while so that its owner is told why it no longer works.
    sql: `UPDATE authenticators SET status = 'void', sealed = @nothing WHERE account_id = @account AND type = @type AND status = 'pending'`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, type: w.type, nothing: new Uint8Array(0) }),
  },
  'confirm-authenticator': {
    sql: `UPDATE authenticators SET status = 'active', bound_at = @now, expires_at = NULL
          WHERE account_id = @account AND id = @id AND status = 'pending' AND expires_at > @now
            AND NOT EXISTS (SELECT 1 FROM authenticators WHERE account_id = @account AND type = @type AND status = 'active')`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, type: w.type }),
  },
  'remove-authenticator': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND id = @id AND status = 'active'
            AND (SELECT count(*) FROM authenticators WHERE account_id = @account AND status = 'active' AND id <> @id AND type <> 'recovery-code') >= @keep`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id, keep: w.keep }),
  },
  'put-sms': {
    sql: `INSERT INTO authenticators (account_id, id, tenant_id, type, status, params, label, sealed, sealed_by, created_at, bound_at, expires_at)
          VALUES (@account, @id, @tenant, 'sms', 'active', @phone, NULL, @sealed, @sealedBy, @now, @now, NULL)
          ON CONFLICT (account_id, id) DO UPDATE SET params = excluded.params, sealed = excluded.sealed, sealed_by = excluded.sealed_by, bound_at = excluded.bound_at`,
    rows: 'one',
    values: (w, seal) => {
      const { sealed, keyId } = seal(w.tenantId, authenticatorIdentity(w.accountId, w.id, 'sms', w.phone), w.secret);
      return { account: w.accountId, id: w.id, tenant: w.tenantId, phone: w.phone, sealed, sealedBy: keyId };
    },
  },
  'drop-type': {
    sql: `DELETE FROM authenticators WHERE account_id = @account AND type = @type`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, type: w.type }),
  },
  'see-device': {
    sql: `INSERT INTO client_devices (account_id, device_id, id, name, client_id, version, first_used_at, last_used_at, revoked_at)
          VALUES (@account, @device, @id, @name, @client, @version, @now, @now, NULL)
          ON CONFLICT (account_id, device_id) DO UPDATE SET name = excluded.name, client_id = excluded.client_id, version = excluded.version, last_used_at = excluded.last_used_at
          WHERE client_devices.revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({
      account: w.accountId,
      device: w.deviceId,
      id: w.id,
      name: w.name,
      client: w.clientId,
      version: w.version,
    }),
  },
  'revoke-device': {
    sql: `UPDATE client_devices SET revoked_at = @now WHERE account_id = @account AND id = @id AND revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, id: w.id }),
  },
  'insert-account': {
    sql: `INSERT INTO accounts (id, tenant_id, canonical, account, name, phone, email, cohort, locale, status, password_hash, created_at, revision)
          VALUES (@id, @tenant, @canonical, @account, @name, @phone, @email, @cohort, @locale, @status, @password, @now, 1) ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => accountValues(w.account),
  },
  'update-account': {
    sql: `UPDATE accounts SET name = @name, phone = @phone, email = @email, cohort = @cohort, locale = @locale, status = @status,
            password_hash = @password, revision = revision + 1 WHERE id = @id AND tenant_id = @tenant AND revision = @revision`,
    rows: 'one',
    values: (w) => ({ ...accountValues(w.account), revision: w.revision }),
  },
  enqueue: {
    sql: `INSERT INTO outbox (id, tenant_id, account_id, channel, sent_to, text_sealed, sealed_by, purpose, status, attempts, next_at, created_at, expires_at)
          VALUES (@id, @tenant, @account, @channel, @to, @sealed, @sealedBy, @purpose, 'waiting', 0, @now, @now, @expiresAt)`,
    rows: 'one',
    values: ({ message: m }, seal) => {
      const { sealed, keyId } = seal(m.tenantId, messageIdentity(m.id), Buffer.from(m.text, 'utf8'));
      return {
        id: m.id,
        tenant: m.tenantId,
        account: m.accountId,
        channel: m.channel,
        to: m.to,
        sealed,
        sealedBy: keyId,
        purpose: m.purpose,
        expiresAt: m.expiresAt,
      };
    },
  },
  audit: {
    sql: `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES (@tenant, @now, @account, @event, @actor, @data)`,
    rows: 'one',
    values: ({ event: e }) => ({
      tenant: e.tenantId,
      account: e.accountId,
      event: e.event,
      actor: e.actor,
      data: JSON.stringify(e.data),
    }),
  },
  'bump-tenant': {
    sql: `UPDATE tenants SET version = version + 1 WHERE id = @tenant AND version = @version`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, version: w.version }),
  },
  'insert-policy': {
    sql: `INSERT INTO policies (tenant_id, version, document, created_at, actor, reason) VALUES (@tenant, @version, @document, @now, @actor, @reason) ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => ({ tenant: w.tenantId, version: w.version, document: w.document, actor: w.actor, reason: w.reason }),
  },
  'insert-key': {
    sql: `INSERT INTO api_keys (id, tenant_id, name, hash, scopes, client_id, client_version, created_at, expires_at, revoked_at)
          VALUES (@id, @tenant, @name, @hash, @scopes, @client, @clientVersion, @now, @expiresAt, NULL)`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      tenant: w.tenantId,
      name: w.name,
      hash: w.hash,
      scopes: w.scopes.join(' '),
      client: w.clientId,
      clientVersion: w.clientVersion,
      expiresAt: w.expiresAt,
    }),
  },
  'revoke-key': {
    sql: `UPDATE api_keys SET revoked_at = @now WHERE id = @id AND tenant_id = @tenant AND revoked_at IS NULL`,
    rows: 'one',
    values: (w) => ({ id: w.id, tenant: w.tenantId }),
  },
};

/** Each write's SQL once, in a fixed order: PostgreSQL makes its commit function from them. */
export const WRITE_STATEMENTS: readonly { readonly op: string; readonly sql: string; readonly rows: Step['rows'] }[] =
  Object.entries(WRITES).map(([op, { sql, rows }]) => ({ op, sql, rows }));

function accountValues(a: WriteNamed<'insert-account'>['account']): Values {
  return {
    id: a.id,
    tenant: a.tenantId,
    canonical: a.canonical,
    account: a.account,
    name: a.name,
    phone: a.phone,
    email: a.email,
    cohort: a.cohort,
    locale: a.locale,
    status: a.status,
    password: a.passwordHash,
  };
}

/** What binds a sealed secret to its row: table, column, account, id, type and parameters. */
export const authenticatorIdentity = (
  accountId: string,
  id: string,
  type: string,
  params: string,
): readonly string[] => ['authenticators.sealed', accountId, id, type, params];
export const messageIdentity = (id: string): readonly string[] => ['outbox.text_sealed', id];

/** A write as the step that carries it out. */
export function stepOf<O extends WriteOp>(write: WriteNamed<O>, seal: SealFor): Step {
  const row = WRITES[write.op];
  return { sql: row.sql, rows: row.rows, values: row.values(write, seal) };
}

export const stepsOf = (writes: readonly Write[], seal: SealFor): Step[] =>
  writes.map((write) => stepOf(write as WriteNamed<WriteOp>, seal));
