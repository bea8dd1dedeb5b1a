// After "it was not me", from the phone: every session, trusted browser, open login and registration of the account is over, and app passwords that somebody
// who knows the password may have made. The phones stay: one of them is in its owner's hand.
import { CONFLICT, guarded } from '../../core/commit.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { endAppPasswordsSince, LATELY_MS } from '../end-app-passwords.ts';
import { endRegistrations } from '../enrolment/end-registrations.ts';
import { loadPhone, type PhoneCall } from '../enrolment/load.ts';
import { endLogins, endSessions } from '../logout.ts';
import { noticesOf } from '../notices.ts';
import { endTrust } from '../trust.ts';

/** Ends what is open for the calling phone's account. */
export async function secureAccount(ports: Ports, call: PhoneCall): Promise<{ readonly kind: 'secured' } | Refusal> {
  return guarded(async (thorough) => {
    const loaded = await loadPhone(ports, call, thorough, 'any');
    if (loaded.kind === 'refused') return loaded;
    const { account } = loaded.snapshot;
    const passwords = await endAppPasswordsSince(
      ports,
      loaded.policy,
      loaded.snapshot,
      { since: loaded.snapshot.now - LATELY_MS, all: 'secured', why: 'secured' },
      call.caller.actor,
    );
    const written = await ports.store.commit(account.id, [
      ...(await endRegistrations(ports, account.id)),
      ...endLogins(account.id, 'all'),
      ...endSessions(account.id),
      ...endTrust(account.id),
      ...passwords.writes,
      { op: 'use-phone', accountId: account.id, id: call.phone },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'account.secured',
          actor: call.caller.actor,
          data: { phone: call.phone },
        },
      },
      ...noticesOf(ports, loaded.policy, loaded.snapshot, 'secured'),
      ...(passwords.count > 0 ? noticesOf(ports, loaded.policy, loaded.snapshot, 'app-password-revoked') : []),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'secured' };
  });
}
