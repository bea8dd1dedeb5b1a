// The desk's calls to the terminal's back end. A refusal comes back as a value; the page shows its words.
import type { ProblemView } from '../../views.ts';
import { call, problemOf } from '../api/http.ts';
import type { Locale } from '../words/say.ts';
import type { DeskAccount, DeskActed } from './views.ts';

export type Answer<T> = { readonly value: T } | { readonly refused: ProblemView };
export type Act = 'unbind' | 'unlock';

/** The desk of one tenant in one language. Never throws: a dead connection is a refusal too. */
export function deskOf(tenant: string, locale: Locale) {
  const at = (account: string) => `/desk/${encodeURIComponent(tenant)}/accounts/${encodeURIComponent(account)}`;
  return {
    find: (account: string) => answer(call<DeskAccount>('GET', at(account), locale)),
    act: (account: string, act: Act, reason: string) =>
      answer(call<DeskActed>('POST', `${at(account)}/${act}`, locale, { reason })),
  };
}

const answer = <T>(asked: Promise<T>): Promise<Answer<T>> =>
  asked.then(
    (value) => ({ value }),
    (error: unknown) => ({ refused: problemOf(error) }),
  );
