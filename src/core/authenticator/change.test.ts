import { describe, expect, it } from 'vitest';
import { type OpenChange, undoingOf } from './change.ts';

const change = (at: number, removed: string[], added: string[], more: Partial<OpenChange> = {}): OpenChange => ({
  hash: `code ${at}`,
  at,
  removed,
  added,
  ...more,
});
const always = (): boolean => true;
const ofWhat = ({ revoke, restore }: ReturnType<typeof undoingOf>) => ({ revoke, restore });

describe('taking changes back', () => {
  it.each([10, 20])('CM-4.2 REB-04 a chain A to B, B to C puts A back by either code, and never B: code %i', (code) => {
    const chain = [change(10, ['A'], ['B']), change(20, ['B'], ['C'])];
    expect(ofWhat(undoingOf(chain, `code ${code}`, always))).toEqual({ revoke: ['B', 'C'], restore: ['A'] });
  });

  it('REB-04 what was added and removed again leaves nothing; what was only removed comes back', () => {
    const open = [change(1, [], ['B']), change(2, ['B'], []), change(3, ['A', 'codes'], [])];
    expect(ofWhat(undoingOf(open, 'code 3', always))).toEqual({ revoke: ['B'], restore: ['A', 'codes'] });
  });

  it('REB-04 one of them that cannot be taken back makes all of it final', () => {
    const open = [change(1, ['A'], ['B']), change(2, [], ['P'], { final: true })];
    expect(undoingOf(open, 'code 1', always).isFinal).toBe(true);
  });

  it('REB-04 an owner whose first method is days old keeps it, and loses what was added to it; the first itself goes by its own code', () => {
    const open = [change(1, [], ['A']), change(2, [], ['P']), change(3, ['A'], ['B']), change(4, ['B'], ['C'])];
    const had = ['A', 'P', 'B', 'C'];
    const leaves = ({ revoke, restore }: { revoke: readonly string[]; restore: readonly string[] }): boolean =>
      restore.length > 0 || had.some((id) => !revoke.includes(id));
    for (const code of ['code 2', 'code 3', 'code 4'])
      expect(ofWhat(undoingOf(open, code, leaves))).toEqual({ revoke: ['P', 'B', 'C'], restore: ['A'] });
    expect(ofWhat(undoingOf(open, 'code 1', leaves))).toEqual({ revoke: ['A', 'P', 'B', 'C'], restore: [] });
  });
});
