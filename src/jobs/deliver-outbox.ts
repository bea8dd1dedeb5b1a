// Delivers the outbox: claims what is due, sends it through its channel, retries with growing pauses, gives up when it has expired.

export interface OutboxPort {
  claim(limit: number, leaseMs: number): Promise<readonly { id: string; tenantId: string; channel: 'sms' | 'email'; to: string; text: string; attempts: number; expiresAt: number }[]>;
  sent(id: string, attempts: number): Promise<void>;
  retry(id: string, attempts: number, inMs: number, error: string): Promise<void>;
  failed(id: string, attempts: number, error: string): Promise<void>;
}
type Send = (message: { id: string; tenantId: string; channel: 'sms' | 'email'; to: string; text: string }) => Promise<
  { readonly kind: 'sent' } | { readonly kind: 'retry'; readonly error: string } | { readonly kind: 'failed'; readonly error: string }
>;

const LEASE_MS = 60_000;
const PAUSES_MS = [1_000, 3_000, 10_000, 30_000, 60_000];

/** One round; resolves to how many messages were handled. `channels` holds a sender per channel that is configured. */
export async function deliverOutbox(outbox: OutboxPort, channels: Readonly<Partial<Record<'sms' | 'email', Send>>>, now: () => number): Promise<number> {
  const due = await outbox.claim(50, LEASE_MS);
  for (const message of due) {
    const { id, attempts } = message;
    const send = channels[message.channel];
    if (send === undefined) {
      await outbox.failed(id, attempts, `no channel for ${message.channel} is configured`);
      continue;
    }
    if (message.expiresAt <= now()) {
      await outbox.failed(id, attempts, 'expired before it could be sent');
      continue;
    }
    const result = await send(message).catch((error: unknown) => ({ kind: 'retry' as const, error: error instanceof Error ? error.name : 'fault' }));
    if (result.kind === 'sent') await outbox.sent(id, attempts);
    else if (result.kind === 'failed') await outbox.failed(id, attempts, result.error);
    else await outbox.retry(id, attempts, PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 60_000, result.error);
  }
  return due.length;
}
