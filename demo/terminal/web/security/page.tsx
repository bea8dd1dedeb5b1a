// The TOTP page of one account: set it up when it is not, see that it is active, unlink it where the policy lets its
// owner, recovery codes, devices.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Account, AuthenticatorTypeName } from '../../../../sdk/src/types.ts';
import { useCalls } from '../api/calls.ts';
import { usePlace } from '../state/place.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { Loading, Note } from '../ui/note.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { ActiveTotp } from './active.tsx';
import { BindPanel } from './bind.tsx';
import { Devices } from './devices.tsx';
import { RecoveryCodes } from './recovery.tsx';

interface Props {
  account: string;
  /** Opened by the QR icon: an unbound account goes straight into set-up. */
  onChanged?: () => void;
}

export function TotpPage({ account, onChanged }: Props) {
  const { tenant, client } = usePlace();
  const w = useSay(TOTP);
  const login = useSay(LOGIN);
  const calls = useCalls();
  const { run, problem, busy } = useTask();
  const [found, setFound] = useState<Account | null>(null);
  const [just, setJust] = useState<'bound' | 'unbound' | null>(null);
  const load = useCallback(async (): Promise<void> => {
    const got = await run(() => calls.account(account));
    if (got !== undefined) setFound(got);
  }, [run, calls, account]);
  useEffect(() => void load(), [load]);

  if (found === null) {
    return problem === null ? (
      <Loading label={w('loading')} lines={4} />
    ) : (
      <div class="stack">
        <Problem problem={problem} />
        <Button busy={busy} onClick={() => void load()}>
          {w('retry')}
        </Button>
      </div>
    );
  }

  const totp = found.authenticators.find((one) => one.type === 'totp');
  const codes = found.authenticators.find((one) => one.type === 'recovery-code');
  // Hufu tells what some client could bind; whether this one can is known here.
  const binds = (type: AuthenticatorTypeName): boolean => client.binds.includes(type);
  const changed = (what: 'bound' | 'unbound'): void => {
    setJust(what);
    void load();
    onChanged?.();
  };

  if (totp === undefined && just !== 'unbound') {
    return binds('totp') && found.mayBind.includes('totp') ? (
      <BindPanel
        account={account}
        start={() => calls.bind(account, 'totp')}
        confirm={(binding, output) => calls.finishBind(account, binding, output)}
        onBound={() => changed('bound')}
      />
    ) : (
      <Note title={w('inactive')}>{w('notNow')}</Note>
    );
  }
  return (
    <div class="stack">
      {just === 'bound' && <Note tone="good">{login('boundLead', { account })}</Note>}
      {totp === undefined ? (
        <>
          <Note tone="good">{w('unbound')}</Note>
          <Button look="main" onClick={() => setJust(null)}>
            {w('rebind')}
          </Button>
        </>
      ) : (
        <ActiveTotp account={found} totp={totp} onUnbound={() => changed('unbound')} />
      )}
      {totp !== undefined &&
        binds('recovery-code') &&
        (codes !== undefined || found.mayBind.includes('recovery-code')) && (
          <RecoveryCodes account={account} left={codes?.codesLeft} onChanged={() => void load()} />
        )}
      {tenant.keepsDevices && <Devices account={account} />}
    </div>
  );
}
