// The static checks: everything about the house that can be judged without running it. One row each; `npm run check`
// and `npm test` both read this table.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { binOf, type Finished, root, tool } from './tools.ts';

/** One check. `isDue` is false while there is nothing it could look at. */
export type Step = { name: string; isDue: () => boolean; run: () => Promise<Finished> };

const ours = (name: string) => join(root, 'scripts', name);
const always = () => true;
const exists = (...patterns: string[]) => globSync(patterns, { cwd: root }).length > 0;

const step = (name: string, run: () => Promise<Finished>, isDue: () => boolean = always): Step => ({
  name,
  isDue,
  run,
});

/** In order; those of one inner list have nothing to do with each other and run side by side. */
export const staticSteps: readonly (readonly Step[])[] = [
  [
    step('format', () =>
      tool(binOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '--colors=off', '--reporter=summary', '.'),
    ),
  ],
  [step('lint', () => tool(binOf('oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives'))],
  [
    step('types (server)', () => tool(binOf('typescript', 'tsc'), '-p', 'tsconfig.json')),
    step(
      'types (web)',
      () => tool(binOf('typescript', 'tsc'), '-p', 'tsconfig.web.json'),
      () => exists('src/web/**/*.{ts,tsx}', 'demo/terminal/web/**/*.{ts,tsx}'),
    ),
  ],
  [
    step(
      'directions',
      () => tool(ours('directions.ts')),
      () => exists('{src,demo}/**/*.ts'),
    ),
  ],
  [step('dead code', () => tool(binOf('knip'), '--no-progress', '--no-config-hints'))],
  [step('whole lock file', () => tool(ours('lock.ts')))],
];

/** How a step ended; `skipped` when there was nothing for it to look at. */
export type Verdict = 'passed' | 'failed' | 'skipped';

/** Runs one step, prints its line, and its output when it failed. */
export async function runStep({ name, isDue, run }: Step): Promise<Verdict> {
  if (!isDue()) {
    console.log(`- ${name}: nothing to look at yet`);
    return 'skipped';
  }
  const from = performance.now();
  const { ok, output } = await run();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${ok ? '✓' : '✗'} ${name} ${seconds} s`);
  if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, '    '));
  return ok ? 'passed' : 'failed';
}

/** Runs all static checks, going on after a failure. */
export async function runStaticSteps(): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const sideBySide of staticSteps) verdicts.push(...(await Promise.all(sideBySide.map(runStep))));
  return verdicts;
}
