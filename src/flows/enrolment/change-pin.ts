// The PIN is changed on a synchronised phone: a code under the old PIN first, and nothing is written before that (PIN-05). The phone keeps its secret under
// a new mask; every other phone has to show that it knows the new PIN before its codes count again, so all phones have one PIN.
import { CONFLICT, guarded } from '../../core/commit.ts';
import { epochOf, phoneState } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { toldChange } from '../objection.ts';
import { proveCode } from './code.ts';
import { keyOf, loadPhone, type PhoneCall, SALT_BYTES } from './load.ts';
import { BAD_TAG, type PhoneComplete, TAG_BYTES } from './set-pin.ts';

/** Changes the PIN's tag. `output` is a code under the old PIN; `salt` a new one, where the phone made one. */
export async function changePin(
  ports: Ports,
  call: PhoneCall,
  input: { readonly output: string; readonly tag: string; readonly salt?: string | undefined },
): Promise<PhoneComplete | Refusal | Invalid> {
  const tag = ports.crypto.fromBase64url(input.tag);
  if (tag?.length !== TAG_BYTES) return BAD_TAG;
  if (input.salt !== undefined && ports.crypto.fromBase64url(input.salt)?.length !== SALT_BYTES)
    return { kind: 'invalid', at: '/salt', message: 'must be 16 bytes, base64url' };
  return ports.turns.take(call.account, () =>
    guarded(async (thorough) => {
      const loaded = await loadPhone(ports, call, thorough);
      if (loaded.kind === 'refused') return loaded;
      const { snapshot, policy, enrolment, phone } = loaded;
      const { account } = snapshot;
      const key = keyOf(snapshot, phone.id, 'active');
      if (key === undefined || enrolment.pin === null || phoneState(phone, enrolment) !== 'active')
        return refuse('phone-unsynced');
      const proven = await proveCode(ports, call, loaded, key, input.output);
      if (proven === CONFLICT) return CONFLICT;
      if (proven.kind === 'refused') return proven;
      const from = epochOf(enrolment);
      const written = await ports.store.commit(account.id, [
        ...proven.writes,
        {
          op: 'put-pin',
          tenantId: account.tenantId,
          accountId: account.id,
          from,
          issue: enrolment.pin.issue,
          salt: input.salt ?? enrolment.pin.salt,
          tag,
          kdf: enrolment.pin.kdf ?? 'argon2id',
        },
        { op: 'drop-other-keys', accountId: account.id, phoneId: phone.id },
        { op: 'complete-phone', accountId: account.id, id: phone.id, role: phone.role, pinEpoch: from + 1 },
        {
          op: 'audit',
          event: {
            tenantId: account.tenantId,
            accountId: account.id,
            event: 'pin.changed',
            actor: call.caller.actor,
            data: { phone: phone.id },
          },
        },
        // Another PIN cannot be taken back, and the other phones need it: an objection leads to the hotline.
        ...(await toldChange(ports, policy, snapshot, 'pin-changed', {
          added: [],
          removed: snapshot.authenticators
            .filter((a) => a.type === 'app' && a.status === 'active' && a.id !== key.id)
            .map((a) => a.id),
          final: true,
        })),
      ]);
      if (written.kind === 'conflict') return CONFLICT;
      ports.wake('outbox', account.tenantId);
      return { kind: 'complete', pinEpoch: from + 1, role: phone.role };
    }),
  );
}
