// A message waiting to be sent. Sent once, retried, never held up by the sender's slowness; what it says is sealed until then and wiped after.

/** A picture inside a mail's html, shown there as `<img src="cid:…">`. */
export interface InlineImage {
  readonly cid: string;
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif';
  readonly bytes: Uint8Array;
}

/** What a mail says. `text` says all of it: `html` only says it more beautifully. */
export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly inline?: readonly InlineImage[] | undefined;
}

type Addressed = { readonly id: string; readonly tenantId: string; readonly to: string };

/** Where a phone's browser is woken (Push API): an address at its push service, and the keys that only the browser can open with. */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** A reminder in WeChat: who asks, and when, as a person reads it. */
export interface WechatReminder {
  /** Who asks. */
  readonly text: string;
  readonly at: string;
  readonly lang: 'zh_CN' | 'zh_HK' | 'en_US';
}

/** One message as a channel is given it. A push and a reminder in WeChat are addressed to a phone's id. */
export type Outgoing = Addressed &
  (
    | ({ readonly channel: 'email' } & MailBody)
    | { readonly channel: 'sms'; readonly text: string }
    | { readonly channel: 'push'; readonly text: string; readonly subscription: Subscription }
    | ({ readonly channel: 'wechat' } & WechatReminder)
  );

export type ChannelName = Outgoing['channel'];
/** Those a code can be sent by. */
export type CodeChannel = Exclude<ChannelName, 'push' | 'wechat'>;

/** One message as a flow queues it. */
export type Message = Outgoing & {
  readonly accountId: string;
  /** What it is for: codes count against limits, notices do not. A notice that holds a stop code (`objection`) is bounded apart from those that do not. */
  readonly purpose: 'code' | 'notice' | 'objection';
  readonly expiresAt: number;
};

/** A channel's answer: gone out, worth another try, or never to be sent. Errors name what happened and never quote the message. */
export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly error: string }
  | { readonly kind: 'failed'; readonly error: string };
