// Wakes the phones that are asked. What is sent says that somebody asks and nothing else: no number, no account, no place. The app asks us for the rest.
import type { Approval } from '../../core/approval/approval.ts';
import type { Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import { ASKED } from '../../core/outbox/words.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';

/** The writes that wake those of the phones that said where. */
export async function wakePhones(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
  approval: Approval,
  phones: readonly string[],
): Promise<readonly Write[]> {
  const subscriptions = await ports.push.of(account.id);
  const text = JSON.stringify({ title: policy.issuer, body: ASKED[account.locale] });
  return phones.flatMap((phone): Write[] => {
    const subscription = subscriptions.get(phone);
    if (subscription === undefined) return [];
    const id = makeId('msg', now, ports.random(18));
    const { tenantId, id: accountId } = account;
    const message = { id, tenantId, accountId, channel: 'push', to: phone, text, subscription } as const;
    return [{ op: 'enqueue', message: { ...message, purpose: 'notice', expiresAt: approval.expiresAt } }];
  });
}
