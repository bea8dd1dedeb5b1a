import { describe, expect, it } from 'vitest';
import { forcedBy, movesAny, switchesBetween } from './moves.ts';
import type { Rollout } from './phase.ts';

const NOW = Date.UTC(2026, 10, 20, 1);
const LATER = '2026-12-01T09:00:00+08:00';
const EARLIER = '2026-11-25T09:00:00+08:00';
const OVER = '2026-11-01T09:00:00+08:00';
const coexist: Rollout = { phase: 'coexist', cohorts: {}, schedule: [] };
const UNBOUND = [
  { cohort: null, count: 100 },
  { cohort: 'A', count: 20 },
  { cohort: 'B', count: 3 },
];
const forced = (before: Rollout, after: Rollout) => forcedBy(before, after, UNBOUND, NOW);

describe('ES-6.1 whom another rollout takes into totp-only', () => {
  const held: Rollout = { ...coexist, cohorts: { A: 'sms-only' } };
  const stage = (percent: number, more: object = {}) => ({
    ...coexist,
    stages: [{ id: 'cut_1', phase: 'totp-only' as const, percent, ...more }],
  });
  it.each<[string, Rollout, Rollout, number]>([
    ['nothing changes', coexist, coexist, 0],
    ['everybody', coexist, { ...coexist, phase: 'totp-only' }, 123],
    ['a cohort of its own stays where it is', held, { ...held, phase: 'totp-only' }, 103],
    ['one cohort', coexist, { ...coexist, cohorts: { A: 'totp-only' } }, 20],
    ['a cohort loses its own phase', { ...held, phase: 'totp-only' }, { ...coexist, phase: 'totp-only' }, 20],
    ['who is there is not counted again', { ...coexist, phase: 'totp-only' }, { ...held, phase: 'totp-only' }, 0],
    ['back', { ...coexist, phase: 'totp-only' }, coexist, 0],
    ['planned', coexist, { ...coexist, schedule: [{ at: LATER, phase: 'totp-only' }] }, 123],
    ['planned by an instant that is over', coexist, { ...coexist, schedule: [{ at: OVER, phase: 'totp-only' }] }, 123],
    [
      'planned for a cohort, twice',
      coexist,
      { ...coexist, schedule: [LATER, EARLIER].map((at) => ({ at, phase: 'totp-only', cohort: 'B' })) },
      3,
    ],
    [
      'planned earlier than it was',
      { ...coexist, schedule: [{ at: LATER, phase: 'totp-only' }] },
      { ...coexist, schedule: [{ at: EARLIER, phase: 'totp-only' }] },
      123,
    ],
    [
      'planned later than it was',
      { ...coexist, schedule: [{ at: EARLIER, phase: 'totp-only' }] },
      { ...coexist, schedule: [{ at: LATER, phase: 'totp-only' }] },
      0,
    ],
    [
      'what was to end it is planned no more',
      { ...coexist, phase: 'totp-only', schedule: [{ at: LATER, phase: 'coexist' }] },
      { ...coexist, phase: 'totp-only' },
      123,
    ],
    [
      'a stage of those in no cohort with a phase of its own',
      held,
      { ...held, ...stage(10), cohorts: held.cohorts },
      11,
    ],
    ['a stage that grew counts as a whole', stage(10), stage(50), 62],
    ['a stage that is there', stage(50), stage(50), 0],
    ['a stage of one cohort', coexist, stage(50, { cohort: 'A' }), 10],
    ['a stage of nobody there', coexist, stage(50, { cohort: 'constructor' }), 0],
  ])('%s', (_, before, after, count) => {
    expect(forced(before, after)).toBe(count);
    if (count > 0) expect(movesAny(before, after, NOW)).toBe(true);
  });

  it('a document made of many small things is judged once for each cohort, not for each account', () => {
    const cohorts = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`c${n}`, 'totp-only' as const]));
    const unbound = Array.from({ length: 5000 }, (_, n) => ({ cohort: `c${n}`, count: 2 }));
    expect(forcedBy(coexist, { ...coexist, cohorts }, unbound, NOW)).toBe(1000);
  });
});

describe('ES-6.1 the switches a document makes, for the record', () => {
  it('ES-6.1 names phases, cohorts, what is planned and what is planned no more', () => {
    const before: Rollout = {
      phase: 'coexist',
      cohorts: { A: 'sms-only', B: 'coexist' },
      schedule: [{ at: LATER, phase: 'totp-only' }],
    };
    const after: Rollout = {
      phase: 'totp-only',
      cohorts: { A: 'coexist' },
      schedule: [{ at: EARLIER, phase: 'sms-only', cohort: 'A' }],
    };
    expect(switchesBetween(before, after, NOW)).toEqual({
      made: [
        { cohort: null, at: null, from: 'coexist', to: 'totp-only' },
        { cohort: 'A', at: null, from: 'sms-only', to: 'coexist' },
        { cohort: 'B', at: null, from: 'coexist', to: 'totp-only' },
        { cohort: 'A', at: EARLIER, from: 'coexist', to: 'sms-only' },
      ],
      takenBack: [{ at: LATER, phase: 'totp-only' }],
    });
  });
  it('what fell due and is written as the phase is no switch', () => {
    const due: Rollout = { ...coexist, schedule: [{ at: OVER, phase: 'totp-only' }] };
    expect(switchesBetween(due, { ...coexist, phase: 'totp-only' }, NOW)).toEqual({ made: [], takenBack: [] });
  });
});
