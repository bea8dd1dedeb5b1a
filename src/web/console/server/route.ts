// Where one is, from the address's fragment: `#/customers/700004?kind=login`. The server needs no rule for it, and no log sees it.
import { useMemo, useSyncExternalStore } from 'react';
import { isUnsaved, leaving } from './unsaved.ts';

const current = (): string => location.hash.replace(/^#\/?/, '');
const pageOf = (place: string): string => place.split('?', 1)[0] ?? '';
/** The place that is shown: the address, but while somebody is asked whether to leave what is half filled in. */
let shown = current();
const told = new Set<() => void>();

addEventListener('hashchange', () => {
  const next = current();
  if (isUnsaved() && pageOf(next) !== pageOf(shown)) {
    // Back to the address of what is still shown; by whichever way one went, an entry more keeps those there are.
    history.pushState(history.state, '', hrefOf(shown));
    leaving(() => {
      location.hash = `/${next}`;
    });
    return;
  }
  shown = next;
  for (const one of told) one();
});

const subscribe = (changed: () => void): (() => void) => {
  told.add(changed);
  return () => told.delete(changed);
};

/** The address of a page, for a link. */
export const hrefOf = (path: string): string => `#/${path}`;
export const go = (path: string): void => {
  location.hash = `/${path}`;
};

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

export function usePlace(): Place {
  const text = useSyncExternalStore(subscribe, () => shown);
  return useMemo(() => {
    const [path = '', query = ''] = text.split('?', 2);
    return { path, query: new URLSearchParams(query) };
  }, [text]);
}

/** The members of a path that fits a pattern such as `customers/:account`; undefined when it does not. */
export function fits(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const members: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const text = given[i] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
    } else if (text === '') return undefined;
    else
      try {
        members[part.slice(1)] = decodeURIComponent(text);
      } catch {
        return undefined;
      }
  }
  return members;
}
