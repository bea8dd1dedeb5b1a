// The customer objects to what an operator did or asks for (OP-1.5), by the code in the notice, within its hours: what waits is returned, bypass codes and open
// registrations end, every session and trust too, and nobody logs in until an operator has looked at it. What was removed is not put back: its secrets are gone.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded } from '../../core/commit.ts';
import { canonicalTicket } from '../../core/enrolment/ticket-text.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { endAppPasswords } from '../end-app-passwords.ts';
import { endLogins, endSessions } from '../logout.ts';
import { noticesOf } from '../notices.ts';
import { tenantOf } from '../tenant.ts';
import { endTrust } from '../trust.ts';
import { objectionHash } from './objection.ts';

/** Wrong codes of one account after which none is taken by the page; the telephone stays. */
const MOST_WRONG = 10;

/** One answer for an unknown account, a wrong code and one that is used or over. */
export async function object(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly code: string; readonly ip: string | null },
): Promise<{ readonly kind: 'objected' } | Refusal> {
  const code = canonicalTicket(input.code, 'code');
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    const { policy } = await tenantOf(ports, caller, snapshot);
    const unknown = refuse('objection-unknown', { contact: policy.contact });
    if (snapshot === undefined || code === undefined) return unknown;
    const { account } = snapshot;
    const scope = `veto:${account.id}`;
    const { failures } = await ports.store.failures(scope);
    if (failures.count >= MOST_WRONG) return unknown;
    const event = { tenantId: account.tenantId, accountId: account.id, actor: caller.actor } as const;
    const hash = objectionHash(ports, account.id, code);
    if ((await ports.cases.veto(hash))?.accountId !== account.id) {
      const counted = await ports.store.commit(account.id, [
        { op: 'count-failure', scope, n: failures.count + 1 },
        { op: 'audit', event: { ...event, event: 'veto.rejected', data: { ip: input.ip } } },
      ]);
      return counted.kind === 'conflict' ? CONFLICT : unknown;
    }
    const written = await ports.store.commit(account.id, [
      { op: 'use-veto', hash, accountId: account.id },
      { op: 'veto-cases', accountId: account.id },
      { op: 'drop-type', accountId: account.id, type: 'bypass-code' },
      { op: 'void-tickets', accountId: account.id },
      { op: 'freeze-account', accountId: account.id },
      ...endLogins(account.id, 'all'),
      ...endSessions(account.id),
      ...endTrust(account.id),
      ...(await endAppPasswords(ports, policy, snapshot, 'suspended', caller.actor)),
      ...(failures.count > 0 ? ([{ op: 'clear-failures', scope, count: failures.count }] as const) : []),
      { op: 'audit', event: { ...event, event: 'account.vetoed', data: { ip: input.ip } } },
      ...noticesOf(ports, policy, snapshot, 'vetoed'),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    ports.wake('enrolment', account.id);
    return { kind: 'objected' };
  });
}
