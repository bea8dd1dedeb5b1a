// The demo's pages: the terminal, the guides, the dealer's desk and the outbox, under one bar.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { TenantView } from '../views.ts';
import { tenants as loadTenants } from './api/calls.ts';
import { Bar, PlaceBar } from './bar/bar.tsx';
import { Stage } from './clients/stage.tsx';
import { later } from './later.tsx';
import { type Place, PlaceProvider, placeOf } from './state/place.ts';
import { type Route, useRoute } from './state/route.ts';
import { SettingsProvider, useSettings } from './state/settings.tsx';
import { useTask } from './state/task.ts';
import { Button } from './ui/button.tsx';
import { Loading, Note } from './ui/note.tsx';
import { BAR } from './words/bar.ts';
import { useLocale, useSay } from './words/say.ts';

export const App = () => (
  <SettingsProvider>
    <Pages />
  </SettingsProvider>
);

function Pages() {
  const w = useSay(BAR);
  const route = useRoute();
  const [settings] = useSettings();
  const { run, problem } = useTask();
  const [tenants, setTenants] = useState<readonly TenantView[] | null>(null);
  const load = useCallback(() => {
    void run(() => loadTenants(settings.locale)).then((found) => found !== undefined && setTenants(found));
  }, [run]);
  useEffect(load, [load]);
  const place = tenants === null ? null : placeOf(tenants, settings);

  return (
    <>
      <Bar route={route} />
      {place === null ? (
        <main id="main" class="middle">
          {tenants !== null ? (
            <Note tone="warn" title={w('noTenants')} />
          ) : problem === null ? (
            <Loading label={w('loading')} />
          ) : (
            <div class="stack">
              <Note tone="bad" title={w('unreachable')} />
              <Button onClick={load}>{w('retry')}</Button>
            </div>
          )}
        </main>
      ) : (
        <PlaceProvider value={place}>
          {route !== 'outbox' && <PlaceBar tenants={tenants ?? []} route={route} />}
          <main id="main" tabIndex={-1}>
            <Page route={route} place={place} />
          </main>
        </PlaceProvider>
      )}
    </>
  );
}

const Guides = later(() => import('./guides/index.tsx').then((module) => module.Guides));
const Desk = later(() => import('./desk/index.tsx').then((module) => module.Desk));
const Outbox = later(() => import('./desk/outbox.tsx').then((module) => module.Outbox));

function Page({ route, place }: { route: Route; place: Place }) {
  const locale = useLocale();
  switch (route) {
    case 'guides':
      // The guides know the two brokerages of this demo; any other reads those of the first.
      return (
        <Guides
          locale={locale}
          preset={place.tenant.preset === 'star-desktop-bind' ? 'star-desktop-bind' : 'star-rollout'}
        />
      );
    case 'desk':
      return <Desk locale={locale} tenant={place.tenant} />;
    case 'outbox':
      return <Outbox locale={locale} />;
    case 'terminal':
      return <Stage />;
  }
}
