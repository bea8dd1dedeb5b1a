// Mounts the tenants' OpenID providers under /oidc/<tenant>/ and carries a login from the portal back to them. The provider decides whether a login
// is needed and how fresh it must be; the portal's session says who is there. Nothing here lets anyone in.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { satisfiesAcr, wantedAcr } from '../../core/assurance.ts';
import type { LoggedIn, OidcPorts } from './ports.ts';

/** Keys and relying parties of another node's making are seen after this long, ms. */
const FRESH_MS = 30_000;

/** A form's fields travel on in an address, which servers and browsers keep short. */
const FORM_BYTES = 8 * 1024;

export interface OidcDoor {
  /** Registers the routes. */
  mount(app: FastifyInstance): void;
  /** Ends the account's sessions at relying parties, and tells those that listen (OpenID Back-Channel Logout 1.0). */
  endAccount(tenantId: string, accountId: string): Promise<void>;
}

/** The OpenID door over the house's ports. */
export function oidcDoor(ports: OidcPorts): OidcDoor {
  const known = new Map<string, { readonly provider: Promise<Provider>; readonly at: number }>();
  const base = new URL(ports.baseUrl);

  const provider = async (tenantId: string): Promise<Provider> => {
    const held = known.get(tenantId);
    if (held !== undefined && ports.clock() - held.at < FRESH_MS) return held.provider;
    // The library is loaded with the first login: it costs a start tens of milliseconds and megabytes that many houses never need.
    const made = import('./provider.ts').then(({ providerOf }) => providerOf(ports, tenantId));
    known.set(tenantId, { provider: made, at: ports.clock() });
    made.catch(() => known.delete(tenantId));
    return made;
  };

  /** The request as the provider should see it: its own path, and the address people use. */
  const facing = (request: FastifyRequest, tenantId: string): IncomingMessage => {
    const raw = request.raw as IncomingMessage & { originalUrl?: string };
    raw.originalUrl ??= raw.url ?? '/';
    raw.url = raw.originalUrl.slice(`/oidc/${tenantId}`.length) || '/';
    raw.headers['x-forwarded-proto'] = base.protocol.replace(':', '');
    raw.headers['x-forwarded-host'] = base.host;
    return raw;
  };

  const hand = async (request: FastifyRequest, reply: FastifyReply, tenantId: string): Promise<void> => {
    const at = await provider(tenantId);
    reply.hijack();
    await at.callback()(facing(request, tenantId), guardedHead(reply.raw));
  };

  /** Sends the person to the portal, or back to the relying party when the session there is what was asked for. */
  const interaction = async (request: FastifyRequest, reply: FastifyReply, tenantId: string): Promise<unknown> => {
    const at = await provider(tenantId);
    const raw = facing(request, tenantId);
    const details = await at.interactionDetails(raw, reply.raw);
    const session = await ports.loggedIn(tenantId, request.headers.cookie);
    if (session === undefined || !isEnough(details, session, request.url.includes('/done'), ports.clock()))
      return reply.redirect(`/t/${tenantId}/login#oidc=${details.uid}${isStepUp(details) ? '&again' : ''}`, 303);
    reply.hijack();
    await at.interactionFinished(
      raw,
      guardedHead(reply.raw),
      {
        login: {
          accountId: session.accountId,
          acr: session.acr,
          amr: [...session.amr],
          ts: Math.floor(session.at / 1000),
          remember: true,
        },
      },
      { mergeWithLastSubmission: false },
    );
    return reply;
  };

  const isTenant = async (id: string): Promise<boolean> =>
    /^[a-z0-9][a-z0-9-]{0,62}$/.test(id) &&
    (await ports.tenants.get(id, 0).then(
      () => true,
      () => false,
    ));

  return {
    mount(app) {
      // In a scope of its own, before any body is read: the provider reads forms itself.
      void app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
        const route = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
          const { tenant } = request.params as { readonly tenant: string };
          if (!(await isTenant(tenant))) return reply.callNotFound();
          const path = request.url.slice(`/oidc/${tenant}`.length);
          if (/^\/interaction\/[\w-]{10,64}(\/done)?$/.test(path.split('?')[0] ?? '') && request.method === 'GET')
            try {
              return await interaction(request, reply, tenant);
            } catch (error) {
              if ((error as { readonly error?: string }).error !== 'invalid_request') throw error;
              // The attempt is over or another browser's: the relying party starts it again.
              return reply.redirect(`/t/${tenant}/login`, 303);
            }
          await hand(request, reply, tenant);
          return reply;
        };
        scope.all('/oidc/:tenant/*', route);
      });
      // Asking for a login or a logout works by POST as by GET (OpenID Core §3.1.2.1, RP-Initiated Logout §2). A browser sends none of our cookies with
      // another site's form, so it is sent on with the same parameters, as if it had come by a link: one way in, the same checks.
      void app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        const form = { parseAs: 'string', bodyLimit: FORM_BYTES } as const;
        scope.addContentTypeParser('application/x-www-form-urlencoded', form, (_request, body, done) =>
          done(null, body),
        );
        // What is no form has no parameters, and is refused as that.
        scope.addContentTypeParser('*', (_request, _payload, done) => done(null, ''));
        for (const path of ['auth', 'session/end'])
          scope.post(`/oidc/:tenant/${path}`, { bodyLimit: FORM_BYTES }, async (request, reply) => {
            const { tenant } = request.params as { readonly tenant: string };
            if (!(await isTenant(tenant))) return reply.callNotFound();
            guardedHead(reply.raw);
            const asked = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
            const at = `/oidc/${tenant}/${path}?${asked.toString()}`;
            return reply.header('cache-control', 'no-store').redirect(at, 303);
          });
      });
    },
    async endAccount(tenantId, accountId) {
      const sessions = await ports.records.endAccount(tenantId, accountId);
      if (sessions.length === 0) return;
      const at = await provider(tenantId);
      for (const { payload } of sessions)
        for (const [clientId, { sid }] of Object.entries(
          (payload['authorizations'] ?? {}) as Record<string, { sid?: string }>,
        )) {
          const client = (await at.Client.find(clientId)) as Listening | undefined;
          if (client?.backchannelLogoutUri === undefined || sid === undefined) continue;
          // A relying party that cannot be reached keeps its own session until it ends; ours is over already.
          await client.backchannelLogout(accountId, sid).catch((error: unknown) => ports.onFault(error, 'oidc'));
        }
    },
  };
}

