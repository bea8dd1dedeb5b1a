import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waiters } from './waiters.ts';

const settled = async (waiting: Promise<boolean>): Promise<boolean> => {
  let is = false;
  void waiting.then(() => (is = true));
  await vi.advanceTimersByTimeAsync(0);
  return is;
};

describe('waiters', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const at = new Map<string, string>();
  const asked: string[][] = [];
  const make = (all?: number) =>
    waiters(async (_what, ids) => {
      asked.push([...ids]);
      if (at.has('broken')) throw new Error('gone');
      return at;
    }, all);
  beforeEach(() => {
    at.clear();
    asked.length = 0;
  });

  it('CM-3.2 wakes at once by what happens here, and only who waits for it', async () => {
    const w = make();
    at.set('lgn_1', 'a').set('lgn_2', 'a');
    const one = w.wait('challenge', 'lgn_1', 'a', 25_000);
    const two = w.wait('challenge', 'lgn_2', 'a', 25_000);
    w.wake('lgn_1');
    expect([await settled(one), await settled(two)]).toEqual([true, false]);
    w.stop();
    expect(await settled(two)).toBe(true);
  });

  it('CM-3.2 wakes within half a second by what another process wrote, one question for all', async () => {
    const w = make();
    at.set('lgn_1', 'a').set('lgn_2', 'a');
    const all = [1, 2].flatMap((n) => [1, 2, 3].map(() => w.wait('challenge', `lgn_${n}`, 'a', 25_000)));
    at.set('lgn_1', 'b');
    await vi.advanceTimersByTimeAsync(500);
    expect(await Promise.all(all.map(settled))).toEqual([true, true, true, false, false, false]);
    expect(asked).toEqual([['lgn_1', 'lgn_2']]);
    w.stop();
  });

  it('CM-3.2 misses nothing that happened between looking and waiting', async () => {
    const w = make();
    at.set('lgn_1', 'b');
    const late = w.wait('challenge', 'lgn_1', 'a', 25_000);
    await vi.advanceTimersByTimeAsync(500);
    expect(await settled(late)).toBe(true);
  });

  it('lets go after the time that was asked for, and asks nothing while nobody waits', async () => {
    const w = make();
    const one = w.wait('challenge', 'lgn_1', '', 1200);
    await vi.advanceTimersByTimeAsync(1199);
    expect(await settled(one)).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await settled(one)).toBe(true);
    const questions = asked.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(questions);
  });

  it('LOAD-01 are so many for one thing and so many in all, and the places come back', async () => {
    const w = make(6);
    const four = [1, 2, 3, 4].map(() => w.wait('challenge', 'a', '', 5000));
    expect(await w.wait('challenge', 'a', '', 5000)).toBe(false);
    const two = [1, 2].map(() => w.wait('challenge', 'b', '', 9000));
    expect(await w.wait('challenge', 'c', '', 5000)).toBe(false);
    w.wake('a');
    expect(await Promise.all(four)).toEqual([true, true, true, true]);
    const again = w.wait('challenge', 'a', '', 5000);
    await vi.advanceTimersByTimeAsync(9000);
    expect(await Promise.all([...two, again])).toEqual([true, true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('LOAD-01 a look that fails lets everyone look for themselves', async () => {
    const w = make();
    at.set('broken', '');
    const one = w.wait('challenge', 'a', '', 25_000);
    await vi.advanceTimersByTimeAsync(500);
    expect(await settled(one)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
