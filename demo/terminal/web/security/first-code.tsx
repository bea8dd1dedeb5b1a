// The first code: the proof that the secret arrived. Only then is anything bound.
import { useEffect, useState } from 'preact/hooks';
import type { Binding } from '../../../../sdk/src/types.ts';
import type { BindingDone, ProblemView } from '../../views.ts';
import { problemOf } from '../api/http.ts';
import { useSecondsUntil } from '../state/clock.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { CodeClock } from '../ui/code-clock.tsx';
import { CodeField } from '../ui/field.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';

interface Props {
  binding: Binding;
  disabled: boolean;
  confirm: (binding: string, output: string) => Promise<BindingDone>;
  onBound: (done: BindingDone) => void;
  onRefused: ((problem: ProblemView) => void) | undefined;
  onRefresh: () => void;
}

export function FirstCode({ binding, disabled, confirm, onBound, onRefused, onRefresh }: Props) {
  const w = useSay(TOTP);
  const login = useSay(LOGIN);
  const task = useTask();
  const [code, setCode] = useState('');
  const [empty, setEmpty] = useState(false);
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const wait = useSecondsUntil(waitUntil);
  useEffect(() => {
    const after = task.problem?.retryAfter;
    if (after !== undefined) setWaitUntil(Date.now() + after * 1000);
  }, [task.problem]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (disabled || wait > 0) return;
    setEmpty(code.length < 6);
    if (code.length < 6) return;
    const done = await task.run(() =>
      confirm(binding.id, code).catch((error: unknown) => {
        onRefused?.(problemOf(error));
        throw error;
      }),
    );
    setCode('');
    if (done !== undefined) onBound(done);
  };
  const code_ = task.problem?.code;
  const isOver = code_ === 'expired' || code_ === 'superseded' || code_ === 'closed';

  return (
    <form class="first-code" noValidate onSubmit={(event) => void submit(event)}>
      <CodeField
        label={login('codeLabel')}
        value={code}
        onValue={(value) => {
          setCode(value);
          setEmpty(false);
          task.clear();
        }}
        error={empty ? login('codeEmpty') : undefined}
      />
      <CodeClock seconds={binding.codeSeconds} />
      {task.problem !== null && <Problem problem={task.problem} />}
      {isOver ? (
        <Button look="main" wide onClick={onRefresh}>
          {w('refresh')}
        </Button>
      ) : (
        <Button look="main" type="submit" wide busy={task.busy} disabled={disabled || wait > 0}>
          {task.busy ? w('binding') : wait > 0 ? login('wait', { left: wait }) : w('bind')}
        </Button>
      )}
      <p class="never">{login('neverAsk')}</p>
    </form>
  );
}
