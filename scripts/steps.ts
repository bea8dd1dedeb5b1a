// The static checks: everything about the house that can be judged without running it. One row each; `npm run check`
// and `npm test` both read this table.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { binOf, type Finished, root, tool } from './tools.ts';

/** One check. `isDue` is false while there is nothing it could look at; `mend` is what to do when it fails. */
export type Step = { name: string; run: () => Promise<Finished>; isDue?: () => boolean; mend?: string };

const ours = (name: string) => join(root, 'scripts', name);
const tsc = (project: string) => tool(binOf('typescript', 'tsc'), '-p', project);
const exists = (...patterns: string[]) => globSync(patterns, { cwd: root }).length > 0;

/** In order; those of one inner list have nothing to do with each other and run side by side. */
export const staticSteps: readonly (readonly Step[])[] = [
  [
    {
      name: 'format',
      run: () =>
        tool(binOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '--colors=off', '--reporter=summary'),
      mend: '`npm run fix` formats and sorts imports.',
    },
  ],
  [
    {
      name: 'lint',
      run: () => tool(binOf('oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
    },
  ],
  [
    { name: 'types (server)', run: () => tsc('tsconfig.json') },
    {
      name: 'types (web)',
      run: () => tsc('tsconfig.web.json'),
      isDue: () => exists('src/web/**/*.{ts,tsx}', 'demo/terminal/web/**/*.{ts,tsx}'),
    },
    { name: 'types (console)', run: () => tsc('src/web/console/tsconfig.json') },
    { name: 'types (mini-program)', run: () => tsc('miniprogram/tsconfig.json') },
  ],
  [{ name: 'directions', run: () => tool(ours('directions.ts')), isDue: () => exists('{src,demo}/**/*.ts') }],
  [{ name: 'dead code', run: () => tool(binOf('knip'), '--no-progress', '--no-config-hints') }],
  [
    {
      name: 'whole lock file',
      run: () => tool(ours('lock.ts')),
      mend: 'Pin a version of the package whose parts are published for every platform.',
    },
  ],
];

/** The web pages as the product ships them; suites that open pages need it first. */
export const pagesStep: Step = { name: 'pages build', run: () => tool(join(root, 'scripts', 'setup', 'web.mjs')) };

/** How a step ended; `skipped` when there was nothing for it to look at. */
export type Verdict = 'passed' | 'failed' | 'skipped';

/** Runs one step, prints its line, and its output when it failed. */
export async function runStep({ name, run, isDue, mend }: Step): Promise<Verdict> {
  if (isDue?.() === false) {
    console.log(`- ${name}: nothing to look at yet`);
    return 'skipped';
  }
  const from = performance.now();
  const { ok, output } = await run();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${ok ? '✓' : '✗'} ${name} ${seconds} s`);
  if (!ok) console.log(`${output}${mend ?? ''}`.trimEnd().replaceAll(/^/gm, '    '));
  return ok ? 'passed' : 'failed';
}

/** Runs all static checks, going on after a failure. */
export async function runStaticSteps(): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const sideBySide of staticSteps) verdicts.push(...(await Promise.all(sideBySide.map(runStep))));
  return verdicts;
}
