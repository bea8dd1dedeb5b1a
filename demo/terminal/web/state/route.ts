// Which demo page is open, from the address's fragment: the server needs no rule for it.
import { useEffect, useState } from 'preact/hooks';

export const ROUTES = ['terminal', 'guides', 'desk', 'outbox'] as const;
export type Route = (typeof ROUTES)[number];

const current = (): Route => ROUTES.find((route) => location.hash === `#/${route}`) ?? 'terminal';

export function useRoute(): Route {
  const [route, set] = useState(current);
  useEffect(() => {
    const follow = (): void => set(current());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
