import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waiting } from './waiting.ts';

describe('those who wait', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const never = async (): Promise<boolean> => false;

  it('LOAD-01 are so many for one thing and so many in all, and the places come back', async () => {
    const waits = waiting(2, 3);
    const a = [waits.until('a', 5000, never), waits.until('a', 5000, never)];
    expect(await waits.until('a', 5000, never)).toBe(false);
    const b = waits.until('b', 9000, never);
    expect(await waits.until('c', 5000, never)).toBe(false);
    waits.wake('a');
    expect(await Promise.all(a)).toEqual([true, true]);
    const again = waits.until('a', 5000, never);
    await vi.advanceTimersByTimeAsync(9000);
    expect(await Promise.all([b, again])).toEqual([true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('LOAD-01 share one look a second, and are told by it, also when it fails', async () => {
    for (const outcome of [async () => true, () => Promise.reject(new Error('gone'))]) {
      const waits = waiting();
      let so = false;
      const look = vi.fn(() => (so ? outcome() : never()));
      const all = [1, 2, 3, 4].map(() => waits.until('a', 25_000, look));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(look).toHaveBeenCalledTimes(10);
      so = true;
      await vi.advanceTimersByTimeAsync(1000);
      expect(await Promise.all(all)).toEqual([true, true, true, true]);
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  it('wakes nobody else', async () => {
    const waits = waiting();
    const told: string[] = [];
    const wait = (id: string): Promise<void> => waits.until(id, 5000, never).then(() => void told.push(id));
    const both = [wait('a'), wait('b')];
    waits.wake('a');
    waits.wake('nobody');
    await vi.advanceTimersByTimeAsync(10);
    expect(told).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(5000);
    await Promise.all(both);
    expect(told).toEqual(['a', 'b']);
  });
});
