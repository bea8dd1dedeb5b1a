// Fetching what a page shows: the bars while it comes, the problem with a way to try again, then the page.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type ProblemView, problemOf } from '../api/http.ts';
import type { MeCalls } from '../api/me.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly problem: ProblemView | undefined;
  readonly reload: () => void;
}

/** Loads once, and again in another language or when `reload` is called; meanwhile the old value stays. */
export function useLoad<T>(load: (calls: MeCalls) => Promise<T>): Loaded<T> {
  const calls = useCalls();
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<ProblemView>();
  const newest = useRef(0);
  const reload = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    load(calls).then(
      (found) => {
        if (mine !== newest.current) return;
        setValue(found);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (mine === newest.current) setProblem(problemOf(error));
      },
    );
  }, [calls]);
  useEffect(reload, [reload]);
  return { value, problem, reload };
}

interface Props<T> {
  from: Loaded<T>;
  lines?: number;
  children: (value: T) => ComponentChildren;
}

export function Show<T>({ from, lines = 4, children }: Props<T>) {
  const c = useSay(COMMON);
  const { contact } = useTenant();
  if (from.value !== undefined) return <>{children(from.value)}</>;
  if (from.problem === undefined) return <Loading label={c('loading')} lines={lines} />;
  return (
    <div class="stack">
      <Problem problem={from.problem} contact={contact} />
      <Button onClick={from.reload}>{c('retry')}</Button>
    </div>
  );
}
