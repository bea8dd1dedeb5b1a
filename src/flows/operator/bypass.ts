// Temporary bypass codes: for somebody an operator has verified, who is without their methods for some hours (OP-1.2). Shown once, kept as keyed hashes, each
// good once, spent like any other code (flows/verify.ts), and over when their time is, in the statement that consumes.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { noticesOf } from '../notices.ts';
import { tenantOf } from '../tenant.ts';
import { type Beside, besides } from './beside.ts';

export interface BypassIssued {
  readonly kind: 'bypass';
  /** Shown once. */
  readonly codes: readonly string[];
  readonly expiresAt: number;
}

/** Gives codes for `hours`; those before them are void. */
export async function issueBypass(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly hours: number;
    readonly uses?: number | undefined;
    readonly reason: string;
    readonly operator: string;
  },
  beside?: Beside,
): Promise<BypassIssued | Refusal | Invalid> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account, now } = snapshot;
    const { bypassHours, bypassUses } = policy.console;
    const uses = input.uses ?? 1;
    if (input.hours > bypassHours)
      return { kind: 'invalid', at: '/hours', message: `must be at most ${bypassHours}, by the policy` };
    if (uses > bypassUses)
      return { kind: 'invalid', at: '/uses', message: `must be at most ${bypassUses}, by the policy` };
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const issue = ports.types['bypass-code'].issue;
    if (issue === undefined) throw new TypeError('bypass codes have no maker');
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const made = issue(ports.random, uses);
    const expiresAt = now + input.hours * 3600_000;
    const id = makeId('aut', now, ports.random(18));
    const written = await ports.store.commit(account.id, [
      ...more,
      { op: 'drop-type', accountId: account.id, type: 'bypass-code' },
      {
        op: 'insert-authenticator',
        tenantId: account.tenantId,
        accountId: account.id,
        id,
        type: 'bypass-code',
        status: 'active',
        params: String(uses),
        label: null,
        secret: made.secret,
        expiresAt,
      },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'bypass.issued',
          actor: `operator:${input.operator}`,
          data: { authenticator: id, hours: input.hours, uses, reason: input.reason, via: caller.actor },
        },
      },
      ...noticesOf(ports, policy, snapshot, 'bypass-issued', beside?.objection),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'bypass', codes: made.codes, expiresAt };
  });
}
