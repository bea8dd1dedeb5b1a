// How a typed text is read: which of an account's words it may begin, in which order. Each stage is one range of an ordered index. An account that
// several stages (or several of its words) lead to is shown once, at its first place, and that place follows from the account alone: so the next page
// needs nothing but the last account shown.
import { type Account, canonicalAccount } from '../account/account.ts';
import { foldHan } from './han.ts';
import { foldMail, foldName, isDense, type TermKind, termsOf, turned, wordsOf } from './terms.ts';

/** What an account was found by. */
export type FoundBy = 'account' | TermKind;

export type Stage =
  /** The account number, or its beginning. */
  | { readonly by: 'account'; readonly prefix: string; readonly exact: boolean }
  /** One of the words, or what is left of a turned name, begins so. */
  | { readonly by: TermKind; readonly prefix: string }
  /** Several words in any order: each is in the name, as it is spelt or, when all are folded, folded. */
  | { readonly by: 'name'; readonly words: readonly string[] };

/** The end of the range of what begins so. */
export const endOf = (prefix: string): string => `${prefix}\u{10FFFF}`;

/** Digits fewer than these are nobody's phone: the last four are what people go by. */
const PHONE_DIGITS = 4;

/** The stages of a query, in the order they are shown; empty when it holds nothing to look for. `only` asks for one kind. */
export function stagesOf(typed: string, only?: FoundBy): readonly Stage[] {
  const canonical = canonicalAccount(typed);
  if (canonical === '') return [];
  const text = typed.normalize('NFKC').trim();
  const spelt = foldName(typed);
  // Who is spelt as typed comes first. That is also how the accounts are found whose folded words are not in the index yet.
  const spellings = [...new Set([spelt, foldHan(spelt)])].filter((one) => one !== '');
  const isNumber = /^\+?[\d\s().-]+$/.test(text);
  const digits = text.replace(/\D/g, '').replace(/^0+(?=\d{5})/, '');

  const exact: Stage = { by: 'account', prefix: canonical, exact: true };
  const account: Stage = { by: 'account', prefix: canonical, exact: false };
  const phone: readonly Stage[] =
    isNumber && digits.length >= PHONE_DIGITS ? [{ by: 'phone', prefix: turned(digits) }] : [];
  const mail: readonly Stage[] = /\s/.test(text) ? [] : [{ by: 'mail', prefix: foldMail(text) }];
  const name: readonly Stage[] = [
    ...spellings.map((prefix): Stage => ({ by: 'name', prefix })),
    ...spellings
      .map(wordsOf)
      .filter((words) => words.length > 1)
      .map((words): Stage => ({ by: 'name', words })),
  ];

  const all: readonly Stage[] = text.startsWith('+')
    ? [...phone]
    : isNumber && digits.length === PHONE_DIGITS
      ? // Four digits are more often the end of a phone than the beginning of an account.
        [exact, ...phone, account, ...name]
      : isNumber
        ? [exact, account, ...phone, ...name]
        : text.includes('@')
          ? [exact, account, ...mail]
          : [exact, ...name, account, ...mail];
  return only === undefined ? all : all.filter((stage) => stage.by === only);
}

type Findable = Pick<Account, 'account' | 'name' | 'phone' | 'email'>;

const hasWord = (nameWords: readonly string[], word: string): boolean =>
  nameWords.some((one) => (isDense(word) ? one.includes(word) : one.startsWith(word)));

/** A name in the form of the words that are looked for in it. */
const asIn = (words: readonly string[], name: string): string =>
  words.every((word) => foldHan(word) === word) ? foldHan(name) : name;

/** Whether a turned, stored name may hold all the words: it may have been cut, and then only the account itself tells. */
export const mayHold = (stored: string, words: readonly string[]): boolean => {
  if (Array.from(stored).length >= 80) return true;
  const term = asIn(words, stored);
  const nameWords = wordsOf(term.replace('|', ' '));
  return words.every((word) => hasWord(nameWords, word) || (isDense(word) && unturned(term).includes(word)));
};

const unturned = (term: string): string => {
  const at = term.indexOf('|');
  return at < 0 ? term : `${term.slice(at + 1)}${term.slice(0, at)}`;
};

/** The words a search for several may go by: one that is a character alone may stand where no stored term begins. */
export function drivers(words: readonly string[]): readonly string[] {
  const long = words.filter((word) => !isDense(word) || Array.from(word).length > 1);
  return long.length > 0 ? long : words;
}

/** The words of an account that the stage leads to it by, as spelt before folded. `driver` is the word a search for several goes by. */
export function matchesOf(stage: Stage, account: Findable, driver?: string): readonly string[] {
  if (stage.by === 'account') {
    const canonical = canonicalAccount(account.account);
    return (stage.exact ? canonical === stage.prefix : canonical.startsWith(stage.prefix)) ? [canonical] : [];
  }
  const kind = stage.by;
  const own = (prefix: string): readonly string[] =>
    termsOf({ name: account.name, phone: account.phone, email: account.email })
      .filter((one) => one.kind === kind && one.term.startsWith(prefix))
      .map((one) => one.term);
  if ('prefix' in stage) return own(stage.prefix);
  const nameWords = wordsOf(asIn(stage.words, foldName(account.name ?? '')));
  if (!stage.words.every((word) => hasWord(nameWords, word))) return [];
  return driver === undefined ? drivers(stage.words).flatMap(own) : own(driver);
}

/**
 * Whether this is the first place that leads to the account: no earlier stage does, and no earlier word of it in this one. What is spelt so comes
 * first, and is in the index whenever the account is: nobody is waited for at a place that is still to be filled.
 */
export function isFirstPlace(
  stages: readonly Stage[],
  at: number,
  term: string,
  account: Findable,
  driver?: string,
): boolean {
  const stage = stages[at];
  if (stage === undefined) return false;
  return (
    matchesOf(stage, account, driver)[0] === term &&
    !stages.slice(0, at).some((one) => matchesOf(one, account).length > 0)
  );
}
