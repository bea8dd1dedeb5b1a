// The closing line decides whether a change goes in: it must never call a broken run a success.
import { describe, expect, it } from 'vitest';
import { add, nothing, sentence, sumOf, type VitestReport } from './sum.ts';

const report = (over: Partial<VitestReport> = {}): VitestReport => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...over,
});

describe('the sum of a test run', () => {
  it('counts passed, failed and skipped tests', () => {
    expect(sumOf(report(), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
    expect(sumOf(report({ numFailedTests: 2 }), 1)).toMatchObject({ failed: 2 });
  });

  it('counts a file that does not load as failed', () => {
    const broken = report({ testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(sumOf(broken, 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('counts an error outside any test as failed', () => {
    expect(sumOf(report(), 1)).toMatchObject({ failed: 1 });
  });

  it('counts a run that died before its report as failed', () => {
    expect(sumOf(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('adds suites up and ends in one plain line', () => {
    const total = add(add(nothing, sumOf(report(), 0)), { passed: 1, failed: 2, skipped: 3 });
    expect(sentence(total)).toBe('4 passed, 2 failed, 5 skipped');
  });
});
