// Words in three languages. A row is a tuple of three, so a missing language does not compile; `useSay` takes only keys that exist.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const LOCALES = ['zh-CN', 'zh-HK', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Words = readonly [zhCN: string, zhHK: string, en: string];
export type Members = Readonly<Record<string, string | number>>;

/** The language of everything below it. */
export const LocaleContext = createContext<Locale>('en');
export const useLocale = (): Locale => useContext(LocaleContext);

/** One row in one language, with `{name}` filled from `members`; a name without a member leaves nothing. */
export function say(words: Words, locale: Locale, members: Members = {}): string {
  return words[LOCALES.indexOf(locale)]?.replace(/\{(\w+)\}/g, (_, name: string) => String(members[name] ?? '')) ?? '';
}

export type Say<K extends string> = (key: K, members?: Members) => string;

/** Speaks a table in the language in use: `const w = useSay(LOGIN); w('title')`. */
export function useSay<K extends string>(table: Readonly<Record<K, Words>>): Say<K> {
  const locale = useLocale();
  return (key, members) => say(table[key], locale, members);
}

/** The first language of the browser that we speak, else `otherwise`. Traditional script means Hong Kong's words. */
export function preferredLocale(tags: readonly string[], otherwise: Locale = 'en'): Locale {
  for (const tag of tags) {
    if (/^zh\b.*\b(Hant|HK|TW|MO)\b/i.test(tag)) return 'zh-HK';
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return otherwise;
}
