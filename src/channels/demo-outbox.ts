// The demo's phone network: messages are kept in memory and shown on the outbox page. Nothing leaves the machine.
import type { MailBody } from '../core/outbox/message.ts';
import type { Channel } from './channel.ts';

/** As /demo/outbox.json has it. */
export interface DemoMessage {
  readonly id: string;
  readonly to: string;
  readonly channel: string;
  readonly subject?: string;
  readonly text: string;
  /** A mail's html, its inline pictures put into it. */
  readonly html?: string;
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
      const at = new Date(clock()).toISOString();
      const common = { id: m.id, to: m.to, channel: m.channel, text: m.text, at, tenant: m.tenantId };
      messages.unshift(m.channel === 'email' ? { ...common, ...mailParts(m) } : common);
      messages.length = Math.min(messages.length, 500);
      return { kind: 'sent' };
    },
    messages: () => messages,
  };
}

function mailParts({ subject, html, inline = [] }: MailBody): Pick<DemoMessage, 'subject' | 'html'> {
  if (html === undefined) return { subject };
  const pictures = new Map(
    inline.map(({ cid, type, bytes }) => [cid, `data:${type};base64,${Buffer.from(bytes).toString('base64')}`]),
  );
  return { subject, html: html.replace(/cid:([\w.@-]+)/g, (whole, cid: string) => pictures.get(cid) ?? whole) };
}
