// The port of a sender. It is called by the outbox job, never by a flow: a slow provider holds nobody up.
import type { ChannelName, Delivery, Outgoing } from '../core/outbox/message.ts';

/** Sends one message. `id` is the provider's idempotency key: the same message twice is one message. Never throws with the text in the error. */
export type Channel = (message: Outgoing) => Promise<Delivery>;

/** The channels a house has; a message for one it has not is given up. */
export type Channels = Readonly<Partial<Record<ChannelName, Channel>>>;
