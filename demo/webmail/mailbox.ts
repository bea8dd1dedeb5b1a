// A person's inbox, read by IMAP with the access token of their login: the webmail never learns a password, and the mail server lets it into the
// mailbox of whoever logged in and no other (RFC 7628).
import { ImapFlow } from 'imapflow';

export interface MailServer {
  readonly host: string;
  readonly port: number;
}

export interface Letter {
  readonly from: string;
  readonly subject: string;
  readonly at: Date;
}

const MOST = 50;

/** The newest letters of an inbox, newest first. Throws when the server cannot be reached, or does not take the token for that mailbox. */
export async function inboxOf(server: MailServer, user: string, accessToken: string): Promise<readonly Letter[]> {
  const client = new ImapFlow({
    ...server,
    // On this machine alone: nobody listens in between.
    secure: false,
    doSTARTTLS: false,
    auth: { user, accessToken },
    logger: false,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
  });
  // A connection that breaks later is told by the call that waits for it.
  client.on('error', () => {});
  await client.connect();
  try {
    const box = await client.mailboxOpen('INBOX', { readOnly: true });
    if (box.exists === 0) return [];
    const letters: Letter[] = [];
    for await (const { envelope } of client.fetch(`${Math.max(1, box.exists - MOST + 1)}:*`, { envelope: true })) {
      const from = envelope?.from?.[0];
      letters.push({
        from: from?.name || from?.address || '',
        subject: envelope?.subject ?? '',
        // A date that no program can read stays text.
        at: envelope?.date instanceof Date ? envelope.date : new Date(0),
      });
    }
    return letters.sort((a, b) => b.at.getTime() - a.at.getTime());
  } finally {
    await client.logout().catch(() => client.close());
  }
}
