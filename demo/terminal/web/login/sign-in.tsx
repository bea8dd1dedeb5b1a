// A sign-in from the name and password to the last step, on any client. `popUp`: set-up opens over the form, as the
// desktop clients do; on the phone it takes the page.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProblemView, Seat } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { BindPanel } from '../security/bind.tsx';
import { RecoveryCodes } from '../security/recovery.tsx';
import { usePlace } from '../state/place.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Note } from '../ui/note.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { Choose } from './choose.tsx';
import { CodeStep } from './code.tsx';
import { PasswordStep } from './password.tsx';
import { RecoveryStep } from './recovery.tsx';
import { firstStep, isFinal, type SentCode, type Step } from './steps.ts';

interface Props {
  onDone: (seat: Seat, said?: string) => void;
  popUp?: boolean;
}

export function SignIn({ onDone, popUp = false }: Props) {
  const w = useSay(LOGIN);
  const calls = useCalls();
  const { client, version, device } = usePlace();
  const [step, setStep] = useState<Step>({ at: 'password' });
  const box = useRef<HTMLDivElement>(null);
  const sent = useRef(new Map<string, SentCode>());

  // Another client, version or phone is another program: it starts from the beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are the reasons, not inputs
  useEffect(() => setStep({ at: 'password' }), [client.id, version, device]);
  // Whoever hears the page is taken to the new step's heading.
  useEffect(() => {
    if (step.at !== 'password') box.current?.querySelector<HTMLElement>('[data-step-heading]')?.focus();
  }, [step.at]);

  const again = (): void => setStep({ at: 'password' });
  const refused = (problem: ProblemView): void => setStep({ at: 'refused', problem });
  const done = (account: string, seat: Seat, boundDevice: boolean): void =>
    onDone(seat, boundDevice ? w('phoneAdded', { account }) : undefined);

  const finish = (): void => {
    if (step.at === 'bound') onDone(step.seat);
  };
  const panel = step.at === 'enrol' && (
    <>
      <p class="lead">{w('enrolLead', { account: step.login.account })}</p>
      <BindPanel
        account={step.login.account}
        start={() => calls.enrol(step.login.login)}
        confirm={(binding, output) => calls.finishEnrol(step.login.login, binding, output)}
        onBound={({ offerRecoveryCodes, seat }) =>
          setStep({ at: 'bound', account: step.login.account, offerCodes: offerRecoveryCodes, seat })
        }
        onRefused={(problem) => isFinal(problem) && refused(problem)}
      />
    </>
  );

  return (
    <div class="sign-in" ref={box}>
      {(step.at === 'password' || (step.at === 'enrol' && popUp)) && (
        <div inert={step.at === 'enrol'}>
          <PasswordStep
            onStarted={({ login, seat }) => {
              const next = firstStep(login);
              if (next === null) onDone(seat);
              else setStep(next);
            }}
            onRefused={refused}
          />
        </div>
      )}
      {step.at === 'refused' && (
        <div class="stack">
          <Problem problem={step.problem} />
          <Button look="main" wide onClick={again}>
            {w('startAgain')}
          </Button>
        </div>
      )}
      {step.at === 'choose' && (
        <Choose login={step.login} onChoose={(by) => setStep({ at: 'code', login: step.login, by })} onBack={again} />
      )}
      {step.at === 'code' && (
        <CodeStep
          key={step.by.id}
          login={step.login}
          by={step.by}
          sent={sent.current}
          onStep={setStep}
          onDone={(seat, boundDevice) => done(step.login.account, seat, boundDevice)}
          onRefused={refused}
        />
      )}
      {step.at === 'recovery' && (
        <RecoveryStep
          login={step.login}
          onBack={() => setStep(firstStep(step.login) ?? { at: 'password' })}
          onDone={(seat, boundDevice) => done(step.login.account, seat, boundDevice)}
          onRefused={refused}
        />
      )}
      {step.at === 'enrol' &&
        (popUp ? (
          <Dialog title={w('enrolTitle')} wide onClose={again}>
            {panel}
          </Dialog>
        ) : (
          <div class="stack">
            <h2 data-step-heading tabIndex={-1}>
              {w('enrolTitle')}
            </h2>
            {panel}
            <Button look="link" icon="back" onClick={again}>
              {w('cancel')}
            </Button>
          </div>
        ))}
      {step.at === 'bound' && (
        <div class="stack">
          <h2 data-step-heading tabIndex={-1}>
            {w('boundTitle')}
          </h2>
          <Note tone="good">{w('boundLead', { account: step.account })}</Note>
          <Note tone="warn">{w('notUnbound')}</Note>
          {step.offerCodes && <RecoveryCodes account={step.account} />}
          <Button look="main" wide onClick={finish}>
            {w('enter')}
          </Button>
        </div>
      )}
    </div>
  );
}
