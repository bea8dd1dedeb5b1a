// The demo's own bar: not part of the terminal. Chooses who, where and as what; switches the rollout's phase.
import type { TenantView } from '../../views.ts';
import { usePlace, versionsOf } from '../state/place.ts';
import { ROUTES, type Route } from '../state/route.ts';
import { PHONES, THEMES, useSettings, VERSIONS } from '../state/settings.tsx';
import { Icon, Tally } from '../ui/icon.tsx';
import { BAR } from '../words/bar.ts';
import { brokerName, clientName } from '../words/clients.ts';
import { LOCALES, useLocale, useSay } from '../words/say.ts';
import { Segments, Select } from './choices.tsx';
import { Phase } from './phase.tsx';

const LANGUAGES = { 'zh-CN': '简体中文', 'zh-HK': '繁體中文（香港）', en: 'English' } as const;
const PHONE_NAMES = { 'phone-1': 'iPhone 17', 'phone-2': 'Pixel 10' } as const;
const VERSION_WORDS = { good: 'versionGood', old: 'versionOld', bad: 'versionBad' } as const;

export function Bar({ route }: { route: Route }) {
  const w = useSay(BAR);
  const [settings, change] = useSettings();
  return (
    <header class="bar">
      <a class="skip" href="#main">
        {w('skip')}
      </a>
      <div class="brand">
        <Tally size={28} />
        <span>
          Hufu <span lang="zh">虎符</span> <small>{w('demo')}</small>
        </span>
      </div>
      <nav class="pages" aria-label={w('pages')}>
        {ROUTES.map((one) => (
          <a key={one} href={`#/${one}`} aria-current={one === route ? 'page' : undefined}>
            {w(one)}
          </a>
        ))}
      </nav>
      <div class="looks">
        <Select label={w('language')} hidden value={settings.locale} onValue={(locale) => change({ locale })}>
          {LOCALES.map((one) => ({ value: one, text: LANGUAGES[one] }))}
        </Select>
        <Select label={w('theme')} hidden value={settings.theme} onValue={(theme) => change({ theme })}>
          {THEMES.map((one) => ({ value: one, text: w(one) }))}
        </Select>
      </div>
    </header>
  );
}

export function PlaceBar({ tenants, route }: { tenants: readonly TenantView[]; route: Route }) {
  const w = useSay(BAR);
  const locale = useLocale();
  const [settings, change] = useSettings();
  const { tenant, client } = usePlace();
  const versions = versionsOf(client);
  return (
    <section class="place-bar" aria-label={w('settings')}>
      <details open={matchMedia('(min-width: 48rem)').matches}>
        <summary>
          <Icon name="settings" size={18} />
          {w('settings')}
          <span class="soft">
            {brokerName(tenant, locale)} · {clientName(client, locale)}
          </span>
        </summary>
        <div class="place-row">
          <Select label={w('tenant')} value={tenant.id} onValue={(id) => change({ tenant: id })}>
            {tenants.map((one) => ({ value: one.id, text: brokerName(one, locale) }))}
          </Select>
          {route === 'terminal' && (
            <>
              <Segments label={w('client')} value={client.id} onValue={(id) => change({ client: id })}>
                {tenant.clients.map((one) => ({ value: one.id, text: clientName(one, locale) }))}
              </Segments>
              <Select label={w('version')} value={settings.version} onValue={(version) => change({ version })}>
                {VERSIONS.map((one) => ({ value: one, text: w(VERSION_WORDS[one], { version: versions[one] }) }))}
              </Select>
              {client.kind === 'phone' && (
                <Select label={w('phone')} value={settings.phone} onValue={(phone) => change({ phone })}>
                  {PHONES.map((one) => ({ value: one, text: PHONE_NAMES[one] }))}
                </Select>
              )}
            </>
          )}
          <Phase />
        </div>
      </details>
    </section>
  );
}
