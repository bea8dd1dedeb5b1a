// `npm run check`: what every change must pass, in about a minute. Goes on after a failure, so that one run shows all.
import { runStaticSteps, runStep } from './steps.ts';
import { binOf, tool } from './tools.ts';

const from = performance.now();
const verdicts = await runStaticSteps();
verdicts.push(
  await runStep({
    name: 'unit tests',
    run: () => tool(binOf('vitest'), 'run', '--project', 'unit', '--reporter=dot', '--no-color'),
  }),
);
const failed = verdicts.filter((verdict) => verdict === 'failed').length;
console.log(`${failed === 0 ? 'all good' : `${failed} failed`}, ${((performance.now() - from) / 1000).toFixed(0)} s`);
process.exitCode = failed === 0 ? 0 : 1;
