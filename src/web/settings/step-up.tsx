// A change that needs proof: tried first, and when the server asks for it the person verifies in a dialog and it is tried again (CM-4.1). Whoever has no
// method to verify with proves the password anew: the dialog leads to the login and back. A question is answered once, whatever still arrives for it.
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { type ProblemView, problemOf, Refused } from '../api/http.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { LoginView, VerifiedView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { InDialog } from '../ui/heading.tsx';
import { later } from '../ui/later.tsx';
import { Loading } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { loginFor, useRoute } from './route.ts';
import { FRAME } from './words/frame.ts';

const Verifying = later(() => import('../authenticators/verifying.tsx').then((module) => module.Verifying));

export type Purpose = 'unbind' | 'change' | 'confirm';
/** Does the work, after a step-up where one is wanted. Resolves with undefined when the person gave up. */
export type Guarded = <T>(purpose: Purpose, work: () => Promise<T>, authenticator?: string) => Promise<T | undefined>;

const Context = createContext<Guarded>((_purpose, work) => work());
export const useGuarded = (): Guarded => useContext(Context);

/** What a refusal asks of the person, by its code. */
const NEEDS: Readonly<Record<string, 'verify' | 'login'>> = { 'proof-required': 'verify', 'login-required': 'login' };

interface Question {
  readonly key: number;
  readonly need: 'verify' | 'login';
  readonly purpose: Purpose;
  readonly authenticator: string | undefined;
  /** The first answer counts; it takes the question off the page. */
  readonly answer: (verified: boolean) => void;
}

/** Puts the question of a change to the person. Mounted per page: whoever leaves the page gives up what was asked on it. */
export function StepUpProvider({ children }: { children: ComponentChildren }) {
  const w = useSay(FRAME);
  const [question, setQuestion] = useState<Question>();
  const giveUp = useRef(() => {});
  const count = useRef(0);
  useEffect(() => () => giveUp.current(), []);

  const guarded = useCallback<Guarded>(async (purpose, work, authenticator) => {
    for (let verified = false; ; verified = true)
      try {
        return await work();
      } catch (error) {
        const need = error instanceof Refused ? NEEDS[error.problem.code] : undefined;
        if (need === undefined || (need === 'verify' && verified)) throw error;
        giveUp.current();
        const isYes = await new Promise<boolean>((answered) => {
          const answer = (yes: boolean): void => {
            setQuestion((now) => (now?.answer === answer ? undefined : now));
            answered(yes);
          };
          giveUp.current = () => answer(false);
          count.current += 1;
          setQuestion({ key: count.current, need, purpose, authenticator, answer });
        });
        if (!isYes) return undefined;
      }
  }, []);

  return (
    <Context.Provider value={guarded}>
      {children}
      {question === undefined ? null : (
        <Dialog title={w('stepUpTitle')} onClose={() => question.answer(false)}>
          <InDialog title={w('stepUpTitle')}>
            {question.need === 'login' ? <LoginAgain /> : <Verify key={question.key} question={question} />}
          </InDialog>
        </Dialog>
      )}
    </Context.Provider>
  );
}

/** There is nothing to verify with but the password: that is a login, which leads back to this page. */
function LoginAgain() {
  const w = useSay(FRAME);
  const route = useRoute();
  return (
    <>
      <p>{w('again')}</p>
      <a class="button main wide" href={loginFor(route)}>
        {w('signIn')}
      </a>
    </>
  );
}

/** One step-up from the asking to its end; taken off the page before that, it cancels what is open, also what comes only then. */
function Verify({ question: { purpose, authenticator, answer } }: { question: Question }) {
  const w = useSay(FRAME);
  const c = useSay(COMMON);
  const calls = useCalls();
  const tenant = useTenant();
  const [round, setRound] = useState(0);
  const [login, setLogin] = useState<LoginView>();
  const [problem, setProblem] = useState<ProblemView>();
  const isOpen = useRef(false);
  // Calls of the newest language, for what began in another.
  const now = useRef(calls);
  now.current = calls;
  useEffect(() => {
    let isHere = true;
    const cancel = (): void => void now.current.cancelLogin().catch(() => undefined);
    now.current.challenge(purpose, authenticator).then(
      (opened) => {
        if (!isHere) return cancel();
        isOpen.current = true;
        setLogin(opened);
      },
      (error: unknown) => {
        if (isHere) setProblem(problemOf(error));
      },
    );
    return () => {
      isHere = false;
      if (isOpen.current) cancel();
      isOpen.current = false;
    };
  }, [round]);

  const ended = (found: ProblemView): void => {
    isOpen.current = false;
    setLogin(undefined);
    setProblem(found);
  };
  const verified = ({ status }: VerifiedView): void => {
    if (status === 'need') {
      calls.openLogin().then(setLogin, (error: unknown) => ended(problemOf(error)));
      return;
    }
    isOpen.current = false;
    answer(true);
  };
  return (
    <>
      <p class="soft">{w('stepUpWhy')}</p>
      {problem !== undefined ? (
        <>
          <Problem problem={problem} contact={tenant.contact} />
          <Button
            onClick={() => {
              setProblem(undefined);
              setRound(round + 1);
            }}
          >
            {c('retry')}
          </Button>
        </>
      ) : login === undefined ? (
        <Loading label={c('loading')} />
      ) : (
        <Verifying
          key={[login.id, ...login.authenticators.map(({ id }) => id)].join()}
          login={login}
          memory={`hufu-way-${tenant.id}`}
          onVerified={verified}
          onEnded={ended}
          onCancel={() => answer(false)}
        />
      )}
    </>
  );
}
