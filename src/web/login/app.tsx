// The hosted login: where a person stands, from the password to the page they came for. The server decides every step; this shows it.

import { useCallback, useEffect, useState } from 'preact/hooks';
import { serverNow } from '../api/clock.ts';
import { type ProblemView, problem, problemOf } from '../api/http.ts';
import { CallsProvider, TenantProvider, tenantId, useCalls } from '../api/tenant.tsx';
import type { LoginView, TenantView, VerifiedView } from '../api/views.ts';
import { wear } from '../ui/brand.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { Loading, Notice } from '../ui/notice.tsx';
import { useOnline } from '../ui/online.ts';
import { useStepFocus, useTitle } from '../ui/page.ts';
import { Problem } from '../ui/problem.tsx';
import { LanguageProvider, LanguageSwitch } from '../ui/settings.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { Ended } from './ended.tsx';
import { nextOf } from './next.ts';
import { Password } from './password.tsx';
import { LOGIN } from './words.ts';

/** The second step is fetched while the person types the password: the first load holds only what the first screen needs. */
const loadVerifying = () => import('../authenticators/verifying.tsx').then((module) => module.Verifying);
const Verifying = later(loadVerifying);
const Enrol = later(() => import('./enrol.tsx').then((module) => module.Enrol));
const NotMe = later(() => import('./not-me.tsx').then((module) => module.NotMe));
const TrustStep = later(() => import('./trust-step.tsx').then((module) => module.TrustStep));

export const App = () => (
  <LanguageProvider>
    <CallsProvider>
      <Page />
    </CallsProvider>
  </LanguageProvider>
);

function Page() {
  const w = useSay(LOGIN);
  const c = useSay(COMMON);
  const calls = useCalls();
  const isOnline = useOnline();
  const [tenant, setTenant] = useState<TenantView>();
  const [failed, setFailed] = useState<ProblemView>();
  const load = useCallback(() => {
    setFailed(undefined);
    calls.tenant().then(
      (found) => {
        wear(found.colours?.accent);
        setTenant(found);
      },
      (error: unknown) => setFailed(problemOf(error)),
    );
  }, [calls]);
  useEffect(load, [load]);
  useTitle(w('title'), tenant?.name ?? '');
  return (
    <div class="login-page">
      <header class="login-bar">
        {tenant === undefined ? <span /> : <BrandMark name={tenant.name} logo={tenant.logo} />}
        <LanguageSwitch />
      </header>
      <main id="main" class="login-main">
        <div class="card">
          {isOnline ? null : <Notice tone="warn">{w('offline')}</Notice>}
          {tenant !== undefined ? (
            <TenantProvider value={tenant}>
              <Entrance tenant={tenant} />
            </TenantProvider>
          ) : failed === undefined ? (
            <Loading label={c('loading')} lines={5} />
          ) : failed.status === 404 || failed.status === 400 ? (
            <div class="stack">
              <h1>{w('noTenant')}</h1>
              <p>{w('noTenantText')}</p>
            </div>
          ) : (
            <div class="stack">
              <h1>{w('title')}</h1>
              <Problem problem={failed} />
              <Button onClick={load}>{c('retry')}</Button>
            </div>
          )}
        </div>
      </main>
      <footer class="login-foot">{tenant === undefined ? '' : w('needHelp', { contact: tenant.contact })}</footer>
    </div>
  );
}

const NOT_ME = '#not-me';

/** The login, or the way to object to what an operator did: its address stands in notices. */
function Entrance({ tenant }: { tenant: TenantView }) {
  const w = useSay(LOGIN);
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  if (hash === NOT_ME)
    return (
      <NotMe
        onBack={() => {
          location.hash = '';
        }}
      />
    );
  return (
    <>
      <Login tenant={tenant} />
      <a class="middle-text" href={NOT_ME}>
        {w('notMe')}
      </a>
    </>
  );
}

type At =
  | { step: 'looking' }
  | { step: 'password' }
  | { step: 'verify'; login: LoginView }
  | { step: 'enrol'; login: LoginView }
  | { step: 'trust'; days: number }
  | { step: 'done' }
  | { step: 'ended'; problem: ProblemView };

/** Says that a login is open in this tab, or over and well: it goes on after a reload, and a page without one asks the server nothing. */
const OPEN = 'hufu-open-login';
const standing = (): string | null => {
  try {
    return sessionStorage.getItem(OPEN);
  } catch {
    return null;
  }
};
const stand = (where: 'open' | 'in' | null): void => {
  try {
    if (where === null) sessionStorage.removeItem(OPEN);
    else sessionStorage.setItem(OPEN, where);
  } catch {
    // Storage is switched off: after a reload people begin again.
  }
};
const firstOf = (where: string | null): At => {
  if (where === null) return { step: 'password' };
  return { step: where === 'in' ? 'done' : 'looking' };
};

