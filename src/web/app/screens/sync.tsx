// A phone that is not synchronised is given the account's PIN; after a reset, or when setting it was interrupted, it
// chooses one. Which of the two, the server says.
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../../ui/button.tsx';
import { Loading } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import { beginSync, syncPin } from '../actions/pin.ts';
import { Done } from '../parts/done.tsx';
import { Forgot } from '../parts/forgot.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { SetPin } from '../parts/set-pin.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { wipe } from '../pin/bytes.ts';
import type { SyncView } from '../server/views.ts';
import { useApp } from '../state/app.tsx';
import { go } from '../state/route.ts';
import type { Account } from '../store/accounts.ts';
import { APP } from '../words/app.ts';
import { PIN } from '../words/pin.ts';

export function Sync({ account: given }: { account: Account }) {
  const w = useSay(PIN);
  const app = useSay(APP);
  const common = useSay(COMMON);
  const { callsOf, refreshAll } = useApp();
  const { busy, problem, run } = useTask();
  const [begun, setBegun] = useState<{ account: Account; view: SyncView } | null>(null);
  const [done, setDone] = useState(false);
  const calls = callsOf(given);

  const begin = async (): Promise<void> => {
    setBegun(await beginSync(given, calls));
  };
  useEffect(() => {
    void run(begin);
  }, []);
  const finish = (): void => {
    setDone(true);
    void refreshAll();
  };
  const sync = (nonce: string, vault: Parameters<typeof syncPin>[2]): void => {
    if (begun === null) return;
    const { account } = begun;
    void run(async () => {
      try {
        await syncPin(account, calls, vault, nonce);
        return true;
      } catch (error) {
        // Each try answers a nonce of its own.
        await begin().catch(() => setBegun(null));
        throw error;
      }
    }).then((synced) => synced === true && finish());
  };
  const title = w('syncTitle', { account: given.account });
  return (
    <>
      <TopBar title={title}>
        <IconButton icon="list" label={app('manage')} onClick={() => go({ name: 'manage', phone: given.phone })} />
      </TopBar>
      <main id="main" class="screen stack">
        {done ? (
          <Done
            title={w('synced')}
            text={w('syncedText', { account: given.account })}
            onNext={() => go({ name: 'account', phone: given.phone }, true)}
          />
        ) : begun === null ? (
          problem === null ? (
            <Loading label={common('loading')} />
          ) : (
            <>
              <Refusal problem={problem} contact={given.contact} />
              <Button look="main" wide busy={busy} onClick={() => void run(begin)}>
                {common('retry')}
              </Button>
            </>
          )
        ) : begun.view.state === 'needs-pin' ? (
          <SetPin
            account={begun.account}
            box={begun.view.box}
            onDone={finish}
            onLate={() => void begin().catch(() => setBegun(null))}
          />
        ) : (
          <PinPad
            title={w('enter')}
            text={w(given.role === 'main' ? 'syncTextMain' : 'syncText')}
            ahead={begun.account}
            busy={busy}
            doing={w('syncing')}
            onDone={(digits, vault) => {
              wipe(digits);
              if (begun.view.state === 'set') sync(begun.view.nonce, vault());
            }}
            below={<Forgot contact={given.contact} />}
          >
            <Refusal problem={problem} contact={given.contact} pin />
          </PinPad>
        )}
      </main>
    </>
  );
}
