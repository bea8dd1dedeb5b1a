// What stands beside the methods on their page: app passwords with their warning, trusted devices, the newest activity.
import { useTenant } from '../../api/tenant.tsx';
import type { ActivityView, AppPasswordsView } from '../../api/views.ts';
import { Icon } from '../../ui/icon.tsx';
import { Chip } from '../../ui/notice.tsx';
import { methodName } from '../../words/methods.ts';
import { say, useLocale, useSay } from '../../words/say.ts';
import { showWhen } from '../../words/time.ts';
import { type Loaded, useLoad } from '../load.tsx';
import { hrefOf } from '../route.ts';
import { FRAME } from '../words/frame.ts';
import { EVENTS, OTHER_EVENT, SECURITY } from '../words/security.ts';

export interface BesideView {
  /** How many browsers are trusted; undefined where the tenant trusts none. */
  readonly trusted: number | undefined;
  readonly newest: ActivityView | undefined;
}

export function useBeside(): Loaded<BesideView> {
  const { trustDays } = useTenant();
  return useLoad(async (calls) => ({
    trusted: trustDays === undefined ? undefined : (await calls.trustedDevices()).items.length,
    newest: (await calls.activity(undefined, 1)).items[0],
  }));
}

interface Props extends Partial<BesideView> {
  appPasswords: AppPasswordsView | undefined;
}

export function Beside({ appPasswords, trusted, newest }: Props) {
  const w = useSay(FRAME);
  const s = useSay(SECURITY);
  const locale = useLocale();
  return (
    <section class="panel" aria-label={s('beside')}>
      <ul class="methods">
        {appPasswords === undefined ? null : (
          <li class="method">
            <Icon name="mail" size={24} />
            <div class="method-body">
              <h2 class="method-name">
                {w('appPasswords')} <Chip>{s('appPasswordsCount', { n: appPasswords.items.length })}</Chip>
              </h2>
              <p class="method-reason">{s('appPasswordsBanner')}</p>
            </div>
            <div class="method-actions">
              <a class="button quiet" href={hrefOf('app-passwords')}>
                {s('appPasswordsSet')}
              </a>
            </div>
          </li>
        )}
        {trusted === undefined ? null : (
          <li class="method">
            <Icon name="laptop" size={24} />
            <div class="method-body">
              <h2 class="method-name">
                {w('trusted')} <Chip>{s('trustedCount', { n: trusted })}</Chip>
              </h2>
              <p class="soft small">{s('trustedText')}</p>
            </div>
            <div class="method-actions">
              <a class="button quiet" href={hrefOf('trusted')} aria-label={s('manageOf', { what: w('trusted') })}>
                {s('manage')}
              </a>
            </div>
          </li>
        )}
        <li class="method">
          <Icon name="clock" size={24} />
          <div class="method-body">
            <h2 class="method-name">{w('activity')}</h2>
            <p class="soft small">
              {newest === undefined
                ? s('activityText')
                : `${showWhen(newest.at, locale)} · ${say(EVENTS[newest.event] ?? OTHER_EVENT, locale)}${
                    newest.type === undefined ? '' : ` · ${say(methodName(newest.type), locale)}`
                  }`}
            </p>
          </div>
          <div class="method-actions">
            <a class="button quiet" href={hrefOf('activity')} aria-label={s('allOf', { what: w('activity') })}>
              {s('all')}
            </a>
          </div>
        </li>
      </ul>
    </section>
  );
}
