// A code that was scanned, typed, or brought by the phone's own camera: a registration, which is shown before anything
// is taken, or a login that waits for approval, which is shown and never answered by itself.
import { useEffect, useState } from 'preact/hooks';
import { problem as made, type ProblemView, problemOf } from '../../api/http.ts';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { Loading, Notice } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { useLocale, useSay } from '../../words/say.ts';
import { showTime } from '../../words/time.ts';
import { ownerOf } from '../actions/approve.ts';
import { phoneName, register } from '../actions/register.ts';
import { Done } from '../parts/done.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { SetPin } from '../parts/set-pin.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import type { Box } from '../pin/box.ts';
import { anyone } from '../server/server.ts';
import type { Ticket, TicketView } from '../server/views.ts';
import { useApp } from '../state/app.tsx';
import { go, HOME } from '../state/route.ts';
import type { Account } from '../store/accounts.ts';
import { ADD } from '../words/add.ts';
import { APPROVE } from '../words/approve.ts';

type Stage =
  | { readonly at: 'opening' }
  | { readonly at: 'refused'; readonly problem: ProblemView }
  | { readonly at: 'confirm'; readonly view: TicketView }
  | { readonly at: 'pin'; readonly account: Account; readonly box: Box }
  | { readonly at: 'done'; readonly account: Account };

export function Token() {
  const w = useSay(ADD);
  const locale = useLocale();
  const { ticket, accounts, callsOf, ask, reload, refreshAll, setTicket } = useApp();
  const [stage, setStage] = useState<Stage>({ at: 'opening' });
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (ticket === null) {
      go(HOME, true);
      return;
    }
    let left = false;
    const open = async (): Promise<void> => {
      try {
        const asked = 'token' in ticket ? await claim(ticket.token) : null;
        if (left) return;
        if (asked === 'not-yours') {
          setStage({ at: 'refused', problem: made('not-yours') });
        } else if (asked !== null) {
          ask(asked);
          setTicket(null);
        } else {
          const view = await anyone(locale).openTicket(ticket);
          if (!left) setStage({ at: 'confirm', view });
        }
      } catch (error) {
        if (!left) setStage({ at: 'refused', problem: problemOf(error) });
      }
    };
    /** A login that waits for approval, with whose it is; null when the token is none of that kind. */
    const claim = async (token: string) => {
      const ours = accounts ?? [];
      if (ours.length === 0) return null;
      try {
        const account = await ownerOf(token, ours, anyone(locale).look);
        return account === undefined ? 'not-yours' : { account, approval: await callsOf(account).claim(token) };
      } catch (error) {
        if (['approval-unknown', 'not-found'].includes(problemOf(error).code)) return null;
        throw error;
      }
    };
    void open();
    return () => {
      left = true;
    };
  }, [ticket, round]);

  if (ticket === null) return null;
  switch (stage.at) {
    case 'opening':
      return (
        <Frame title={w('title')}>
          <Loading label={w('opening')} />
        </Frame>
      );
    case 'refused':
      return (
        <Frame title={w('title')}>
          <Refused problem={stage.problem} />
          {stage.problem.code === 'offline' ? (
            <Button
              look="main"
              wide
              onClick={() => {
                setStage({ at: 'opening' });
                setRound(round + 1);
              }}
            >
              {w('next')}
            </Button>
          ) : (
            <Button look="main" wide icon="qr" onClick={() => go({ name: 'scan' }, true)}>
              {w('again')}
            </Button>
          )}
          <Button look="link" onClick={() => go({ name: 'type' }, true)}>
            {w('type')}
          </Button>
        </Frame>
      );
    case 'confirm':
      return (
        <Confirm
          ticket={ticket}
          opened={stage.view}
          onJoined={({ account, box }) => {
            void reload();
            setStage(box === null ? { at: 'done', account } : { at: 'pin', account, box });
          }}
        />
      );
    case 'pin':
      return (
        <Frame title={w('confirmTitle', { account: stage.account.account })}>
          <SetPin
            account={stage.account}
            box={stage.box}
            onLate={() => go({ name: 'sync', phone: stage.account.phone }, true)}
            onDone={() => {
              // Learns whom to call and the time, for when there is no network.
              void refreshAll();
              setStage({ at: 'done', account: stage.account });
            }}
          />
        </Frame>
      );
    case 'done': {
      const { account } = stage;
      const main = account.role === 'main';
      return (
        <Frame title={w('title')}>
          <Done
            title={w(main ? 'doneMain' : 'doneSub')}
            text={w(main ? 'doneMainText' : 'doneSubText', { account: account.account })}
            {...(main ? {} : { next: w('syncNow') })}
            onNext={() => {
              setTicket(null);
              go(main ? { name: 'account', phone: account.phone } : { name: 'sync', phone: account.phone }, true);
            }}
          />
        </Frame>
      );
    }
  }
}

const Frame = ({ title, children }: { title: string; children: preact.ComponentChildren }) => (
  <>
    <TopBar title={title} />
    <main id="main" class="screen stack">
      {children}
    </main>
  </>
);

function Refused({ problem }: { problem: ProblemView }) {
  const w = useSay(APPROVE);
  if (problem.code !== 'not-yours') return <Refusal problem={problem} />;
  return (
    <Notice tone="bad" title={w('notYours')}>
      {w('notYoursText')}
    </Notice>
  );
}

interface ConfirmProps {
  ticket: Ticket;
  opened: TicketView;
  onJoined: (joined: { account: Account; box: Box | null }) => void;
}

function Confirm({ ticket, opened, onJoined }: ConfirmProps) {
  const w = useSay(ADD);
  const locale = useLocale();
  const { busy, problem, run } = useTask();
  const [view, setView] = useState(opened);
  const [name, setName] = useState(phoneName);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const code = opened.activationCode ?? ('code' in ticket ? ticket.code : null);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (view.needs !== null) {
      if (password === '') return;
      void run(() => anyone(locale).openTicket(ticket, password)).then((found) => {
        setPassword('');
        setTried(false);
        if (found !== undefined) setView(found);
      });
      return;
    }
    const chosen = name.trim();
    if (chosen === '') return;
    const joining = view.activation ?? ticket;
    void run(() => register(anyone(locale), joining, chosen)).then(
      (joined) => joined !== undefined && onJoined(joined),
    );
  };
  return (
    <Frame title={w('confirmTitle', { account: view.account })}>
      <form class="stack" onSubmit={submit} noValidate>
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
            <p>{w('needsLogin')}</p>
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
    </Frame>
  );
}
