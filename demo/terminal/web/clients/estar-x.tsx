// EStar X: the phone app. Menu at the upper right → Trading → TOTP shows an activation code instead of a QR (ES-2.4).
import { useState } from 'preact/hooks';
import { TotpPage } from '../security/page.tsx';
import { usePlace } from '../state/place.ts';
import { type Tab, Workspace } from '../trading/workspace.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon, type IconName, Tally } from '../ui/icon.tsx';
import { clientName } from '../words/clients.ts';
import { useLocale, useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { TRADING } from '../words/trading.ts';
import { PhoneMenu } from './phone-menu.tsx';
import { useSeat } from './seat.ts';
import { SignedInOr } from './shell.tsx';

const TABS: readonly { tab: Tab; icon: IconName }[] = [
  { tab: 'quotes', icon: 'list' },
  { tab: 'trade', icon: 'order' },
  { tab: 'positions', icon: 'chart' },
];

export function EStarX() {
  const w = useSay(TRADING);
  const t = useSay(TOTP);
  const locale = useLocale();
  const { client, version } = usePlace();
  const state = useSeat();
  const [tab, setTab] = useState<Tab>('quotes');
  const [page, setPage] = useState<'main' | 'menu' | 'totp'>('main');
  const account = state.current?.account;
  const shown = account === undefined ? 'main' : page;

  return (
    <section class="phone" aria-label={clientName(client, locale)}>
      <div class="phone-screen">
        <header class="phone-bar">
          {shown === 'totp' ? (
            <IconButton icon="back" label={t('back')} onClick={() => setPage('main')} />
          ) : (
            <Tally size={22} />
          )}
          <h1>{shown === 'totp' ? t('title') : clientName(client, locale)}</h1>
          {account === undefined ? (
            <span class="soft small digits">{version}</span>
          ) : (
            <IconButton
              icon={shown === 'menu' ? 'close' : 'menu'}
              label={w(shown === 'menu' ? 'closeMenu' : 'menu')}
              onClick={() => setPage(shown === 'menu' ? 'main' : 'menu')}
            />
          )}
        </header>
        <div class="phone-main">
          {shown === 'menu' && account !== undefined && (
            <PhoneMenu
              account={account}
              onTotp={() => setPage('totp')}
              onTab={(to) => {
                setTab(to);
                setPage('main');
              }}
              onSignOut={() => {
                setPage('main');
                state.signOut(account);
              }}
            />
          )}
          {shown === 'totp' && account !== undefined && (
            <div class="page stack">
              <h2 class="context">
                {w('account')} <strong class="digits">{account}</strong>
              </h2>
              <TotpPage account={account} />
            </div>
          )}
          {shown === 'main' && (
            <SignedInOr state={state} popUp={false}>
              {() => <Workspace tab={tab} />}
            </SignedInOr>
          )}
        </div>
        {account !== undefined && shown === 'main' && (
          <nav class="phone-tabs" aria-label={w('menu')}>
            {TABS.map((one) => (
              <button key={one.tab} type="button" aria-pressed={tab === one.tab} onClick={() => setTab(one.tab)}>
                <Icon name={one.icon} />
                {w(one.tab)}
              </button>
            ))}
          </nav>
        )}
      </div>
    </section>
  );
}
