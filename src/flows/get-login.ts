// A login or step-up as it stands, also after its end, with where its approval is. One that a phone approved is told as satisfied only while that phone
// could still approve it (SCN-12).
import { mark, stateOf } from '../core/approval/approval.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { stillGood } from './approval/still-good.ts';
import { type LoginView, viewLogin } from './login-view.ts';
import { tenantOf } from './tenant.ts';

export interface LoginRead extends LoginView {
  /** When a phone approved it, while that still counts: whoever began it may have what it leads to. Null otherwise. */
  readonly approvedAt: number | null;
}

/** The login, with the trace. */
export async function getLogin(ports: Ports, caller: Caller, id: string): Promise<LoginRead | Refusal> {
  const snapshot = await ports.store.challenge(caller.tenantId, id, false);
  if (snapshot === undefined) return refuse('not-found');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const view = viewLogin(ports, policy, snapshot, true);
  const { challenge, now } = snapshot;
  const approval = await ports.approvals.ofChallenge(challenge.id);
  const read = { ...view, mark: mark(challenge, approval), approvedAt: null };
  if (approval === undefined) return read;
  const phone = approval.phoneId === null ? undefined : await ports.enrolment.phone(approval.phoneId);
  const shown = {
    ...read,
    approval: {
      id: approval.id,
      kind: approval.kind,
      status: stateOf(approval, now),
      by: approval.status === 'waiting' ? null : (phone?.name ?? null),
      trust: approval.trust,
      expiresAt: approval.expiresAt,
    },
  };
  if (approval.status !== 'approved') return shown;
  // A login is never spent as proof: it was ended, with everything else of the account.
  if (challenge.status === 'used' && challenge.purpose === 'login') return { ...shown, status: 'refused' };
  if (challenge.status !== 'satisfied') return shown;
  const good = await stillGood(ports, policy, snapshot);
  return good.kind === 'refused'
    ? { ...shown, status: 'refused' }
    : { ...shown, approvedAt: approval.decidedAt ?? now };
}
