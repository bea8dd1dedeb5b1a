import { describe, expect, it } from 'vitest';
import { isDue, MOST_RENEWALS, type Shown } from './renewal.ts';

const shown: Shown = { state: 'waiting', left: 3, renewed: 0, hadTime: true, isVisible: true };

describe('SCN-01 a QR is replaced by itself', () => {
  it('shortly before its minute is over, while it waits to be scanned', () => {
    expect(isDue(shown)).toBe(true);
    expect(isDue({ ...shown, left: 1 })).toBe(true);
    expect(isDue({ ...shown, left: 4 })).toBe(false);
  });

  it.each(['making', 'scanned', 'done', 'expired'] as const)('not when it is %s', (state) => {
    expect(isDue({ ...shown, state })).toBe(false);
  });

  it('not on a page that nobody sees, not when it is over already, and not without end', () => {
    expect(isDue({ ...shown, isVisible: false })).toBe(false);
    expect(isDue({ ...shown, left: 0 })).toBe(false);
    expect(isDue({ ...shown, hadTime: false })).toBe(false);
    expect(isDue({ ...shown, renewed: MOST_RENEWALS - 1 })).toBe(true);
    expect(isDue({ ...shown, renewed: MOST_RENEWALS })).toBe(false);
  });
});
