// Another PIN: the present one first, which only the server can judge, then the new one twice.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTask } from '../../ui/task.ts';
import { useSay } from '../../words/say.ts';
import { changePin } from '../actions/pin.ts';
import { Done } from '../parts/done.tsx';
import { Forgot } from '../parts/forgot.tsx';
import { NewPin } from '../parts/new-pin.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { wipe } from '../pin/bytes.ts';
import type { Vault } from '../pin/vault.ts';
import { useApp } from '../state/app.tsx';
import { go } from '../state/route.ts';
import type { Account } from '../store/accounts.ts';
import { APP } from '../words/app.ts';
import { PIN } from '../words/pin.ts';
import { Sync } from './sync.tsx';

export function ChangePin({ account }: { account: Account }) {
  const w = useSay(PIN);
  const app = useSay(APP);
  const { callsOf, reload, online } = useApp();
  const { busy, problem, run } = useTask();
  const old = useRef<Vault | null>(null);
  const [step, setStep] = useState<'old' | 'new' | keyof typeof ENDINGS>('old');
  useEffect(() => () => old.current?.end(), []);
  const change = (digits: Uint8Array<ArrayBuffer>): void => {
    const vault = old.current;
    old.current = null;
    if (vault === null) {
      wipe(digits);
      return;
    }
    void run(() => changePin(account, callsOf(account), vault, digits)).then(async (how) => {
      await reload();
      setStep(how ?? 'old');
    });
  };
  const { phone, contact } = account;
  // Reset or changed elsewhere before anything was begun here: there is no present PIN to enter.
  if (step === 'old' && !busy && account.status !== 'active') return <Sync key={phone} account={account} />;
  return (
    <>
      <TopBar title={app('changePin')} back={{ name: 'manage', phone }} />
      <main id="main" class="screen stack">
        {step === 'old' ? (
          <PinPad
            title={w('oldTitle')}
            text={`${account.account} · ${account.tenant.name}`}
            ahead={account}
            onDone={(digits, vault) => {
              wipe(digits);
              old.current = vault();
              setStep('new');
            }}
            below={<Forgot contact={contact} />}
          >
            <Refusal problem={problem} contact={contact} pin />
            {problem === null && !online ? <Refusal problem={OFFLINE} /> : null}
          </PinPad>
        ) : step === 'new' ? (
          <NewPin
            account={account.account}
            title={w('newTitle')}
            ahead={null}
            busy={busy}
            doing={w('changing')}
            onPin={change}
          />
        ) : (
          <Done
            title={w(ENDINGS[step][0])}
            text={w(ENDINGS[step][1])}
            onNext={() => go({ name: step === 'resync' ? 'sync' : 'account', phone }, true)}
          />
        )}
      </main>
    </>
  );
}

const ENDINGS = {
  done: ['changed', 'changedText'],
  unknown: ['unknown', 'unknownText'],
  resync: ['resync', 'resyncText'],
} as const;

const OFFLINE = { code: 'offline', status: 0, title: '', detail: '', at: 0 };
