// The code screen, for an authenticator or an SMS: what to type, how long it lasts, how many tries are left, and the
// right way out.
import { useEffect, useState } from 'preact/hooks';
import type { OfferedAuthenticator } from '../../../../sdk/src/types.ts';
import type { LoginView, ProblemView, Seat } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { Button } from '../ui/button.tsx';
import { CodeClock } from '../ui/code-clock.tsx';
import { CodeField } from '../ui/field.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { Help } from './help.tsx';
import { SigningIn } from './signing-in.tsx';
import { SmsSend } from './sms-send.tsx';
import type { SentCode, Step } from './steps.ts';
import { useVerify } from './verify.ts';

interface Props {
  login: LoginView;
  by: OfferedAuthenticator;
  /** What was sent in which login. */
  sent: Map<string, SentCode>;
  onStep: (step: Step) => void;
  onDone: (seat: Seat, boundDevice: boolean) => void;
  onRefused: (problem: ProblemView) => void;
}

export function CodeStep({ login, by, sent, onStep, onDone, onRefused }: Props) {
  const w = useSay(LOGIN);
  const calls = useCalls();
  const [code, setCode] = useState('');
  const [empty, setEmpty] = useState(false);
  const isSms = by.type === 'sms';
  const check = useVerify(login, { onDone, onRefused });
  const { clear } = check;
  // The demo's phone in the corner offers to fill in the code of the SMS it got.
  useEffect(() => {
    if (!isSms) return;
    const fill = (event: Event): void => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') setCode(event.detail);
    };
    addEventListener('demo-sms-code', fill);
    return () => removeEventListener('demo-sms-code', fill);
  }, [isSms]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setEmpty(code.length < 6);
    if (code.length < 6) return;
    await check.run(() => calls.verify(login.login, { type: by.type, authenticator: by.id, output: code }));
    setCode('');
  };

  return (
    <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
      <h2 data-step-heading tabIndex={-1}>
        {w(isSms ? 'smsTitle' : 'codeTitle')}
      </h2>
      <SigningIn account={login.account} />
      {isSms ? (
        <SmsSend
          login={login}
          by={by}
          before={sent.get(login.login)}
          onSent={(one) => sent.set(login.login, one)}
          onRefused={onRefused}
        />
      ) : (
        <p class="lead">{w('codeLead', { account: login.account })}</p>
      )}
      <CodeField
        label={w('codeLabel')}
        value={code}
        onValue={(value) => {
          setCode(value);
          setEmpty(false);
          if (!check.isFrozen) clear();
        }}
        error={empty ? w('codeEmpty') : undefined}
      />
      {isSms ? null : <CodeClock seconds={login.codeSeconds} />}
      {check.problem !== null && <Problem problem={check.problem} />}
      <Button look="main" type="submit" wide busy={check.busy} disabled={check.wait > 0 || check.isFrozen}>
        {check.busy ? w('verifying') : check.wait > 0 ? w('wait', { left: check.wait }) : w('verify')}
      </Button>
      <div class="ways">
        {login.authenticators.length > 1 && (
          <Button look="link" onClick={() => onStep({ at: 'choose', login })}>
            {w('otherWay')}
          </Button>
        )}
        <Button look="link" onClick={() => onStep({ at: 'password' })}>
          {w('cancel')}
        </Button>
      </div>
      <Help login={login} by={by} onStep={onStep} />
      <p class="never">{w('neverAsk')}</p>
    </form>
  );
}
