// Shown before a registration takes anything: whose it is, with the password first where the server wants it, and what this phone is to be called.
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { useLocale, useSay } from '../../words/say.ts';
import { showTime } from '../../words/time.ts';
import { isActivationOver, joiningWith, phoneName, register } from '../actions/register.ts';
import { Refusal } from '../parts/refusal.tsx';
import type { Box } from '../pin/box.ts';
import { type NewDeviceKeys, newDeviceKeys } from '../pin/device.ts';
import { anyone } from '../server/server.ts';
import type { Ticket, TicketView } from '../server/views.ts';
import { useApp } from '../state/app.tsx';
import { go } from '../state/route.ts';
import { heldHere } from '../state/standing.ts';
import type { Account } from '../store/accounts.ts';
import { ADD } from '../words/add.ts';
import { Install } from './install.tsx';

interface Props {
  ticket: Ticket;
  opened: TicketView;
  onJoined: (joined: { account: Account; box: Box | null }) => Promise<void>;
}

export function Confirm({ ticket, opened, onJoined }: Props) {
  const w = useSay(ADD);
  const locale = useLocale();
  const { accounts } = useApp();
  const { busy, problem, run } = useTask();
  const [view, setView] = useState(opened);
  const [name, setName] = useState(phoneName);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [lapsed, setLapsed] = useState(false);
  const [anyway, setAnyway] = useState(false);
  const device = useRef<Promise<NewDeviceKeys> | null>(null);
  const code = opened.activationCode ?? ('code' in ticket ? ticket.code : null);
  const here = heldHere(accounts ?? [], view);

  const join = async (): Promise<void> => {
    device.current ??= newDeviceKeys();
    try {
      const joined = await register(anyone(locale), joiningWith(view, ticket), name.trim(), await device.current);
      await onJoined(joined);
    } catch (error) {
      if (!isActivationOver(view, error)) throw error;
      setLapsed(true);
      setView(opened);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (view.needs === null) {
      if (name.trim() !== '') void run(join);
      return;
    }
    if (password === '') return;
    void run(() => anyone(locale).openTicket(ticket, password)).then((found) => {
      setPassword('');
      setTried(false);
      if (found !== undefined) setView(found);
    });
  };
  const facts = (
    <dl class="facts">
      <dt>{w('account')}</dt>
      <dd class="digits">
        <strong>{view.account}</strong>
        <span class="soft whose">{view.tenant.name}</span>
      </dd>
      {code === null ? null : (
        <>
          <dt>{w('code')}</dt>
          <dd class="digits">{code}</dd>
        </>
      )}
    </dl>
  );
  // While it joins, the account that comes is this very one.
  if (here !== undefined && !anyway && !busy)
    return (
      <>
        {facts}
        <Notice title={w('here')}>{w('hereText')}</Notice>
        <Button look="main" wide onClick={() => go({ name: 'account', phone: here.phone }, true)}>
          {w('hereOpen')}
        </Button>
        <Button look="link" onClick={() => setAnyway(true)}>
          {w('hereAgain')}
        </Button>
      </>
    );
  return (
    <form class="stack" onSubmit={submit} noValidate>
      {facts}
      <Install />
      {view.needs === null ? (
        <>
          <p>{w(view.isFirst ? 'first' : 'further')}</p>
          <Field
            label={w('phoneName')}
            hint={w('phoneNameHint')}
            value={name}
            onValue={setName}
            autocomplete="off"
            maxLength={40}
            error={tried && name.trim() === '' ? w('needName') : undefined}
          />
        </>
      ) : (
        <>
          <p role="status">{w(lapsed ? 'loginAgain' : 'needsLogin')}</p>
          <PasswordField
            label={w('password')}
            value={password}
            onValue={setPassword}
            autocomplete="current-password"
            error={tried && password === '' ? w('needPassword') : undefined}
          />
        </>
      )}
      <Refusal problem={problem} />
      <Button look="main" type="submit" wide busy={busy}>
        {w(view.needs === null ? 'register' : 'next')}
      </Button>
      <p class="soft small">
        {w('until', { time: showTime(view.expiresAt, locale) })} · {w('slots', { n: view.slotsLeft })}
      </p>
    </form>
  );
}
