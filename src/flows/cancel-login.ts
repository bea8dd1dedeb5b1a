// A person gives up a login: its visit ends, and nobody can complete it any more.
import type { Ports } from '../core/ports.ts';
import type { Visit } from '../core/session/session.ts';
import type { Portal } from './portal.ts';

/** Ends the visit and whatever is still open behind it; one that is over already stays as it is. */
export async function cancelLogin(ports: Ports, { caller }: Portal, visit: Visit): Promise<void> {
  const written = await ports.store.commit(visit.accountId, [
    { op: 'end-visit', hash: visit.hash },
    { op: 'cancel-challenge', id: visit.challengeId },
    {
      op: 'audit',
      event: {
        tenantId: visit.tenantId,
        accountId: visit.accountId,
        event: 'login.cancelled',
        actor: caller.actor,
        data: { login: visit.challengeId },
      },
    },
  ]);
  if (written.kind === 'done') ports.wake('challenge', visit.challengeId);
}
