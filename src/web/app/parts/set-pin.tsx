// The first phone of an account, or the first after a reset: a PIN is chosen and registered.
import { useTask } from '../../ui/task.ts';
import { useSay } from '../../words/say.ts';
import { setPin } from '../actions/pin.ts';
import type { Box } from '../pin/box.ts';
import { wipe } from '../pin/bytes.ts';
import { useApp } from '../state/app.tsx';
import type { Account } from '../store/accounts.ts';
import { PIN } from '../words/pin.ts';
import { NewPin } from './new-pin.tsx';
import { Refusal } from './refusal.tsx';

export function SetPin({ account, box, onDone }: { account: Account; box: Box; onDone: () => void }) {
  const w = useSay(PIN);
  const { callsOf } = useApp();
  const { busy, problem, run } = useTask();
  return (
    <>
      <Refusal problem={problem} contact={account.contact} />
      <NewPin
        account={account.account}
        title={w('chooseTitle')}
        ahead={account}
        busy={busy}
        doing={w('setting')}
        onPin={(digits, vault) => {
          wipe(digits);
          void run(async () => {
            await setPin(account, callsOf(account), vault(), box);
            return true;
          }).then((done) => done === true && onDone());
        }}
      />
    </>
  );
}
