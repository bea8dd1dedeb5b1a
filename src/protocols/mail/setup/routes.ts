// Setting up a mail program with one tap: what programs ask for by address, and the one-time profile for phones. Open to all.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../../../core/ports.ts';
import { openMailProfile } from '../../../flows/open-mail-profile.ts';
import type { MailPorts } from '../door.ts';
import { autoconfig } from './autoconfig.ts';
import { addressAsked, autodiscover, autodiscoverError } from './autodiscover.ts';
import { mobileconfig } from './mobileconfig.ts';
import { expiredPage, languageOf, PAGE_HEADERS, profilePage } from './page.ts';

const XML = { 'content-type': 'text/xml; charset=utf-8', 'x-content-type-options': 'nosniff' };
/** A domain's settings change seldom; every program asks. */
const FOR_AN_HOUR = { 'cache-control': 'public, max-age=3600' };

/** Registers the addresses mail programs try, and `/mail/profile/{token}`. */
export function registerSetup(app: FastifyInstance, ports: MailPorts): void {
  // A scope of its own: XML and forms are read here and nowhere else.
  void app.register(async (scope) => {
    for (const type of ['text/xml', 'application/xml', 'application/x-www-form-urlencoded'])
      scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: 16_384 }, (_, body, done) => done(null, body));

    for (const url of [
      '/mail/config-v1.1.xml',
      '/.well-known/autoconfig/mail/config-v1.1.xml',
      '/.well-known/mail-v1.xml',
    ])
      scope.get(url, async (request, reply) => {
        const domain = domainOf(request);
        const tenant = await settled(ports, domain);
        if (tenant === undefined) return reply.code(404).headers(XML).send('');
        return reply.headers({ ...XML, ...FOR_AN_HOUR }).send(autoconfig(tenant.policy, domain));
      });

    for (const url of ['/autodiscover/autodiscover.xml', '/Autodiscover/Autodiscover.xml'])
      scope.post(url, async (request, reply) => {
        const address = addressAsked(typeof request.body === 'string' ? request.body : '');
        reply.headers({ ...XML, 'cache-control': 'no-store' });
        if (address === undefined) return reply.code(400).send(autodiscoverError(600, 'Invalid Request'));
        const tenant = await settled(ports, address.slice(address.lastIndexOf('@') + 1).toLowerCase());
        return tenant === undefined
          ? reply.code(404).send(autodiscoverError(500, 'The email address cannot be found'))
          : reply.send(autodiscover(tenant.policy, address));
      });

    scope.get('/mail/profile/:token', async (request, reply) =>
      reply.headers(PAGE_HEADERS).send(profilePage(languageOf(request.headers['accept-language']))),
    );
    scope.post('/mail/profile/:token', async (request, reply) => profile(ports, request, reply));
  });
}

async function profile(ports: MailPorts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  const opened = /^[\w-]{22}$/.test(token) ? await openMailProfile(ports, token) : undefined;
  const text = opened?.kind === 'profile' ? mobileconfig(opened, () => randomUUID().toUpperCase()) : undefined;
  if (text === undefined)
    return reply
      .code(410)
      .headers(PAGE_HEADERS)
      .send(expiredPage(languageOf(request.headers['accept-language'])));
  return reply
    .headers({
      ...PAGE_HEADERS,
      'content-type': 'application/x-apple-aspen-config',
      'content-disposition': 'attachment; filename="mail.mobileconfig"',
    })
    .send(text);
}

/** The domain asked about: of `emailaddress`, or of the host `autoconfig.DOMAIN`, or the host itself. */
function domainOf(request: FastifyRequest): string {
  const asked = (request.query as { emailaddress?: unknown }).emailaddress;
  if (typeof asked === 'string' && asked.includes('@')) return asked.slice(asked.lastIndexOf('@') + 1).toLowerCase();
  return request.hostname.toLowerCase().replace(/^autoconfig\./, '');
}

/** The tenant of a domain that says where its mail is. */
async function settled(ports: MailPorts, domain: string): Promise<Tenant | undefined> {
  const tenant = await ports.tenantOfDomain(domain);
  return tenant !== undefined && Object.keys(tenant.policy.appPasswords.settings).length > 0 ? tenant : undefined;
}
