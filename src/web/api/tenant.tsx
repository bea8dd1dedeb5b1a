// The tenant whose page this is: from the address (/t/<tenant>/…), with the calls made for it in the language in use.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { type Locale, useLocale } from '../words/say.ts';
import { type MeCalls, meCalls } from './me.ts';
import type { TenantView } from './views.ts';

/** The tenant's id in the page's address; empty when there is none. */
export const tenantId = (path: string = location.pathname): string => /^\/t\/([^/]+)\//.exec(path)?.[1] ?? '';

const CallsContext = createContext<MeCalls>(meCalls({ locale: 'en' }));
const TenantContext = createContext<TenantView>({ id: '', name: '', locale: 'en', contact: '', captcha: false });

export const useCalls = (): MeCalls => useContext(CallsContext);
export const useTenant = (): TenantView => useContext(TenantContext);

/** The calls for one tenant; the language of their refusals is that of the page. */
export const callsOf = (tenant: string, locale: Locale): MeCalls => meCalls({ tenant, locale });

export function CallsProvider({ children }: { children: ComponentChildren }) {
  const locale = useLocale();
  const calls = useMemo(() => callsOf(tenantId(), locale), [locale]);
  return <CallsContext.Provider value={calls}>{children}</CallsContext.Provider>;
}

export const TenantProvider = TenantContext.Provider;
