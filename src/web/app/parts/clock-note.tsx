// Says that the phone's clock is off and by how much, and offers to look again.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type Say, useSay } from '../../words/say.ts';
import { learned } from '../server/clock.ts';
import { useApp } from '../state/app.tsx';
import { APP } from '../words/app.ts';

/** Less than this is nobody's business: codes are corrected anyway. */
const worthTelling = 30_000;

/** A difference as people say it. */
export function showBy(offsetMs: number, w: Say<keyof typeof APP>): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  return seconds < 90 ? w('seconds', { n: seconds }) : w('minutes', { n: Math.round(seconds / 60) });
}

export function ClockNote() {
  const w = useSay(APP);
  const { refreshAll } = useApp();
  const [busy, setBusy] = useState(false);
  const { offsetMs } = learned();
  if (Math.abs(offsetMs) < worthTelling) return null;
  return (
    <Notice tone="warn" title={w('clockOff', { by: showBy(offsetMs, w) })}>
      <p>{w('clockText')}</p>
      <Button
        look="link"
        busy={busy}
        onClick={() => {
          setBusy(true);
          void refreshAll().finally(() => setBusy(false));
        }}
      >
        {w('calibrate')}
      </Button>
    </Notice>
  );
}
