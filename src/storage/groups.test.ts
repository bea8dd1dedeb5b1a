import { describe, expect, it } from 'vitest';
import { inGroups } from './groups.ts';

const settled = (promises: readonly Promise<unknown>[]): Promise<unknown[]> =>
  Promise.all(promises.map((p) => p.catch((error: unknown) => (error as Error).message)));

describe('work in groups', () => {
  it('NF-3 what is asked for at the same time is done together, at most so many, and answered each its own', async () => {
    const groups: number[][] = [];
    const double = inGroups<number, number>({ lanes: 1, most: 3, isUndone: () => false }, async (group) => {
      groups.push([...group]);
      return group.map((n) => n * 2);
    });
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
    expect(groups).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('NF-3 no more groups than lanes are under way; what comes meanwhile is the next group', async () => {
    const waiting: (() => void)[] = [];
    const sizes: number[] = [];
    const slow = inGroups<number, number>({ lanes: 2, most: 10, isUndone: () => false }, async (group) => {
      sizes.push(group.length);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return group;
    });
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const first = slow(1);
    await turn();
    const second = slow(2);
    await turn();
    const rest = [3, 4, 5].map(slow);
    await turn();
    expect(sizes).toEqual([1, 1]);
    waiting.shift()?.();
    await first;
    await turn();
    expect(sizes).toEqual([1, 1, 3]);
    for (const resolve of waiting) resolve();
    expect(await Promise.all([second, ...rest])).toEqual([2, 3, 4, 5]);
  });

  it('NF-4 a group that failed and left nothing is repeated one by one, so that one cannot spoil it for others', async () => {
    const work = inGroups<number, number>(
      { lanes: 1, most: 10, isUndone: (error) => (error as Error).message === 'undone' },
      async (group) => {
        if (group.includes(2)) throw new Error('undone');
        return group;
      },
    );
    expect(await settled([1, 2, 3].map(work))).toEqual([1, 'undone', 3]);
  });

  it('NF-4 a group whose end is unknown fails for all its members and is never repeated', async () => {
    let calls = 0;
    const work = inGroups<number, number>({ lanes: 1, most: 10, isUndone: () => false }, async () => {
      calls++;
      throw new Error('connection lost');
    });
    expect(await settled([1, 2, 3].map(work))).toEqual(['connection lost', 'connection lost', 'connection lost']);
    expect(calls).toBe(1);
  });

  it('NF-4 answers that do not add up are told to nobody', async () => {
    const work = inGroups<number, number>({ lanes: 1, most: 10, isUndone: () => false }, async () => [1]);
    expect(await settled([1, 2].map(work))).toEqual([
      'a group was not answered in full',
      'a group was not answered in full',
    ]);
  });
});
