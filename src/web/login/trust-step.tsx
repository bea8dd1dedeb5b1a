// After a login: whether this browser is the person's own (never ticked beforehand, its own question), with room made when the list is full.
import { useState } from 'preact/hooks';
import { Refused } from '../api/http.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { TrustedDeviceView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useStepFocus } from '../ui/page.ts';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { useLocale, useSay } from '../words/say.ts';
import { showDay } from '../words/time.ts';
import { browserName, trustThisBrowser } from './trust.ts';
import { LOGIN } from './words.ts';

export function TrustStep({ account, days, onDone }: { account: string; days: number; onDone: () => void }) {
  const w = useSay(LOGIN);
  const locale = useLocale();
  const calls = useCalls();
  const tenant = useTenant();
  const task = useTask();
  const [full, setFull] = useState<readonly TrustedDeviceView[]>([]);
  const [replaced, setReplaced] = useState<string>();
  useStepFocus('trust', true);
  const trust = async (): Promise<void> => {
    const done = await task.run(async () => {
      try {
        await trustThisBrowser(calls, tenant.id, account, browserName(), replaced);
        return true;
      } catch (error) {
        if (!(error instanceof Refused) || error.problem.code !== 'too-many-trusted') throw error;
        const { items } = await calls.trustedDevices();
        setFull(items);
        setReplaced(items.at(-1)?.id);
        return false;
      }
    });
    if (done === true) onDone();
  };
  return (
    <div class="stack">
      <h1 data-step-heading tabIndex={-1}>
        {w('trustTitle')}
      </h1>
      <p class="soft">{w('trustText', { days })}</p>
      {full.length === 0 ? null : (
        <fieldset class="stack tight">
          <legend>{w('trustMany')}</legend>
          {full.map(({ id, name, since }) => (
            <label key={id} class="radio">
              <input type="radio" name="replace" checked={id === replaced} onChange={() => setReplaced(id)} />
              {name} · {showDay(since, locale)}
            </label>
          ))}
        </fieldset>
      )}
      {task.problem === null ? null : <Problem problem={task.problem} contact={tenant.contact} />}
      <Button wide icon="shield" busy={task.busy} onClick={() => void trust()}>
        {full.length === 0 ? w('trustYes', { days }) : w('trustReplace')}
      </Button>
      <Button wide look="main" onClick={onDone}>
        {w('trustNo')}
      </Button>
    </div>
  );
}
