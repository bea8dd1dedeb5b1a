// What is half filled in on this page. Leaving it, by whatever way, asks first; the browser asks by itself when the window is closed. Where the session ends
// under it nobody can be asked: it is kept in this tab's memory, for the same person in the same tenant and for nobody else.
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useMe } from './me.tsx';

const dirty = new Set<object>();

/** What somebody wants to do, and what of it is lost by that: everything, or one form. */
interface Wanted {
  readonly act: () => void;
  readonly lost: object | 'everything';
}
let wanted: Wanted | null = null;
const told = new Set<() => void>();
const tell = (next: Wanted | null): void => {
  wanted = next;
  for (const one of told) one();
};

addEventListener('beforeunload', (event) => {
  if (dirty.size > 0) event.preventDefault();
});

export const isUnsaved = (): boolean => dirty.size > 0;

/** Leaves the page: at once where nothing would be lost; where something would, when the person says so. */
export function leaving(act: () => void): void {
  if (dirty.size === 0) act();
  else tell({ act, lost: 'everything' });
}

/** The question that is open: `go` loses what was typed, `stay` keeps it. */
export function useLeaving(): { readonly isAsking: boolean; readonly go: () => void; readonly stay: () => void } {
  const open = useSyncExternalStore(
    (changed) => {
      told.add(changed);
      return () => told.delete(changed);
    },
    () => wanted,
  );
  return {
    isAsking: open !== null,
    go: () => {
      if (open?.lost === 'everything') dirty.clear();
      else if (open !== null) dirty.delete(open.lost);
      tell(null);
      open?.act();
    },
    stay: () => tell(null),
  };
}

/** Of whom, and by the form's name. */
const kept = { owner: '', forms: new Map<string, unknown>() };

/** What was in a form when the session ended under it; given once. */
export function useKept<T>(form: string): T | undefined {
  const { operator, tenant } = useMe();
  const owner = `${operator.id} ${tenant}`;
  const [found] = useState(() => {
    if (kept.owner !== owner) kept.forms.clear();
    kept.owner = owner;
    return kept.forms.get(form) as T | undefined;
  });
  useEffect(() => {
    kept.forms.delete(form);
  }, [form]);
  return found;
}

interface Unsaved {
  /** It is saved: the page goes on by itself. */
  readonly saved: () => void;
  /** Does it when the person says that this may be lost. */
  readonly losing: (act: () => void) => void;
}

/** Says that something here would be lost. With a `form`, `useKept` finds it after the session ended under it. */
export function useUnsaved(isDirty: boolean, form?: { readonly name: string; readonly value: unknown }): Unsaved {
  const [mark] = useState(() => ({}));
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });
  useEffect(
    () => () => {
      // Nobody was asked, and it was not saved: the session ended.
      if (latest.current !== undefined && dirty.has(mark)) kept.forms.set(latest.current.name, latest.current.value);
    },
    [mark],
  );
  useEffect(() => {
    if (!isDirty) return undefined;
    dirty.add(mark);
    return () => {
      dirty.delete(mark);
    };
  }, [isDirty, mark]);
  return {
    saved: () => dirty.delete(mark),
    losing: (act) => (dirty.has(mark) ? tell({ act, lost: mark }) : act()),
  };
}
