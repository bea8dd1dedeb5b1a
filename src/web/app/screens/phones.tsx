// The phones of an account, as the server has them; any of them can be removed from here.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Chip, Loading } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { useLocale, useSay } from '../../words/say.ts';
import { showWhen } from '../../words/time.ts';
import { refresh } from '../actions/refresh.ts';
import { Refusal } from '../parts/refusal.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import type { PhoneView } from '../server/views.ts';
import { useApp } from '../state/app.tsx';
import type { Account } from '../store/accounts.ts';
import { APP } from '../words/app.ts';

export function Phones({ account }: { account: Account }) {
  const w = useSay(APP);
  const common = useSay(COMMON);
  const locale = useLocale();
  const { callsOf, reload } = useApp();
  const { busy, problem, run } = useTask();
  const [phones, setPhones] = useState<readonly PhoneView[] | null>(null);
  const [going, setGoing] = useState<PhoneView | null>(null);
  const load = async (): Promise<void> => {
    const view = await refresh(account, callsOf(account));
    setPhones(view?.phones ?? []);
    await reload();
  };
  useEffect(() => {
    void run(load);
  }, []);
  const remove = async (id: string): Promise<void> => {
    await callsOf(account).revoke(id);
    setGoing(null);
    await load();
  };
  return (
    <>
      <TopBar title={w('phones')} back={{ name: 'manage', phone: account.phone }} />
      <main id="main" class="screen stack">
        {going === null ? <Refusal problem={problem} contact={account.contact} /> : null}
        {phones === null ? (
          problem === null ? (
            <Loading label={common('loading')} />
          ) : (
            <Button look="main" wide busy={busy} onClick={() => void run(load)}>
              {common('retry')}
            </Button>
          )
        ) : (
          <>
            <p class="soft digits">{w('phonesOf', { n: phones.length })}</p>
            <ul class="rows" aria-label={w('phones')}>
              {phones.map((one) => (
                <li key={one.id} class="line">
                  <span class={`badge small ${one.role}`}>
                    <span aria-hidden="true">{w(one.role === 'main' ? 'mainBadge' : 'subBadge')}</span>
                    <span class="unseen">{w(one.role)}</span>
                  </span>
                  <span class="line-body">
                    <span class="line-name">
                      {one.name} {one.isThis ? <Chip tone="good">{w('thisPhone')}</Chip> : null}
                    </span>
                    <span class="line-text">
                      {one.lastUsedAt === null
                        ? w('neverUsed')
                        : w('lastUsed', { when: showWhen(one.lastUsedAt, locale) })}
                    </span>
                  </span>
                  {one.isThis ? null : (
                    <Button look="link grave" label={`${w('removePhone')} ${one.name}`} onClick={() => setGoing(one)}>
                      {w('removePhone')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {going === null ? null : (
          <Dialog title={w('removePhoneTitle', { name: going.name })} onClose={() => setGoing(null)}>
            <p>{w('removePhoneText')}</p>
            <Refusal problem={problem} contact={account.contact} />
            <div class="actions">
              <Button onClick={() => setGoing(null)}>{common('cancel')}</Button>
              <Button look="danger" busy={busy} onClick={() => void run(() => remove(going.id))}>
                {w('removePhoneDo')}
              </Button>
            </div>
          </Dialog>
        )}
      </main>
    </>
  );
}
