import { afterEach, describe, expect, it, vi } from 'vitest';
import { learnDate, serverNow } from './clock.ts';

afterEach(() => {
  vi.useRealTimers();
  learnDate(new Date().toUTCString());
});

describe('the server’s time on a page', () => {
  it.each([600_000, -600_000])('CM-3.2 is learned by a computer whose clock is %d ms off', (off) => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 1, 0, 0) + off });
    learnDate('Fri, 20 Nov 2026 01:00:00 GMT');
    expect(Math.abs(serverNow() - Date.UTC(2026, 10, 20, 1, 0, 0))).toBeLessThanOrEqual(500);
    vi.advanceTimersByTime(60_000);
    expect(Math.abs(serverNow() - Date.UTC(2026, 10, 20, 1, 1, 0))).toBeLessThanOrEqual(500);
  });
  it('CM-3.2 is the computer’s own where that is right, or where no answer says', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 1, 0, 2) });
    for (const date of ['Fri, 20 Nov 2026 01:00:00 GMT', null, 'yesterday']) {
      learnDate(date);
      expect(serverNow()).toBe(Date.now());
    }
  });
});
