// Binds a backup mailbox: a code is mailed to it, then typed (CM-2.2).
import { useState } from 'preact/hooks';
import { useTenant } from '../api/tenant.tsx';
import type { BindingView, BoundView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { useSay } from '../words/say.ts';
import type { BindProps } from './bind-props.ts';
import { CodeForm } from './code-form.tsx';

export function BindEmail({ start, confirm, onBound, onEnded }: BindProps) {
  const w = useSay(BIND);
  const { contact } = useTenant();
  const task = useTask();
  const [address, setAddress] = useState('');
  const [bad, setBad] = useState(false);
  const [binding, setBinding] = useState<BindingView>();
  const send = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    const isBad = !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address.trim());
    setBad(isBad);
    if (isBad) return;
    setBinding(await task.run(() => start('email', { address: address.trim() })));
  };
  return (
    <>
      <StepHeading>{w('emailTitle')}</StepHeading>
      {binding === undefined ? (
        <form class="stack" noValidate onSubmit={(event) => void send(event)}>
          <p class="soft">{w('emailLead')}</p>
          <Field
            label={w('emailLabel')}
            value={address}
            onValue={(value) => {
              setAddress(value);
              setBad(false);
            }}
            type="email"
            inputMode="email"
            autocomplete="email"
            name="backup-email"
            error={bad ? w('emailBad') : undefined}
          />
          {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
          <Button look="main" type="submit" wide busy={task.busy}>
            {w('emailSend')}
          </Button>
        </form>
      ) : (
        <>
          <Notice tone="good">{w('emailSent', { to: binding.sentTo ?? address.trim() })}</Notice>
          <CodeForm<BoundView>
            present={(output) => confirm(binding.id, { output })}
            onDone={onBound}
            onEnded={onEnded}
            button={w('finish')}
          />
          <Button look="link" onClick={() => setBinding(undefined)}>
            {w('emailOther')}
          </Button>
        </>
      )}
    </>
  );
}
