// The language chosen in this browser: kept here, so that it holds before anyone logged in.
import { LOCALES, type Locale, preferredLocale } from './rows.ts';

const storageKey = 'hufu-locale';

/** The language in this browser: chosen before, else asked for by it. */
export function rememberedLocale(): Locale {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(storageKey);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  return LOCALES.find((one) => one === kept) ?? preferredLocale(navigator.languages);
}

/** Keeps the language in this browser. */
export function rememberLocale(locale: Locale): void {
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // As above.
  }
}
