// The one answer to "is this session in force?": for a person's own pages and for relying parties alike.
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Ports, Tenant } from '../core/ports.ts';
import { SEEN_EVERY_MS, type SessionSnapshot } from '../core/session/session.ts';
import { type Portal, portalOf } from './portal.ts';

export interface InForce {
  readonly kind: 'in-force';
  readonly person: SessionSnapshot;
  readonly portal: Portal;
}

/**
 * The session a token opens, noted as seen, once in `seenEveryMs` (null: not at all); `signed-out` when it ended, lies idle, or its account is suspended.
 * `pagesOf` gives the pages it is a session of.
 */
export async function sessionOf(
  ports: Ports,
  tenantId: string,
  token: string | undefined,
  pagesOf: (tenant: Tenant) => Portal | Refusal = portalOf,
  seenEveryMs: number | null = SEEN_EVERY_MS,
): Promise<InForce | Refusal> {
  const person = token === undefined ? undefined : await ports.sessions.session(tenantId, ports.tokens.hash(token));
  if (person === undefined) return refuse('signed-out');
  const portal = pagesOf(await ports.tenants.get(tenantId, person.tenantVersion));
  if (portal.kind === 'refused') return portal;
  const { session, account, now } = person;
  const isIdle = session.seenAt + portal.portal.sessionIdleSeconds * 1000 <= now;
  if (isIdle || account.status === 'suspended') return refuse('signed-out');
  if (seenEveryMs !== null && now - session.seenAt >= seenEveryMs)
    await ports.store.commit(account.id, [{ op: 'see-session', id: session.id }]);
  return { kind: 'in-force', person, portal };
}
