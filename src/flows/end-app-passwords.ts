// What ends the app passwords of an account besides their owner: the policy says which changes do (security rule 7).
import { type AppPasswordEnd, NO_METHOD_OF_ONES_OWN } from '../core/app-password/app-password.ts';
import type { Write } from '../core/commit.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { active } from './facts.ts';

/** Whether the account has bound a method of its own: from then on mail programs need app passwords (CM-5.4). */
export const hasOwnMethod = (snapshot: AccountSnapshot, without: readonly StoredAuthenticator[] = []): boolean =>
  active(snapshot).some((a) => !NO_METHOD_OF_ONES_OWN.includes(a.type) && !without.includes(a));

/** Whether the policy ends the app passwords of an account when these are removed, and which of its rules does. */
export function endingWith(
  policy: Policy,
  snapshot: AccountSnapshot,
  removed: readonly StoredAuthenticator[],
): 'any-method' | 'last-method' | undefined {
  const { endWith } = policy.appPasswords;
  if (removed.length === 0 || !hasOwnMethod(snapshot)) return undefined;
  if (endWith.includes('any-method')) return 'any-method';
  return endWith.includes('last-method') && !hasOwnMethod(snapshot, removed) ? 'last-method' : undefined;
}

/** The writes that go with removing authenticators; put them after those that remove. */
export async function endWithMethods(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  removed: readonly StoredAuthenticator[],
  actor: string,
): Promise<Write[]> {
  const why = endingWith(policy, snapshot, removed);
  if (why !== undefined) return endAppPasswords(ports, policy, snapshot, why, actor);
  // Of two methods removed at once, each would see the other still there.
  return removed.length > 0 && hasOwnMethod(snapshot) && policy.appPasswords.endWith.includes('last-method')
    ? [{ op: 'expect-own-method', accountId: snapshot.account.id }]
    : [];
}

/** What somebody who knows the password can have made before its owner noticed, ms. */
export const LATELY_MS = 7 * 24 * 3600_000;

/**
 * The writes that end those made since (ms), for the time in which somebody else may have made them; all of them where the policy wants that for
 * `all`. Older ones stay: they were there when all was well, and without them every mail program of their owner stops. `count`: how many end.
 */
export async function endAppPasswordsSince(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  { since, all, why }: { readonly since: number; readonly all: AppPasswordEnd; readonly why: string },
  actor: string,
): Promise<{ readonly count: number; readonly writes: readonly Write[] }> {
  const { tenantId, id: accountId } = snapshot.account;
  const { items } = await ports.appPasswords.list(accountId);
  if (policy.appPasswords.endWith.includes(all))
    return { count: items.length, writes: await endAppPasswords(ports, policy, snapshot, all, actor) };
  const count = items.filter((one) => one.createdAt >= since).length;
  const told: Write = {
    op: 'audit',
    event: { tenantId, accountId, event: 'app-password.ended', actor, data: { why, count } },
  };
  return { count, writes: [{ op: 'revoke-app-passwords-since', accountId, since }, ...(count > 0 ? [told] : [])] };
}

/** The writes that end every app password, where the policy wants that for `why`. */
export async function endAppPasswords(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  why: AppPasswordEnd,
  actor: string,
): Promise<Write[]> {
  if (!policy.appPasswords.endWith.includes(why)) return [];
  const { account } = snapshot;
  const { items } = await ports.appPasswords.list(account.id);
  const revoke: Write = { op: 'revoke-app-passwords', accountId: account.id };
  if (items.length === 0) return [revoke];
  return [
    revoke,
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: 'app-password.ended',
        actor,
        data: { why, count: items.length },
      },
    },
  ];
}
