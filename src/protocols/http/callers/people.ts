// Who calls from a page: nobody yet (guest), somebody half-way through a login (visitor), or the person of a session. A visit opens the login's
// own calls and nothing else (WEB-02); a session that is idle, over, or of a suspended account opens nothing.
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../../contract/endpoints.ts';
import type { Locale, ProblemCode } from '../../../contract/problems.ts';
import { addressBlock } from '../../../core/throttle/addresses.ts';
import { type Portal, portalOf } from '../../../flows/portal.ts';
import { sessionOf } from '../../../flows/session-of.ts';
import type { HttpPorts, Identified, Identify } from '../handler.ts';
import { limiter } from '../limits.ts';
import { problem, type Reply, refused } from '../replies.ts';
import { browserOf, cookieOf, dropCookie, isDrawnFor, pageOf } from './page.ts';

export type PageCaller = 'guest' | 'visitor' | 'person';

/** How each kind of page caller is known. `origin` is where our pages are; `clock` serves limits only. */
export function people(ports: HttpPorts, origin: string, clock: () => number): Readonly<Record<PageCaller, Identify>> {
  // What one address may ask for: many people may share one.
  const perAddress = limiter(20, 200);

  /** The page's tenant, once the call is known to come from a page of ours. */
  const tenantOf = (
    request: FastifyRequest,
    endpoint: Endpoint,
    locale: Locale,
    instance: string,
  ): { readonly tenantId: string } | Reply => {
    const page = pageOf(request, endpoint, origin);
    const wait = perAddress.take(addressBlock(request.ip), clock());
    if (wait > 0) return problem('too-many-requests', locale, instance, { retryAfter: wait });
    if (page === 'cross-site') return problem('cross-site', locale, instance);
    return page === 'no-tenant' ? problem('portal-off', locale, instance) : page;
  };

  const known = (portal: Portal, request: FastifyRequest): Identified => ({
    caller: portal.caller,
    page: { portal, browser: browserOf(ports, request, portal.tenant.id) },
  });

  return {
    async guest(request, endpoint, _remembered, locale, instance) {
      const page = tenantOf(request, endpoint, locale, instance);
      if ('status' in page) return page;
      const portal = portalOf(await ports.tenants.find(page.tenantId));
      return portal.kind === 'refused' ? refused(portal, locale, instance) : known(portal, request);
    },

    async visitor(request, endpoint, _remembered, locale, instance) {
      const page = tenantOf(request, endpoint, locale, instance);
      if ('status' in page) return page;
      const token = cookieOf(request, 'visit', page.tenantId);
      const found =
        token === undefined ? undefined : await ports.sessions.visit(page.tenantId, ports.tokens.hash(token));
      if (found === undefined) return out('visit', page.tenantId, token !== undefined, locale, instance);
      if (!isDrawnFor(request, found.visit.challengeId)) return problem('another-account', locale, instance);
      const portal = portalOf(await ports.tenants.get(page.tenantId, found.tenantVersion));
      if (portal.kind === 'refused') return refused(portal, locale, instance);
      return { ...known(portal, request), visit: found.visit };
    },

    async person(request, endpoint, _remembered, locale, instance) {
      const page = tenantOf(request, endpoint, locale, instance);
      if ('status' in page) return page;
      const token = cookieOf(request, 'session', page.tenantId);
      const found = await sessionOf(ports, page.tenantId, token);
      if (found.kind === 'refused')
        return found.code === 'signed-out'
          ? out('session', page.tenantId, token !== undefined, locale, instance)
          : refused(found, locale, instance);
      if (!isDrawnFor(request, found.person.account.account)) return problem('another-account', locale, instance);
      return { ...known(found.portal, request), person: found.person };
    },
  };
}

/** Nobody we know; a cookie that opens nothing any more is taken back. */
function out(kind: 'visit' | 'session', tenantId: string, had: boolean, locale: Locale, instance: string): Reply {
  const code: ProblemCode = 'signed-out';
  const told = problem(code, locale, instance);
  return had ? { ...told, cookies: [dropCookie(kind, tenantId)] } : told;
}
