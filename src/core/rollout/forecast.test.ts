import { describe, expect, it } from 'vitest';
import { forecast } from './forecast.ts';
import { chanceOfLogin, frequencyOf, weightAfter } from './frequency.ts';

const DAY = 24 * 3600_000;

describe('frequency', () => {
  it('ES-6.2 one number tells who logs in often, rarely and never', () => {
    const loginsEvery = (days: number): number => {
      let [weight, at] = [0, 0];
      for (let day = 0; day <= 200; day += days) {
        weight = weightAfter(weight, at, day * DAY);
        at = day * DAY;
      }
      return weight;
    };
    const last = 200 * DAY;
    expect(frequencyOf(loginsEvery(1), last, last)).toBe('often');
    expect(frequencyOf(loginsEvery(5), last, last)).toBe('often');
    expect(frequencyOf(loginsEvery(40), last, last)).toBe('rarely');
    expect(frequencyOf(loginsEvery(1), last, last + 91 * DAY)).toBe('never');
    expect(frequencyOf(0, null, last)).toBe('never');
    // Somebody who comes daily will come this week; somebody who came once in a month may.
    expect(chanceOfLogin(loginsEvery(1), last, last, 7)).toBeGreaterThan(0.99);
    expect(chanceOfLogin(loginsEvery(30), last, last, 7)).toBeCloseTo(1 - Math.exp(-1.6 * (7 / 30)), 1);
  });
});

describe('forecast', () => {
  const history = (part: number, days: number) =>
    Array.from({ length: days }, (_, day) => ({
      day,
      accounts: 1_000_000,
      bound: Math.round(1_000_000 * (1 - (1 - 0.2) * (1 - part) ** day)),
    }));

  it('ES-6.2 continues the part of the rest that binds each day, and says by how much it missed', () => {
    const told = forecast(history(0.02, 60), 30);
    expect(told?.error).toBeLessThan(0.001);
    expect(told?.days[29]?.share).toBeCloseTo(1 - 0.8 * 0.98 ** 89, 3);
    const jump = history(0.02, 60).map((d) => (d.day > 55 ? { ...d, bound: Math.min(1e6, d.bound + 150_000) } : d));
    const after = forecast(jump, 30);
    expect(after?.error).toBeGreaterThan(0.1);
    const [first, last] = [after?.days[0], after?.days[29]];
    expect((last?.high ?? 0) - (last?.low ?? 0)).toBeGreaterThan((first?.high ?? 0) - (first?.low ?? 0));
  });

  it('ES-6.2 tells nothing from less than eight days, and never more than everybody', () => {
    expect(forecast(history(0.5, 7), 10)).toBeUndefined();
    for (const day of forecast(history(0.5, 20), 60)?.days ?? []) {
      expect(day.share).toBeLessThanOrEqual(1);
      expect(day.high).toBeLessThanOrEqual(1);
    }
    expect(forecast(history(0, 20), 5)?.days[4]?.share).toBeCloseTo(0.2, 5);
  });
});
