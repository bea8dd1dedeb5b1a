// What is half filled in on this page. Leaving it, by whatever way, asks first; the browser asks by itself when the window is closed.
import { useEffect, useRef, useSyncExternalStore } from 'react';

const dirty = new Set<object>();
/** Where somebody wants to go, and has not been asked yet. */
let wanted: (() => void) | null = null;
const told = new Set<() => void>();
const tell = (next: typeof wanted): void => {
  wanted = next;
  for (const one of told) one();
};

addEventListener('beforeunload', (event) => {
  if (dirty.size > 0) event.preventDefault();
});

export const isUnsaved = (): boolean => dirty.size > 0;

/** Does it at once where nothing would be lost; where something would, when the person says so. */
export function leaving(then: () => void): void {
  if (dirty.size === 0) then();
  else tell(then);
}

/** The question that is open: `go` loses what was typed, `stay` keeps it. */
export function useLeaving(): { readonly isAsking: boolean; readonly go: () => void; readonly stay: () => void } {
  const then = useSyncExternalStore(
    (changed) => {
      told.add(changed);
      return () => told.delete(changed);
    },
    () => wanted,
  );
  return {
    isAsking: then !== null,
    go: () => {
      dirty.clear();
      tell(null);
      then?.();
    },
    stay: () => tell(null),
  };
}

/** Says that something here would be lost. What is returned says that it is saved, before the page goes on by itself. */
export function useUnsaved(isDirty: boolean): () => void {
  const mark = useRef({});
  useEffect(() => {
    const one = mark.current;
    if (!isDirty) return undefined;
    dirty.add(one);
    return () => {
      dirty.delete(one);
    };
  }, [isDirty]);
  return () => dirty.delete(mark.current);
}
