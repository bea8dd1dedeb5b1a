// Forgotten PIN: whom to call. Nobody can look it up, so that is all there is to offer.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import { PIN } from '../words/pin.ts';

export function Forgot({ contact }: { contact: string | null }) {
  const w = useSay(PIN);
  const common = useSay(COMMON);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="link" onClick={() => setOpen(true)}>
        {w('forgot')}
      </Button>
      {open ? (
        <Dialog title={w('forgotTitle')} onClose={() => setOpen(false)}>
          <p>{w('forgotText', { contact: contact ?? w('desk') })}</p>
          <p class="soft">{w('forgotWhy')}</p>
          <div class="actions">
            <Button look="main" onClick={() => setOpen(false)}>
              {common('done')}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
