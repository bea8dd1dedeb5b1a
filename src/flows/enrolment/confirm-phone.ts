// A further phone is complete with its first right code, which is spent (rule 1). A secret it had before goes in the same commit.
import { CONFLICT, guarded } from '../../core/commit.ts';
import { epochOf, setsPin } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { endBegunBut } from '../first-method.ts';
import { toldChange } from '../objection.ts';
import { proveCode } from './code.ts';
import { keyOf, loadPhone, type PhoneCall, pinAssumed } from './load.ts';
import type { PhoneComplete } from './set-pin.ts';

/** Confirms the secret a phone was given after it proved the PIN. */
export async function confirmPhone(
  ports: Ports,
  call: PhoneCall,
  input: { readonly output: string },
): Promise<PhoneComplete | Refusal> {
  return ports.turns.take(call.account, () =>
    guarded(async (thorough) => {
      const loaded = await loadPhone(ports, call, thorough);
      if (loaded.kind === 'refused') return loaded;
      const { snapshot, policy, enrolment, phone } = loaded;
      const { account } = snapshot;
      // Whoever is to set the PIN does so with a tag, never by a code alone.
      if (setsPin(enrolment, phone.issue)) return refuse('phone-unsynced');
      const key = keyOf(snapshot, phone.id, 'pending');
      if (key === undefined || (key.expiresAt ?? 0) <= snapshot.now) return refuse('expired');
      const proven = await proveCode(ports, call, loaded, key, input.output);
      if (proven === CONFLICT) return CONFLICT;
      if (proven.kind === 'refused') return proven;
      const before = keyOf(snapshot, phone.id, 'active');
      const main = enrolment.phones.some((p) => p.role === 'main' && p.status === 'active' && p.id !== phone.id);
      const role = main ? 'sub' : 'main';
      const pinEpoch = epochOf(enrolment);
      const event = { tenantId: account.tenantId, accountId: account.id, actor: call.caller.actor } as const;
      const written = await ports.store.commit(account.id, [
        ...proven.writes,
        pinAssumed(ports, account, enrolment),
        ...(before === undefined
          ? []
          : ([{ op: 'remove-authenticator', accountId: account.id, id: before.id, keep: 0 }] as const)),
        { op: 'confirm-authenticator', accountId: account.id, id: key.id, type: 'app', only: false },
        ...endBegunBut(snapshot),
        { op: 'complete-phone', accountId: account.id, id: phone.id, role, pinEpoch },
        { op: 'audit', event: { ...event, event: 'phone.completed', data: { phone: phone.id, role } } },
        ...(phone.status === 'joined'
          ? await toldChange(ports, policy, snapshot, 'phone-added', {
              added: [key.id],
              removed: [],
              phones: [phone.id],
            })
          : []),
      ]);
      if (written.kind === 'conflict') return CONFLICT;
      ports.wake('outbox', account.tenantId);
      ports.wake('enrolment', account.id);
      return { kind: 'complete', pinEpoch, role };
    }),
  );
}
