// A code that was scanned, typed, or brought by the phone's own camera: a registration, which is shown before anything
// is taken, or a login that waits for approval, which is shown and never answered by itself.
import { useEffect, useState } from 'preact/hooks';
import { problem as made, type ProblemView, problemOf } from '../../api/http.ts';
import { Button } from '../../ui/button.tsx';
import { Loading, Notice } from '../../ui/notice.tsx';
import { LanguageSwitch } from '../../ui/settings.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { ownerOf } from '../actions/approve.ts';
import { Done } from '../parts/done.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { SetPin } from '../parts/set-pin.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import type { Box } from '../pin/box.ts';
import { anyone } from '../server/server.ts';
import type { TicketView } from '../server/views.ts';
import { useApp } from '../state/app.tsx';
import { go, HOME, keepTicket } from '../state/route.ts';
import type { Account } from '../store/accounts.ts';
import { ADD } from '../words/add.ts';
import { APPROVE } from '../words/approve.ts';
import { Confirm } from './confirm.tsx';

type Stage =
  | { readonly at: 'opening' }
  | { readonly at: 'refused'; readonly problem: ProblemView }
  | { readonly at: 'confirm'; readonly view: TicketView }
  | { readonly at: 'pin'; readonly account: Account; readonly box: Box }
  | { readonly at: 'done'; readonly account: Account };

export function Token() {
  const w = useSay(ADD);
  const approve = useSay(APPROVE);
  const locale = useLocale();
  const { ticket, accounts, callsOf, ask, reload, refreshAll, setTicket } = useApp();
  const [stage, setStage] = useState<Stage>({ at: 'opening' });
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (ticket === null) {
      go(HOME, true);
      return;
    }
    keepTicket(ticket);
    let left = false;
    const open = async (): Promise<Stage | null> => {
      const token = 'token' in ticket ? ticket.token : null;
      const ours = accounts ?? [];
      const login = token === null || ours.length === 0 ? null : await claim(token, ours);
      if (login === 'not-yours') return { at: 'refused', problem: made('not-yours') };
      if (login === null) return { at: 'confirm', view: await anyone(locale).openTicket(ticket) };
      if (left) return null;
      ask(login);
      setTicket(null);
      return null;
    };
    /** A login that waits for approval, with whose it is; null when the token is none of that kind. */
    const claim = async (token: string, ours: readonly Account[]) => {
      try {
        const account = await ownerOf(token, ours, anyone(locale).look);
        return account === undefined ? 'not-yours' : { account, approval: await callsOf(account).claim(token) };
      } catch (error) {
        if (isUnknown(error)) return null;
        throw error;
      }
    };
    /** Without an account here it is a registration that is looked for first; a login's QR is told apart when it is none. */
    const refusal = async (error: unknown): Promise<ProblemView> => {
      const problem = problemOf(error);
      if (problem.code !== 'ticket-unknown' || !('token' in ticket) || (accounts ?? []).length > 0) return problem;
      return anyone(locale)
        .look(ticket.token)
        .then(
          () => made('no-account'),
          (other: unknown) => (isUnknown(other) ? problem : problemOf(other)),
        );
    };
    void open()
      .catch(async (error: unknown): Promise<Stage> => ({ at: 'refused', problem: await refusal(error) }))
      .then((found) => {
        if (!left && found !== null) setStage(found);
      });
    return () => {
      left = true;
    };
  }, [ticket, round]);

  const joined = async ({ account, box }: { account: Account; box: Box | null }): Promise<void> => {
    await reload();
    if (box !== null) setStage({ at: 'pin', account, box });
    else if (account.role === 'sub') setStage({ at: 'done', account });
    else {
      // It joined before, and the answer was lost on the way.
      setTicket(null);
      go({ name: 'sync', phone: account.phone }, true);
    }
  };
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
        <Frame title={isLogin(stage.problem) ? approve('scanned') : w('title')}>
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
          {isLogin(stage.problem) ? null : (
            <Button look="link" onClick={() => go({ name: 'type' }, true)}>
              {w('type')}
            </Button>
          )}
        </Frame>
      );
    case 'confirm':
      return (
        <Frame title={w('confirmTitle', { account: stage.view.account })}>
          <Confirm ticket={ticket} opened={stage.view} onJoined={joined} />
        </Frame>
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
      <LanguageSwitch />
    </main>
  </>
);

const isUnknown = (error: unknown): boolean => ['approval-unknown', 'not-found'].includes(problemOf(error).code);

/** What is told of the QR of a login, by why this phone cannot answer it. */
const OF_LOGINS: Readonly<Record<string, readonly [title: keyof typeof APPROVE, text: keyof typeof APPROVE]>> = {
  'not-yours': ['notYours', 'notYoursText'],
  'no-account': ['noAccount', 'noAccountText'],
  expired: ['expired', 'expiredText'],
  closed: ['expired', 'expiredText'],
};
const isLogin = ({ code }: ProblemView): boolean => code in OF_LOGINS;

function Refused({ problem }: { problem: ProblemView }) {
  const w = useSay(APPROVE);
  const words = OF_LOGINS[problem.code];
  if (words === undefined) return <Refusal problem={problem} />;
  return (
    <Notice tone="bad" title={w(words[0])}>
      {w(words[1])}
    </Notice>
  );
}
