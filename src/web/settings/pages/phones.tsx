// The phones of the account: n of five, main and sub-accounts, which are not synchronised; removing one, registering another.
import { useState } from 'preact/hooks';
import { useCalls } from '../../api/tenant.tsx';
import type { MeView, PhoneView } from '../../api/views.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Chip } from '../../ui/notice.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { showDay, showWhen } from '../../words/time.ts';
import { Confirm } from '../confirm.tsx';
import { Show, useLoad } from '../load.tsx';
import { useGuarded } from '../step-up.tsx';
import { SECURITY } from '../words/security.ts';
import { BindDialog } from './bind-dialog.tsx';
import { Consequences } from './unbind.tsx';

const APP = { type: 'app', state: 'unbound', items: [], actions: ['bind'] } as const;

export function Phones({ me }: { me: MeView }) {
  const s = useSay(SECURITY);
  const locale = useLocale();
  const calls = useCalls();
  const guarded = useGuarded();
  const loaded = useLoad(async (by) => {
    const [phones, methods] = await Promise.all([by.phones(), by.methods()]);
    return { ...phones, methods: methods.items };
  });
  const [removing, setRemoving] = useState<PhoneView>();
  const [adding, setAdding] = useState(false);
  return (
    <Show from={loaded}>
      {({ items, of = 5, methods }) => (
        <>
          <p class="soft">{s('phonesLead', { of })}</p>
          <section class="panel">
            <div class="row apart panel-head">
              <Chip tone={items.length > 0 ? 'good' : 'plain'}>{s('phonesCount', { used: items.length, of })}</Chip>
              {items.length >= of ? null : (
                <Button look="main" icon="plus" onClick={() => setAdding(true)}>
                  {s('phonesAdd')}
                </Button>
              )}
            </div>
            {items.length === 0 ? (
              <p class="soft empty">{s('phonesNone')}</p>
            ) : (
              <ul class="methods">
                {items.map((phone) => (
                  <li key={phone.id} class="method">
                    <Icon name="phone" size={24} />
                    <div class="method-body">
                      <h2 class="method-name">
                        {phone.name} <Chip>{s(phone.role)}</Chip>
                        {phone.status === 'unsynced' ? <Chip tone="warn">{s('unsynced')}</Chip> : null}
                      </h2>
                      <p class="soft small">
                        {s('registered', { date: showDay(phone.since, locale) })}
                        {typeof phone.lastUsedAt === 'string'
                          ? ` · ${s('lastUsed', { when: showWhen(phone.lastUsedAt, locale) })}`
                          : ''}
                      </p>
                      {phone.status === 'unsynced' ? <p class="small">{s('unsyncedText')}</p> : null}
                    </div>
                    <div class="method-actions">
                      <Button label={s('removeOf', { name: phone.name })} onClick={() => setRemoving(phone)}>
                        {s('remove')}
                      </Button>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {removing === undefined ? null : (
            <Confirm
              title={s('removeOf', { name: removing.name })}
              action={s('removeOf', { name: removing.name })}
              onClose={() => {
                setRemoving(undefined);
                loaded.reload();
              }}
              work={async () => {
                const gone = await guarded('unbind', async () => {
                  await calls.removePhone(removing.id);
                  return true;
                });
                return gone === true;
              }}
            >
              <p>{s('removePhone', { name: removing.name })}</p>
              {items.length === 1 ? <Consequences of="app" among={methods} /> : null}
            </Confirm>
          )}
          {adding ? (
            <BindDialog
              account={me.account}
              row={APP}
              change={false}
              onClose={() => {
                setAdding(false);
                loaded.reload();
              }}
              onDone={loaded.reload}
            />
          ) : null}
        </>
      )}
    </Show>
  );
}
