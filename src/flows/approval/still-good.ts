// A login that a phone approved is let in only while that phone could still approve it: one revoked, out of step or frozen meanwhile admits nobody
// (SCN-12, BF-11).
import type { Approval } from '../../core/approval/approval.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { ChallengeSnapshot } from '../../core/store.ts';
import { able, approving } from './phones.ts';

/** The approval that decided a challenge, if one did, or why it no longer counts. */
export async function stillGood(
  ports: Ports,
  policy: Policy,
  snapshot: ChallengeSnapshot,
): Promise<{ readonly kind: 'good'; readonly approval: Approval | undefined } | Refusal> {
  if (approving(ports, snapshot.challenge.verified).length === 0) return { kind: 'good', approval: undefined };
  const approval = await ports.approvals.ofChallenge(snapshot.challenge.id);
  if (approval?.status !== 'approved') return { kind: 'good', approval: undefined };
  if (snapshot.account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
  const phone = able(policy, snapshot, await ports.enrolment.of(snapshot.account.id), approval.phoneId ?? '');
  return phone.kind === 'refused' ? phone : { kind: 'good', approval };
}