function Login({ tenant }: { tenant: TenantView }) {
  const calls = useCalls();
  const [next] = useState(() => nextOf(tenantId(), location.hash));
  const [account, setAccount] = useState('');
  const [at, setAt] = useState<At>(() => firstOf(standing()));
  useStepFocus(at.step);
  useEffect(() => {
    if (at.step === 'password' || at.step === 'ended' || at.step === 'done') stand(null);
    if (at.step === 'verify' || at.step === 'enrol') stand('open');
    if (at.step === 'trust') stand('in');
    if (at.step === 'done') location.assign(next.href);
  }, [at.step]);
  useEffect(() => {
    loadVerifying().catch(() => undefined);
    if (at.step === 'looking') calls.openLogin().then(resume, () => setAt({ step: 'password' }));
  }, []);

  const ended = (found: ProblemView): void => setAt({ step: 'ended', problem: found });
  const show = (login: LoginView): void => {
    setAccount((before) => before || login.account);
    if (login.status === 'allowed' || login.status === 'satisfied') setAt({ step: 'done' });
    else if (login.status === 'enrol') setAt({ step: 'enrol', login });
    else if (login.status === 'expired') ended(problem('expired'));
    else if (login.status === 'refused') ended(problem('closed'));
    else if (login.authenticators.length === 0 && login.recovery.length === 0) ended(problem('no-method'));
    else setAt({ step: 'verify', login });
  };
  /** A login that was open before this page was: decided meanwhile on a phone, it is still to be redeemed by this browser. */
  const resume = (login: LoginView): void => {
    if (login.status !== 'satisfied') return show(login);
    setAccount(login.account);
    calls.finish().then(
      (found) => void verified({ ...found, trust: found.trust ?? false }, login.account),
      (error: unknown) => ended(problemOf(error)),
    );
  };
  const cancel = (): void => {
    calls.cancelLogin().then(undefined, () => undefined);
    ended(problem('cancelled'));
  };
  const verified = async (found: VerifiedView, name = account.trim()): Promise<void> => {
    const { trust } = found;
    if (found.status === 'need') {
      calls.openLogin().then(show, (error: unknown) => ended(problemOf(error)));
      return;
    }
    const days = found.mayTrust === true ? tenant.trustDays : undefined;
    if (days === undefined || next.again) setAt({ step: 'done' });
    else if (trust === undefined) setAt({ step: 'trust', days });
    else {
      if (trust) {
        const { browserName, trustThisBrowser } = await import('./trust.ts');
        // A browser that cannot be remembered is asked again next time; the login itself stands.
        await trustThisBrowser(calls, tenant.id, name, browserName()).catch(() => undefined);
      }
      setAt({ step: 'done' });
    }
  };

  switch (at.step) {
    case 'looking':
      return <Looking />;
    case 'password':
      return (
        <Password
          account={account}
          onAccount={setAccount}
          proofFor={async (name) => {
            if (tenant.trustDays === undefined || next.again) return undefined;
            const { trustProof } = await import('./trust.ts');
            return trustProof(calls, tenant.id, name).catch(() => undefined);
          }}
          onLogin={(login) => {
            // Kept before the page is left: a token that was used is worthless, and the one that follows must not be lost.
            void rotated(tenant.id, account.trim(), login).then(() => show(login));
          }}
        />
      );
    case 'verify':
      return (
        <OpenLogin login={at.login} onEnded={ended}>
          <Verifying
            key={at.login.authenticators.map(({ id }) => id).join()}
            login={at.login}
            memory={`hufu-way-${tenant.id}`}
            onVerified={(found) => void verified(found)}
            onEnded={ended}
            onCancel={cancel}
          />
        </OpenLogin>
      );
    case 'enrol':
      return (
        <OpenLogin login={at.login} onEnded={ended}>
          <Enrol
            login={at.login}
            onBound={() => stand('in')}
            onDone={() => void verified({ status: 'satisfied' })}
            onLogin={show}
            onEnded={ended}
            onCancel={cancel}
          />
        </OpenLogin>
      );
    case 'trust':
      return <TrustStep account={account.trim()} days={at.days} onDone={() => setAt({ step: 'done' })} />;
    case 'done':
      return <Done href={next.href} />;
    case 'ended':
      return <Ended problem={at.problem} onAgain={() => setAt({ step: 'password' })} />;
  }
}

/** A trusted browser's token changes with each use. */
async function rotated(tenant: string, account: string, login: LoginView): Promise<void> {
  if (login.trusted === undefined) return;
  const { keepRotated } = await import('./trust.ts');
  await keepRotated(tenant, account, login.trusted).catch(() => undefined);
}

function Looking() {
  const c = useSay(COMMON);
  return <Loading label={c('loading')} lines={5} />;
}

/** Who is logging in to what, and the end of the time for it. */
function OpenLogin(props: {
  login: LoginView;
  onEnded: (problem: ProblemView) => void;
  children: preact.ComponentChildren;
}) {
  const { login, onEnded, children } = props;
  const w = useSay(LOGIN);
  const left = useSecondsUntil(Date.parse(login.expiresAt));
  useEffect(() => {
    if (Date.parse(login.expiresAt) <= serverNow()) onEnded(problem('expired'));
  }, [left === 0]);
  return (
    <div class="stack">
      <p class="who">
        <Icon name="lock" size={16} />
        {login.client === undefined
          ? login.account
          : w('signingInTo', { client: login.client, account: login.account })}
      </p>
      {children}
    </div>
  );
}

function Done({ href }: { href: string }) {
  const w = useSay(LOGIN);
  return (
    <div class="stack ended" role="status">
      <Icon name="check" size={44} />
      <h1 data-step-heading tabIndex={-1}>
        {w('successTitle')}
      </h1>
      <p class="soft">{w('successText')}</p>
      <a class="button main wide" href={href}>
        {w('goOn')}
      </a>
    </div>
  );
}
