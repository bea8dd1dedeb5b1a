// Adds up test runs: what Vitest's JSON report says, plus what it does not call a failed test but is no success
// either (a file that does not load, a run that dies, an error outside any test).

/** Counts of one run, or of several added up. */
export type Sum = { passed: number; failed: number; skipped: number };

/** The part of Vitest's JSON report we read. */
export type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** Nothing ran. */
export const nothing: Sum = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Sum, b: Sum): Sum => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** What one Vitest run amounts to; `report` is undefined when it died before writing one. */
export function sumOf(report: VitestReport | undefined, exitCode: number): Sum {
  if (report === undefined) return { ...nothing, failed: 1 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The closing line of `npm test`. */
export const sentence = ({ passed, failed, skipped }: Sum): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
