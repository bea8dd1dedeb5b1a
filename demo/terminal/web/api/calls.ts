// The calls of the terminal's back end, one line each, from the place the visitor sits at.
import { useMemo } from 'preact/hooks';
import type { Account, Binding, ClientDevice } from '../../../../sdk/src/types.ts';
import type { BindingDone, CodeAccepted, CodeSent, LoginStarted, PhaseView, Seat, TenantView } from '../../views.ts';
import type { Place } from '../state/place.ts';
import { usePlace } from '../state/place.ts';
import { type Locale, useLocale } from '../words/say.ts';
import { call } from './http.ts';

export const tenants = (locale: Locale) => call<TenantView[]>('GET', '/tenants', locale);

export type CodeType = 'totp' | 'sms' | 'email' | 'app' | 'passkey' | 'wechat' | 'recovery-code' | 'bypass-code';
const of = encodeURIComponent;

export function callsFrom({ tenant, client, device, version }: Place, locale: Locale) {
  const at = `/seats/${of(tenant.id)}/${of(client.id)}/${device}`;
  const get = <T>(path: string) => call<T>('GET', at + path, locale);
  const post = <T>(path: string, body: unknown) => call<T>('POST', at + path, locale, body);
  const remove = (path: string) => call<unknown>('DELETE', at + path, locale);
  const login = (id: string) => `/logins/${of(id)}`;
  const owner = (account: string) => `/accounts/${of(account)}`;
  return {
    seat: () => get<Seat>(''),
    phase: () => get<PhaseView>('/phase'),
    signIn: (account: string, password: string) => post<LoginStarted>('/logins', { account, password, version }),
    sendCode: (id: string, authenticator: string) => post<CodeSent>(`${login(id)}/send`, { authenticator }),
    verify: (id: string, code: { type: CodeType; output: string; authenticator?: string }) =>
      post<CodeAccepted>(`${login(id)}/verify`, code),
    enrol: (id: string) => post<Binding>(`${login(id)}/bindings`, {}),
    finishEnrol: (id: string, binding: string, output: string) =>
      post<BindingDone>(`${login(id)}/bindings/${of(binding)}/confirm`, { output }),
    account: (account: string) => get<Account>(owner(account)),
    bind: (account: string, type: 'totp' | 'recovery-code', output?: string) =>
      post<Binding>(`${owner(account)}/bindings`, { type, ...(output === undefined ? {} : { output }) }),
    finishBind: (account: string, binding: string, output: string) =>
      post<BindingDone>(`${owner(account)}/bindings/${of(binding)}/confirm`, { output }),
    unbind: (account: string, authenticator: string) => remove(`${owner(account)}/authenticators/${of(authenticator)}`),
    devices: (account: string) => get<ClientDevice[]>(`${owner(account)}/devices`),
    revoke: (account: string, device: string) => remove(`${owner(account)}/devices/${of(device)}`),
    signOut: (account: string) => post<Seat>(`${owner(account)}/logout`, {}),
  };
}
export type Calls = ReturnType<typeof callsFrom>;

/** The calls from where the visitor sits, in the language in use. */
export function useCalls(): Calls {
  const place = usePlace();
  const locale = useLocale();
  return useMemo(() => callsFrom(place, locale), [place, locale]);
}
