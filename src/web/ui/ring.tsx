// A ring that empties with the seconds left, and the same in words.
import type { ComponentChildren } from 'preact';

const radius = 10;
const round = 2 * Math.PI * radius;

export function Ring({ left, of, children }: { left: number; of: number; children: ComponentChildren }) {
  return (
    <p class={left <= 5 ? 'ring ending' : 'ring'}>
      <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
        <circle class="track" cx="14" cy="14" r={radius} />
        <circle
          class="left"
          cx="14"
          cy="14"
          r={radius}
          stroke-dasharray={round}
          stroke-dashoffset={round * (1 - left / of)}
          transform="rotate(-90 14 14)"
        />
      </svg>
      <span class="digits">{children}</span>
    </p>
  );
}
