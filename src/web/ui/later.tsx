// A part of a page that is fetched when it is first needed, so that the first load stays small.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { PROBLEMS } from '../words/problems.ts';
import { say, useLocale, useSay } from '../words/say.ts';
import { Button } from './button.tsx';
import { Loading, Notice } from './notice.tsx';

/** A component that loads another on first use and then is that one; when that fails it offers to try again. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Later(props: P) {
    const c = useSay(COMMON);
    const locale = useLocale();
    const [found, set] = useState<{ part: ComponentType<P> | null; failed: boolean }>({ part: known, failed: false });
    const fetchIt = (): void => {
      load().then(
        (part) => {
          known = part;
          set({ part, failed: false });
        },
        () => set({ part: null, failed: true }),
      );
    };
    useEffect(() => {
      if (known === null) fetchIt();
    }, []);
    if (found.part !== null) return <found.part {...props} />;
    if (!found.failed) return <Loading label={c('loading')} />;
    const offline = PROBLEMS['offline'];
    return (
      <div class="stack">
        <Notice tone="bad" title={offline === undefined ? '' : say(offline.title, locale)} />
        <Button onClick={fetchIt}>{c('retry')}</Button>
      </div>
    );
  };
}
