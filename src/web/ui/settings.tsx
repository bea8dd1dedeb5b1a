// What a person chose in this browser: the language. Kept here, not on the server, so that it holds before anyone logged in.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { LOCALE_NAMES } from '../words/locales.ts';
import { rememberedLocale, rememberLocale } from '../words/remembered.ts';
import { LANG } from '../words/rows.ts';
import { LOCALES, type Locale, LocaleContext, say } from '../words/say.ts';

const Context = createContext<(locale: Locale) => void>(() => undefined);

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [locale, set] = useState(rememberedLocale);
  useLayoutEffect(() => {
    const page = document.documentElement;
    page.lang = LANG[locale];
    page.dataset['locale'] = locale;
  }, [locale]);
  const choose = useMemo(
    () =>
      (chosen: Locale): void => {
        set(chosen);
        rememberLocale(chosen);
      },
    [],
  );
  return (
    <Context.Provider value={choose}>
      <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>
    </Context.Provider>
  );
}

const SHORT: Readonly<Record<Locale, string>> = { 'zh-CN': '简', 'zh-HK': '繁', en: 'EN' };

/** 简 | 繁 | EN. */
export function LanguageSwitch() {
  const choose = useContext(Context);
  const locale = useContext(LocaleContext);
  return (
    <div class="languages" role="group" aria-label={say(COMMON.language, locale)}>
      {LOCALES.map((one) => (
        <button
          key={one}
          type="button"
          lang={LANG[one]}
          aria-pressed={one === locale ? 'true' : 'false'}
          aria-label={`${SHORT[one]} ${LOCALE_NAMES[one]}`}
          onClick={() => choose(one)}
        >
          {SHORT[one]}
        </button>
      ))}
    </div>
  );
}
