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

/** The writes that go with removing authenticators; put them after those that remove. */
export async function endWithMethods(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  removed: readonly StoredAuthenticator[],
  actor: string,
): Promise<Write[]> {
  const { endWith } = policy.appPasswords;
  if (removed.length === 0 || !hasOwnMethod(snapshot)) return [];
  if (endWith.includes('any-method')) return endAppPasswords(ports, policy, snapshot, 'any-method', actor);
  if (!endWith.includes('last-method')) return [];
  // Of two methods removed at once, each would see the other still there.
  if (hasOwnMethod(snapshot, removed)) return [{ op: 'expect-own-method', accountId: snapshot.account.id }];
  return endAppPasswords(ports, policy, snapshot, 'last-method', actor);
}

/** What somebody who knows the password can have made before its owner noticed. */
const LATELY_MS = 7 * 24 * 3600_000;

/**
 * The writes that go with "it was not me" (CM-3.2): app passwords of the last seven days end, and all of them where the policy says so. Older ones
 * stay: they were there when all was well, and ending them stops every mail program of somebody who refused one login. `count`: how many end.
 */
export async function endLateAppPasswords(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  actor: string,
): Promise<{ readonly count: number; readonly writes: readonly Write[] }> {
  const { account, now } = snapshot;
  const { items } = await ports.appPasswords.list(account.id);
  if (policy.appPasswords.endWith.includes('secured'))
    return { count: items.length, writes: await endAppPasswords(ports, policy, snapshot, 'secured', actor) };
  const since = now - LATELY_MS;
  const count = items.filter((one) => one.createdAt >= since).length;
  const { tenantId, id: accountId } = account;
  return {
    count,
    writes: [
      { op: 'revoke-app-passwords-since', accountId, since },
      ...(count === 0
        ? []
        : ([
            {
              op: 'audit',
              event: { tenantId, accountId, event: 'app-password.ended', actor, data: { why: 'secured', count } },
            },
          ] as const)),
    ],
  };
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
