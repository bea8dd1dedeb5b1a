// The settings of a logged-in person: the frame, the session, and which page is open.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ProblemView } from '../api/http.ts';
import { CallsProvider, TenantProvider, useCalls } from '../api/tenant.tsx';
import type { MeView, TenantView } from '../api/views.ts';
import { wear } from '../ui/brand.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Button } from '../ui/button.tsx';
import { later } from '../ui/later.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOnline } from '../ui/online.ts';
import { useStepFocus, useTitle } from '../ui/page.ts';
import { LanguageProvider, LanguageSwitch } from '../ui/settings.tsx';
import { useSay } from '../words/say.ts';
import { Show, useLoad } from './load.tsx';
import { Home, Service } from './pages/home.tsx';
import { Security } from './pages/security.tsx';
import { TwoStep } from './pages/two-step.tsx';
import { hrefOf, loginFor, pathTo, ROUTES, type Route, useRoute } from './route.ts';
import { StepUpProvider } from './step-up.tsx';
import { FRAME } from './words/frame.ts';

const AppPasswords = later(() => import('./pages/app-passwords.tsx').then((module) => module.AppPasswords));
const Trusted = later(() => import('./pages/trusted.tsx').then((module) => module.Trusted));
const Phones = later(() => import('./pages/phones.tsx').then((module) => module.Phones));
const Activity = later(() => import('./pages/activity.tsx').then((module) => module.Activity));
const Apply = later(() => import('./pages/apply.tsx').then((module) => module.Apply));
const Registration = later(() => import('./pages/apply.tsx').then((module) => module.Registration));

export function App() {
  const [signedOut, setSignedOut] = useState(false);
  const [other, setOther] = useState<ProblemView>();
  const onRefused = useCallback((problem: ProblemView) => {
    if (problem.code === 'signed-out') setSignedOut(true);
    if (problem.code === 'another-account') setOther(problem);
  }, []);
  return (
    <LanguageProvider>
      <CallsProvider onRefused={onRefused}>
        <Settings signedOut={signedOut} other={other} onSignedOut={() => setSignedOut(true)} />
      </CallsProvider>
    </LanguageProvider>
  );
}

interface SettingsProps {
  signedOut: boolean;
  /** Said when another tab went on with another account: what stands here is of nobody who is signed in. */
  other: ProblemView | undefined;
  onSignedOut: () => void;
}

function Settings({ signedOut, other, onSignedOut }: SettingsProps) {
  const w = useSay(FRAME);
  const calls = useCalls();
  const route = useRoute();
  const isOnline = useOnline();
  const loaded = useLoad<{ tenant: TenantView; me: MeView }>(async (by) => {
    const [tenant, me] = await Promise.all([by.tenant(), by.me()]);
    return { tenant, me };
  });
  const { value } = loaded;
  useEffect(() => wear(value?.tenant.colours?.accent), [value?.tenant]);
  useTitle(w(ROUTES[route].name), value?.tenant.name ?? '');
  useStepFocus(other === undefined ? (signedOut ? 'out' : route) : 'other');
  const logout = (): void => {
    calls.logout().then(onSignedOut, onSignedOut);
  };
  return (
    <div class="settings">
      <header class="bar">
        <div class="bar-inner">
          {value === undefined ? <span /> : <BrandMark name={value.tenant.name} logo={value.tenant.logo} />}
          <div class="bar-end">
            {value === undefined || signedOut || other !== undefined ? null : (
              <>
                <span class="bar-account">
                  <span class="unseen">{w('signedInAs', { account: '' })}</span>
                  {value.me.account}
                </span>
                <Button look="link" icon="exit" onClick={logout}>
                  {w('logout')}
                </Button>
              </>
            )}
            <LanguageSwitch />
          </div>
        </div>
      </header>
      <main id="main" class="column">
        {isOnline ? null : <Notice tone="warn">{w('offline')}</Notice>}
        {other !== undefined ? (
          <OtherAccount problem={other} />
        ) : signedOut ? (
          <SignedOut route={route} />
        ) : (
          <Show from={loaded} lines={6}>
            {({ tenant, me }) => (
              <TenantProvider value={tenant}>
                <StepUpProvider key={route}>
                  <Path route={route} />
                  <Page route={route} me={me} onChanged={loaded.reload} />
                </StepUpProvider>
              </TenantProvider>
            )}
          </Show>
        )}
      </main>
    </div>
  );
}

function OtherAccount({ problem }: { problem: ProblemView }) {
  const w = useSay(FRAME);
  return (
    <div class="panel stack signed-out">
      <h1 data-step-heading tabIndex={-1}>
        {problem.title}
      </h1>
      <p class="soft">{problem.detail}</p>
      <Button look="main" onClick={() => location.reload()}>
        {w('reload')}
      </Button>
    </div>
  );
}

function SignedOut({ route }: { route: Route }) {
  const w = useSay(FRAME);
  return (
    <div class="panel stack signed-out">
      <h1 data-step-heading tabIndex={-1}>
        {w('signedOutTitle')}
      </h1>
      <p class="soft">{w('signedOut')}</p>
      <a class="button main" href={loginFor(route)}>
        {w('signIn')}
      </a>
    </div>
  );
}

/** Personal settings › Security › … */
function Path({ route }: { route: Route }) {
  const w = useSay(FRAME);
  const path = pathTo(route);
  return (
    <>
      {path.length < 2 ? null : (
        <nav class="path" aria-label={w('path')}>
          <ol>
            {path.slice(0, -1).map((one) => (
              <li key={one}>
                <a href={hrefOf(one)}>{w(ROUTES[one].name)}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <h1 data-step-heading tabIndex={-1}>
        {w(ROUTES[route].name)}
      </h1>
    </>
  );
}

function Page({ route, me, onChanged }: { route: Route; me: MeView; onChanged: () => void }) {
  switch (route) {
    case '':
      return <Home me={me} />;
    case 'security':
      return <Security me={me} />;
    case 'two-step':
      return <TwoStep me={me} onChanged={onChanged} />;
    case 'app-passwords':
      return <AppPasswords />;
    case 'trusted':
      return <Trusted />;
    case 'phones':
      return <Phones me={me} />;
    case 'activity':
      return <Activity />;
    case 'service':
      return <Service />;
    case 'apply':
      return <Apply me={me} />;
    case 'registration':
      return <Registration />;
  }
}
