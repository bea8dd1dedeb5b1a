// Presenting a code: what was refused, how often, how long to wait. The page never decides whether it was right.
import { useState } from 'preact/hooks';
import { type ProblemView, Refused } from '../api/http.ts';
import { useSecondsUntil } from '../ui/clock.ts';
import { waitUntil } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { isFinal } from './screen.ts';

export interface Verify<T> {
  readonly busy: boolean;
  readonly problem: ProblemView | null;
  /** Wrong codes in a row on this screen. */
  readonly misses: number;
  /** Seconds until the server answers another try. */
  readonly wait: number;
  /** Presents; an error of the class `passes` is no refusal and is thrown on. Resolves with false when nobody answered. */
  readonly run: (present: () => Promise<T>, passes?: new (...given: never[]) => Error) => Promise<boolean>;
  readonly clear: () => void;
}

export function useVerify<T>(onDone: (value: T) => void, onEnded: (problem: ProblemView) => void): Verify<T> {
  const { busy, problem, run, clear } = useTask();
  const [misses, setMisses] = useState(0);
  const wait = useSecondsUntil(problem === null ? null : waitUntil(problem));
  return {
    busy,
    problem,
    misses,
    wait,
    clear: () => {
      if (wait === 0) clear();
    },
    async run(present, passes) {
      let passed: Error | undefined;
      let isAnswered = true;
      const value = await run(async () => {
        try {
          return await present();
        } catch (error) {
          isAnswered = error instanceof Refused && error.problem.status < 500;
          if (error instanceof Refused && isFinal(error.problem)) onEnded(error.problem);
          else if (error instanceof Refused && error.problem.code === 'verification-failed') setMisses((n) => n + 1);
          else if (passes !== undefined && error instanceof passes) {
            passed = error;
            return undefined;
          }
          throw error;
        }
      });
      if (passed !== undefined) throw passed;
      if (value !== undefined) onDone(value);
      return isAnswered;
    },
  };
}
