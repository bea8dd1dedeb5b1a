// Name and password. The demo's accounts are a click away.
import { useEffect, useState } from 'preact/hooks';
import type { LoginStarted, ProblemView } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { problemOf } from '../api/http.ts';
import { useSecondsUntil } from '../state/clock.ts';
import { usePlace } from '../state/place.ts';
import { useTask } from '../state/task.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Problem } from '../ui/problem.tsx';
import { brokerName, clientName } from '../words/clients.ts';
import { LOGIN } from '../words/login.ts';
import { useLocale, useSay } from '../words/say.ts';
import { isFinal } from './steps.ts';

interface Props {
  onStarted: (started: LoginStarted) => void;
  onRefused: (problem: ProblemView) => void;
}

export function PasswordStep({ onStarted, onRefused }: Props) {
  const w = useSay(LOGIN);
  const locale = useLocale();
  const { tenant, client } = usePlace();
  const calls = useCalls();
  const task = useTask();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const wait = useSecondsUntil(waitUntil);
  useEffect(() => {
    const after = task.problem?.retryAfter;
    if (after !== undefined) setWaitUntil(Date.now() + after * 1000);
  }, [task.problem]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const started = await task.run(() =>
      calls.signIn(account.trim(), password).catch((error: unknown) => {
        const problem = problemOf(error);
        if (isFinal(problem)) onRefused(problem);
        throw error;
      }),
    );
    if (started !== undefined) onStarted(started);
  };

  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <header class="sign-in-head">
        <h2 data-step-heading tabIndex={-1}>
          {w('title')}
        </h2>
        <p class="soft">
          {brokerName(tenant, locale)} · {clientName(client, locale)}
        </p>
      </header>
      {task.problem !== null && <Problem problem={task.problem} />}
      <Field
        label={w('account')}
        value={account}
        onValue={setAccount}
        autocomplete="username"
        inputMode="text"
        spellcheck={false}
        maxLength={200}
        required
      />
      <Field
        label={w('password')}
        value={password}
        onValue={setPassword}
        masked={!shown}
        autocomplete="current-password"
        maxLength={1024}
        required
        after={<IconButton icon="eye" label={w('showPassword')} onClick={() => setShown(!shown)} />}
      />
      <Button look="main" type="submit" wide busy={task.busy} disabled={wait > 0}>
        {task.busy ? w('submitting') : wait > 0 ? w('wait', { left: wait }) : w('submit')}
      </Button>
      {tenant.accounts.length > 0 && (
        <div class="try">
          <span>{w('tryAccounts')}</span>
          {tenant.accounts.map((one) => (
            <button
              key={one.account}
              type="button"
              aria-label={w('useAccount', { account: one.account, name: one.name })}
              title={one.name}
              onClick={() => {
                setAccount(one.account);
                setPassword(one.password);
              }}
            >
              {one.account}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
