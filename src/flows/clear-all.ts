// Every count of failures that stands against an account: its own, its password's wherever it was typed, and its methods'.
import type { Write } from '../core/commit.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { passwordScope, placeScopes } from './check-password.ts';

/** The writes that clear them all (BF-14). Nothing else is re-enabled by them. */
export async function clearAll(
  ports: Ports,
  snapshot: AccountSnapshot,
  canonical: string,
): Promise<readonly Extract<Write, { op: 'clear-failures' }>[]> {
  const { account } = snapshot;
  const scope = passwordScope(account.tenantId, canonical);
  const password = await ports.store.failures(scope);
  return [
    { scope: account.id, count: snapshot.failures.count },
    { scope, count: password.failures.count },
    ...(await ports.store.failuresUnder(placeScopes(account.tenantId, canonical))),
    ...snapshot.authenticators.map((a) => ({ scope: a.id, count: a.failures.count })),
  ]
    .filter((s) => s.count > 0)
    .map((s) => ({ op: 'clear-failures', ...s }));
}
