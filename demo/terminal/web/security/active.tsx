// "TOTP is active", and Unlink with a confirmation where its owner may; elsewhere whom to ask.
import { useState } from 'preact/hooks';
import type { Account, BoundAuthenticator } from '../../../../sdk/src/types.ts';
import { useCalls } from '../api/calls.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Chip, Note } from '../ui/note.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { showTime, useLocale, useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';

interface Props {
  account: Account;
  totp: BoundAuthenticator;
  onUnbound: () => void;
}

export function ActiveTotp({ account, totp, onUnbound }: Props) {
  const w = useSay(TOTP);
  const login = useSay(LOGIN);
  const locale = useLocale();
  const calls = useCalls();
  const task = useTask();
  const [asking, setAsking] = useState(false);

  const unbind = async (): Promise<void> => {
    const gone = await task.run(() => calls.unbind(account.account, totp.id));
    if (gone !== undefined) onUnbound();
  };
  return (
    <section class="card stack active-totp" aria-label={w('active')}>
      <div class="active-head">
        <Icon name="shield" size={32} />
        <div>
          <h3>{w('active')}</h3>
          <p class="soft small">{w('activeSince', { time: showTime(totp.boundAt, locale) })}</p>
        </div>
        {totp.status === 'frozen' && <Chip tone="bad">{w('frozenChip')}</Chip>}
      </div>
      <Note tone="warn">{login('notUnbound')}</Note>
      {task.problem !== null && <Problem problem={task.problem} />}
      {totp.canUnbind !== 'self' ? (
        <p>{w('byStaff', { contact: account.contact })}</p>
      ) : asking ? (
        <div class="ask" role="group" aria-label={w('unbindTitle', { account: account.account })}>
          <h4>{w('unbindTitle', { account: account.account })}</h4>
          <p>{w('unbindText')}</p>
          <Button look="danger" busy={task.busy} onClick={() => void unbind()}>
            {task.busy ? w('unbinding') : w('unbindDo')}
          </Button>
          <Button onClick={() => setAsking(false)}>{w('keep')}</Button>
        </div>
      ) : (
        <Button onClick={() => setAsking(true)}>{w('unbind')}</Button>
      )}
    </section>
  );
}
