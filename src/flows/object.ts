// The customer objects, by the code in the notice, within its hours. To what an operator did or asks for (OP-1.5): what waits is returned, bypass codes and
// open registrations end, every session and trust too, and nobody logs in until an operator has looked at it. To a change of methods (REB-04): all of
// that, and the account has what it had before, if that can be put back.
import { canonicalAccount } from '../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { canonicalTicket } from '../core/enrolment/ticket-text.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { addressBlock } from '../core/throttle/addresses.ts';
import { endAppPasswords } from './end-app-passwords.ts';
import { endLogins, endSessions } from './logout.ts';
import { noticesOf } from './notices.ts';
import { takeBack } from './take-back.ts';
import { tenantOf } from './tenant.ts';
import { endTrust } from './trust.ts';

/**
 * Wrong codes from one address that are on record. An account that is there costs what one costs that is not, so that the time tells nobody. A right one
 * is taken after any number: fifty bits in some days are beyond guessing, and whoever sends wrong ones must not keep the owner from objecting.
 */
const MOST_WRONG = 10;

/**
 * What came of it: the account has what it had before, or nobody uses it until an operator has looked. One answer for an unknown account, a wrong
 * code and one that is used or over.
 */
export async function object(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly code: string; readonly ip: string | null },
): Promise<
  { readonly kind: 'objected'; readonly outcome: 'restored' | 'suspended'; readonly appPasswords: number } | Refusal
> {
  const code = canonicalTicket(input.code, 'code');
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    const { policy } = await tenantOf(ports, caller, snapshot);
    const unknown = refuse('objection-unknown', { contact: policy.contact });
    if (code === undefined) return unknown;
    // An unknown name goes the same way as a known one, to a row that is not there.
    const hash = await ports.cases.tagOf(snapshot?.account.id ?? 'acc_nobody', code);
    const veto = await ports.cases.veto(hash);
    if (snapshot === undefined || veto?.accountId !== snapshot.account.id) {
      await noteWrong(ports, caller, snapshot?.account.id ?? null, input.ip);
      return unknown;
    }
    const { account } = snapshot;
    const event = { tenantId: account.tenantId, accountId: account.id, actor: caller.actor } as const;
    const back = veto.isChange ? await takeBack(ports, policy, snapshot, hash, caller.actor) : undefined;
    const isRestored = back?.isWhole === true;
    const passwords = back?.appPasswords ?? 0;
    const written = await ports.store.commit(account.id, [
      ...(back === undefined ? [] : ([{ op: 'expect-changes', accountId: account.id, count: back.open }] as const)),
      { op: 'use-veto', hash, accountId: account.id },
      { op: 'veto-cases', accountId: account.id },
      { op: 'drop-type', accountId: account.id, type: 'bypass-code' },
      ...(back === undefined
        ? []
        : ([
            {
              op: 'settle-changes',
              accountId: account.id,
              hash,
              since: back.since,
              isLifted: isRestored,
            },
          ] as const)),
      ...endLogins(account.id, 'all'),
      ...endSessions(account.id),
      ...endTrust(account.id),
      ...(back?.writes ?? [{ op: 'void-tickets', accountId: account.id }]),
      ...(isRestored ? [] : await suspend(ports, policy, snapshot, caller.actor)),
      {
        op: 'audit',
        event: {
          ...event,
          event: isRestored ? 'account.restored' : 'account.vetoed',
          data: { ip: input.ip, ...back?.data },
        },
      },
      ...noticesOf(ports, policy, snapshot, isRestored ? 'restored' : 'vetoed'),
      ...(passwords > 0 ? noticesOf(ports, policy, snapshot, 'app-password-revoked') : []),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    ports.wake('enrolment', account.id);
    ports.wake('challenge', account.id);
    return { kind: 'objected', outcome: isRestored ? 'restored' : 'suspended', appPasswords: passwords };
  });
}

/** Puts a wrong code on record, the first few of an address. Of two at once one is enough. */
async function noteWrong(ports: Ports, caller: Caller, accountId: string | null, ip: string | null): Promise<void> {
  const scope = `veto:${caller.tenantId}:${addressBlock(ip ?? '')}`;
  const { failures } = await ports.store.failures(scope);
  if (failures.count >= MOST_WRONG) return;
  const { tenantId, actor } = caller;
  await ports.store.commit(scope, [
    { op: 'count-failure', scope, n: failures.count + 1 },
    { op: 'audit', event: { tenantId, accountId, actor, event: 'veto.rejected', data: { ip } } },
  ]);
}

const suspend = async (
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  actor: string,
): Promise<readonly Write[]> => [
  { op: 'freeze-account', accountId: snapshot.account.id },
  ...(await endAppPasswords(ports, policy, snapshot, 'suspended', actor)),
];
