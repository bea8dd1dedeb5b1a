// What a queued message says, as the bytes that are sealed: an SMS is its text; a mail and a push are their parts.
import type { InlineImage, Message, Outgoing, Subscription, WechatReminder } from '../core/outbox/message.ts';

type Body =
  | Pick<Extract<Outgoing, { channel: 'wechat' }>, 'channel' | 'text' | 'at' | 'lang'>
  | Pick<Extract<Outgoing, { channel: 'push' }>, 'channel' | 'text' | 'subscription'>
  | Pick<Extract<Outgoing, { channel: 'sms' }>, 'channel' | 'text'>
  | Pick<Extract<Outgoing, { channel: 'email' }>, 'channel' | 'text' | 'subject' | 'html' | 'inline'>;

interface MailParts {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly inline?: readonly (Omit<InlineImage, 'bytes'> & { readonly base64: string })[];
}

/** The bytes to seal. */
export function sealedBody(message: Message): Uint8Array {
  if (message.channel === 'sms') return Buffer.from(message.text, 'utf8');
  if (message.channel === 'push')
    return Buffer.from(JSON.stringify({ text: message.text, subscription: message.subscription }), 'utf8');
  if (message.channel === 'wechat') {
    const { text, at, lang } = message;
    return Buffer.from(JSON.stringify({ text, at, lang }), 'utf8');
  }
  const { subject, text, html, inline } = message;
  const pictures = inline?.map(({ cid, type, bytes }) => ({
    cid,
    type,
    base64: Buffer.from(bytes).toString('base64'),
  }));
  return Buffer.from(JSON.stringify({ subject, text, html, inline: pictures }), 'utf8');
}

/** What those bytes said. A mail queued by a version that knew only text is told with its first words as the subject. */
export function openBody(channel: string, bytes: Uint8Array): Body {
  const opened = Buffer.from(bytes).toString('utf8');
  if (channel === 'sms') return { channel, text: opened };
  if (channel === 'push') return { channel, ...(JSON.parse(opened) as { text: string; subscription: Subscription }) };
  if (channel === 'wechat') return { channel, ...(JSON.parse(opened) as WechatReminder) };
  if (channel !== 'email') throw new Error('a message for a channel this version does not know');
  if (!opened.startsWith('{"subject":')) return { channel, subject: opened.slice(0, 60), text: opened };
  const { subject, text, html, inline } = JSON.parse(opened) as MailParts;
  return {
    channel,
    subject,
    text,
    html,
    inline: inline?.map(({ cid, type, base64 }) => ({ cid, type, bytes: Buffer.from(base64, 'base64') })),
  };
}
