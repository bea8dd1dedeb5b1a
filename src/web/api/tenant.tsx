// The tenant whose page this is: from the address (/t/<tenant>/…), with the calls made for it in the language in use.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useMemo, useRef } from 'preact/hooks';
import { useLocale } from '../words/say.ts';
import type { CallerOptions } from './http.ts';
import { type Drawn, type MeCalls, meCalls } from './me.ts';
import type { TenantView } from './views.ts';

/** The tenant's id in the page's address; empty when there is none. */
export const tenantId = (path: string = location.pathname): string => /^\/t\/([^/]+)\//.exec(path)?.[1] ?? '';

const CallsContext = createContext<MeCalls>(meCalls({ locale: 'en' }));
const TenantContext = createContext<TenantView>({ id: '', name: '', locale: 'en', contact: '', captcha: false });

export const useCalls = (): MeCalls => useContext(CallsContext);
export const useTenant = (): TenantView => useContext(TenantContext);

interface CallsProps {
  /** Told of every refusal; the same function each time. */
  onRefused?: CallerOptions['onRefused'];
  children: ComponentChildren;
}

/** Makes the calls for the tenant in the address; their refusals come in the page's language. */
export function CallsProvider({ onRefused, children }: CallsProps) {
  const locale = useLocale();
  const { current: drawn } = useRef<Drawn>({});
  const calls = useMemo(
    () => meCalls({ tenant: tenantId(), locale, ...(onRefused === undefined ? {} : { onRefused }) }, drawn),
    [locale, onRefused],
  );
  return <CallsContext.Provider value={calls}>{children}</CallsContext.Provider>;
}

export const TenantProvider = TenantContext.Provider;
