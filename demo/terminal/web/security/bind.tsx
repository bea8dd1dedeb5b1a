// Binding an authenticator: the secret as a QR, as a key and as an activation code, whichever the client's policy
// offers, then the first code. Nothing is bound before that code was right; an abandoned secret is worth nothing.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Binding } from '../../../../sdk/src/types.ts';
import type { BindingDone, ProblemView } from '../../views.ts';
import { problemOf } from '../api/http.ts';
import { useSecondsUntil } from '../state/clock.ts';
import { usePlace } from '../state/place.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { Loading, Note } from '../ui/note.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { FirstCode } from './first-code.tsx';
import { Secret } from './secret.tsx';

interface Props {
  account: string;
  start: () => Promise<Binding>;
  confirm: (binding: string, output: string) => Promise<BindingDone>;
  onBound: (done: BindingDone) => void;
  onRefused?: (problem: ProblemView) => void;
}

export function BindPanel({ account, start, confirm, onBound, onRefused }: Props) {
  const w = useSay(TOTP);
  const login = useSay(LOGIN);
  const { client } = usePlace();
  const task = useTask();
  const [binding, setBinding] = useState<Binding | null>(null);
  const expiresAt = binding?.expiresAt === undefined ? null : Date.parse(binding.expiresAt);
  const left = useSecondsUntil(expiresAt);
  const isExpired = expiresAt !== null && left === 0 && Date.now() >= expiresAt;

  const begin = useCallback(async (): Promise<void> => {
    const fresh = await task.run(() =>
      start().catch((error: unknown) => {
        onRefused?.(problemOf(error));
        throw error;
      }),
    );
    if (fresh !== undefined) setBinding(fresh);
  }, []);
  useEffect(() => void begin(), []);

  if (binding === null) {
    return task.problem === null ? (
      <Loading label={w('loading')} lines={5} />
    ) : (
      <div class="stack">
        <Problem problem={task.problem} />
        <Button onClick={() => void begin()} busy={task.busy}>
          {w('retry')}
        </Button>
      </div>
    );
  }
  return (
    <div class="bind stack">
      <ol class="steps">
        <li>
          <h3>{w('step1')}</h3>
          <p class="soft">
            {w('step1Text')}{' '}
            <a href="#/guides" target="_blank" rel="noopener">
              {w('guide')}
            </a>
          </p>
        </li>
        <li>
          <h3>{w(binding.offers.includes('qr') ? 'step2Qr' : 'step2Uri')}</h3>
          {client.kind === 'phone' && <p class="soft">{w('step2UriText')}</p>}
          <Secret
            binding={binding}
            account={account}
            isExpired={isExpired}
            busy={task.busy}
            onRefresh={() => void begin()}
          />
        </li>
        <li>
          <h3>{w('step3')}</h3>
          <FirstCode
            key={binding.id}
            binding={binding}
            disabled={isExpired}
            confirm={confirm}
            onBound={onBound}
            onRefused={onRefused}
            onRefresh={() => void begin()}
          />
        </li>
      </ol>
      <Note tone="warn">{login('notUnbound')}</Note>
    </div>
  );
}
