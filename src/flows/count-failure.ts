// A wrong output is on record, and its freeze told to the owner, before anyone learns that it was wrong (security rule 2).
import type { Write } from '../core/commit.ts';
import type { Refusal } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { noticesOf } from './notices.ts';
import type { Tried } from './try-output.ts';
import type { Hint } from './why-wrong.ts';

/** Commits the failure of an output and gives the refusal; undefined when another attempt came first and it must be judged afresh. */
export async function countFailure(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  snapshot: AccountSnapshot,
  tried: Extract<Tried, { kind: 'invalid' }>,
  where: { readonly login: string | null; readonly ip: string | null; readonly hint?: Hint | null },
): Promise<Refusal | undefined> {
  const { account } = snapshot;
  const { id, type } = tried.tried;
  const about = where.login === null ? { authenticator: id, type } : { login: where.login, authenticator: id, type };
  const audit = (
    event: 'output.rejected' | 'authenticator.frozen',
    actor: string,
    data: Record<string, string | number>,
  ): Write => ({
    op: 'audit',
    event: { tenantId: account.tenantId, accountId: account.id, event, actor, data },
  });
  const written = await ports.store.commit(account.id, [
    ...tried.writes,
    audit('output.rejected', caller.actor, { ...about, reason: tried.reason, ...where.hint }),
    ...(tried.isFrozenNow
      ? [
          audit('authenticator.frozen', 'system', { authenticator: id }),
          ...noticesOf(ports, policy, snapshot, 'frozen'),
        ]
      : []),
  ]);
  if (written.kind === 'conflict') return undefined;
  ports.addresses.failed(caller.tenantId, where.ip, snapshot.now);
  if (tried.isFrozenNow) ports.wake('outbox', account.tenantId);
  return tried.refusal;
}
