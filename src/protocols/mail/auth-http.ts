// nginx's mail proxy asks here (ngx_mail_auth_http_module), and so does Dovecot through a few lines of Lua: a GET whose headers are the question and
// whose answer's headers are the answer, always status 200. Whoever asks knows the shared key.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { knock, type MailPorts } from './door.ts';
import { lineOf, spoken } from './words.ts';

export interface AuthHttpOptions {
  readonly ports: MailPorts;
  /** Sent by the proxy as X-Auth-Key. */
  readonly key: string;
  readonly sameText: (a: string, b: string) => boolean;
  /** What the proxy gives the back end in place of the password; null: the password itself. */
  readonly backendPassword: string | null;
}

/** After so many tries on one connection nginx is told to close it. */
const TRIES_PER_CONNECTION = 8;

/** Registers `/mail/nginx` and `/mail/dovecot`, each also with a tenant's id behind; without one the domain of the user name tells whose it is. */
export function registerAuthHttp(app: FastifyInstance, options: AuthHttpOptions): void {
  for (const proxy of ['nginx', 'dovecot'] as const)
    for (const url of [`/mail/${proxy}`, `/mail/${proxy}/:tenant`])
      app.get(url, async (request, reply) => answer(proxy, options, request, reply));
}

async function answer(
  proxy: 'nginx' | 'dovecot',
  options: AuthHttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  if (!options.sameText(headerOf(request, 'x-auth-key'), options.key)) return reply.code(403).send();
  const protocol = headerOf(request, 'auth-protocol').toLowerCase();
  const isPlain = ['plain', 'login', ''].includes(headerOf(request, 'auth-method').toLowerCase());
  const told = await knock(options.ports, {
    tenantId: (request.params as { tenant?: string }).tenant ?? null,
    user: sentOf(headerOf(request, 'auth-user')),
    password: sentOf(headerOf(request, 'auth-pass')),
    protocol: isPlain ? protocol : '',
    ip: headerOf(request, 'client-ip') || null,
    secure: headerOf(request, 'auth-ssl') === 'on',
  });
  if (told.kind === 'accepted') {
    reply.header('auth-user', headerText(told.account));
    if (proxy === 'dovecot') return reply.header('auth-status', 'OK').send();
    if (told.backend !== null) {
      if (options.backendPassword !== null) reply.header('auth-pass', headerText(options.backendPassword));
      return reply
        .header('auth-status', 'OK')
        .header('auth-server', told.backend.host)
        .header('auth-port', String(told.backend.port))
        .send();
    }
    options.ports.onFault(new Error(`the policy of ${told.tenantId} names no back end for ${protocol}`), 'mail');
  }
  const line = lineOf(told) ?? lineOf({ kind: 'unavailable' });
  if (line === undefined) throw new TypeError('a refusal without a line');
  const tries = Number(headerOf(request, 'auth-login-attempt') || 1);
  // nginx holds the answer back for this long and then lets the program try again on the same connection.
  if (tries < TRIES_PER_CONNECTION) reply.header('auth-wait', '1');
  if (protocol === 'smtp') reply.header('auth-error-code', line.smtp);
  return reply.header('auth-status', spoken(line, protocol)).send();
}

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/**
 * A name or password as the mail program sent it. nginx escapes only space, `%` and control characters; other bytes come as they are, and Node
 * reads each as one Latin-1 character.
 */
export const sentOf = (header: string): string =>
  Buffer.from(
    header.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

/** Text as bytes of a header, as nginx passes them on; without control characters, which would begin another header. */
const headerText = (text: string): string =>
  Buffer.from(Buffer.from(text, 'utf8').filter((byte) => byte >= 0x20 && byte !== 0x7f)).toString('latin1');
