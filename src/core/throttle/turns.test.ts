import { describe, expect, it } from 'vitest';
import { turns } from './turns.ts';

describe('BF-02 turns', () => {
  it('runs what shares a key one after another, in the order it came, faults included', async () => {
    const line = turns();
    const told: string[] = [];
    const act =
      (name: string, fails = false) =>
      async (isFirst: boolean) => {
        told.push(`${name} in ${isFirst}`);
        await Promise.resolve();
        await Promise.resolve();
        told.push(`${name} out`);
        if (fails) throw new Error(name);
        return name;
      };
    const all = await Promise.allSettled([
      line.take('k', act('a')),
      line.take('k', act('b', true)),
      line.take('k', act('c')),
    ]);
    expect(told).toEqual(['a in true', 'a out', 'b in false', 'b out', 'c in false', 'c out']);
    expect(all.map((r) => (r.status === 'fulfilled' ? r.value : 'failed'))).toEqual(['a', 'failed', 'c']);
  });

  it('keeps other keys out of it, and forgets a key that nobody waits for', async () => {
    const line = turns();
    const seen: boolean[] = [];
    const note = (isFirst: boolean): Promise<void> => {
      seen.push(isFirst);
      return Promise.resolve();
    };
    await Promise.all([line.take('a', note), line.take('b', note), line.take('a', note)]);
    await line.take('a', note);
    expect(seen).toEqual([true, true, false, true]);
  });
});
