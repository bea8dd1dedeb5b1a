// What operators see of a tenant's integrations, from the tables as they are.
import type { ChannelRow, IntegrationStore, TestRow } from '../core/operator/integrations.ts';
import type { ChannelName } from '../core/outbox/message.ts';
import type { Db } from './sql.ts';

const maybe = (value: unknown): number | null => (value === null ? null : Number(value));

/** The integrations over an open, migrated database. */
export const integrationStore = (db: Db): IntegrationStore => ({
  async keys(tenantId) {
    const rows = await db.query(
      'SELECT id, name, scopes, client_id, created_at, expires_at, revoked_at FROM api_keys WHERE tenant_id = @tenant ORDER BY id',
      { tenant: tenantId },
    );
    const [clock] = await db.query('SELECT CAST(@now AS BIGINT) AS now', {});
    return {
      now: Number(clock?.['now']),
      items: rows.map((row) => ({
        id: String(row['id']),
        name: String(row['name']),
        scopes: String(row['scopes']).split(' '),
        clientId: row['client_id'] as string | null,
        createdAt: Number(row['created_at']),
        expiresAt: maybe(row['expires_at']),
        revokedAt: maybe(row['revoked_at']),
      })),
    };
  },
  async relyingParties(tenantId) {
    const rows = await db.query(
      `SELECT id, name, metadata, created_at, CASE WHEN sealed IS NULL THEN 1 ELSE 0 END AS is_public FROM oidc_clients
       WHERE tenant_id = @tenant AND revoked_at IS NULL ORDER BY id`,
      { tenant: tenantId },
    );
    return rows.map((row) => ({
      id: String(row['id']),
      name: String(row['name']),
      isPublic: Number(row['is_public']) === 1,
      metadata: JSON.parse(String(row['metadata'])) as Record<string, unknown>,
      createdAt: Number(row['created_at']),
    }));
  },
  async channels(tenantId) {
    const rows = await db.query(
      `SELECT channel, status, count(*) AS n, max(sent_at) AS sent_at, max(created_at) AS created_at FROM outbox
       WHERE tenant_id = @tenant AND purpose IN ('code', 'notice', 'objection') AND created_at > CAST(@now AS BIGINT) - 86400000 GROUP BY channel, status`,
      { tenant: tenantId },
    );
    const errors = await db.query(
      `SELECT channel, last_error FROM outbox o WHERE tenant_id = @tenant AND purpose IN ('code', 'notice', 'objection') AND status = 'failed'
         AND created_at = (SELECT max(created_at) FROM outbox i WHERE i.tenant_id = @tenant AND i.purpose IN ('code', 'notice', 'objection') AND i.channel = o.channel
           AND i.status = 'failed' AND i.created_at > CAST(@now AS BIGINT) - 86400000)`,
      { tenant: tenantId },
    );
    const of = (channel: unknown, status: string) =>
      rows.find((r) => r['channel'] === channel && r['status'] === status);
    return [...new Set(rows.map((row) => row['channel']))].map((channel): ChannelRow => {
      const error = errors.find((row) => row['channel'] === channel)?.['last_error'];
      return {
        channel: String(channel) as ChannelName,
        sent: Number(of(channel, 'sent')?.['n'] ?? 0),
        failed: Number(of(channel, 'failed')?.['n'] ?? 0),
        waiting: Number(of(channel, 'waiting')?.['n'] ?? 0),
        lastSentAt: maybe(of(channel, 'sent')?.['sent_at'] ?? null),
        lastFailedAt: maybe(of(channel, 'failed')?.['created_at'] ?? null),
        lastError: typeof error === 'string' ? error : null,
      };
    });
  },
  async test(tenantId, id) {
    const [row] = await db.query(
      `SELECT id, channel, sent_to, status, last_error FROM outbox
       WHERE id = @id AND tenant_id = @tenant AND account_id IN (SELECT id FROM operators)`,
      { id, tenant: tenantId },
    );
    return row === undefined
      ? undefined
      : {
          id,
          channel: String(row['channel']),
          to: String(row['sent_to']),
          status: String(row['status']) as TestRow['status'],
          error: row['last_error'] as string | null,
        };
  },
  async testsBy(operatorId, since) {
    const [row] = await db.query(
      'SELECT count(*) AS n, min(created_at) AS first_at FROM outbox WHERE account_id = @id AND created_at > CAST(@since AS BIGINT)',
      { id: operatorId, since },
    );
    return { count: Number(row?.['n'] ?? 0), firstAt: Number(row?.['first_at'] ?? 0) };
  },
});
