// Binds a passkey: a name for the list, then the browser makes the key. Several of one account may be bound.
import { useState } from 'preact/hooks';
import { useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { useSay } from '../words/say.ts';
import type { BindProps } from './bind-props.ts';
import { Dismissed, inBrowser } from './passkey-question.ts';

export function BindPasskey({ start, confirm, onBound }: BindProps) {
  const w = useSay(BIND);
  const { contact } = useTenant();
  const task = useTask();
  const [name, setName] = useState('');
  const [dismissed, setDismissed] = useState(false);
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    setDismissed(false);
    const bound = await task.run(async () => {
      const label = name.trim();
      const { id, passkey = {} } = await start('passkey', label === '' ? {} : { label });
      try {
        return await confirm(id, { passkey: await inBrowser(({ makePasskey }) => makePasskey(passkey)) });
      } catch (error) {
        if (!(error instanceof Dismissed)) throw error;
        setDismissed(true);
        return null;
      }
    });
    if (bound !== undefined && bound !== null) onBound(bound);
  };
  return (
    <>
      <StepHeading>{w('passkeyTitle')}</StepHeading>
      <p class="soft">{w('passkeyLead')}</p>
      <form class="stack" noValidate onSubmit={(event) => void make(event)}>
        <Field
          label={w('passkeyName')}
          hint={w('passkeyNameHint')}
          value={name}
          onValue={setName}
          maxLength={64}
          autocomplete="off"
        />
        {dismissed ? <Notice tone="warn">{w('passkeyDismissed')}</Notice> : null}
        {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
        <Button look="main" type="submit" wide icon="finger" busy={task.busy}>
          {w('passkeyMake')}
        </Button>
      </form>
    </>
  );
}
