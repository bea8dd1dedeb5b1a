// A change that needs proof: tried first, and when the server asks for it the person verifies in a dialog and it is tried again (CM-4.1).
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useRef, useState } from 'preact/hooks';
import { type ProblemView, problemOf, Refused } from '../api/http.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { LoginView } from '../api/views.ts';
import { Dialog } from '../ui/dialog.tsx';
import { InDialog } from '../ui/heading.tsx';
import { later } from '../ui/later.tsx';
import { Problem } from '../ui/problem.tsx';
import { useSay } from '../words/say.ts';
import { FRAME } from './words/frame.ts';

const Verifying = later(() => import('../authenticators/verifying.tsx').then((module) => module.Verifying));

export type Purpose = 'unbind' | 'change' | 'confirm';
/** Does the work, after a step-up where one is wanted. Resolves with undefined when the person gave up. */
export type Guarded = <T>(purpose: Purpose, work: () => Promise<T>, authenticator?: string) => Promise<T | undefined>;

const Context = createContext<Guarded>((_purpose, work) => work());
export const useGuarded = (): Guarded => useContext(Context);

interface Asking {
  readonly login: LoginView | undefined;
  readonly problem: ProblemView | undefined;
  readonly answer: (verified: boolean) => void;
}

export function StepUpProvider({ children }: { children: ComponentChildren }) {
  const w = useSay(FRAME);
  const calls = useCalls();
  const tenant = useTenant();
  const [asking, setAsking] = useState<Asking>();
  // Calls of the newest language, for work that began in another.
  const now = useRef(calls);
  now.current = calls;

  const guarded = useCallback<Guarded>(async (purpose, work, authenticator) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== 'proof-required') throw error;
    }
    const verified = await new Promise<boolean>((answer) => {
      setAsking({ login: undefined, problem: undefined, answer });
      now.current.challenge(purpose, authenticator).then(
        (login) => setAsking({ login, problem: undefined, answer }),
        (error: unknown) => setAsking({ login: undefined, problem: problemOf(error), answer }),
      );
    });
    setAsking(undefined);
    return verified ? work() : undefined;
  }, []);

  const giveUp = (): void => {
    if (asking?.login !== undefined) calls.cancelLogin().then(undefined, () => undefined);
    asking?.answer(false);
  };
  return (
    <Context.Provider value={guarded}>
      {children}
      {asking === undefined ? null : (
        <Dialog title={w('stepUpTitle')} onClose={giveUp}>
          <InDialog title={w('stepUpTitle')}>
            <p class="soft">{w('stepUpWhy')}</p>
            {asking.problem === undefined ? null : <Problem problem={asking.problem} contact={tenant.contact} />}
            {asking.login === undefined ? null : (
              <Verifying
                key={asking.login.id}
                login={asking.login}
                memory={`hufu-way-${tenant.id}`}
                onVerified={() => asking.answer(true)}
                onEnded={(problem) => setAsking({ ...asking, login: undefined, problem })}
                onCancel={giveUp}
              />
            )}
          </InDialog>
        </Dialog>
      )}
    </Context.Provider>
  );
}
