// Which screen is open, from the address's fragment: the phone's back button works, and a reload stays where it was.
// Tokens, codes and PINs are never part of it.
import { useEffect, useState } from 'preact/hooks';
import type { Ticket } from '../server/views.ts';

const PLAIN = ['home', 'add', 'scan', 'type', 'token', 'settings'] as const;
const OF_ACCOUNT = ['account', 'code', 'sync', 'pin', 'biometric', 'phones', 'manage'] as const;

export type AccountRoute = (typeof OF_ACCOUNT)[number];
export type Route = { readonly name: (typeof PLAIN)[number] } | { readonly name: AccountRoute; readonly phone: string };

export const HOME: Route = { name: 'home' };

/** Null when it is no text: an address can be typed. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function read(): Route {
  const [first = '', phone, last = 'account'] = location.hash.replace(/^#\//, '').split('/');
  const plain = PLAIN.find((name) => name === first);
  if (plain !== undefined) return { name: plain };
  const name = OF_ACCOUNT.find((one) => one === last);
  const id = phone === undefined ? null : decoded(phone);
  return first === 'a' && id !== null && name !== undefined ? { name, phone: id } : HOME;
}

const hashOf = (route: Route): string =>
  'phone' in route
    ? `#/a/${encodeURIComponent(route.phone)}${route.name === 'account' ? '' : `/${route.name}`}`
    : `#/${route.name === 'home' ? '' : route.name}`;

/** A ticket that is being worked on outlives a reload with its entry of the history, and is in no address. */
export const keepTicket = (ticket: Ticket): void => history.replaceState({ ticket }, '');
export const keptTicket = (): Ticket | null =>
  read().name === 'token' ? ((history.state as { ticket?: Ticket } | null)?.ticket ?? null) : null;

/** Opens a screen; `instead` of this one, when going back to this one would make no sense. */
export function go(route: Route, instead = false): void {
  if (instead) {
    history.replaceState(null, '', hashOf(route));
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = hashOf(route);
}

export function useRoute(): Route {
  const [route, set] = useState(read);
  useEffect(() => {
    const follow = (): void => set(read());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
