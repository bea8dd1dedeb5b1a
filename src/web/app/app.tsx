// The app: one screen at a time, and the approval sheet over any of them.
import { useLayoutEffect } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Loading, Notice } from '../ui/notice.tsx';
import { useStepFocus } from '../ui/page.ts';
import { LanguageProvider } from '../ui/settings.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { TopBar } from './parts/top-bar.tsx';
import { AccountScreen } from './screens/account.tsx';
import { Add, Type } from './screens/add.tsx';
import { ApprovalSheet } from './screens/approval.tsx';
import { BiometricScreen } from './screens/biometric.tsx';
import { ChangePin } from './screens/change-pin.tsx';
import { Home } from './screens/home.tsx';
import { Manage } from './screens/manage.tsx';
import { useKeepNotified } from './screens/notify.tsx';
import { Phones } from './screens/phones.tsx';
import { Scan } from './screens/scan.tsx';
import { Settings } from './screens/settings.tsx';
import { Sync } from './screens/sync.tsx';
import { Token } from './screens/token.tsx';
import type { Ticket } from './server/views.ts';
import { AppProvider, useApp } from './state/app.tsx';
import { usePushes } from './state/pushes.ts';
import { type AccountRoute, go, HOME, type Route, useRoute } from './state/route.ts';
import { screenOf } from './state/standing.ts';
import type { Account } from './store/accounts.ts';
import { APP } from './words/app.ts';

/** `ticket`: what the address that opened the app brought. */
export const App = ({ ticket }: { ticket: Ticket | null }) => (
  <LanguageProvider>
    <AppProvider ticket={ticket}>
      <Screens />
    </AppProvider>
  </LanguageProvider>
);

function Screens() {
  const w = useSay(APP);
  const common = useSay(COMMON);
  const { accounts, broken, asked } = useApp();
  const route = useRoute();
  useStepFocus(route.name + ('phone' in route ? route.phone : ''));
  usePushes();
  useKeepNotified();
  if (broken)
    return (
      <main id="main" class="screen stack">
        <h1>{w('name')}</h1>
        <Notice tone="bad" title={w('broken')}>
          {w('brokenText')}
        </Notice>
      </main>
    );
  if (accounts === null)
    return (
      <main id="main" class="screen stack">
        <h1 class="unseen">{w('name')}</h1>
        <Loading label={common('loading')} />
      </main>
    );
  return (
    <>
      <Screen route={route} accounts={accounts} />
      {asked === null ? null : <ApprovalSheet key={asked.approval.id} asked={asked} />}
    </>
  );
}

function Screen({ route, accounts }: { route: Route; accounts: readonly Account[] }) {
  if (!('phone' in route)) {
    switch (route.name) {
      case 'home':
        return <Home accounts={accounts} />;
      case 'add':
        return <Add />;
      case 'scan':
        return <Scan />;
      case 'type':
        return <Type />;
      case 'token':
        return <Token />;
      case 'settings':
        return <Settings />;
    }
  }
  const account = accounts.find((one) => one.phone === route.phone);
  return account === undefined ? <Gone /> : <OfAccount account={account} asked={route.name} />;
}

function OfAccount({ account, asked }: { account: Account; asked: AccountRoute }) {
  const name = screenOf(asked, account.status);
  useLayoutEffect(() => {
    if (name !== asked) go({ name, phone: account.phone }, true);
  }, [name, asked]);
  switch (name) {
    case 'account':
    case 'code':
      return <AccountScreen key={account.phone} account={account} making={name === 'code'} />;
    case 'sync':
      return <Sync key={account.phone} account={account} />;
    case 'pin':
      return <ChangePin account={account} />;
    case 'biometric':
      return <BiometricScreen account={account} />;
    case 'phones':
      return <Phones account={account} />;
    case 'manage':
      return <Manage account={account} />;
  }
}

function Gone() {
  const w = useSay(APP);
  return (
    <>
      <TopBar title={w('gone')} />
      <main id="main" class="screen stack">
        <p>{w('goneText')}</p>
        <Button look="main" wide onClick={() => go(HOME, true)}>
          {w('toAccounts')}
        </Button>
      </main>
    </>
  );
}
