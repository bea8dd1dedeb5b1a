// An operator ends the trust in one browser of an account, or in all, with a reason (OP-1.2, TD-06).
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { noticesOf } from '../notices.ts';
import { tenantOf } from '../tenant.ts';
import { type Beside, besides } from './beside.ts';

/** Ends the trust in that browser, or without `id` in all; also the sessions it gave. */
export async function operatorRevokeTrust(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly id?: string | undefined;
    readonly reason: string;
    readonly operator: string;
  },
  beside?: Beside,
): Promise<{ readonly kind: 'revoked'; readonly revoked: readonly string[] } | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const held = await ports.trust.list(account.id);
    const gone = input.id === undefined ? held : held.filter((one) => one.id === input.id);
    if (gone.length === 0) return refuse('not-found');
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const written = await ports.store.commit(account.id, [
      ...more,
      ...gone.flatMap((one): readonly Write[] => [
        { op: 'revoke-trust', accountId: account.id, id: one.id },
        { op: 'end-trusted-sessions', accountId: account.id, trustId: one.id, except: '' },
        {
          op: 'audit',
          event: {
            tenantId: account.tenantId,
            accountId: account.id,
            event: 'trust.revoked',
            actor: `operator:${input.operator}`,
            data: { device: one.id, reason: input.reason, via: caller.actor },
          },
        },
      ]),
      ...noticesOf(ports, policy, snapshot, 'trust-ended', beside?.objection),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'revoked', revoked: gone.map((one) => one.id) };
  });
}
