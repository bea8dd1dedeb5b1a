// Another's program that a test asks for its opinion. A machine without it may skip the test, and says so; CI never may.

import { spawnSync } from 'node:child_process';

/** Ends the running test as skipped if `program` is not on the PATH; in CI the test goes on, and fails for want of it. */
export function needs(program: string, context: { skip(note: string): void }): void {
  const missing = spawnSync(program, ['--version']).error !== undefined;
  if (missing && process.env['CI'] === undefined) context.skip(`${program} is not installed on this machine`);
}
