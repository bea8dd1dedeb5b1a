// The few things of a customer's page that no other room reads.
import type { CustomerStore } from '../core/search/customer.ts';
import type { Db } from './sql.ts';

const maybe = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

export const customerStore = (db: Db): CustomerStore => ({
  async messages(tenantId, accountId, limit) {
    const rows = await db.query(
      `SELECT channel, purpose, sent_to, status, created_at, sent_at, last_error FROM outbox
       WHERE account_id = @account AND tenant_id = @tenant ORDER BY created_at DESC LIMIT CAST(@limit AS BIGINT)`,
      { account: accountId, tenant: tenantId, limit },
    );
    return rows.map((row) => ({
      channel: String(row['channel']),
      purpose: String(row['purpose']),
      to: String(row['sent_to']),
      status: String(row['status']),
      at: Number(row['created_at']),
      sentAt: maybe(row['sent_at']),
      error: row['last_error'] as string | null,
    }));
  },
  async presence(tenantId, accountId) {
    const [row] = await db.query(
      `SELECT (SELECT count(*) FROM sessions WHERE account_id = @account AND ended_at IS NULL AND expires_at > @now) AS sessions,
              (SELECT last_login_at FROM account_activity WHERE tenant_id = @tenant AND account_id = @account) AS last_login_at`,
      { account: accountId, tenant: tenantId },
    );
    return { sessions: Number(row?.['sessions'] ?? 0), lastLoginAt: maybe(row?.['last_login_at']) };
  },
});
