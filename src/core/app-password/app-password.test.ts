// Making and reading app passwords.
import { describe, expect, it } from 'vitest';
import { groupedAppPassword, makeAppPassword, typedAppPassword } from './app-password.ts';
import { repeats } from './repeats.ts';

describe('an app password', () => {
  it('CM-5.2 is sixteen characters of letters and digits, shown in four groups of four', () => {
    let next = 0;
    const password = makeAppPassword((n) => Uint8Array.from({ length: n }, () => next++ * 7));
    expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(groupedAppPassword('GdGneAF6iFvUg6rB')).toBe('GdGn eAF6 iFvU g6rB');
  });

  it('CM-5.2 makes every character equally likely: bytes that would favour some are thrown away', () => {
    // Each of the 256 values of a byte, alone: those that are used give each of the 62 characters four times.
    const counts = new Map<string, number>();
    for (let value = 0; value < 256; value++) {
      let asked = 0;
      const password = makeAppPassword((n) => new Uint8Array(n).fill(asked++ === 0 ? value : 0));
      if (value < 248 || asked === 1) counts.set(password, (counts.get(password) ?? 0) + 1);
    }
    expect(counts.size).toBe(62);
    expect(new Set(counts.values())).toEqual(new Set([4]));
    // Chance that gives only such bytes is asked again, and used in part.
    let asked = 0;
    expect(makeAppPassword((n) => new Uint8Array(n).fill(asked++ < 3 ? 255 : 0))).toBe('A'.repeat(16));
  });

  it.each([
    ['GdGneAF6iFvUg6rB', 'GdGneAF6iFvUg6rB'],
    ['GdGn eAF6 iFvU g6rB', 'GdGneAF6iFvUg6rB'],
    [' GdGn-eAF6-iFvU-g6rB\n', 'GdGneAF6iFvUg6rB'],
    ['ＧｄＧｎ　eAF6 iFvU g6rB', 'GdGneAF6iFvUg6rB'],
    ['GdGn eAF6 iFvU g6r', undefined],
    ['correct horse battery', undefined],
    ['GdGneAF6iFvUg6rB\0', undefined],
  ])('CM-5.2 typed as %j is read as %j', (typed, read) => {
    expect(typedAppPassword(typed)).toBe(read);
  });
});

describe('repeats', () => {
  it('CM-5.4 remembers the last eight wrong ones of each, and forgets whom it heard of longest ago first', () => {
    const known = repeats(2);
    known.add('a', '1');
    known.add('b', '1');
    expect([known.has('a', '1'), known.has('a', '2'), known.has('c', '1')]).toEqual([true, false, false]);
    for (let i = 2; i <= 8; i++) known.add('a', String(i));
    expect([known.has('a', '1'), known.has('a', '8')]).toEqual([true, true]);
    known.add('a', '9');
    expect([known.has('a', '1'), known.has('a', '2')]).toEqual([false, true]);
    known.add('c', '1');
    expect([known.has('a', '9'), known.has('b', '1'), known.has('c', '1')]).toEqual([true, false, true]);
  });
});
