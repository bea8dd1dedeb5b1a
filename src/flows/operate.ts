// What an operator does to an account besides unbinding: end a freeze, with a reason; and what its owner does: revoke a device.
import { canonicalAccount } from '../core/account/account.ts';
import { CONFLICT, guarded } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { clearAll } from './clear-all.ts';
import { endLogins } from './logout.ts';
import { noticesOf } from './notices.ts';
import { type Beside, besides } from './operator/beside.ts';
import { tenantOf } from './tenant.ts';

/** Clears the failures of the account and all its authenticators (BF-14). Nothing else is re-enabled. */
export async function unlock(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly reason: string; readonly operator: string },
  beside?: Beside,
): Promise<{ readonly kind: 'unlocked'; readonly unlocked: readonly string[] } | Refusal> {
  const canonical = canonicalAccount(input.account);
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonical, thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const clears = await clearAll(ports, snapshot, canonical);
    const unlocked = snapshot.authenticators
      .filter((a) => a.failures.count > 0 || (snapshot.failures.count > 0 && a.status === 'active'))
      .map((a) => a.id);
    const { isFrozenByVeto } = await ports.cases.risksOf(account.id);
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const written = await ports.store.commit(account.id, [
      ...more,
      ...clears,
      // What the customer's own objection froze is opened by the same act.
      ...(isFrozenByVeto
        ? ([
            { op: 'thaw-account', accountId: account.id },
            { op: 'lift-vetoes', accountId: account.id },
          ] as const)
        : []),
      ...endLogins(account.id, 'satisfied'),
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'account.unlocked',
          actor: `operator:${input.operator}`,
          data: { reason: input.reason, via: caller.actor, cleared: clears.length },
        },
      },
      ...(clears.length > 0 || isFrozenByVeto ? noticesOf(ports, policy, snapshot, 'unlocked', beside?.objection) : []),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'unlocked', unlocked };
  });
}

/** Revokes a device of the account: it is refused from the commit on, on every node. */
export async function revokeDevice(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly device: string },
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const written = await ports.store.commit(account.id, [
      { op: 'revoke-device', accountId: account.id, id: input.device },
      ...endLogins(account.id, 'satisfied', input.device),
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'device.revoked',
          actor: caller.actor,
          data: { device: input.device },
        },
      },
      ...noticesOf(ports, policy, snapshot, 'device-revoked'),
    ]);
    // The only assumption is that the device is there and not revoked yet.
    if (written.kind === 'conflict') return refuse('not-found');
    ports.wake('outbox', account.tenantId);
    return { kind: 'revoked' };
  });
}
