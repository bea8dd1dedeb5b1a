// Browsers that skip the second step (CM-3.3): which, until when; taken back one by one or all at once.
import { useState } from 'preact/hooks';
import { useCalls } from '../../api/tenant.tsx';
import type { TrustedDeviceView } from '../../api/views.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Chip } from '../../ui/notice.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { showDay, showWhen } from '../../words/time.ts';
import { Confirm } from '../confirm.tsx';
import { Show, useLoad } from '../load.tsx';
import { SECURITY } from '../words/security.ts';

export function Trusted() {
  const s = useSay(SECURITY);
  const locale = useLocale();
  const calls = useCalls();
  const loaded = useLoad((by) => by.trustedDevices());
  const [removing, setRemoving] = useState<TrustedDeviceView | 'all'>();
  return (
    <Show from={loaded}>
      {({ items }) => (
        <>
          <p class="soft">{s('trustedLead')}</p>
          <section class="panel">
            {items.length === 0 ? (
              <p class="soft empty">{s('trustedNone')}</p>
            ) : (
              <>
                <ul class="methods">
                  {items.map((device) => (
                    <li key={device.id} class="method">
                      <Icon name="laptop" size={24} />
                      <div class="method-body">
                        <h2 class="method-name">
                          {device.name} {device.isThis ? <Chip tone="good">{s('thisOne')}</Chip> : null}
                        </h2>
                        <p class="soft small">
                          {s('trustedUntil', { date: showDay(device.expiresAt, locale) })}
                          {typeof device.lastUsedAt === 'string'
                            ? ` · ${s('lastUsed', { when: showWhen(device.lastUsedAt, locale) })}`
                            : ''}
                          {device.place === undefined ? '' : ` · ${device.place}`}
                        </p>
                      </div>
                      <div class="method-actions">
                        <Button label={s('removeOf', { name: device.name })} onClick={() => setRemoving(device)}>
                          {s('remove')}
                        </Button>
                      </div>
                    </li>
                  ))}
                </ul>
                <div class="panel-foot">
                  <Button look="link grave" onClick={() => setRemoving('all')}>
                    {s('removeAll')}
                  </Button>
                </div>
              </>
            )}
          </section>
          {removing === undefined ? null : (
            <Confirm
              title={removing === 'all' ? s('removeAll') : s('removeOf', { name: removing.name })}
              action={removing === 'all' ? s('removeAll') : s('removeOf', { name: removing.name })}
              onClose={() => setRemoving(undefined)}
              work={async () => {
                await calls.removeTrusted(removing === 'all' ? undefined : removing.id);
                loaded.reload();
                return true;
              }}
            >
              <p>{removing === 'all' ? s('removeAllText') : s('removeTrusted', { name: removing.name })}</p>
            </Confirm>
          )}
        </>
      )}
    </Show>
  );
}
