// What the demo bar chooses: language, appearance, brokerage, client, version, phone. Kept in this browser.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { LOCALES, type Locale, LocaleContext } from '../words/say.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export const VERSIONS = ['good', 'old', 'bad'] as const;
export const PHONES = ['phone-1', 'phone-2'] as const;

export interface Settings {
  readonly locale: Locale;
  readonly theme: (typeof THEMES)[number];
  readonly tenant: string;
  readonly client: string;
  readonly version: (typeof VERSIONS)[number];
  readonly phone: (typeof PHONES)[number];
}
export type Change = (change: Partial<Settings>) => void;

const storageKey = 'hufu-demo-terminal';
const Context = createContext<readonly [Settings, Change]>([initial(), () => undefined]);
export const useSettings = (): readonly [Settings, Change] => useContext(Context);

export function SettingsProvider({ children }: { children: ComponentChildren }) {
  const [settings, set] = useState(initial);
  useLayoutEffect(() => {
    localStorage.setItem(storageKey, JSON.stringify(settings));
    const page = document.documentElement;
    page.lang = settings.locale === 'zh-HK' ? 'zh-Hant-HK' : settings.locale === 'zh-CN' ? 'zh-Hans-CN' : 'en';
    page.dataset['locale'] = settings.locale;
    page.dataset['theme'] = settings.theme;
  }, [settings]);
  const value = useMemo(
    () => [settings, (change: Partial<Settings>) => set((now) => ({ ...now, ...change }))] as const,
    [settings],
  );
  return (
    <Context.Provider value={value}>
      <LocaleContext.Provider value={settings.locale}>{children}</LocaleContext.Provider>
    </Context.Provider>
  );
}

function initial(): Settings {
  const kept = read();
  const oneOf = <T extends string>(value: unknown, all: readonly T[], otherwise: T): T =>
    all.find((one) => one === value) ?? otherwise;
  return {
    locale: oneOf(kept['locale'], LOCALES, preferredLocale()),
    theme: oneOf(kept['theme'], THEMES, 'system'),
    tenant: typeof kept['tenant'] === 'string' ? kept['tenant'] : '',
    client: typeof kept['client'] === 'string' ? kept['client'] : '',
    version: oneOf(kept['version'], VERSIONS, 'good'),
    phone: oneOf(kept['phone'], PHONES, 'phone-1'),
  };
}

function read(): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The first language of the browser that we speak. Traditional script means Hong Kong's words. */
function preferredLocale(): Locale {
  for (const tag of navigator.languages) {
    if (/^zh\b.*\b(Hant|HK|TW|MO)\b/i.test(tag)) return 'zh-HK';
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}
