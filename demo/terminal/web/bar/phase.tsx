// The rollout's phase of the chosen brokerage, and the switch. The switch belongs to the demo (POST /demo/phase): a
// real relying party has no such power.
import { useEffect, useState } from 'preact/hooks';
import type { Phase as PhaseName } from '../../../../sdk/src/types.ts';
import { useCalls } from '../api/calls.ts';
import { usePlace } from '../state/place.ts';
import { BAR } from '../words/bar.ts';
import { useSay } from '../words/say.ts';
import { Segments } from './choices.tsx';

const PHASES = ['sms-only', 'coexist', 'totp-only'] as const;

export function Phase() {
  const w = useSay(BAR);
  const calls = useCalls();
  const { tenant } = usePlace();
  const [phase, setPhase] = useState<PhaseName | null>(null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once per brokerage, not per client or language
  useEffect(() => {
    setSaid('');
    calls.phase().then(
      (now) => setPhase(now.phase),
      () => setPhase(null),
    );
  }, [tenant.id]);

  const change = async (to: PhaseName): Promise<void> => {
    setBusy(true);
    const reply = await fetch('/demo/phase', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phase: to, tenant: tenant.id }),
    }).catch(() => null);
    setBusy(false);
    if (reply?.ok === true) {
      setPhase(to);
      setSaid(w('phaseNow', { phase: w(to) }));
    } else {
      setSaid(w('phaseFailed'));
    }
  };
  return (
    <>
      <Segments label={w('phase')} value={phase} busy={busy} onValue={(to) => void change(to)}>
        {PHASES.map((one) => ({ value: one, text: w(one) }))}
      </Segments>
      <p class="phase-said" role="status">
        {said}
      </p>
    </>
  );
}
