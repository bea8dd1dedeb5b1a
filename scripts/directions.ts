// Runs the direction rules of .dependency-cruiser.cjs, with a canary: a cruise that was shown fewer modules than
// there are files (a TypeScript it cannot read, a wrong folder) is a failure, not a clean bill.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { binOf } from './tools.ts';

/** One broken rule, with the file that breaks it. */
export type Violation = { rule: string; from: string; to: string; comment: string };

type Report = {
  modules: { source: string; followable?: boolean }[];
  summary: { violations: { rule: { name: string }; from: string; to: string; comment?: string }[] };
};

const rooms = ['src', 'sdk/src', 'demo'];

/** Judges the house in `folder` (this repository, or a copy with things planted). Throws when the canary is silent. */
export function judge(folder: string): { seen: number; violations: Violation[] } {
  const there = rooms.filter((room) => existsSync(join(folder, room)));
  const files = globSync(
    there.map((room) => `${room}/**/*.{ts,tsx}`),
    { cwd: folder },
  ).map((file) => file.replaceAll('\\', '/'));
  if (files.length === 0) throw new Error('there is no source file to judge');
  const config = resolve(folder, '.dependency-cruiser.cjs');
  const args = [binOf('dependency-cruiser', 'depcruise'), ...there, '--config', config, '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const report = parse(stdout, stderr);
  assertSeen(files, report);
  const violations = report.summary.violations.map(({ rule, from, to, comment }) => ({
    rule: rule.name,
    from,
    to,
    comment: comment ?? '',
  }));
  return { seen: files.length, violations };
}

function parse(stdout: string, stderr: string): Report {
  try {
    return JSON.parse(stdout) as Report;
  } catch (cause) {
    throw new Error(`dependency-cruiser gave no report: ${stderr.trim() || 'no output'}`, { cause });
  }
}

/** The canary: every file on disk was seen. Exported so that its own test can show it a blind cruise. */
export function assertSeen(files: readonly string[], report: Pick<Report, 'modules'>): void {
  const seen = new Set(report.modules.map((module) => module.source));
  const unseen = files.filter((file) => !seen.has(file));
  if (unseen.length === 0) return;
  throw new Error(
    `the cruise saw ${files.length - unseen.length} of ${files.length} files; not, for one: ${unseen[0]}`,
  );
}

if (import.meta.main) {
  const { seen, violations } = judge(resolve(import.meta.dirname, '..'));
  for (const { rule, from, to, comment } of violations) {
    console.log(`${from} → ${to}\n  ${rule}: ${comment}`);
  }
  console.log(`${seen} files, ${violations.length} wrong directions`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
