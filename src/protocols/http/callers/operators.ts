// Who calls at the console: nobody yet, somebody half-way through signing in, or an operator in force in one of their tenants. What they may do is
// the permission of the row; another tenant than theirs is not there at all (OPS-05). A call that no page of the console sent is refused (OPS-07).
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../../contract/endpoints.ts';
import type { Permission } from '../../../contract/permissions.ts';
import type { Locale } from '../../../contract/problems.ts';
import { OPERATORS } from '../../../core/operator/operator.ts';
import { may, type ROLES_WITH } from '../../../core/operator/roles.ts';
import type { Service } from '../../../core/operator/store.ts';
import { addressBlock } from '../../../core/throttle/addresses.ts';
import { consoleOf, type Way } from '../../../flows/operator/console.ts';
import { sessionOf } from '../../../flows/session-of.ts';
import type { HttpPorts, Identified, Identify } from '../handler.ts';
import { limiter } from '../limits.ts';
import { problem, type Reply, refused } from '../replies.ts';
import { fromOurPage } from './page.ts';

export type ConsoleCaller = 'console' | 'console-visitor' | 'operator';
type Kind = 'session' | 'visit';

/** Operators are few, and their idle time is short: it is kept to the second or two. */
const SEEN_EVERY_MS = 2000;

const NAMES: Readonly<Record<Kind, string>> = {
  session: '__Host-hufu-operator',
  visit: '__Host-hufu-operator-login',
};
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** The `Set-Cookie` line that hands out a token of the console. */
export const setConsoleCookie = (kind: Kind, token: string, seconds: number): string =>
  `${NAMES[kind]}=${token}; ${ATTRIBUTES}; Max-Age=${seconds}`;

/** The line that takes it back. */
export const dropConsoleCookie = (kind: Kind): string => `${NAMES[kind]}=; ${ATTRIBUTES}; Max-Age=0`;

function tokenOf({ headers }: Pick<FastifyRequest, 'headers'>, kind: Kind): string | undefined {
  const name = `${NAMES[kind]}=`;
  const found = (headers.cookie ?? '').split(/;\s*/).filter((part) => part.startsWith(name));
  const token = found[0]?.slice(name.length);
  return found.length === 1 && token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}

// The contract names the permissions, core says whose they are: this line compiles only while both have the same ones.
const NAMED = true satisfies Permission extends keyof typeof ROLES_WITH
  ? keyof typeof ROLES_WITH extends Permission
    ? true
    : false
  : false;

/** How each kind of caller at the console is known. `origin` is where the console is; `clock` serves limits only. */
export function operators(
  ports: HttpPorts,
  origin: string,
  clock: () => number,
): Readonly<Record<ConsoleCaller, Identify>> {
  const perAddress = limiter(20, 400);
  const perOperator = limiter(20, 200);

  const refusedHere = (
    request: FastifyRequest,
    endpoint: Endpoint,
    locale: Locale,
    instance: string,
  ): Reply | undefined => {
    const wait = perAddress.take(addressBlock(request.ip), clock());
    if (wait > 0) return problem('too-many-requests', locale, instance, { retryAfter: wait });
    return fromOurPage(request, endpoint, origin) ? undefined : problem('cross-site', locale, instance);
  };
  const browserOf = (request: FastifyRequest) => {
    const session = tokenOf(request, 'session');
    return {
      ip: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 512) ?? null,
      sessionHash: session === undefined ? null : ports.tokens.hash(session),
    };
  };
  const out = (kind: Kind, had: boolean, locale: Locale, instance: string): Reply => {
    const told = problem('signed-out', locale, instance);
    return had ? { ...told, cookies: [dropConsoleCookie(kind)] } : told;
  };

  return {
    async console(request, endpoint, _remembered, locale, instance) {
      const no = refusedHere(request, endpoint, locale, instance);
      if (no !== undefined) return no;
      const tenant = await ports.tenants.find(OPERATORS);
      if (tenant === undefined) return out('visit', false, locale, instance);
      const portal = consoleOf(tenant);
      const token = tokenOf(request, 'visit');
      const found = token === undefined ? undefined : await ports.sessions.visit(OPERATORS, ports.tokens.hash(token));
      return {
        caller: portal.caller,
        page: { portal, browser: browserOf(request) },
        ...(found === undefined ? {} : { visit: found.visit }),
      };
    },

    async 'console-visitor'(request, endpoint, _remembered, locale, instance) {
      const no = refusedHere(request, endpoint, locale, instance);
      if (no !== undefined) return no;
      const token = tokenOf(request, 'visit');
      const found = token === undefined ? undefined : await ports.sessions.visit(OPERATORS, ports.tokens.hash(token));
      // Who was asked for a passkey has proven nothing: what wrong answers cost is counted for holders of a first step only, and a stranger is not to
      // learn by this cookie which logins there are.
      const isStranger =
        found !== undefined &&
        (await ports.store.challenge(OPERATORS, found.visit.challengeId, false))?.challenge.clientId ===
          ('console-passkey' satisfies Way);
      if (found === undefined || isStranger) return out('visit', token !== undefined, locale, instance);
      const portal = consoleOf(await ports.tenants.get(OPERATORS, found.tenantVersion));
      const caller = { ...portal.caller, client: null };
      return { caller, page: { portal, browser: browserOf(request) }, visit: found.visit };
    },

    async operator(request, endpoint, _remembered, locale, instance) {
      const no = refusedHere(request, endpoint, locale, instance);
      if (no !== undefined) return no;
      const token = tokenOf(request, 'session');
      // Asking how long it lasts does not make it last longer.
      const isLook = request.headers['hufu-look'] === '1' && endpoint.method === 'GET';
      const found = await sessionOf(
        ports,
        OPERATORS,
        token,
        (tenant) => consoleOf(tenant),
        isLook ? null : SEEN_EVERY_MS,
      );
      if (found.kind === 'refused')
        return found.code === 'signed-out'
          ? out('session', token !== undefined, locale, instance)
          : refused(found, locale, instance);
      const { session, account } = found.person;
      const wait = perOperator.take(account.id, clock());
      if (wait > 0) return problem('too-many-requests', locale, instance, { retryAfter: wait });
      const services = await ports.operators.services(account.id);
      const service = chosen(services, request.headers['hufu-tenant'], endpoint);
      if (service === undefined) return problem('not-found', locale, instance);
      const { permission } = endpoint;
      if (permission !== undefined && !may(service.roles, permission))
        return problem('not-permitted', locale, instance, { permission });
      const operator = {
        id: account.id,
        login: account.account,
        name: account.name ?? account.account,
        roles: service.roles,
        sessionId: session.id,
      };
      return {
        caller: {
          tenantId: service.tenantId,
          actor: `operator:${account.account}`,
          keyId: '',
          client: null,
          operator,
        },
        page: { portal: found.portal, browser: browserOf(request) },
        person: found.person,
        services,
      } satisfies Identified;
    },
  };
}

/** Somebody signed in who serves no tenant, or has not said which: who they are is all they may ask. */
const NOWHERE: Service = { tenantId: '', tenantName: '', roles: [] };

/** The tenant a call is for: the one it names. Calls about the operator alone may name none of theirs; then it is their first. */
function chosen(services: readonly Service[], named: unknown, { permission }: Endpoint): Service | undefined {
  const service = services.find(({ tenantId }) => tenantId === named);
  return service ?? (permission === undefined ? (services[0] ?? NOWHERE) : undefined);
}

void NAMED;
