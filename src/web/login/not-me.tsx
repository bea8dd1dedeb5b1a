// "I did not ask for this": the stop code in a notice takes changes of methods back (REB-04), or suspends the account until customer service has spoken with
// its owner (OP-1.5). Opening the page does nothing, so that a scanner which follows links stops nobody's account.
import { useState } from 'preact/hooks';
import type { Objected } from '../api/me.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useStepFocus, useTitle } from '../ui/page.ts';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { useSay } from '../words/say.ts';
import { LOGIN } from './words.ts';

export function NotMe({ onBack }: { onBack: () => void }) {
  const w = useSay(LOGIN);
  const calls = useCalls();
  const tenant = useTenant();
  const task = useTask();
  const [account, setAccount] = useState('');
  const [code, setCode] = useState('');
  const [outcome, setOutcome] = useState<Objected>();
  const [isMissing, setMissing] = useState(false);
  useTitle(w('notMe'), tenant.name);
  useStepFocus(outcome === undefined ? 'form' : 'done', true);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = { account: account.trim(), code: code.normalize('NFKC').trim() };
    const lacks = given.account === '' || given.code === '';
    setMissing(lacks);
    if (lacks) return;
    const done = await task.run(() => calls.object(given));
    if (done !== undefined) setOutcome(done);
  };
  if (outcome !== undefined)
    return (
      <div class="stack" role="status">
        <h1 data-step-heading tabIndex={-1}>
          {w(outcome.outcome === 'restored' ? 'undone' : 'notMeDone')}
        </h1>
        <Notice tone="warn">
          {w(outcome.outcome === 'restored' ? 'undoneText' : 'notMeDoneText', { contact: tenant.contact })}
        </Notice>
        {outcome.appPasswords > 0 ? <p>{w('undonePasswords', { n: String(outcome.appPasswords) })}</p> : null}
        <Button onClick={onBack}>{w('backToLogin')}</Button>
      </div>
    );
  return (
    <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
      <h1 data-step-heading tabIndex={-1}>
        {w('notMe')}
      </h1>
      <p class="soft">{w('notMeLead')}</p>
      <Field
        label={tenant.account?.label ?? w('account')}
        value={account}
        onValue={setAccount}
        error={isMissing && account.trim() === '' ? w('accountEmpty') : undefined}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
      />
      <Field
        class="code-input letters"
        label={w('stopCode')}
        value={code}
        onValue={setCode}
        error={isMissing && code.trim() === '' ? w('stopCodeEmpty') : undefined}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={40}
        required
      />
      {task.problem === null ? null : <Problem problem={task.problem} contact={tenant.contact} />}
      <Button look="main" type="submit" wide busy={task.busy}>
        {w('stopIt')}
      </Button>
      <Button onClick={onBack}>{w('backToLogin')}</Button>
    </form>
  );
}
