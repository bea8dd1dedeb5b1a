// Words in three languages: a row is a tuple of three, of texts or of functions that make one. A missing language does not compile.
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { rememberedLocale, rememberLocale } from '../../words/remembered.ts';
import { LANG, LOCALES, type Locale } from '../../words/rows.ts';

export { LOCALES, type Locale } from '../../words/rows.ts';

type Making = (...members: never[]) => string;
type Row = readonly [zhCN: string, zhHK: string, en: string] | readonly [zhCN: Making, zhHK: Making, en: Making];
type Rows = Readonly<Record<string, Row>>;
/** A table of words in one language. */
export type Spoken<T extends Rows> = { readonly [K in keyof T]: T[K][0] extends string ? string : T[K][0] };

/** A table of words: `words({ title: ['客户', '客戶', 'Customers'], rows: [(n: number) => `${n} 行`, …] })`. */
export const words = <const T extends Rows>(rows: T): T => rows;

const Language = createContext<{ readonly locale: Locale; readonly choose: (locale: Locale) => void }>({
  locale: 'en',
  choose: () => undefined,
});

/** The language of everything below it, kept in this browser. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [locale, set] = useState(rememberedLocale);
  useLayoutEffect(() => {
    document.documentElement.lang = LANG[locale];
  }, [locale]);
  const value = useMemo(
    () => ({
      locale,
      choose(chosen: Locale) {
        set(chosen);
        rememberLocale(chosen);
      },
    }),
    [locale],
  );
  return <Language.Provider value={value}>{children}</Language.Provider>;
}

export const useLanguage = () => useContext(Language);
export const useLocale = (): Locale => useContext(Language).locale;

/** Speaks a table in the language in use: `const t = useWords(W); t.title`. */
export function useWords<T extends Rows>(rows: T): Spoken<T> {
  const locale = useLocale();
  return useMemo(() => spoken(rows, locale), [rows, locale]);
}

/** A table in one language. */
export function spoken<T extends Rows>(rows: T, locale: Locale): Spoken<T> {
  const at = LOCALES.indexOf(locale);
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, row[at]])) as Spoken<T>;
}
