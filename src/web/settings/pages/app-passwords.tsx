// App passwords (CM-5.1–5.3): the list with last use, creating one, revoking one or all. Both ways in lead here.
import { useState } from 'preact/hooks';
import { useCalls } from '../../api/tenant.tsx';
import type { AppPasswordView } from '../../api/views.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, Notice } from '../../ui/notice.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { showDay, showWhen } from '../../words/time.ts';
import { Confirm } from '../confirm.tsx';
import { Show, useLoad } from '../load.tsx';
import { APP_PASSWORDS } from '../words/mail.ts';
import { NewAppPassword } from './new-app-password.tsx';

const MONTH_MS = 30 * 86_400_000;

export function AppPasswords() {
  const w = useSay(APP_PASSWORDS);
  const calls = useCalls();
  const loaded = useLoad((by) => by.appPasswords());
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<AppPasswordView | 'all'>();
  const [done, setDone] = useState<string>();
  return (
    <Show from={loaded}>
      {({ items, most, enabled }) =>
        enabled ? (
          <>
            <p class="soft">{w('lead')}</p>
            {done === undefined ? null : <Notice tone="good">{done}</Notice>}
            <section class="panel">
              <div class="row apart panel-head">
                <span class="soft digits">{w('count', { n: items.length, most })}</span>
                {items.length >= most ? null : (
                  <Button look="main" icon="plus" onClick={() => setCreating(true)}>
                    {w('create')}
                  </Button>
                )}
              </div>
              {items.length === 0 ? (
                <p class="soft empty">{w('none')}</p>
              ) : (
                <List items={items} onRevoke={setRevoking} />
              )}
              {items.length < 2 ? null : (
                <div class="panel-foot">
                  <Button look="link grave" onClick={() => setRevoking('all')}>
                    {w('revokeAll')}
                  </Button>
                </div>
              )}
            </section>
            {creating ? (
              <NewAppPassword
                onClose={() => {
                  setCreating(false);
                  loaded.reload();
                }}
              />
            ) : null}
            {revoking === undefined ? null : (
              <Confirm
                title={revoking === 'all' ? w('revokeAllTitle') : w('revokeTitle', { name: revoking.name })}
                action={revoking === 'all' ? w('revokeAll') : w('revokeOf', { name: revoking.name })}
                onClose={() => setRevoking(undefined)}
                work={async () => {
                  await calls.removeAppPassword(revoking === 'all' ? undefined : revoking.id);
                  setDone(revoking === 'all' ? w('revokedAll') : w('revoked', { name: revoking.name }));
                  loaded.reload();
                  return true;
                }}
              >
                <p>{revoking === 'all' ? w('revokeAllText') : w('revokeText', { name: revoking.name })}</p>
              </Confirm>
            )}
          </>
        ) : (
          <Notice>{w('off')}</Notice>
        )
      }
    </Show>
  );
}

interface ListProps {
  items: readonly AppPasswordView[];
  onRevoke: (one: AppPasswordView) => void;
}

/** A table on wide screens; on a phone each row stands by itself, with the heads before the cells. */
function List({ items, onRevoke }: ListProps) {
  const w = useSay(APP_PASSWORDS);
  const locale = useLocale();
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{w('name')}</th>
          <th scope="col">{w('scope')}</th>
          <th scope="col">{w('created')}</th>
          <th scope="col">{w('used')}</th>
          <th scope="col">
            <span class="unseen">{w('action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              {one.name} {one.status === 'expired' ? <Chip tone="bad">{w('expired')}</Chip> : null}
            </th>
            <td data-head={w('scope')}>{one.protocols.map((protocol) => protocol.toUpperCase()).join(' · ')}</td>
            <td data-head={w('created')}>
              {showDay(one.createdAt, locale)}
              {one.expiresAt === undefined || one.status === 'expired' ? null : (
                <span class="soft small block">{w('expires', { date: showDay(one.expiresAt, locale) })}</span>
              )}
            </td>
            <td data-head={w('used')}>
              <LastUse of={one} />
            </td>
            <td class="table-action">
              <Button label={w('revokeOf', { name: one.name })} onClick={() => onRevoke(one)}>
                {w('revoke')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastUse({ of: { lastUsed } }: { of: AppPasswordView }) {
  const w = useSay(APP_PASSWORDS);
  const locale = useLocale();
  if (lastUsed === undefined) return <span class="soft">{w('never')}</span>;
  const isStale = Date.now() - Date.parse(lastUsed.at) > MONTH_MS;
  return (
    <>
      {showWhen(lastUsed.at, locale)}
      <span class="soft small block">
        {lastUsed.protocol.toUpperCase()}
        {lastUsed.ip === undefined ? '' : ` · ${lastUsed.ip}`}
      </span>
      {isStale ? <Chip tone="warn">{w('stale')}</Chip> : null}
    </>
  );
}