/** A relying party that wants to hear of ended sessions. */
interface Listening {
  readonly backchannelLogoutUri?: string;
  backchannelLogout(sub: string, sid: string): Promise<unknown>;
}

interface Details {
  readonly uid: string;
  readonly iat: number;
  readonly prompt: { readonly name: string; readonly reasons: readonly string[] };
  readonly params: Readonly<Record<string, unknown>>;
}

const MUST_BE_NEW = new Set(['login_prompt', 'max_age', 'step_up', 'essential_acr', 'essential_acrs']);

/** True when the session that is there will not do: the person logs in anew, and trusted devices do not count. */
const isStepUp = (details: Details): boolean => details.prompt.reasons.some((reason) => MUST_BE_NEW.has(reason));

/**
 * Whether the portal's session answers what was asked. A stronger or newer one that is there already does; `prompt=login` wants one made for
 * this request. `isBack`: straight from the portal, where a new login is all there is, and how strong it became is told truly.
 */
function isEnough(details: Details, session: LoggedIn, isBack: boolean, now: number): boolean {
  const isNew = session.at >= details.iat * 1000;
  if (details.prompt.reasons.includes('login_prompt') && !isNew) return false;
  const maxAge = details.params['max_age'];
  if (typeof maxAge === 'number' && !isNew && now - session.at > maxAge * 1000) return false;
  return satisfiesAcr(session.acr, wantedAcr(details.params['acr_values'])) || (isBack && isNew);
}

/** Headers every answer of ours carries, also where the provider writes it. */
function guardedHead(response: ServerResponse): ServerResponse {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  return response;
}
