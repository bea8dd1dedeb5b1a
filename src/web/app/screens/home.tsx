// The accounts on this phone. Without any: how to add the first.
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Chip, Notice } from '../../ui/notice.tsx';
import { useTitle } from '../../ui/page.ts';
import { useSay } from '../../words/say.ts';
import { ClockNote } from '../parts/clock-note.tsx';
import { Mark } from '../parts/mark.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useApp } from '../state/app.tsx';
import { go } from '../state/route.ts';
import { Update } from '../state/update.tsx';
import type { Account } from '../store/accounts.ts';
import { APP } from '../words/app.ts';
import { AddWays } from './add.tsx';
import { Install } from './install.tsx';

export function Home({ accounts }: { accounts: readonly Account[] }) {
  const w = useSay(APP);
  useTitle(w('name'), w('what'));
  return (
    <>
      <header class="top home-top">
        <Mark size={38} />
        <div class="home-name">
          <h1 tabIndex={-1} data-step-heading>
            {w('name')}
          </h1>
          <p class="soft small">{w('what')}</p>
        </div>
        <IconButton icon="plus" label={w('add')} onClick={() => go({ name: 'add' })} />
        <IconButton icon="list" label={w('settings')} onClick={() => go({ name: 'settings' })} />
      </header>
      <main id="main" class="screen stack">
        <Update />
        <Offline />
        <ClockNote />
        <Waiting />
        {accounts.length === 0 ? (
          <>
            <AddWays first />
            <Install />
          </>
        ) : (
          <>
            <ul class="accounts" aria-label={w('accounts')}>
              {accounts.map((account) => (
                <Row key={account.phone} account={account} />
              ))}
            </ul>
            <Install />
          </>
        )}
      </main>
      {accounts.length === 0 ? null : (
        <footer class="bottom">
          <button class="button main wide big" type="button" onClick={() => go({ name: 'scan' })}>
            <Icon name="qr" /> {w('scan')}
          </button>
        </footer>
      )}
    </>
  );
}

export function Offline() {
  const w = useSay(APP);
  const { online } = useApp();
  return online ? null : (
    <Notice tone="warn" title={w('offline')}>
      {w('offlineText')}
    </Notice>
  );
}

function Row({ account }: { account: Account }) {
  const w = useSay(APP);
  const { status, role, phone } = account;
  const waits = status === 'unsynced' || status === 'new-pin';
  const text = status === 'active' ? null : STATES[status];
  return (
    <li>
      <button class={`account ${status}`} type="button" onClick={() => go({ name: waits ? 'sync' : 'account', phone })}>
        <span class={`badge ${role}`}>
          <span aria-hidden="true">{w(role === 'main' ? 'mainBadge' : 'subBadge')}</span>
          <span class="unseen">{w(role)}</span>
        </span>
        <span class="account-body">
          <span class="account-name">
            <span class="digits">{account.label ?? account.account}</span>
            {text === null ? null : <Chip tone={status === 'revoked' ? 'bad' : 'warn'}>{w(text[0])}</Chip>}
          </span>
          <span class="account-text">
            {account.label === null ? account.tenant.name : `${account.account} · ${account.tenant.name}`}
          </span>
          {text === null ? null : <span class="account-text">{w(text[1])}</span>}
        </span>
        <Icon name="next" size={18} />
      </button>
    </li>
  );
}

const STATES = {
  unsynced: ['unsynced', 'unsyncedText'],
  'new-pin': ['noPin', 'noPinText'],
  revoked: ['revoked', 'revokedText'],
} as const;
