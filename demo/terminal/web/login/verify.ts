// Presenting a code: a wrong one stays on the screen with the tries left, too many wait, the rest ends the sign-in.
import { useEffect, useState } from 'preact/hooks';
import type { CodeAccepted, ProblemView, Seat } from '../../views.ts';
import { problemOf } from '../api/http.ts';
import { useSecondsUntil } from '../state/clock.ts';
import { useTask } from '../state/task.ts';
import { isFinal } from './steps.ts';

interface Ends {
  onDone: (seat: Seat, boundDevice: boolean) => void;
  onRefused: (problem: ProblemView) => void;
}

export function useVerify({ onDone, onRefused }: Ends) {
  const task = useTask();
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const wait = useSecondsUntil(waitUntil);
  useEffect(() => {
    const after = task.problem?.retryAfter;
    if (after !== undefined) setWaitUntil(Date.now() + after * 1000);
  }, [task.problem]);

  const run = async (work: () => Promise<CodeAccepted>): Promise<void> => {
    if (wait > 0) return;
    const accepted = await task.run(() =>
      work().catch((error: unknown) => {
        const problem = problemOf(error);
        if (isFinal(problem)) onRefused(problem);
        throw error;
      }),
    );
    if (accepted?.status === 'satisfied') onDone(accepted.seat, accepted.boundDevice);
  };
  return { run, wait, busy: task.busy, problem: task.problem, clear: task.clear };
}
