// What waits for an answer of this phone. Looking decides nothing.
import type { Refusal } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { loadPhone, type PhoneCall } from '../enrolment/load.ts';
import { tenantOf } from '../tenant.ts';
import { able } from './phones.ts';
import { type ShownApproval, showApproval } from './shown.ts';

export interface Pushes {
  readonly kind: 'pushes';
  readonly account: string;
  /** The account's mark, for whoever waits for the next one. */
  readonly mark: string;
  readonly items: readonly ShownApproval[];
}

/** The pushes that wait, newest first; none for a phone that may not answer. */
export async function listPushes(ports: Ports, call: PhoneCall): Promise<Pushes | Refusal> {
  const loaded = await loadPhone(ports, call, false, 'any');
  if (loaded.kind === 'refused') return loaded;
  const { policy, snapshot, enrolment, phone } = loaded;
  const account = snapshot.account.id;
  const waiting = await ports.approvals.waiting(account);
  const mark = waiting[0]?.id ?? '';
  if (able(policy, snapshot, enrolment, phone.id).kind === 'refused')
    return { kind: 'pushes', account, mark, items: [] };
  const items: ShownApproval[] = [];
  for (const approval of waiting) {
    if (approval.phoneId !== null && approval.phoneId !== phone.id) continue;
    const asking = await ports.store.challenge(approval.tenantId, approval.challengeId, false);
    if (asking === undefined || asking.challenge.status !== 'pending' || asking.challenge.expiresAt <= asking.now)
      continue;
    items.push(showApproval(ports, await tenantOf(ports, call.caller, asking), asking, approval, phone.id));
  }
  return { kind: 'pushes', account, mark, items };
}
