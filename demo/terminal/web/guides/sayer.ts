// A speaker for one table in a language that is given, not taken from the page around it.
import { type Locale, type Members, say, type Words } from '../words/say.ts';

/** `const w = sayer(WORDS, locale); w('title')`: one row of the table, with `{name}` filled from `members`. */
export const sayer =
  <K extends string>(table: Readonly<Record<K, Words>>, locale: Locale) =>
  (key: K, members?: Members): string =>
    say(table[key], locale, members);
