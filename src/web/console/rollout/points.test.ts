import { describe, expect, it } from 'vitest';
import { planFrom, planText, pointsOf } from './points.ts';

const day = (date: string, bound: number) => ({ date, accounts: 100, bound });

describe('ES-6.2 the lines of the adoption chart', () => {
  it('ES-6.2 the plan is the straight line between targets, from where the history begins', () => {
    const points = pointsOf(
      [day('2026-11-01', 10), day('2026-11-02', 20)],
      [{ date: '2026-11-03', share: 0.3, low: 0.25, high: 0.35 }],
      [{ date: '2026-11-05', share: 0.5 }],
    );
    expect(points.map((p) => p.plan?.toFixed(2))).toEqual(['0.10', '0.20', '0.30']);
    expect(points.map((p) => p.actual)).toEqual([0.1, 0.2, null]);
    // The forecast sets out from the last day that is known.
    expect(points.map((p) => p.forecast)).toEqual([null, 0.2, 0.3]);
    expect(points.map((p) => p.low)).toEqual([null, 0.2, 0.25]);
  });

  it('ES-6.2 without targets there is no line, and after the last it stays', () => {
    expect(pointsOf([day('2026-11-01', 10)], [], []).map((p) => p.plan)).toEqual([null]);
    const later = pointsOf([day('2026-11-01', 10), day('2026-11-09', 10)], [], [{ date: '2026-11-05', share: 0.5 }]);
    expect(later.map((p) => p.plan)).toEqual([0.1, 0.5]);
  });

  it('ES-6.2 targets are read as they are written, full width too; a line that is none is named', () => {
    expect(planFrom('2026-12-31 95%\n\n2027-01-31，100％')).toEqual({
      plan: [
        { date: '2026-12-31', share: 0.95 },
        { date: '2027-01-31', share: 1 },
      ],
    });
    for (const wrong of ['2026-12-31', '2026-13-45 50%', '2026-12-31 101%', 'soon 50%'])
      expect(planFrom(wrong)).toEqual({ wrong });
    expect(planText([{ date: '2026-12-31', share: 0.955 }])).toBe('2026-12-31 95.5%');
  });
});
