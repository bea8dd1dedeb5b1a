import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Failures, NO_FAILURES, type ThrottleRule, throttleState } from './throttle.ts';

const rule: ThrottleRule = { delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600], freezeAfter: 10 };
const at = (count: number, lastAt = 0): Failures => ({ count, lastAt });

describe('BF-16 the wait grows', () => {
  it('is 0, 0, 0, 30 s, 60 s … 1 h, and then frozen', () => {
    const waits = Array.from({ length: 9 }, (_, i) => {
      const state = throttleState(at(i + 1), rule, 0);
      return state.kind === 'waiting' ? state.until / 1000 : 0;
    });
    expect(waits).toEqual([0, 0, 0, 30, 60, 120, 300, 900, 3600]);
    expect(throttleState(at(10), rule, 0)).toEqual({ kind: 'frozen', until: null });
  });

  it('ends exactly at its instant, not a millisecond before', () => {
    expect(throttleState(at(4, 1000), rule, 30_999)).toEqual({ kind: 'waiting', until: 31_000 });
    expect(throttleState(at(4, 1000), rule, 31_000)).toEqual({ kind: 'open', attemptsLeft: 6 });
  });

  it('repeats the last delay when failures outrun the list', () => {
    const short: ThrottleRule = { delaysSeconds: [0, 5], freezeAfter: 10 };
    for (const count of [2, 3, 9])
      expect(throttleState(at(count), short, 4999)).toEqual({ kind: 'waiting', until: 5000 });
  });

  it('tells an untouched authenticator how many tries it has', () => {
    expect(throttleState(NO_FAILURES, rule, 0)).toEqual({ kind: 'open', attemptsLeft: 10 });
  });
});

describe('BF-01 a freeze', () => {
  it('has no end by time unless the policy gives one', () => {
    expect(throttleState(at(10), rule, Number.MAX_SAFE_INTEGER).kind).toBe('frozen');
  });

  it('that time ended leaves one attempt, and the next wrong one freezes again', () => {
    const timed: ThrottleRule = { ...rule, unfreezeSeconds: 600 };
    expect(throttleState(at(10), timed, 599_999)).toEqual({ kind: 'frozen', until: 600_000 });
    expect(throttleState(at(10), timed, 600_000)).toEqual({ kind: 'open', attemptsLeft: 1 });
    expect(throttleState(at(11, 600_000), timed, 600_001).kind).toBe('frozen');
  });
});

describe('BF-01 whatever is tried, whenever', () => {
  const rules = fc.record({
    delaysSeconds: fc.array(fc.integer({ min: 0, max: 86_400 }), { minLength: 1, maxLength: 20 }),
    freezeAfter: fc.integer({ min: 1, max: 10 }),
  });

  it('no more than freezeAfter wrong outputs are compared without an unlock', () => {
    fc.assert(
      fc.property(rules, fc.array(fc.integer({ min: 0, max: 100_000_000 }), { maxLength: 60 }), (any, pauses) => {
        let now = 0;
        let failures = NO_FAILURES;
        let compared = 0;
        for (const pause of pauses) {
          now += pause;
          if (throttleState(failures, any, now).kind !== 'open') continue;
          compared++;
          failures = { count: failures.count + 1, lastAt: now };
        }
        expect(compared).toBeLessThanOrEqual(any.freezeAfter);
      }),
    );
  });

  it('the tries told to be left are the tries there are', () => {
    fc.assert(
      fc.property(rules, (any) => {
        let failures = NO_FAILURES;
        let now = 0;
        for (let left = any.freezeAfter; left > 0; left--) {
          expect(throttleState(failures, any, now)).toEqual({ kind: 'open', attemptsLeft: left });
          failures = { count: failures.count + 1, lastAt: now };
          now += 86_400_001;
        }
        expect(throttleState(failures, any, now).kind).toBe('frozen');
      }),
    );
  });
});
