// Star 9.3: one account, the classic face. The QR icon sits in the lower left corner of the window (ES-2.3).
import { useState } from 'preact/hooks';
import { TotpPage } from '../security/page.tsx';
import { Workspace } from '../trading/workspace.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { TRADING } from '../words/trading.ts';
import { useSeat } from './seat.ts';
import { SignedInOr } from './shell.tsx';
import { Window } from './window.tsx';

export function Star93() {
  const w = useSay(TRADING);
  const t = useSay(TOTP);
  const state = useSeat();
  const [open, setOpen] = useState(false);
  const account = state.current?.account;

  const foot = account !== undefined && (
    <>
      <IconButton icon="qr" label={w('totpIcon')} onClick={() => setOpen(true)} />
      <span class="digits">
        {account} {state.current?.name}
      </span>
      <span class="online">{w('connected')}</span>
      <Button look="link" icon="exit" onClick={() => state.signOut(account)}>
        {w('signOut')}
      </Button>
    </>
  );
  const dialog =
    open && account !== undefined ? (
      <Dialog title={t('pageTitle', { account })} wide onClose={() => setOpen(false)}>
        <TotpPage account={account} />
      </Dialog>
    ) : undefined;
  return (
    <Window look="classic" foot={foot || undefined} dialog={dialog}>
      <SignedInOr state={state} popUp>
        {() => <Workspace />}
      </SignedInOr>
    </Window>
  );
}
