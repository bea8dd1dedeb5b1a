// Binds a backup mailbox: a code is mailed to it, then typed (CM-2.2).
import { useState } from 'preact/hooks';
import { type ProblemView, problemOf } from '../api/http.ts';
import { useTenant } from '../api/tenant.tsx';
import type { BindingView, BoundView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { Field } from '../ui/field.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, waitUntil } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { useSay } from '../words/say.ts';
import type { BindProps } from './bind-props.ts';
import { CodeForm } from './code-form.tsx';

/** What was begun on this page and is not bound yet, by account: its code is still good when the dialog was closed meanwhile. */
const begun = new Map<string, { readonly address: string; readonly binding: BindingView }>();

/** Until when (ms) no further code is sent, to whatever mailbox; null: one may be. */
const mayNotSendUntil = (problem: ProblemView | null): number | null =>
  problem?.code !== 'resend-too-soon'
    ? null
    : problem.resendAt === undefined
      ? waitUntil(problem)
      : Date.parse(problem.resendAt);

export function BindEmail({ account, start, confirm, onBound, onEnded }: BindProps) {
  const w = useSay(BIND);
  const { contact } = useTenant();
  const task = useTask();
  const [address, setAddress] = useState('');
  const [bad, setBad] = useState(false);
  const [binding, setBinding] = useState<BindingView>();
  const wait = useSecondsUntil(mayNotSendUntil(task.problem));
  const send = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    const isBad = !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address.trim());
    setBad(isBad);
    if (isBad) return;
    const to = address.trim();
    const made = await task.run(() =>
      start('email', { address: to }).catch((error: unknown) => {
        const before = begun.get(account);
        if (problemOf(error).code === 'resend-too-soon' && before?.address === to) return before.binding;
        throw error;
      }),
    );
    if (made !== undefined) begun.set(account, { address: to, binding: made });
    setBinding(made);
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
          {wait > 0 ? (
            <Notice tone="warn">{w('emailWait')}</Notice>
          ) : task.problem === null || task.problem.code === 'resend-too-soon' ? null : (
            <Problem problem={task.problem} contact={contact} />
          )}
          <Button look="main" type="submit" wide busy={task.busy} disabled={wait > 0}>
            {wait > 0 ? w('emailSendIn', { left: wait }) : w('emailSend')}
          </Button>
        </form>
      ) : (
        <>
          <Notice tone="good">{w('emailSent', { to: binding.sentTo ?? address.trim() })}</Notice>
          <CodeForm<BoundView>
            present={(output) => confirm(binding.id, { output })}
            onDone={(bound) => {
              begun.delete(account);
              onBound(bound);
            }}
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
