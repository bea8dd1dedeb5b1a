// Words in three languages for Preact's pages: `useSay` takes only keys that exist.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Locale, type Members, say, type Words } from './rows.ts';

export { LOCALES, type Locale, type Members, preferredLocale, say, type Words } from './rows.ts';

/** The language of everything below it. */
export const LocaleContext = createContext<Locale>('en');
export const useLocale = (): Locale => useContext(LocaleContext);

export type Say<K extends string> = (key: K, members?: Members) => string;

/** Speaks a table in the language in use: `const w = useSay(LOGIN); w('title')`. */
export function useSay<K extends string>(table: Readonly<Record<K, Words>>): Say<K> {
  const locale = useLocale();
  return (key, members) => say(table[key], locale, members);
}
