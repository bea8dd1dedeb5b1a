// Words in three languages. A row is a tuple of three, so a missing language does not compile.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const LOCALES = ['zh-CN', 'zh-HK', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Words = readonly [zhCN: string, zhHK: string, en: string];
export type Members = Readonly<Record<string, string | number>>;

/** The language of everything below it. */
export const LocaleContext = createContext<Locale>('en');
export const useLocale = (): Locale => useContext(LocaleContext);

/** One row in one language, with `{name}` filled from `members`. */
export function say(words: Words, locale: Locale, members: Members = {}): string {
  return words[LOCALES.indexOf(locale)]?.replace(/\{(\w+)\}/g, (_, name: string) => String(members[name] ?? '')) ?? '';
}

/** Speaks a table in the language in use: `const w = useSay(LOGIN); w('title')`. */
export function useSay<K extends string>(table: Readonly<Record<K, Words>>): (key: K, members?: Members) => string {
  const locale = useLocale();
  return (key, members) => say(table[key], locale, members);
}

/** An instant with its zone, as people of this language write it; today's without the date. */
export function showTime(instant: string, locale: Locale): string {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ month: 'short', day: 'numeric' } as const);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(at);
}
