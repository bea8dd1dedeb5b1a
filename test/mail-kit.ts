// A mail provider's house for tests: the preset `mail`, a mailbox with a main password, and binding as its owner does in webmail.
import type { MailProtocol } from '../src/core/app-password/app-password.ts';
import { type Repeats, repeats } from '../src/core/app-password/repeats.ts';
import { type MailAnswer, type MailAttempt, mailLogin } from '../src/flows/mail-login.ts';
import { codeOf, type TestHouse } from './kit.ts';

export const MAIN_PASSWORD = 'correct horse battery';
export const WEBMAIL = { id: 'webmail' };

/** Binds an authenticator app as the owner does after logging in to webmail; gives its URI and id. The step of now is then spent. */
export async function bindInWebmail(h: TestHouse, account: string): Promise<{ uri: string; id: string }> {
  const login = await h.call('POST', '/v1/logins', { account, client: WEBMAIL, firstFactor: 'verified' });
  if (login.body.status !== 'allowed') throw new Error(JSON.stringify(login.body));
  const at = `/v1/accounts/${encodeURIComponent(account)}/bindings`;
  const started = await h.call('POST', at, { type: 'totp', client: WEBMAIL });
  const done = await h.call('POST', `${at}/${started.body.id}/confirm`, {
    output: codeOf(started.body.uri, h.clock.now),
  });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return { uri: started.body.uri, id: started.body.id };
}

export const passwordsAt = (account: string): string => `/v1/accounts/${encodeURIComponent(account)}/app-passwords`;

/** Makes an app password; throws unless it was made. */
export async function anAppPassword(
  h: TestHouse,
  account: string,
  more: { name?: string; protocols?: readonly MailProtocol[]; expiresAt?: string; profile?: boolean } = {},
): Promise<{ id: string; password: string; grouped: string; settings: any; profile?: { url: string } }> {
  const made = await h.call('POST', passwordsAt(account), { name: 'Foxmail', ...more });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
}

/** A mail program's login at no particular door: IMAP under TLS unless said otherwise. */
export function mailbox(
  h: TestHouse,
  account: string,
  memory: Repeats = repeats(),
): (password: string, more?: Partial<MailAttempt>) => Promise<MailAnswer> {
  return (password, more = {}) =>
    mailLogin(h.house.ports, memory, {
      tenantId: h.tenant,
      account,
      password,
      protocol: 'imap',
      ip: '203.0.113.7',
      secure: true,
      ...more,
    });
}

/** `accepted by …`, or the code of a refusal. */
export const said = (answer: MailAnswer): string =>
  answer.kind === 'accepted' ? `accepted by ${answer.by}` : answer.code;
