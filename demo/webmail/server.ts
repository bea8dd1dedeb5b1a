// The webmail's back end: a relying party of OpenID Connect like any other. Sessions are its own, in memory.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { inboxOf, type MailServer } from './mailbox.ts';
import { failedPage, forwardingPage, type Inbox, inboxPage, needPage, type Person, welcomePage } from './pages.ts';
import { type Locale, localeOf } from './words.ts';

export interface WebmailOptions {
  readonly baseUrl: string;
  /** The tenant's OpenID issuer, and what it registered us as. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The tenant's security settings. */
  readonly settingsUrl: string;
  /** The mail server behind it, once it is known whether there is one. */
  readonly mailServer: Promise<MailServer | null>;
}

interface Session {
  person: Person | null;
  /** A second step was asked for. */
  asked: boolean;
  /** The login under way. */
  pending: { readonly verifier: string; readonly state: string; readonly nonce: string; readonly next: string } | null;
}

const COOKIE = 'webmail_session';
const FRESH_SECONDS = 300;
const MOST_SESSIONS = 10_000;
const STRONG = new Set(['urn:hufu:aal2', 'urn:hufu:phr']);
const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Registers the webmail under /demo/webmail/. */
export async function webmail(app: FastifyInstance, options: WebmailOptions): Promise<void> {
  const sessions = new Map<string, Session>();
  const style = readFileSync(join(import.meta.dirname, 'style.css'));
  const home = '/demo/webmail/';
  const callback = `${options.baseUrl}${home}callback`;
  let provider: Promise<oidc.Configuration> | undefined;

  const config = (): Promise<oidc.Configuration> => {
    provider ??= oidc
      .discovery(new URL(options.issuer), options.clientId, options.clientSecret, undefined, {
        // The demo has no TLS; nobody's password travels further than this machine.
        execute: options.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        provider = undefined;
        throw error;
      });
    return provider;
  };

  const sessionOf = (request: FastifyRequest, reply: FastifyReply): Session => {
    const known = sessions.get(
      new RegExp(`(?:^|; )${COOKIE}=([\\w-]{43})`).exec(request.headers.cookie ?? '')?.[1] ?? '',
    );
    if (known !== undefined) return known;
    return fresh(reply, { person: null, asked: false, pending: null });
  };
  /** A session under a new name: what was under the old one is not taken along by whoever knew it. */
  const fresh = (reply: FastifyReply, session: Session): Session => {
    const id = randomBytes(32).toString('base64url');
    if (sessions.size >= MOST_SESSIONS) sessions.clear();
    sessions.set(id, session);
    void reply.header('set-cookie', `${COOKIE}=${id}; Path=${home}; HttpOnly; SameSite=Lax`);
    return session;
  };
  const html = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
    reply
      .code(status)
      .headers({
        'content-security-policy': CSP,
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(text);
  const language = (request: FastifyRequest): Locale => localeOf(request.headers['accept-language']);

  const begin = async (
    reply: FastifyReply,
    session: Session,
    locale: Locale,
    next: string,
    more: Readonly<Record<string, string>>,
  ): Promise<FastifyReply> => {
    const pending = {
      verifier: oidc.randomPKCECodeVerifier(),
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      next,
    };
    session.pending = pending;
    const url = oidc.buildAuthorizationUrl(await config(), {
      redirect_uri: callback,
      scope: 'openid profile email',
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
      ui_locales: locale,
      ...more,
    });
    return reply.redirect(url.href, 303);
  };

  app.get(`${home}style.css`, (_request, reply) => reply.type('text/css; charset=utf-8').send(style));

  const inbox = async (person: Person): Promise<Inbox> => {
    const server = await options.mailServer;
    if (server === null) return { kind: 'made-up' };
    return inboxOf(server, person.account, person.accessToken).then(
      (letters) => ({ kind: 'served', letters }),
      () => ({ kind: 'unreachable' }),
    );
  };

  app.get(home, async (request, reply) => {
    const session = sessionOf(request, reply);
    const { person } = session;
    const locale = language(request);
    if (person === null) return html(reply, welcomePage(locale));
    // The key to the mailbox lasts minutes. While the person is logged in, single sign-on brings another without asking them anything.
    if (person.accessUntil < Date.now() && (await options.mailServer) !== null)
      return begin(reply, session, locale, home, {});
    return html(reply, inboxPage(locale, person, options.settingsUrl, await inbox(person)));
  });

  app.get(`${home}login`, (request, reply) => begin(reply, sessionOf(request, reply), language(request), home, {}));

  app.get(`${home}callback`, async (request, reply) => {
    const session = sessionOf(request, reply);
    const { pending } = session;
    session.pending = null;
    if (pending === null) return reply.redirect(home, 303);
    try {
      const tokens = await oidc.authorizationCodeGrant(await config(), new URL(request.url, options.baseUrl), {
        pkceCodeVerifier: pending.verifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('no ID token');
      const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      fresh(reply, {
        pending: null,
        asked: session.asked,
        person: {
          account: text(claims['preferred_username']) ?? claims.sub,
          name: text(claims['name']),
          acr: text(claims['acr']) ?? '',
          amr: Array.isArray(claims['amr']) ? claims['amr'].map(String) : [],
          authTime: Number(claims.auth_time ?? 0),
          idToken: tokens.id_token ?? '',
          accessToken: tokens.access_token,
          accessUntil: Date.now() + ((tokens.expires_in ?? 60) - 10) * 1000,
          forwardTo: session.person?.forwardTo ?? '',
        },
      });
      return await reply.redirect(pending.next, 303);
    } catch (error) {
      const code = (error as { readonly error?: string; readonly code?: string }).error ?? 'login_failed';
      return html(reply, failedPage(language(request), code), 400);
    }
  });

  /** The person, when a second step was verified lately; otherwise sends them to do it. */
  const provenLately = (person: Person): boolean =>
    STRONG.has(person.acr) && Date.now() / 1000 - person.authTime < FRESH_SECONDS;

  app.get<{ Querystring: { saved?: string } }>(`${home}forwarding`, async (request, reply) => {
    const session = sessionOf(request, reply);
    const locale = language(request);
    if (session.person === null) return begin(reply, session, locale, `${home}forwarding`, {});
    const { person } = session;
    // Back from a fresh login that was no stronger: there is no second step yet, and asking again would lead nowhere.
    if (!STRONG.has(person.acr) && session.asked && Date.now() / 1000 - person.authTime < FRESH_SECONDS)
      return html(reply, needPage(locale, person, options.settingsUrl));
    if (!provenLately(person)) {
      session.asked = true;
      return begin(reply, session, locale, `${home}forwarding`, {
        acr_values: 'urn:hufu:aal2',
        max_age: String(FRESH_SECONDS),
        login_hint: person.account,
      });
    }
    return html(reply, forwardingPage(locale, person, request.query.saved !== undefined));
  });

  app.register(async (forms) => {
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    forms.addHook('onRequest', async (request, reply) => {
      // Forms of ours only.
      if (request.headers.origin !== undefined && request.headers.origin !== options.baseUrl)
        return reply.code(403).send({ message: 'cross-site' });
      return undefined;
    });
    forms.post<{ Body: { to?: string } }>(`${home}forwarding`, async (request, reply) => {
      const { person } = sessionOf(request, reply);
      if (person === null || !provenLately(person)) return reply.redirect(`${home}forwarding`, 303);
      person.forwardTo = (request.body?.to ?? '').slice(0, 100);
      return reply.redirect(`${home}forwarding?saved`, 303);
    });
    forms.post(`${home}logout`, async (request, reply) => {
      const session = sessionOf(request, reply);
      const { person } = session;
      session.person = null;
      fresh(reply, { person: null, asked: false, pending: null });
      if (person === null) return reply.redirect(home, 303);
      const url = oidc.buildEndSessionUrl(await config(), {
        id_token_hint: person.idToken,
        post_logout_redirect_uri: `${options.baseUrl}${home}`,
      });
      return reply.redirect(url.href, 303);
    });
  });
}
