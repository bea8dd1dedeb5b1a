// One call at a time from a form or button: whether it is under way, and what was refused.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type ProblemView, problemOf } from '../api/http.ts';

export interface Task {
  readonly busy: boolean;
  readonly problem: ProblemView | null;
  /** Runs the work unless one is under way; a refusal becomes `problem`. Resolves with the value, or undefined. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  readonly clear: () => void;
}

export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemView | null>(null);
  const underWay = useRef(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const run = useCallback(async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    try {
      const value = await work();
      if (here.current) setProblem(null);
      return value;
    } catch (error) {
      if (here.current) setProblem(problemOf(error));
      return undefined;
    } finally {
      underWay.current = false;
      if (here.current) setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, run, clear };
}
