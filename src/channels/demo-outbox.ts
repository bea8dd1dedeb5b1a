// The demo's phone network: messages are kept in memory and shown on the outbox page. Nothing leaves the machine.
import type { Channel } from './channel.ts';

export interface DemoMessage {
  readonly to: string;
  readonly channel: string;
  readonly text: string;
  readonly at: string;
  readonly tenant: string;
}

/** A channel that keeps the newest 500 messages, newest first. */
export function demoOutbox(clock: () => number): {
  readonly channel: Channel;
  readonly messages: () => readonly DemoMessage[];
} {
  const messages: DemoMessage[] = [];
  return {
    channel: async (m) => {
      messages.unshift({
        to: m.to,
        channel: m.channel,
        text: m.text,
        at: new Date(clock()).toISOString(),
        tenant: m.tenantId,
      });
      messages.length = Math.min(messages.length, 500);
      return { kind: 'sent' };
    },
    messages: () => messages,
  };
}
