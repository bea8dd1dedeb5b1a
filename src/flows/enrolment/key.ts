// The secret K a phone is given: made here, sealed to the phone's own key on its way, sealed at rest, and never shown again. Until the phone's first
// right code it is only begun; what was begun before for that phone is gone (ENR-04, ENR-06).
import type { Write } from '../../core/commit.ts';
import type { Box } from '../../core/crypto.ts';
import type { Phone } from '../../core/enrolment/enrolment.ts';
import { makeId } from '../../core/ids.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';

const KEY_BYTES = 32;

/** A fresh secret for a phone: the box to send, and the writes that keep it. */
export function giveKey(
  ports: Ports,
  policy: Policy,
  phone: Pick<Phone, 'id' | 'tenantId' | 'accountId' | 'name' | 'boxKey'>,
  now: number,
): { readonly box: Box; readonly writes: readonly Write[] } {
  const secret = ports.random(KEY_BYTES);
  const { digits, periodSeconds } = policy.app;
  return {
    box: ports.crypto.box(phone.boxKey, phone.id, secret),
    writes: [
      { op: 'drop-pending-key', accountId: phone.accountId, phoneId: phone.id },
      {
        op: 'insert-authenticator',
        tenantId: phone.tenantId,
        accountId: phone.accountId,
        id: makeId('aut', now, ports.random(18)),
        type: 'app',
        status: 'pending',
        params: `SHA256/${digits}/${periodSeconds}/${phone.id}`,
        label: phone.name,
        secret,
        expiresAt: now + policy.times.bindingSeconds * 1000,
      },
    ],
  };
}
