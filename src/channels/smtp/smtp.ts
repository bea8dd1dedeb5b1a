// Mail by SMTP (RFC 5321), text first and html beside it (RFC 2046 §5.1.4). Built from parts, never from a string with headers in it: what an
// address or a name holds cannot become a header (WEB-10). Marked as sent by a machine (RFC 3834), so that no out-of-office answers it.
import type { Transporter } from 'nodemailer';
import type { Delivery } from '../../core/outbox/message.ts';
import type { Channel } from '../channel.ts';

export interface SmtpServer {
  readonly host: string;
  /** 465 for implicit TLS and 587 otherwise, when none is given. */
  readonly port?: number | undefined;
  /** `starttls` never goes on in clear: a server that does not offer it gets no mail. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** `a@b` or `Name <a@b>`. */
  readonly from: string;
  readonly timeoutMs: number;
  /** Certificates trusted besides the system's, PEM. */
  readonly ca?: string | undefined;
}

const ADDRESS = /^[^\s@<>",;:\\()[\]\p{Cc}]{1,64}@[^\s@<>",;:\\()[\]\p{Cc}]{1,190}$/u;

/** Answers 5yz about the message or its receiver are final; every other fault, one about our own login too, is tried again. */
export function smtp(server: SmtpServer): Channel {
  const { host, tls, user, password, timeoutMs } = server;
  const from = mailbox(server.from);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  // The library is loaded with the first mail: a house that sends none does without its memory.
  let made: Promise<Transporter> | undefined;
  const options = {
    host,
    port: server.port ?? (tls === 'implicit' ? 465 : 587),
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    tls: { minVersion: 'TLSv1.2', ...(server.ca === undefined ? {} : { ca: server.ca }) },
    // A body is what we give as a body, never a path or an address to fetch it from.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
  const transport = (): Promise<Transporter> =>
    (made ??= import('nodemailer').then(({ createTransport }) => createTransport(options)));
  return async (message) => {
    if (message.channel !== 'email') return { kind: 'failed', error: 'this channel sends mail only' };
    if (!ADDRESS.test(message.to)) return { kind: 'failed', error: 'the address is not one that mail can be sent to' };
    try {
      await (await transport()).sendMail({
        from,
        to: { name: '', address: message.to },
        envelope: { from: from.address, to: [message.to] },
        // The same message has the same id, so a receiver that got it twice can tell.
        messageId: `<${message.id}@${domain}>`,
        subject: oneLine(message.subject),
        text: message.text,
        ...(message.html === undefined ? {} : { html: message.html }),
        attachments: (message.inline ?? []).map(({ cid, type, bytes }) => ({
          cid,
          contentType: type,
          content: Buffer.from(bytes),
          filename: `${cid.replace(/[^\w-]/g, '')}.${type.slice('image/'.length)}`,
          contentDisposition: 'inline' as const,
        })),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { kind: 'sent' };
    } catch (error) {
      return answerOf(error);
    }
  };
}

/** The server's own words may quote the message or the receiver: only the code is kept. */
function answerOf(error: unknown): Delivery {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const kind = typeof code === 'string' && /^E[A-Z_]{2,20}$/.test(code) ? code : 'fault';
  if (typeof responseCode !== 'number') return { kind: 'retry', error: `the mail server could not be used (${kind})` };
  const isAboutMessage = kind === 'EENVELOPE' || kind === 'EMESSAGE';
  const isAboutLogin = responseCode >= 530 && responseCode <= 538;
  const isFinal = isAboutMessage && responseCode >= 500 && !isAboutLogin;
  return { kind: isFinal ? 'failed' : 'retry', error: `the mail server answered ${responseCode}` };
}

function mailbox(from: string): { readonly name: string; readonly address: string } {
  const named = /^(.*) <([^<>]+)>$/.exec(from);
  const address = named?.[2] ?? from;
  if (!ADDRESS.test(address)) throw new TypeError('the sender is not a mail address');
  return { name: oneLine(named?.[1] ?? ''), address };
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
