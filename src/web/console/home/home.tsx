// What one sees first: the first page of the menu that one may open.
import { useEffect } from 'react';
import { PAGES } from '../pages.tsx';
import { Loading } from '../parts/states.tsx';
import { useCan } from '../server/me.tsx';

export function Home() {
  const can = useCan();
  const first = PAGES.find(({ nav, permission }) => nav !== undefined && permission !== null && can(permission));
  useEffect(() => {
    // Not one more step back in the browser's history.
    if (first !== undefined) location.replace(`#/${first.path}`);
  }, [first]);
  return <Loading />;
}
