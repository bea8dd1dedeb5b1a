// Puts the OpenID door together: its records, its keys, and the portal's session as the one proof of who is logged in.
import { assuranceOf } from './core/assurance.ts';
import type { WriteOp } from './core/commit.ts';
import type { Ports } from './core/ports.ts';
import type { Store } from './core/store.ts';
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
export interface RelyingParties {
  mount: OidcDoor['mount'];
  /** To be called when a session of the account ended: with the last one its relying parties hear of it, and its tokens are void. Never throws. */
  sessionEnded(accountId: string): void;
}

const ENDING: ReadonlySet<WriteOp> = new Set(['end-session', 'end-sessions', 'end-trusted-sessions']);

/** The store, which tells of every commit that ended a session, whatever flow it was. */
export const tellingEnds = (store: Store, ended: (accountId: string) => void): Store => ({
  ...store,
  commit(key, writes) {
    const committed = store.commit(key, writes);
    if (!writes.some((w) => ENDING.has(w.op))) return committed;
    return committed.then((done) => {
      if (done.kind === 'done') ended(key);
      return done;
    });
  },
});

/** Puts the door together over the house's ports. */
export function relyingParties(options: RelyingPartiesOptions): RelyingParties {
  const { db, keys, signing, ports, baseUrl, clock, onFault } = options;
  const isOver = async (accountId: string): Promise<string | undefined> => {
    const [row] = await db.query(
      `SELECT tenant_id FROM accounts WHERE id = @account AND EXISTS (SELECT 1 FROM oidc_records WHERE account_id = @account)
         AND NOT EXISTS (SELECT 1 FROM sessions WHERE account_id = @account AND ended_at IS NULL AND expires_at > CAST(@now AS BIGINT))`,
      { account: accountId },
    );
    return row === undefined ? undefined : String(row['tenant_id']);
  };
  const inForce = async (tenantId: string, cookies: string | undefined): Promise<InForce | undefined> => {
    const token = cookieOf({ ip: '', headers: cookies === undefined ? {} : { cookie: cookies } }, 'session', tenantId);
    const found = await sessionOf(ports, tenantId, token);
    return found.kind === 'refused' ? undefined : found;
  };
  const door = oidcDoor({
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
  return {
    mount: (app) => door.mount(app),
    sessionEnded(accountId) {
      const tell = async (): Promise<void> => {
        const tenantId = await isOver(accountId);
        if (tenantId !== undefined) await door.endAccount(tenantId, accountId);
      };
      tell().catch((error: unknown) => onFault(error, 'oidc'));
    },
  };
}
