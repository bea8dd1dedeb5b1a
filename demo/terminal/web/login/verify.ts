// Presenting a code: a wrong one stays on the screen with the tries left, too many wait, the rest ends the sign-in.
import { useEffect, useState } from 'preact/hooks';
import type { CodeAccepted, LoginView, ProblemView, Seat } from '../../views.ts';
import { problemOf } from '../api/http.ts';
import { useSecondsUntil } from '../state/clock.ts';
import { useTask } from '../state/task.ts';
import { isFinal } from './steps.ts';

interface Ends {
  onDone: (seat: Seat, boundDevice: boolean) => void;
  onRefused: (problem: ProblemView) => void;
}

export function useVerify(login: LoginView, { onDone, onRefused }: Ends) {
  const task = useTask();
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const wait = useSecondsUntil(waitUntil);
  const problem = task.problem === null ? null : frozenBy(task.problem, login.help.contact);
  const isFrozen = problem?.code === 'frozen';
  useEffect(() => {
    const after = task.problem?.retryAfter;
    if (after !== undefined) setWaitUntil(Date.now() + after * 1000);
  }, [task.problem]);

  const run = async (work: () => Promise<CodeAccepted>): Promise<void> => {
    if (wait > 0 || isFrozen) return;
    const accepted = await task.run(() =>
      work().catch((error: unknown) => {
        const met = frozenBy(problemOf(error), login.help.contact);
        // A frozen authenticator ends the sign-in only when there is no other way.
        const goesOn = met.code === 'frozen' && login.authenticators.length > 1;
        if (isFinal(met) && !goesOn) onRefused(met);
        throw error;
      }),
    );
    if (accepted?.status === 'satisfied') onDone(accepted.seat, accepted.boundDevice);
  };
  return { run, wait, isFrozen, problem, busy: task.busy, clear: task.clear };
}

/** The wrong code that used up the last try has frozen the authenticator: the person is told so at once. */
const frozenBy = (problem: ProblemView, contact: string): ProblemView =>
  problem.code === 'verification-failed' && problem.attemptsLeft === 0
    ? { ...problem, code: 'frozen', contact }
    : problem;
