// Language, appearance, time, and what this app is.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { LanguageSwitch } from '../../ui/settings.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { showWhen } from '../../words/time.ts';
import { showBy } from '../parts/clock-note.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { learned, trustPhoneClock } from '../server/clock.ts';
import { useApp } from '../state/app.tsx';
import { THEMES, type Theme, theme, wearTheme } from '../state/theme.ts';
import { APP } from '../words/app.ts';
import { PIN } from '../words/pin.ts';
import { Install } from './install.tsx';
import { Notify } from './notify.tsx';

export function Settings() {
  const w = useSay(APP);
  const pin = useSay(PIN);
  const [chosen, setChosen] = useState<Theme>(theme);
  return (
    <>
      <TopBar title={w('settings')} />
      <main id="main" class="screen stack">
        <section class="card stack tight">
          <h2>{w('language')}</h2>
          <LanguageSwitch />
        </section>
        <section class="card stack tight">
          <h2 id="look">{w('look')}</h2>
          <div class="segments" role="group" aria-labelledby="look">
            {THEMES.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === chosen}
                onClick={() => {
                  wearTheme(one);
                  setChosen(one);
                }}
              >
                {w(one)}
              </button>
            ))}
          </div>
        </section>
        <Time />
        <Notify />
        <Install />
        <section class="card stack tight">
          <h2>{w('about')}</h2>
          <p class="soft">{w('aboutText')}</p>
          <p class="soft">{pin('forgotWhy')}</p>
          <p class="soft">{w('lost')}</p>
        </section>
      </main>
    </>
  );
}

function Time() {
  const w = useSay(APP);
  const locale = useLocale();
  const { refreshAll, accounts, online } = useApp();
  const [busy, setBusy] = useState(false);
  const { offsetMs, at } = learned();
  const check = (): void => {
    setBusy(true);
    void refreshAll().finally(() => setBusy(false));
  };
  return (
    <section class="card stack tight">
      <h2>{w('time')}</h2>
      <p class="soft" role="status">
        {at === null
          ? w('timeUnknown')
          : offsetMs === 0
            ? w('timeRight')
            : w('timeOffset', { by: showBy(offsetMs, w) })}
        {at === null ? null : <span class="whose">{w('timeChecked', { when: showWhen(at, locale) })}</span>}
      </p>
      <div class="row">
        {(accounts ?? []).length === 0 || !online ? null : (
          <Button busy={busy} icon="clock" onClick={check}>
            {w('calibrate')}
          </Button>
        )}
        {offsetMs === 0 ? null : (
          <Button
            look="link"
            onClick={() => {
              trustPhoneClock();
              setBusy(true);
              setTimeout(() => setBusy(false));
            }}
          >
            {w('usePhoneClock')}
          </Button>
        )}
      </div>
    </section>
  );
}
