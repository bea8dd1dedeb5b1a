// Another's program that a test asks for its opinion. A machine without it may skip the test, and says so; CI never may.

import { spawnSync } from 'node:child_process';

/** Whether `program` may be asked: it is on the PATH, or this is CI, where it must be. */
export const may = (program: string): boolean =>
  process.env['CI'] !== undefined || spawnSync(program, ['--version']).error === undefined;

/** Ends the running test as skipped if `program` is not on the PATH; in CI the test goes on, and fails for want of it. */
export function needs(program: string, context: { skip(note: string): void }): void {
  if (!may(program)) context.skip(`${program} is not installed on this machine`);
}
