// The part of compose.ts about messages: by which channels this node and others send, and the sender over the outbox.
import type { Channels } from './channels/channel.ts';
import type { ChannelName } from './core/outbox/message.ts';
import { type Delivery, delivery } from './jobs/deliver-outbox.ts';
import type { Keyring } from './storage/keyring.ts';
import { outboxStore } from './storage/outbox.ts';
import type { Db } from './storage/sql.ts';

export interface Sending {
  readonly delivery: Delivery;
  /** The channels of this node. */
  readonly channels: readonly ChannelName[];
  /** Says that this node runs and sends by its channels. */
  serve(): Promise<void>;
  /** Whether a running node sends by the channel: this one, or another that said so lately. */
  readonly hasNode: (channel: ChannelName) => Promise<boolean>;
  /** The same, and told as a fault the first time that nobody does: a code is refused for it. */
  readonly sends: (channel: ChannelName) => Promise<boolean>;
}

export function sendingParts(
  db: Db,
  keys: Keyring,
  channels: Channels,
  clock: () => number,
  onFault: (error: unknown) => void,
): Sending {
  const named = Object.keys(channels) as ChannelName[];
  const outbox = outboxStore(db, keys, named);
  const missed = new Set<ChannelName>();
  const hasNode = async (channel: ChannelName): Promise<boolean> =>
    channels[channel] !== undefined || outbox.isServed(channel);
  return {
    delivery: delivery(outbox, channels, clock, onFault),
    channels: named,
    serve: () => outbox.serve(),
    hasNode,
    async sends(channel) {
      if (await hasNode(channel)) return true;
      if (!missed.has(channel)) onFault(new Error(`codes by ${channel} are refused: no node has a channel for it`));
      missed.add(channel);
      return false;
    },
  };
}
