// A phone says where it can be woken, or that it no longer wants to be. One place per phone; a new one takes the place of the old.
import { CONFLICT, guarded } from '../../core/commit.ts';
import type { Subscription } from '../../core/outbox/message.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { loadPhone, type PhoneCall } from '../enrolment/load.ts';

const AUTH_BYTES = 16;

/** Keeps a phone's subscription; null ends it. */
export async function subscribePhone(
  ports: Ports,
  call: PhoneCall,
  subscription: Subscription | null,
): Promise<{ readonly kind: 'subscribed' } | Refusal | Invalid> {
  if (subscription !== null) {
    const { endpoint, p256dh, auth } = subscription;
    if (!ports.isPushService(endpoint))
      return { kind: 'invalid', at: '/endpoint', message: 'is not a push service we talk to' };
    if (!ports.crypto.isBoxKey(p256dh)) return { kind: 'invalid', at: '/p256dh', message: 'is not a point of P-256' };
    if (ports.crypto.fromBase64url(auth)?.length !== AUTH_BYTES)
      return { kind: 'invalid', at: '/auth', message: 'is not 16 bytes' };
  }
  return guarded(async (thorough) => {
    const loaded = await loadPhone(ports, call, thorough);
    if (loaded.kind === 'refused') return loaded;
    if (loaded.phone.status !== 'active') return refuse('phone-unsynced');
    const { account } = loaded.snapshot;
    const written = await ports.store.commit(account.id, [
      subscription === null
        ? { op: 'drop-subscription', phoneId: call.phone }
        : {
            op: 'put-subscription',
            tenantId: account.tenantId,
            accountId: account.id,
            phoneId: call.phone,
            subscription,
          },
    ]);
    return written.kind === 'done' ? { kind: 'subscribed' } : CONFLICT;
  });
}
