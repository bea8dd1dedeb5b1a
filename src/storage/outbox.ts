// The outbox's rows: what is due is claimed by one node at a time that has its channel, its text opened only to send it and wiped once it is gone.
import type { ChannelName, Outgoing } from '../core/outbox/message.ts';
import type { Keyring } from './keyring.ts';
import { openBody } from './message-body.ts';
import type { Db } from './sql.ts';
import { messageIdentity } from './writes/row.ts';

/** A message this node has claimed, opened. */
export type DueMessage = Outgoing & { readonly attempts: number; readonly expiresAt: number };

export interface Outbox {
  /**
   * Claims up to `limit` messages that are due, for `leaseMs`; another node takes one over only when that time has passed. Those of other channels are left
   * to a node that has them; once they have expired anybody takes them.
   */
  claim(limit: number, leaseMs: number): Promise<readonly DueMessage[]>;
  sent(id: string, attempts: number): Promise<void>;
  retry(id: string, attempts: number, inMs: number, error: string): Promise<void>;
  failed(id: string, attempts: number, error: string): Promise<void>;
  /** Says that a running node sends by these channels; good for `SEEN_MS`. */
  serve(): Promise<void>;
  /** Whether a node said so lately of the channel. */
  isServed(channel: ChannelName): Promise<boolean>;
}

/** How long a node is taken to be running, ms. */
export const SEEN_MS = 5 * 60_000;

/** The outbox over the store, for a node with these channels. `attempts` guards each change: a claim that was taken over meanwhile changes nothing. */
export function outboxStore(db: Db, keys: Keyring, channels: readonly ChannelName[]): Outbox {
  const own = Object.fromEntries(channels.map((channel, n) => [`c${n}`, channel]));
  const isOwn =
    channels.length === 0
      ? '1 = 0'
      : `channel IN (${Object.keys(own)
          .map((name) => `@${name}`)
          .join(', ')})`;
  const change = async (id: string, set: string, values: Record<string, string | number>): Promise<void> => {
    await db.commit(id, [
      {
        sql: `UPDATE outbox SET ${set} WHERE id = @id AND status = 'waiting' AND attempts = @attempts`,
        rows: 'any',
        values: { id, ...values },
      },
    ]);
  };
  return {
    async claim(limit, leaseMs) {
      const rows = await db.query(
        `SELECT * FROM outbox WHERE status = 'waiting' AND next_at <= @now AND (${isOwn} OR expires_at <= @now) ORDER BY next_at LIMIT @limit`,
        { limit, ...own },
      );
      const due: DueMessage[] = [];
      for (const row of rows) {
        const id = String(row['id']);
        const attempts = Number(row['attempts']);
        const take = `UPDATE outbox SET attempts = attempts + 1, next_at = CAST(@now AS BIGINT) + @lease WHERE id = @id AND status = 'waiting' AND attempts = @attempts`;
        if ((await db.commit(id, [{ sql: take, rows: 'one', values: { id, attempts, lease: leaseMs } }])) !== -1)
          continue;
        let opened: Outgoing;
        try {
          const tenantId = String(row['tenant_id']);
          await keys.load([String(row['sealed_by'])]);
          const body = keys.open(
            String(row['sealed_by']),
            tenantId,
            messageIdentity(id),
            row['text_sealed'] as Uint8Array,
          );
          opened = { id, tenantId, to: String(row['sent_to']), ...openBody(String(row['channel']), body) };
        } catch {
          // One row that was tampered with must not hold up the others.
          await change(id, `status = 'failed', text_sealed = NULL, last_error = @error`, {
            attempts: attempts + 1,
            error: 'its text could not be opened',
          });
          continue;
        }
        due.push({ ...opened, attempts: attempts + 1, expiresAt: Number(row['expires_at']) });
      }
      return due;
    },
    sent: (id, attempts) =>
      change(id, `status = 'sent', sent_at = @now, text_sealed = NULL, last_error = NULL`, { attempts }),
    retry: (id, attempts, inMs, error) =>
      change(id, `next_at = CAST(@now AS BIGINT) + @in, last_error = @error`, {
        attempts,
        in: inMs,
        error: error.slice(0, 200),
      }),
    failed: (id, attempts, error) =>
      change(id, `status = 'failed', text_sealed = NULL, last_error = @error`, {
        attempts,
        error: error.slice(0, 200),
      }),
    async serve() {
      await db.commit(
        'channels',
        channels.map((channel) => ({
          sql: `INSERT INTO channel_nodes (channel, seen_at) VALUES (@channel, @now) ON CONFLICT (channel) DO UPDATE SET seen_at = excluded.seen_at`,
          rows: 'any' as const,
          values: { channel },
        })),
      );
    },
    async isServed(channel) {
      const rows = await db.query(
        `SELECT 1 AS served FROM channel_nodes WHERE channel = @channel AND seen_at > CAST(@now AS BIGINT) - ${SEEN_MS}`,
        { channel },
      );
      return rows.length > 0;
    },
  };
}
