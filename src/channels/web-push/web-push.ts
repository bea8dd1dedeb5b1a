// Wakes a phone through the push service of its browser (RFC 8030), encrypted to the browser (RFC 8291) and signed by us (RFC 8292). What it says is no
// secret: that somebody asks. Only services that are known are talked to: where a phone is woken is an address the phone gave us.
import { Agent } from 'node:https';
import type { Delivery } from '../../core/outbox/message.ts';
import type { Channel } from '../channel.ts';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface WebPush {
  /** Our key pair (VAPID), base64url. */
  readonly keys: () => Promise<PushKeys>;
  /** Whom a push service may write to: a mailto: or https: address. */
  readonly subject: string;
  /** Called with the phone whose subscription is over (404, 410). */
  readonly gone: (phoneId: string) => Promise<void>;
  /** Hosts besides the known ones, such as a service of one's own. */
  readonly hosts?: readonly string[];
  readonly timeoutMs: number;
  /** Certificates trusted besides the system's, PEM. */
  readonly ca?: string;
}

/** Chrome and Edge on Android, Firefox, Safari, Edge on Windows. */
const SERVICES =
  /^(?:fcm\.googleapis\.com|(?:[a-z0-9-]+\.)*push\.services\.mozilla\.com|(?:[a-z0-9-]+\.)*push\.apple\.com|(?:[a-z0-9-]+\.)*notify\.windows\.com)$/;

/** Whether a subscription's address is one of a service we talk to. */
export function isPushService(endpoint: string, hosts: readonly string[] = []): boolean {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    return false;
  }
  const isKnown = SERVICES.test(url.hostname) && url.port === '';
  return url.protocol === 'https:' && url.username === '' && (isKnown || hosts.includes(url.host));
}

/** 404 and 410 end the subscription; 429 and 5xx, silence and network faults are tried again while it still matters. */
export function webPush({ keys, subject, gone, hosts, timeoutMs, ca }: WebPush): Channel {
  const agent = ca === undefined ? undefined : new Agent({ ca });
  return async (message) => {
    if (message.channel !== 'push') return { kind: 'failed', error: 'this channel wakes phones only' };
    const { endpoint, p256dh, auth } = message.subscription;
    if (!isPushService(endpoint, hosts)) return { kind: 'failed', error: 'the push service is not one we talk to' };
    const vapidDetails = { subject, ...(await keys()) };
    try {
      // Loaded with the first push: a house whose phones are not woken does without its memory.
      const { default: webpush } = await import('web-push');
      await webpush.sendNotification({ endpoint, keys: { p256dh, auth } }, message.text, {
        vapidDetails,
        TTL: 120,
        urgency: 'high',
        timeout: timeoutMs,
        ...(agent === undefined ? {} : { agent }),
      });
      return { kind: 'sent' };
    } catch (error) {
      const { statusCode } = error as { readonly statusCode?: unknown };
      if (statusCode === 404 || statusCode === 410) await gone(message.to);
      return answerOf(statusCode);
    }
  };
}

function answerOf(status: unknown): Delivery {
  if (typeof status !== 'number') return { kind: 'retry', error: 'the push service could not be reached' };
  const isPassing = status === 429 || status >= 500;
  return { kind: isPassing ? 'retry' : 'failed', error: `the push service answered ${status}` };
}
