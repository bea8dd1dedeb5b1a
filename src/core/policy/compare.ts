// What another policy would change for the accounts that log in, told by both policies themselves (OP-2.2).
import type { AccountGroup } from '../rollout/impact.ts';
import { type Met, meets } from '../rollout/next-login.ts';
import type { Policy } from './policy.ts';

/** Accounts that would meet something else, all in the same way. */
export interface Difference {
  readonly before: Met;
  readonly after: Met;
  readonly accounts: number;
  /** The clients they come from, most accounts first; null: never logged in. */
  readonly clients: readonly { readonly client: string | null; readonly accounts: number }[];
}

export interface Comparison {
  /** Accounts that were looked at. */
  readonly accounts: number;
  /** Those whose next login would meet something else. */
  readonly affected: number;
  /** Those among them that would be refused, and are not today. */
  readonly refused: number;
  /** Most accounts first. */
  readonly differences: readonly Difference[];
}

/** Puts the next login of each group to both policies at `now` (ms). Cost: two decisions a group, however many accounts are in it. */
export function comparePolicies(
  before: Policy,
  after: Policy,
  groups: readonly AccountGroup[],
  now: number,
): Comparison {
  const found = new Map<string, { before: Met; after: Met; accounts: number; clients: Map<string | null, number> }>();
  let accounts = 0;
  for (const group of groups) {
    accounts += group.count;
    const was = meets(before, group, now);
    const will = meets(after, group, now);
    const key = JSON.stringify([was, will]);
    if (JSON.stringify(was) === JSON.stringify(will)) continue;
    const one = found.get(key) ?? { before: was, after: will, accounts: 0, clients: new Map<string | null, number>() };
    one.accounts += group.count;
    one.clients.set(group.client, (one.clients.get(group.client) ?? 0) + group.count);
    found.set(key, one);
  }
  const differences = [...found.values()]
    .sort((a, b) => b.accounts - a.accounts)
    .map((one) => ({
      ...one,
      clients: [...one.clients].map(([client, n]) => ({ client, accounts: n })).sort((a, b) => b.accounts - a.accounts),
    }));
  const sum = (some: readonly Difference[]): number => some.reduce((n, one) => n + one.accounts, 0);
  return {
    accounts,
    affected: sum(differences),
    refused: sum(differences.filter((d) => d.after.kind === 'refuse' && d.before.kind !== 'refuse')),
    differences,
  };
}
