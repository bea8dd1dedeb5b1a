// Star 9.5: several accounts at once. Its Accounts page lists them, each with a QR icon at its right that opens the
// binding of that account (ES-2.2).
import { useState } from 'preact/hooks';
import { SignIn } from '../login/sign-in.tsx';
import { TotpPage } from '../security/page.tsx';
import { Workspace } from '../trading/workspace.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { TRADING } from '../words/trading.ts';
import { AccountList } from './account-list.tsx';
import { useSeat } from './seat.ts';
import { SignedInOr } from './shell.tsx';
import { Window } from './window.tsx';

type Open = { what: 'totp'; account: string } | { what: 'add' } | null;

export function Star95() {
  const w = useSay(TRADING);
  const t = useSay(TOTP);
  const state = useSeat();
  const [page, setPage] = useState<'market' | 'accounts'>('market');
  const [open, setOpen] = useState<Open>(null);
  const [fresh, setFresh] = useState(0);
  const close = (): void => setOpen(null);

  const tools = state.current !== null && (
    <>
      <nav class="tabs" aria-label={w('menu')}>
        <button type="button" aria-pressed={page === 'market'} onClick={() => setPage('market')}>
          <Icon name="chart" size={18} /> {w('quotes')}
        </button>
        <button type="button" aria-pressed={page === 'accounts'} onClick={() => setPage('accounts')}>
          <Icon name="people" size={18} /> {w('multi')}
          <span class="count">{state.seat?.accounts.length}</span>
        </button>
      </nav>
      <label class="who">
        <span class="unseen">{w('account')}</span>
        <select value={state.current.account} onChange={(event) => state.choose(event.currentTarget.value)}>
          {state.seat?.accounts.map((one) => (
            <option key={one.account} value={one.account}>
              {one.account} {one.name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
  const dialog =
    open?.what === 'totp' ? (
      <Dialog title={t('pageTitle', { account: open.account })} wide onClose={close}>
        <TotpPage account={open.account} onChanged={() => setFresh(fresh + 1)} />
      </Dialog>
    ) : open?.what === 'add' ? (
      <Dialog title={w('addAccount')} onClose={close}>
        <SignIn
          onDone={(seat) => {
            state.set(seat);
            close();
          }}
        />
      </Dialog>
    ) : undefined;

  return (
    <Window look="modern" tools={tools || undefined} dialog={dialog}>
      <SignedInOr state={state} popUp>
        {() =>
          page === 'market' ? (
            <Workspace />
          ) : (
            <div class="page stack">
              <div class="page-head">
                <h2>{w('multiTitle')}</h2>
                <Button icon="plus" onClick={() => setOpen({ what: 'add' })}>
                  {w('addAccount')}
                </Button>
              </div>
              <AccountList
                accounts={state.seat?.accounts ?? []}
                fresh={fresh}
                onTotp={(account) => setOpen({ what: 'totp', account })}
                onSignOut={state.signOut}
              />
            </div>
          )
        }
      </SignedInOr>
    </Window>
  );
}
