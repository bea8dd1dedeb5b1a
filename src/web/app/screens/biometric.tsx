// Turning fingerprint or face on for an account: the PIN first, then the phone's own prompt. The server says whether the PIN is right; where it cannot be
// reached nobody can, so the PIN is typed twice against slips.
import { useEffect, useState } from 'preact/hooks';
import { problemOf } from '../../api/http.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import { biometricsMayWork, type TurnedOn, turnOff, turnOn } from '../actions/biometric.ts';
import { provePin } from '../actions/pin.ts';
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

export function BiometricScreen({ account }: { account: Account }) {
  const w = useSay(APP);
  const pin = useSay(PIN);
  const common = useSay(COMMON);
  const { callsOf, reload, online } = useApp();
  const { busy, problem, run } = useTask();
  const [may, setMay] = useState<boolean | null>(null);
  const [ended, setEnded] = useState<TurnedOn | null>(null);
  const [wasOn] = useState(account.biometric !== null);
  const [alone, setAlone] = useState(!online);
  const { phone, contact } = account;
  useEffect(() => {
    void biometricsMayWork().then(setMay);
  }, []);
  const back = (): void => go({ name: 'manage', phone }, true);
  const checked = async (vault: Vault): Promise<void> => {
    try {
      await provePin(account, callsOf(account), vault);
    } catch (error) {
      vault.end();
      if (problemOf(error).code === 'offline') setAlone(true);
      throw error;
    }
  };
  const turn = (vault: Vault): void => {
    void run(async () => {
      // A PIN mistyped here would seal the wrong key for good: the server is asked first, and counts.
      if (!alone) await checked(vault);
      return turnOn(account, vault);
    }).then(async (how) => {
      await reload();
      if (how !== undefined) setEnded(how);
    });
  };
  return (
    <>
      <TopBar title={w('biometrics')} back={{ name: 'manage', phone }} />
      <main id="main" class="screen stack">
        {ended === 'on' ? (
          <Done title={w('biometricsOn')} text={w('biometricsIsOn')} onNext={back} />
        ) : wasOn ? (
          <>
            <p>{w('biometricsIsOn')}</p>
            <Button look="danger" wide onClick={() => void turnOff(account).then(reload).then(back)}>
              {w('biometricsTurnOff')}
            </Button>
          </>
        ) : may === false || ended === 'unsupported' ? (
          <>
            <Notice tone="warn">{w('biometricsNone')}</Notice>
            <Button look="main" wide onClick={back}>
              {common('back')}
            </Button>
          </>
        ) : alone ? (
          <>
            <Notice tone="info">{pin('biometricAlone')}</Notice>
            {ended === 'cancelled' ? <Notice tone="warn">{w('biometricsCancelled')}</Notice> : null}
            <NewPin
              account={account.account}
              title={pin('biometricTitle')}
              text={pin('biometricText')}
              ahead={account}
              busy={busy}
              doing={pin('working')}
              onPin={(digits, vault) => {
                wipe(digits);
                turn(vault());
              }}
            />
          </>
        ) : (
          <PinPad
            title={pin('biometricTitle')}
            text={pin('biometricText')}
            ahead={account}
            busy={busy}
            onDone={(digits, vault) => {
              wipe(digits);
              turn(vault());
            }}
            below={<Forgot contact={contact} />}
          >
            <Refusal problem={problem} contact={contact} pin />
            {ended === 'cancelled' ? <Notice tone="warn">{w('biometricsCancelled')}</Notice> : null}
          </PinPad>
        )}
      </main>
    </>
  );
}
