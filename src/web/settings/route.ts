// Which page is open, from the address's fragment: the server needs no rule for it, and nothing secret is in it.
import { useEffect, useState } from 'preact/hooks';
import { tenantId } from '../api/tenant.tsx';
import type { FRAME } from './words/frame.ts';

/** Each page with its name in FRAME and the page above it. */
export const ROUTES = {
  '': { name: 'settings', above: null },
  security: { name: 'security', above: '' },
  'two-step': { name: 'twoStep', above: 'security' },
  'app-passwords': { name: 'appPasswords', above: 'security' },
  trusted: { name: 'trusted', above: 'security' },
  phones: { name: 'phones', above: 'security' },
  activity: { name: 'activity', above: 'security' },
  service: { name: 'service', above: '' },
  apply: { name: 'apply', above: 'service' },
  registration: { name: 'apply', above: 'service' },
} as const satisfies Record<string, { name: keyof typeof FRAME; above: string | null }>;
export type Route = keyof typeof ROUTES;

const isRoute = (text: string): text is Route => Object.hasOwn(ROUTES, text);

const current = (): Route => {
  const asked = location.hash.replace(/^#\/?/, '');
  return isRoute(asked) ? asked : '';
};

export const hrefOf = (route: Route): string => `#/${route}`;
export const goTo = (route: Route): void => {
  location.hash = `/${route}`;
};

/** The login, which leads back to the page. */
export const loginFor = (route: Route): string => `/t/${tenantId()}/login${route === '' ? '' : `#to=${route}`}`;

/** What holds the page open, when something does. */
let hold: (() => void) | undefined;

/** Keeps the page open until the returned function is called: whoever leaves by Back or by an address stays, and `onLeaving` asks them. */
export function holdPage(onLeaving: () => void): () => void {
  const here = location.href;
  const stay = (): void => {
    if (location.href === here) return;
    history.pushState(null, '', here);
    onLeaving();
  };
  const warn = (event: Event): void => event.preventDefault();
  hold = stay;
  addEventListener('beforeunload', warn);
  return () => {
    if (hold === stay) hold = undefined;
    removeEventListener('beforeunload', warn);
  };
}

/** The open page, and those above it from the top. */
export function useRoute(): Route {
  const [route, set] = useState(current);
  useEffect(() => {
    const follow = (): void => {
      hold?.();
      set(current());
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

export function pathTo(route: Route): readonly Route[] {
  const { above } = ROUTES[route];
  return above === null ? [route] : [...pathTo(above), route];
}
