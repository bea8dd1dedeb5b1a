// Signing in with a recovery code, which has letters and is used once.
import { useState } from 'preact/hooks';
import type { LoginView, ProblemView, Seat } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { SigningIn } from './signing-in.tsx';
import { useVerify } from './verify.ts';

interface Props {
  login: LoginView;
  onBack: () => void;
  onDone: (seat: Seat, boundDevice: boolean) => void;
  onRefused: (problem: ProblemView) => void;
}

export function RecoveryStep({ login, onBack, onDone, onRefused }: Props) {
  const w = useSay(LOGIN);
  const calls = useCalls();
  const [code, setCode] = useState('');
  const check = useVerify(login, { onDone, onRefused });

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (code.trim() === '') return;
    await check.run(() => calls.verify(login.login, { type: 'recovery-code', output: code.trim() }));
    setCode('');
  };

  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <h2 data-step-heading tabIndex={-1}>
        {w('recoveryTitle')}
      </h2>
      <SigningIn account={login.account} />
      <p class="lead">{w('recoveryLead')}</p>
      <Field
        label={w('recoveryName')}
        class="code-input wide-code"
        value={code}
        onValue={setCode}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={40}
        required
      />
      {check.problem !== null && <Problem problem={check.problem} />}
      <Button look="main" type="submit" wide busy={check.busy} disabled={check.wait > 0 || check.isFrozen}>
        {check.wait > 0 ? w('wait', { left: check.wait }) : w('verify')}
      </Button>
      <Button look="link" icon="back" onClick={onBack}>
        {w('back')}
      </Button>
      <p class="never">{w('neverAsk')}</p>
    </form>
  );
}
