// What every call of a tenant's pages must show before a cookie is looked at: the header no form of another site can send, and, where it changes
// anything, that it was sent by a page of ours (WEB-08: Fetch standard, Origin). Also the names and attributes of our cookies (WEB-06).
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../../contract/endpoints.ts';
import type { Browser } from '../../../flows/portal.ts';
import type { HttpPorts } from '../handler.ts';

type Asking = Pick<FastifyRequest, 'ip' | 'headers'>;
export type CookieKind = 'session' | 'visit';

/** A dot cannot be in a tenant's id: no tenant's session has the name of another's visit. */
const nameOf = (kind: CookieKind, tenantId: string): string =>
  kind === 'session' ? `__Host-hufu-${tenantId}` : `__Host-hufu-login.${tenantId}`;

/** Secure by their very names (RFC 6265bis §4.1.3.2); a login is never continued from another site's link, a session may be. */
const attributes = (kind: CookieKind): string =>
  `Path=/; Secure; HttpOnly; SameSite=${kind === 'session' ? 'Lax' : 'Strict'}`;

/** The `Set-Cookie` line that hands out a token. */
export const setCookie = (kind: CookieKind, tenantId: string, token: string, seconds: number): string =>
  `${nameOf(kind, tenantId)}=${token}; ${attributes(kind)}; Max-Age=${seconds}`;

/** The line that takes it back. */
export const dropCookie = (kind: CookieKind, tenantId: string): string =>
  `${nameOf(kind, tenantId)}=; ${attributes(kind)}; Max-Age=0`;

/** The token a request brings; undefined when there is none, it cannot be one of ours, or there are two. */
export function cookieOf(request: Asking, kind: CookieKind, tenantId: string): string | undefined {
  const name = `${nameOf(kind, tenantId)}=`;
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(name))
    .map((part) => part.slice(name.length));
  const [token] = found;
  return found.length === 1 && token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}

/** Whether a request was sent by a page at `origin`: as far as browsers say, and, where it changes anything, by its Origin. */
export function fromOurPage({ headers }: Asking, { method }: Pick<Endpoint, 'method'>, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return method === 'GET' || headers.origin === origin;
}

/** The tenant a page of ours calls for, or why the call is not one of a page of ours. */
export function pageOf(
  request: Asking,
  endpoint: Pick<Endpoint, 'method'>,
  origin: string,
): { readonly tenantId: string } | 'no-tenant' | 'cross-site' {
  if (!fromOurPage(request, endpoint, origin)) return 'cross-site';
  const tenantId = request.headers['hufu-tenant'];
  return typeof tenantId === 'string' && /^[a-z0-9][a-z0-9-]{0,62}$/.test(tenantId) ? { tenantId } : 'no-tenant';
}

/**
 * Whether the page was drawn for what its cookie opens. All tabs of a browser share its cookies, and people of brokerages have several accounts: a
 * page that names one of them must not act on another. A page that does not say is not asked.
 */
export function isDrawnFor({ headers }: Asking, what: string): boolean {
  const drawnFor = headers['hufu-for'];
  return drawnFor === undefined || drawnFor === encodeURIComponent(what);
}

/** Where a page's request comes from, as flows want it. */
export function browserOf(ports: HttpPorts, request: Asking, tenantId: string): Browser {
  const userAgent = request.headers['user-agent'];
  const session = cookieOf(request, 'session', tenantId);
  return {
    ip: request.ip,
    userAgent: userAgent === undefined ? null : userAgent.slice(0, 512),
    sessionHash: session === undefined ? null : ports.tokens.hash(session),
  };
}
