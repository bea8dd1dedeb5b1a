// A mini-program is bound with its first right code, like every binding (rule 1); the ticket is spent and mini-programs before it are out in that commit.
import type { Write } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { confirmScanned } from '../confirm-binding.ts';
import { keyOf, loadPhone, type PhoneCall } from '../enrolment/load.ts';

/** Completes the binding that the calling mini-program joined. */
export async function confirmWechat(
  ports: Ports,
  call: PhoneCall,
  input: { readonly output: string },
): Promise<{ readonly kind: 'complete'; readonly pinEpoch: 0; readonly role: 'main' } | Refusal> {
  return ports.turns.take(call.account, async () => {
    const loaded = await loadPhone(ports, call, false, 'any');
    if (loaded.kind === 'refused') return loaded;
    const { account } = loaded.snapshot;
    const { id } = loaded.phone;
    const pending = keyOf(loaded.snapshot, id, 'pending');
    if (pending === undefined) return refuse(loaded.phone.status === 'active' ? 'already-bound' : 'superseded');
    const accountId = account.id;
    const along: readonly Write[] = [
      { op: 'use-wechat-ticket', accountId, phoneId: id },
      { op: 'retire-wechat', accountId, except: id },
      { op: 'complete-phone', accountId, id, role: 'main', pinEpoch: 0 },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId,
          event: 'phone.completed',
          actor: call.caller.actor,
          data: { phone: id, role: 'main' },
        },
      },
    ];
    const bound = await confirmScanned(
      ports,
      call.caller,
      { account: account.account, binding: pending.id, output: input.output },
      along,
    );
    if (bound.kind === 'refused') return bound;
    ports.wake('challenge', accountId);
    return { kind: 'complete', pinEpoch: 0, role: 'main' };
  });
}
