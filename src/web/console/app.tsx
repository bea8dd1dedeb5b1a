// The console: nobody signed in sees the sign-in; somebody sees the page that the address names, as far as they may.
import { MantineProvider } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { forgetAllRecents } from './customers/recents.ts';
import { Frame } from './frame/frame.tsx';
import { FRAME } from './frame/words.ts';
import { PAGES } from './pages.tsx';
import { COMMON } from './parts/common.ts';
import { Page } from './parts/page.tsx';
import { Empty, Failed, Loading } from './parts/states.tsx';
import { LanguageProvider, useWords } from './parts/words.tsx';
import { CallsProvider, forget, useApi, useGet } from './server/calls.tsx';
import { type Me, MeProvider, useCan } from './server/me.tsx';
import { fits, hrefOf, usePlace } from './server/route.ts';
import { theme } from './theme.ts';

const SignIn = lazy(async () => ({ default: (await import('./sign-in/sign-in.tsx')).SignIn }));
const Join = lazy(async () => ({ default: (await import('./sign-in/join.tsx')).Join }));
const kept = 'hufu-console-tenant';

/** The nonce the server gave this page: Mantine's own style elements carry it. */
const nonceOf = (): string => document.querySelector<HTMLMetaElement>('#style-nonce')?.nonce ?? '';

export function App() {
  const [tenant, setTenant] = useState<string | null>(() => sessionStorage.getItem(kept));
  const [isOut, setOut] = useState(false);
  const onSignedOut = useCallback(() => {
    forget();
    forgetAllRecents();
    setOut(true);
  }, []);
  const onTenant = useCallback((id: string) => {
    sessionStorage.setItem(kept, id);
    forget();
    setTenant(id);
  }, []);
  const joining = fits('join/:token', usePlace().path)?.['token'];
  const onJoined = useCallback(() => {
    forget();
    setOut(false);
    // The link is used: it does not stay in the browser's history.
    location.replace('#/');
  }, []);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonceOf}>
      <LanguageProvider>
        <CallsProvider tenant={tenant} onSignedOut={onSignedOut}>
          <Suspense fallback={<Loading />}>
            {joining !== undefined ? (
              <Join key={joining} token={joining} onDone={onJoined} />
            ) : isOut ? (
              <SignIn onDone={() => setOut(false)} />
            ) : (
              <SignedIn onTenant={onTenant} onSignedOut={onSignedOut} tenant={tenant} />
            )}
          </Suspense>
        </CallsProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

interface SignedInProps {
  readonly tenant: string | null;
  readonly onTenant: (id: string) => void;
  readonly onSignedOut: () => void;
}

function SignedIn({ tenant, onTenant, onSignedOut }: SignedInProps) {
  const me = useGet<Me>('/v1/operator/me');
  const api = useApi();
  const { path, query } = usePlace();
  const signOut = useCallback(() => {
    void api.send('POST', '/v1/operator/sign-out').catch(() => undefined);
    onSignedOut();
  }, [api, onSignedOut]);
  // The tenant of last time may be none of this person's: the server says which it is.
  useEffect(() => {
    if (me.data !== undefined && me.data.tenant !== tenant) onTenant(me.data.tenant);
  }, [me.data, tenant, onTenant]);
  if (me.data === undefined)
    return me.error === null ? <Loading /> : <Failed error={me.error} retry={() => void me.refetch()} />;
  return (
    <MeProvider value={me.data}>
      <Frame path={path} onTenant={onTenant} onSignOut={signOut} onGone={onSignedOut}>
        <Suspense fallback={<Loading />}>
          <Opened key={path} path={path} query={query} />
        </Suspense>
      </Frame>
    </MeProvider>
  );
}

function Opened({ path, query }: { readonly path: string; readonly query: URLSearchParams }) {
  const can = useCan();
  const t = useWords(FRAME);
  const common = useWords(COMMON);
  // The first address is the first page of the menu that one may open.
  const first = PAGES.find(({ nav, permission }) => nav !== undefined && (permission === null || can(permission)));
  const isHome = path === '' && first !== undefined;
  useEffect(() => {
    // Not one more step back in the browser's history.
    if (isHome) location.replace(hrefOf(first.path));
  }, [isHome, first]);
  if (isHome) return <Loading />;
  for (const row of PAGES) {
    const params = fits(row.path, path);
    if (params === undefined) continue;
    if (row.permission !== null && !can(row.permission))
      return (
        <Page title={t.console}>
          <Empty>{common.forbidden}</Empty>
        </Page>
      );
    return <row.page params={params} query={query} />;
  }
  return (
    <Page title={t.notFound}>
      <Empty />
    </Page>
  );
}
