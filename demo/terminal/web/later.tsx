// A page that is fetched when it is first opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './ui/button.tsx';
import { Loading, Note } from './ui/note.tsx';
import { BAR } from './words/bar.ts';
import { useSay } from './words/say.ts';

/** A component that loads another on first use and then is that one. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Later(props: P) {
    const w = useSay(BAR);
    const [Found, set] = useState<{ page: ComponentType<P> | null; failed: boolean }>({ page: known, failed: false });
    const fetchIt = (): void => {
      load().then(
        (page) => {
          known = page;
          set({ page, failed: false });
        },
        () => set({ page: null, failed: true }),
      );
    };
    useEffect(() => {
      if (known === null) fetchIt();
    }, []);
    if (Found.page !== null) return <Found.page {...props} />;
    return (
      <div class="middle stack">
        {Found.failed ? (
          <>
            <Note tone="bad" title={w('unreachable')} />
            <Button onClick={fetchIt}>{w('retry')}</Button>
          </>
        ) : (
          <Loading label={w('loading')} />
        )}
      </div>
    );
  };
}
