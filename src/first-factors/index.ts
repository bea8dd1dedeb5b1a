// Whoever may be asked, one line each.
import type { FirstFactors } from '../core/portal/first-factors.ts';
import { externalCheck, type Sign } from './external.ts';
import { ldapCheck } from './ldap.ts';

/** Asks whom the portal names; `stored` passwords are not asked for here. */
export function firstFactors(sign: Sign, issuer: string, clock: () => number): FirstFactors {
  const external = externalCheck(sign, issuer, clock);
  return {
    async check(portal, credentials) {
      if (portal.password === 'external') return external(portal, credentials);
      return portal.password === 'ldap' ? ldapCheck(portal, credentials) : undefined;
    },
  };
}
