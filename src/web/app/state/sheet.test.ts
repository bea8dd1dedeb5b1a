import { describe, expect, it } from 'vitest';
import { problem } from '../../api/http.ts';
import { standingOf } from './sheet.ts';

const closed = problem('closed', 409);
const expired = problem('expired', 410);
const offline = problem('offline');

describe('CM-3.2 how an approval’s sheet stands', () => {
  it.each([
    ['nothing pressed', null, null, false, 'ask'],
    ['nothing pressed, time over', null, null, true, 'over'],
    ['approved', 'approve', 'taken', false, 'approved'],
    ['approved, and its time is over since', 'approve-trust', 'taken', true, 'approved'],
    ['refused', 'deny', 'taken', false, 'denied'],
    ['a wrong number', 'approve', problem('verification-failed', 422), false, 'wrongNumber'],
    ['refused, but another phone was first', 'deny', closed, false, 'late'],
    ['refused, but too late', 'deny', expired, false, 'late'],
    ['refused without a network', 'deny', offline, false, 'ask'],
    ['refused, the answer lost, time over', 'deny', offline, true, 'late'],
    ['approved, but another was first', 'approve', closed, false, 'gone'],
    ['approved, the answer lost', 'approve', offline, false, 'ask'],
    ['approved, the answer lost, time over', 'approve', offline, true, 'gone'],
    ['a clock that is off', 'approve', problem('clock-off', 401), false, 'ask'],
  ] as const)('CM-3.2 %s', (_, pressed, told, isOver, standing) => {
    expect(standingOf({ pressed, told, isOver })).toBe(standing);
  });
});
