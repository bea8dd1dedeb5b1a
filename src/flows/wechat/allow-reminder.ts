// WeChat lets us remind a person as often as they tapped "allow", and counts; so do we, and send none that would be refused.
import { CONFLICT, guarded } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { loadPhone, type PhoneCall } from '../enrolment/load.ts';

/** Notes one more reminder that its owner allowed. Beyond twenty none are counted. */
export async function allowReminder(ports: Ports, call: PhoneCall): Promise<{ readonly kind: 'allowed' } | Refusal> {
  return guarded(async (thorough) => {
    const loaded = await loadPhone(ports, call, thorough, 'any');
    if (loaded.kind === 'refused') return loaded;
    const known = await ports.wechatPhones.phone(call.phone);
    if (known === undefined) return refuse('not-found');
    const accountId = known.accountId;
    const written = await ports.store.commit(accountId, [
      { op: 'allow-reminder', accountId, phoneId: call.phone, from: known.reminders },
    ]);
    return written.kind === 'conflict' ? CONFLICT : { kind: 'allowed' };
  });
}
