// How long the code in the authenticator still lasts: a ring that empties with the time step, and the same in words.
// All authenticators change codes at the same moments (RFC 6238 §4: steps count from 1970), so the ring agrees with them.
import { useNow } from '../state/clock.ts';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';

const radius = 10;
const round = 2 * Math.PI * radius;

export function CodeClock({ seconds }: { seconds: number }) {
  const w = useSay(LOGIN);
  const now = useNow(true, 500);
  const left = seconds - (Math.floor(now / 1000) % seconds);
  return (
    <p class={left <= 5 ? 'code-clock ending' : 'code-clock'}>
      <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
        <circle class="track" cx="14" cy="14" r={radius} />
        <circle
          class="left"
          cx="14"
          cy="14"
          r={radius}
          stroke-dasharray={round}
          stroke-dashoffset={round * (1 - left / seconds)}
          transform="rotate(-90 14 14)"
        />
      </svg>
      <span>
        {w('codeLasts', { seconds })} · <span class="digits">{w('codeNext', { left })}</span>
      </span>
    </p>
  );
}
