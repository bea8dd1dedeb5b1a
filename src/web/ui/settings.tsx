// What a person chose in this browser: the language. Kept here, not on the server, so that it holds before anyone logged in.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { LOCALES, type Locale, LocaleContext, preferredLocale, say } from '../words/say.ts';

const storageKey = 'hufu-locale';
const Context = createContext<(locale: Locale) => void>(() => undefined);

/** The language in this browser: chosen before, else asked for by it. */
function initial(): Locale {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(storageKey);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  return LOCALES.find((one) => one === kept) ?? preferredLocale(navigator.languages);
}

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [locale, set] = useState(initial);
  useEffect(() => {
    const page = document.documentElement;
    page.lang = locale === 'zh-HK' ? 'zh-Hant-HK' : locale === 'zh-CN' ? 'zh-Hans-CN' : 'en';
    page.dataset['locale'] = locale;
  }, [locale]);
  const choose = useMemo(
    () =>
      (chosen: Locale): void => {
        set(chosen);
        try {
          localStorage.setItem(storageKey, chosen);
        } catch {
          // As above.
        }
      },
    [],
  );
  return (
    <Context.Provider value={choose}>
      <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>
    </Context.Provider>
  );
}

const NAMES: Readonly<Record<Locale, readonly [short: string, full: string]>> = {
  'zh-CN': ['简', '简体中文'],
  'zh-HK': ['繁', '繁體中文（香港）'],
  en: ['EN', 'English'],
};
const LANG: Readonly<Record<Locale, string>> = { 'zh-CN': 'zh-Hans-CN', 'zh-HK': 'zh-Hant-HK', en: 'en' };

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
          aria-label={`${NAMES[one][0]} ${NAMES[one][1]}`}
          onClick={() => choose(one)}
        >
          {NAMES[one][0]}
        </button>
      ))}
    </div>
  );
}
