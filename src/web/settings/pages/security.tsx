// Security: two-step verification, client logins, trusted devices, phones, activity, and the session itself.
import { useTenant } from '../../api/tenant.tsx';
import type { MeView } from '../../api/views.ts';
import { Chip } from '../../ui/notice.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { showTime, showWhen } from '../../words/time.ts';
import { type Place, Places } from '../places.tsx';
import { hrefOf } from '../route.ts';
import { FRAME } from '../words/frame.ts';
import { SECURITY } from '../words/security.ts';
import { useAppPasswords } from './use-app-passwords.ts';
import { useIsOn } from './use-is-on.ts';

export function Security({ me }: { me: MeView }) {
  const w = useSay(FRAME);
  const s = useSay(SECURITY);
  const isOn = useIsOn();
  const locale = useLocale();
  const { methods = [], trustDays } = useTenant();
  const { value: appPasswords } = useAppPasswords();
  const { session } = me;
  const places: Place[] = [
    {
      to: 'two-step',
      icon: 'shield',
      name: w('twoStep'),
      text: s('twoStepText'),
      state: isOn === undefined ? null : <Chip tone={isOn ? 'good' : 'warn'}>{w(isOn ? 'on' : 'off')}</Chip>,
    },
  ];
  if (methods.includes('app')) places.push({ to: 'phones', icon: 'phone', name: w('phones'), text: s('phonesText') });
  if (trustDays !== undefined)
    places.push({ to: 'trusted', icon: 'laptop', name: w('trusted'), text: s('trustedText') });
  places.push({ to: 'activity', icon: 'clock', name: w('activity'), text: s('activityText') });
  return (
    <>
      <Places places={places} />
      {appPasswords === undefined ? null : (
        <section class="panel client-logins">
          <div>
            <h2>{s('clientsTitle')}</h2>
            <p class="soft small">{s('clientsText')}</p>
          </div>
          <a class="button quiet" href={hrefOf('app-passwords')}>
            <span aria-hidden="true">＋</span>
            {s('clientsAdd')}
          </a>
        </section>
      )}
      <section class="panel stack tight">
        <h2>{s('session')}</h2>
        <p class="soft">
          {s('sessionAt', { when: showWhen(session.at, locale) })} ·{' '}
          {s('sessionEnds', { time: showTime(session.expiresAt, locale) })}
        </p>
        {session.trusted ? <p class="soft">{s('sessionTrusted')}</p> : null}
      </section>
    </>
  );
}
