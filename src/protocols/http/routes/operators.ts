// Who is signed in to the console.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { permissionsOf } from '../../../core/operator/roles.ts';
import { logout } from '../../../flows/logout.ts';
import { dropConsoleCookie } from '../callers/operators.ts';
import type { Handlers } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';

export const operatorRoutes: Handlers<'getOperatorMe' | 'operatorSignOut'> = {
  async getOperatorMe(_ports, { caller, page, person, services }) {
    const { session, account, now } = person;
    const roles = caller.operator?.roles ?? [];
    const idleUntil = Math.min(session.seenAt + page.portal.portal.sessionIdleSeconds * 1000, session.expiresAt);
    const body: ReplyOf<'getOperatorMe'> = {
      operator: {
        id: account.id,
        login: account.account,
        name: account.name ?? account.account,
        locale: account.locale,
      },
      tenant: caller.tenantId === '' ? null : caller.tenantId,
      tenants: services.map((s) => ({ id: s.tenantId, name: s.tenantName, roles: [...s.roles] })),
      permissions: [...permissionsOf(roles)],
      idleSeconds: Math.max(0, Math.floor((idleUntil - now) / 1000)),
      expiresAt: instant(session.expiresAt),
    };
    return ok(body);
  },
  async operatorSignOut(ports, { page, person }) {
    await logout(ports, page.portal, person);
    return { ...NO_CONTENT, cookies: [dropConsoleCookie('session')] };
  },
};
