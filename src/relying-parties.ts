// Puts the OpenID door together: its records, its keys, and the portal's session as the one proof of who is logged in.
import { assuranceOf } from './core/assurance.ts';
import type { Ports } from './core/ports.ts';
import { wasApproved } from './flows/approval/was-approved.ts';

import { logout } from './flows/logout.ts';
import { type InForce, sessionOf } from './flows/session-of.ts';
import { cookieOf } from './protocols/http/callers/page.ts';
import { type OidcDoor, oidcDoor } from './protocols/oidc/door.ts';
import type { Keyring } from './storage/keyring.ts';
import { oidcStore } from './storage/oidc.ts';
import type { SigningKeys } from './storage/signing.ts';
import type { Db } from './storage/sql.ts';

export interface RelyingPartiesOptions {
  readonly db: Db;
  readonly keys: Keyring;
  readonly signing: SigningKeys;
  readonly ports: Ports;
  readonly baseUrl: string;
  readonly clock: () => number;
  readonly onFault: (error: unknown, where: string) => void;
}

/** The OpenID door of a house. */
export function relyingParties({ db, keys, signing, ports, baseUrl, clock, onFault }: RelyingPartiesOptions): OidcDoor {
  const inForce = async (tenantId: string, cookies: string | undefined): Promise<InForce | undefined> => {
    const token = cookieOf({ ip: '', headers: cookies === undefined ? {} : { cookie: cookies } }, 'session', tenantId);
    const found = await sessionOf(ports, tenantId, token);
    return found.kind === 'refused' ? undefined : found;
  };
  return oidcDoor({
    tenants: ports.tenants,
    records: oidcStore(db, keys),
    baseUrl,
    clock,
    onFault,
    keys: (tenantId) => signing.privateJwks(tenantId),
    async loggedIn(tenantId, cookies) {
      const found = await inForce(tenantId, cookies);
      if (found === undefined) return undefined;
      const { session } = found.person;
      const { acr, amr } = assuranceOf(session.verified, session.trustId !== null, await wasApproved(ports, session));
      return { accountId: session.accountId, acr, amr, at: session.authAt };
    },
    async logout(tenantId, cookies) {
      const found = await inForce(tenantId, cookies);
      if (found !== undefined) await logout(ports, found.portal, found.person);
    },
    async profile(tenantId, accountId) {
      const account = (await ports.store.accountById(tenantId, accountId))?.account;
      return account === undefined || account.status !== 'active' ? undefined : account;
    },
  });
}
