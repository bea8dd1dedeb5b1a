// One account: make a code. The PIN (or the phone's own check) leads to six digits; whether they are right is not known here.
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { MOST_FAILURES, unlock } from '../actions/biometric.ts';
import { makeCode, type ShownCode } from '../actions/pin.ts';
import { ClockNote } from '../parts/clock-note.tsx';
import { CodeView } from '../parts/code-view.tsx';
import { Forgot } from '../parts/forgot.tsx';
import { FingerKey, PinPad } from '../parts/pin-pad.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { wipe } from '../pin/bytes.ts';
import { canMake } from '../pin/kdf.ts';
import type { Vault } from '../pin/vault.ts';
import { useApp } from '../state/app.tsx';
import { go } from '../state/route.ts';
import type { Account } from '../store/accounts.ts';
import { APP } from '../words/app.ts';
import { PIN } from '../words/pin.ts';
import { Offline } from './home.tsx';

type Trouble = 'biometricsFailed' | 'biometricsStopped';

export function AccountScreen({ account, making }: { account: Account; making: boolean }) {
  const w = useSay(APP);
  const pin = useSay(PIN);
  const { reload } = useApp();
  const [shown, setShown] = useState<ShownCode | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const { phone, biometric } = account;
  useEffect(() => {
    if (!making) setShown(null);
  }, [making]);

  const show = async (vault: Vault): Promise<void> => {
    setBusy(true);
    try {
      const made = await makeCode(account, vault);
      setTrouble(null);
      setShown(made);
      // Another tab was given another PIN, or none: what is stored now leads on.
      if (made === null) await reload();
      else if (!making) go({ name: 'code', phone });
    } catch {
      // Only the phone's own check can fail here: a PIN, right or wrong, always makes a code.
      setTrouble('biometricsFailed');
    } finally {
      setBusy(false);
    }
  };
  const byFinger = async (): Promise<void> => {
    if (biometric === null) return;
    const vault = await unlock(account, biometric);
    if (vault !== null) {
      await show(vault);
      return;
    }
    const last = biometric.failures + 1 >= MOST_FAILURES;
    setTrouble(last ? 'biometricsStopped' : 'biometricsFailed');
    await reload();
    if (last) go({ name: 'code', phone });
  };
  const note = trouble === null ? null : <Notice tone="warn">{w(trouble, { n: MOST_FAILURES })}</Notice>;
  const title = account.label ?? account.account;

  if (!making)
    return (
      <>
        <TopBar title={title}>
          <IconButton icon="list" label={w('manage')} onClick={() => go({ name: 'manage', phone })} />
        </TopBar>
        <main id="main" class="screen stack">
          <Offline />
          <ClockNote />
          <Waiting />
          {note}
          <section class="card account-card">
            <span class={`badge ${account.role}`} aria-hidden="true">
              {w(account.role === 'main' ? 'mainBadge' : 'subBadge')}
            </span>
            <p class="account-number digits">{account.account}</p>
            <p class="soft">
              {account.tenant.name} · {w(account.role)}
            </p>
          </section>
          {account.status === 'revoked' ? (
            <Notice tone="bad" title={w('revoked')}>
              {w('revokedText')}
            </Notice>
          ) : (
            <>
              <button
                class="button main wide big"
                type="button"
                aria-busy={busy ? 'true' : undefined}
                onClick={() => {
                  if (biometric === null) go({ name: 'code', phone });
                  else if (!busy) void byFinger();
                }}
              >
                <Icon name={biometric === null ? 'key' : 'finger'} /> {w('generate')}
              </button>
              {biometric === null ? null : (
                <Button look="link" onClick={() => go({ name: 'code', phone })}>
                  {pin('enter')}
                </Button>
              )}
              <p class="soft small centred">{w('worksOffline')}</p>
            </>
          )}
        </main>
      </>
    );
  return (
    <>
      <TopBar title={title} back={{ name: 'account', phone }} />
      <main id="main" class="screen stack">
        {shown === null ? (
          <EnterPin account={account} busy={busy} onVault={(vault) => void show(vault)}>
            {{ note, finger: biometric === null ? null : () => void byFinger() }}
          </EnterPin>
        ) : (
          <CodeView key={shown.until} shown={shown} onAnother={() => setShown(null)} />
        )}
      </main>
    </>
  );
}

interface EnterProps {
  account: Account;
  busy: boolean;
  onVault: (vault: Vault) => void;
  children: { note: preact.ComponentChildren; finger: (() => void) | null };
}

function EnterPin({ account, busy, onVault, children: { note, finger } }: EnterProps) {
  const w = useSay(APP);
  const pin = useSay(PIN);
  if (!canMake(account.kdf))
    return (
      <Notice tone="bad" title={pin('noWebAssembly')}>
        {pin('noWebAssemblyText', { contact: account.contact ?? pin('desk') })}
      </Notice>
    );
  return (
    <PinPad
      title={pin('enter')}
      text={`${account.account} · ${account.tenant.name}`}
      ahead={account}
      busy={busy}
      doing={pin('working')}
      onDone={(digits, vault) => {
        wipe(digits);
        onVault(vault());
      }}
      corner={finger === null ? null : <FingerKey label={w('byBiometric')} onPress={finger} />}
      below={<Forgot contact={account.contact} />}
    >
      {note}
    </PinPad>
  );
}
