// Delivers the outbox: claims what is due, sends it through its channel, retries with growing pauses, gives up when it has expired.
// A few at a time, so that one slow or broken message holds up no other. Safe on every node at once: a claim is a lease of one row.
import type { ChannelName, Outgoing, Delivery as Result } from '../core/outbox/message.ts';

export interface OutboxPort {
  claim(limit: number, leaseMs: number): Promise<readonly DueMessage[]>;
  sent(id: string, attempts: number): Promise<void>;
  retry(id: string, attempts: number, inMs: number, error: string): Promise<void>;
  failed(id: string, attempts: number, error: string): Promise<void>;
}
/** A message that is due, claimed by this node. */
type DueMessage = Outgoing & { readonly attempts: number; readonly expiresAt: number };
type Send = (message: Outgoing) => Promise<Result>;

/** A channel that has not answered by then is taken to have failed; no configured time-out is longer. */
const SEND_MS = 65_000;
/** Longer than any sending: a message is taken over only from a process that is gone. */
const LEASE_MS = 90_000;
const PAUSES_MS = [1_000, 3_000, 10_000, 30_000, 60_000];
const AT_ONCE = 8;

export interface Delivery {
  /** Starts sending what is due and fits beside what is in flight; resolves to how many were started, without waiting for them. */
  start(): Promise<number>;
  /** Sends all that is due and waits for it; resolves to how many were handled. */
  drain(): Promise<number>;
  /** Starts nothing more; resolves when nothing is in flight. */
  stop(): Promise<void>;
}

/** A sender over the outbox. `channels` holds one per channel that is configured; `now` is in ms. */
export function delivery(
  outbox: OutboxPort,
  channels: Readonly<Partial<Record<ChannelName, Send>>>,
  now: () => number,
  onFault: (error: unknown) => void,
): Delivery {
  const inFlight = new Set<Promise<void>>();
  const state: { claiming?: Promise<number> | undefined; isMore: boolean; isStopped: boolean; count: number } = {
    isMore: false,
    isStopped: false,
    count: 0,
  };

  /** Channels whose absence was told: once is enough. */
  const told = new Set<ChannelName>();

  const attempt = async (message: DueMessage): Promise<void> => {
    const { id, attempts, expiresAt } = message;
    const send = channels[message.channel];
    if (send === undefined) {
      // Left to other nodes until it expired.
      const why = `no node had a channel for ${message.channel} before it expired`;
      await outbox.failed(id, attempts, why);
      if (!told.has(message.channel)) onFault(new Error(why));
      told.add(message.channel);
      return undefined;
    }
    if (expiresAt <= now()) return outbox.failed(id, attempts, 'expired before it could be sent');
    const result = await within(SEND_MS, () => send(message));
    if (result.kind === 'sent') return outbox.sent(id, attempts);
    if (result.kind === 'failed') return outbox.failed(id, attempts, result.error);
    const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 60_000;
    if (now() + pause >= expiresAt) return outbox.failed(id, attempts, `expired while it was retried: ${result.error}`);
    return outbox.retry(id, attempts, pause, result.error);
  };

  const launch = (message: DueMessage): void => {
    const flight = attempt(message)
      .catch(onFault)
      .finally(() => {
        inFlight.delete(flight);
        if (state.isMore && !state.isStopped) start().catch(onFault);
      });
    inFlight.add(flight);
  };

  const claim = async (): Promise<number> => {
    let started = 0;
    while (inFlight.size < AT_ONCE && !state.isStopped) {
      const due = await outbox.claim(AT_ONCE - inFlight.size, LEASE_MS);
      state.isMore = due.length > 0;
      if (!state.isMore) break;
      for (const message of due) launch(message);
      started += due.length;
      state.count += due.length;
    }
    return started;
  };

  const start = async (): Promise<number> => {
    // One claim at a time; whoever asks meanwhile looks again after it, since its message may be newer.
    while (state.claiming !== undefined) await state.claiming.catch(() => 0);
    state.claiming = claim();
    try {
      return await state.claiming;
    } finally {
      state.claiming = undefined;
    }
  };
  return {
    start,
    async drain() {
      const before = state.count;
      for (;;) {
        const started = await start();
        if (inFlight.size > 0) await Promise.race(inFlight);
        else if (started === 0) return state.count - before;
      }
    },
    async stop() {
      state.isStopped = true;
      await state.claiming?.catch(() => 0);
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}

/** The channel's answer; a throw or a silence is one that may be tried again. Only the error's kind is kept: its text may quote the message. */
async function within(ms: number, send: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'retry', error: 'the channel did not answer' }), ms);
  });
  try {
    return await Promise.race([send(), silence]);
  } catch (error) {
    return { kind: 'retry', error: error instanceof Error ? error.name : 'fault' };
  } finally {
    clearTimeout(timer);
  }
}
