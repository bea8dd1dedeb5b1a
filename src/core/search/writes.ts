// Guarded writes of search (core/commit.ts): the words of an account change in the very commit that changes the account.
import type { Account } from '../account/account.ts';
import { type Term, termsOf } from './terms.ts';

export type SearchWrite =
  | { readonly op: 'put-term'; readonly tenantId: string; readonly accountId: string; readonly term: Term }
  | { readonly op: 'drop-term'; readonly tenantId: string; readonly accountId: string; readonly term: Term };

type Findable = Pick<Account, 'name' | 'phone' | 'email'>;
const key = ({ kind, term }: Term): string => `${kind} ${term}`;

/** The writes that bring the index from an account as it was (undefined: new) to as it is. */
export function termWrites(
  of: { readonly tenantId: string; readonly id: string },
  before: Findable | undefined,
  after: Findable,
): readonly SearchWrite[] {
  const old = before === undefined ? [] : termsOf(before);
  const fresh = termsOf(after);
  const held = new Set(old.map(key));
  const kept = new Set(fresh.map(key));
  const about = { tenantId: of.tenantId, accountId: of.id };
  return [
    ...old.filter((term) => !kept.has(key(term))).map((term): SearchWrite => ({ op: 'drop-term', ...about, term })),
    ...fresh.filter((term) => !held.has(key(term))).map((term): SearchWrite => ({ op: 'put-term', ...about, term })),
  ];
}
