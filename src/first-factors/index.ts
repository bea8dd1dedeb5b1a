// Whoever may be asked, one line each.
import type { Credentials, FirstFactors } from '../core/portal/first-factors.ts';
import type { PortalPolicy } from '../core/portal/portal.ts';
import { externalCheck, type Sign } from './external.ts';
import { ldapCheck } from './ldap.ts';

type Check = (portal: PortalPolicy, credentials: Credentials) => Promise<boolean | undefined>;

/** Calls under way for one tenant: who is slow to answer costs us no more than these, and other tenants nothing (KEY-05). */
export const AT_ONCE = 100;

/** The check, which nobody is asked by while too many wait for the tenant already. */
function bounded(check: Check): Check {
  const waiting = new Map<string, number>();
  return async (portal, credentials) => {
    const { tenantId } = credentials;
    const before = waiting.get(tenantId) ?? 0;
    if (before >= AT_ONCE) return undefined;
    waiting.set(tenantId, before + 1);
    try {
      return await check(portal, credentials);
    } finally {
      const left = (waiting.get(tenantId) ?? 1) - 1;
      if (left === 0) waiting.delete(tenantId);
      else waiting.set(tenantId, left);
    }
  };
}

/** Asks whom the portal names; `stored` passwords are not asked for here. */
export function firstFactors(sign: Sign, issuer: string, clock: () => number): FirstFactors {
  const external = externalCheck(sign, issuer, clock);
  const ask = bounded(async (portal, credentials) => {
    if (portal.password === 'external') return external(portal, credentials);
    return portal.password === 'ldap' ? ldapCheck(portal, credentials) : undefined;
  });
  return { check: ask };
}
