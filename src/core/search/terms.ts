// The words an account is found by, in any language: every one is the beginning of a range in one ordered index, so that a search costs what it shows
// and not what it matches. A name is stored once per word and once per ideograph, each time turned so that it begins there; a phone number backwards,
// so that its last digits are a beginning too. Words of Chinese characters that are folded into others are there twice: as spelt, and folded. Stored:
// whoever changes their form has every account indexed anew (see README).
import type { Account } from '../account/account.ts';
import { foldHan } from './han.ts';

export type TermKind = 'name' | 'phone' | 'mail';

export interface Term {
  readonly kind: TermKind;
  readonly term: string;
}

/** Names are found from this many of their places on; what comes later in a longer one is still seen by whoever looks for several words. */
const MOST_PLACES = 24;
/** Code points of a stored term. */
const LONGEST = 80;
/** Stands between the end of a name and its beginning in a turned one; no folded name holds it. */
const TURN = '|';

const ONE_LETTER: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};
/** Scripts written without spaces between words: what is looked for may begin at any character. */
const DENSE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;
const INTO_DENSE = new RegExp(
  String.raw`(?<=[\p{L}\p{N}])(?<![${DENSE}]\p{M}*)(?=[${DENSE}])|(?<=[${DENSE}]\p{M}*)(?=[\p{L}\p{N}])(?![${DENSE}])`,
  'gu',
);
const IS_DENSE = new RegExp(`^[${DENSE}]`, 'u');
const BETWEEN_IDEOGRAPHS =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])/gu;

/** One spelling for what people take for the same name: width, case, accents of letters, punctuation and spaces do not count. */
export function foldName(name: string): string {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFD')
      .replace(ACCENTS, '$1')
      .normalize('NFC')
      // Some of these letters come with accents of their own.
      .replace(/[ßøđðłæœı]/g, (letter) => ONE_LETTER[letter] ?? letter)
      .replace(/['’ʼ‘`´]/g, '')
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
      .replace(INTO_DENSE, ' ')
      .replace(BETWEEN_IDEOGRAPHS, '')
      .trim()
  );
}

/** The words of a folded text; a run of ideographs is one. */
export const wordsOf = (folded: string): readonly string[] => folded.split(' ').filter((word) => word !== '');

/** Whether a word is of a script that is written without spaces. */
export const isDense = (word: string): boolean => IS_DENSE.test(word);

/** Digits backwards. */
export const turned = (digits: string): string => Array.from(digits).reverse().join('');

/** Mail addresses are told apart without regard to case, as their owners do. */
export const foldMail = (mail: string): string => mail.normalize('NFKC').toLowerCase();

function nameTerms(name: string): readonly string[] {
  const folded = foldName(name);
  const places: number[] = [];
  let at = 0;
  for (const word of wordsOf(folded)) {
    at = folded.indexOf(word, at);
    places.push(at);
    if (isDense(word)) {
      const characters = Array.from(word);
      let next = at + (characters[0] ?? '').length;
      // The last character alone is no beginning worth a row; a mark that belongs to the one before it is none at all.
      for (const character of characters.slice(1, -1)) {
        if (!/^\p{M}/u.test(character)) places.push(next);
        next += character.length;
      }
    }
    at += word.length;
  }
  return places.slice(0, MOST_PLACES).map((place) => {
    const whole = place === 0 ? folded : `${folded.slice(place)}${TURN}${folded.slice(0, place).trimEnd()}`;
    return Array.from(whole).slice(0, LONGEST).join('');
  });
}

/** The words of a name with its characters folded, of those that begin otherwise then: what stands behind the turn is found by no beginning. */
function foldedTerms(spelt: readonly Term[]): readonly Term[] {
  return spelt.flatMap(({ kind, term }) => {
    const head = term.split(TURN, 1)[0] ?? '';
    return kind === 'name' && foldHan(head) !== head ? [{ kind, term: foldHan(term) }] : [];
  });
}

/** Everything an account is found by besides its number: first as it is spelt, then what is folded. `folded` asks for the latter alone. */
export function termsOf(account: Pick<Account, 'name' | 'phone' | 'email'>, only?: 'folded'): readonly Term[] {
  const spelt = speltTerms(account);
  const folded = foldedTerms(spelt);
  return only === 'folded' ? folded : [...spelt, ...folded];
}

function speltTerms({ name, phone, email }: Pick<Account, 'name' | 'phone' | 'email'>): readonly Term[] {
  const terms: Term[] = [];
  if (name !== null) for (const term of new Set(nameTerms(name))) if (term !== '') terms.push({ kind: 'name', term });
  const digits = phone?.replace(/\D/g, '') ?? '';
  if (digits !== '') terms.push({ kind: 'phone', term: turned(digits) });
  if (email !== null) terms.push({ kind: 'mail', term: Array.from(foldMail(email)).slice(0, LONGEST).join('') });
  return terms;
}
