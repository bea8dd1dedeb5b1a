// A recovery code: letters and digits, so a plain field; spaces, dashes and case do not matter.

import { useState } from 'preact/hooks';
import { useCalls, useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Problem } from '../ui/problem.tsx';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import type { ScreenProps } from './screen.ts';
import { useVerify } from './use-verify.ts';

export function RecoveryScreen({ way, onVerified, onEnded }: ScreenProps) {
  const isBypass = way.type === 'bypass-code';
  const w = useSay(VERIFY);
  const calls = useCalls();
  const { contact } = useTenant();
  const [code, setCode] = useState('');
  const [empty, setEmpty] = useState(false);
  const check = useVerify(onVerified, onEnded);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const output = code.normalize('NFKC').trim();
    setEmpty(output === '');
    if (output === '' || check.wait > 0) return;
    await check.run(() => calls.verify({ type: way.type, output }));
  };
  return (
    <>
      <StepHeading>{w(isBypass ? 'bypassTitle' : 'recoveryTitle')}</StepHeading>
      <p class="soft">{w(isBypass ? 'bypassLead' : 'recoveryLead')}</p>
      <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          class="code-input letters"
          label={w(isBypass ? 'bypassLabel' : 'recoveryLabel')}
          value={code}
          onValue={(value) => {
            setCode(value);
            setEmpty(false);
          }}
          error={empty ? w(isBypass ? 'bypassEmpty' : 'recoveryEmpty') : undefined}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={64}
        />
        {check.problem === null ? null : <Problem problem={check.problem} contact={contact} />}
        <Button look="main" type="submit" wide busy={check.busy} disabled={check.wait > 0}>
          {check.busy ? w('verifying') : check.wait > 0 ? w('waitButton', { left: check.wait }) : w('verify')}
        </Button>
      </form>
    </>
  );
}
