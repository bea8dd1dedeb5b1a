// The first phone of an account, or the first after a reset: a PIN is chosen and registered. When another phone was
// quicker, there is a PIN already, and this one asks for that.
import { problemOf } from '../../api/http.ts';
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

interface Props {
  account: Account;
  box: Box;
  onDone: () => void;
  /** Another phone has set the PIN meanwhile. */
  onLate: () => void;
}

export function SetPin({ account, box, onDone, onLate }: Props) {
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
            try {
              await setPin(account, callsOf(account), vault(), box);
              onDone();
            } catch (error) {
              if (problemOf(error).code !== 'superseded') throw error;
              onLate();
            }
          });
        }}
      />
    </>
  );
}
