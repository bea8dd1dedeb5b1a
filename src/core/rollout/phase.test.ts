import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES, type PlannedSwitch, phaseAt, type Rollout } from './phase.ts';

const rollout = (more: Partial<Rollout> = {}): Rollout => ({ phase: 'coexist', cohorts: {}, schedule: [], ...more });
const NINE_HK = Date.UTC(2026, 11, 1, 1, 0, 0);

describe('ES-6.1 phaseAt', () => {
  it("is the tenant's phase, unless the account's cohort has its own", () => {
    const r = rollout({ cohorts: { pilot: 'totp-only' } });
    expect(phaseAt(r, null, 0)).toBe('coexist');
    expect(phaseAt(r, 'others', 0)).toBe('coexist');
    expect(phaseAt(r, 'pilot', 0)).toBe('totp-only');
  });

  it('switches at the planned instant to the millisecond, in the zone it was written in', () => {
    const r = rollout({ schedule: [{ at: '2026-12-01T09:00:00+08:00', phase: 'totp-only' }] });
    expect(phaseAt(r, null, NINE_HK - 1)).toBe('coexist');
    expect(phaseAt(r, null, NINE_HK)).toBe('totp-only');
  });

  it('takes a later switch over an earlier one, whatever order they are written in', () => {
    const schedule: PlannedSwitch[] = [
      { at: '2026-12-02T00:00:00Z', phase: 'coexist' },
      { at: '2026-12-01T00:00:00Z', phase: 'totp-only' },
    ];
    const r = rollout({ phase: 'sms-only', schedule });
    expect(phaseAt(r, null, Date.UTC(2026, 11, 1))).toBe('totp-only');
    expect(phaseAt(r, null, Date.UTC(2026, 11, 2))).toBe('coexist');
  });

  it("leaves a cohort with its own phase out of the tenant's switches", () => {
    const schedule: PlannedSwitch[] = [{ at: '2026-12-01T00:00:00Z', phase: 'totp-only' }];
    expect(phaseAt(rollout({ cohorts: { late: 'coexist' }, schedule }), 'late', Date.UTC(2027, 0))).toBe('coexist');
  });

  it('moves one cohort by its own plan and no other', () => {
    const r = rollout({ schedule: [{ at: '2026-12-01T00:00:00Z', phase: 'totp-only', cohort: 'pilot' }] });
    expect(phaseAt(r, 'pilot', Date.UTC(2026, 11, 1))).toBe('totp-only');
    expect(phaseAt(r, 'others', Date.UTC(2026, 11, 1))).toBe('coexist');
    expect(phaseAt(r, null, Date.UTC(2026, 11, 1))).toBe('coexist');
  });

  it('is a phase for every cohort name, also those every object answers to', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', ''])
      expect(phaseAt(rollout(), name, 0)).toBe('coexist');
  });

  it('is always one of the three, and before any planned instant the one in force', () => {
    const phase = fc.constantFrom(...PHASES);
    const day = fc.integer({ min: 1, max: 28 }).map((d) => new Date(Date.UTC(2030, 0, d)).toISOString());
    const planned = fc.record({ at: day, phase });
    fc.assert(
      fc.property(
        phase,
        fc.array(planned, { maxLength: 8 }),
        fc.integer({ min: 0, max: Date.UTC(2031, 0) }),
        (own, schedule, now) => {
          const found = phaseAt(rollout({ phase: own, schedule }), null, now);
          expect(PHASES).toContain(found);
          if (now < Date.UTC(2030, 0, 1)) expect(found).toBe(own);
        },
      ),
    );
  });
});
