// `npm test`: the static checks, then every suite of vitest.config.ts one after another, then one line that sums
// it all up. `npm test -- unit stories` runs only those; `static` is the name of the checks.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pagesStep, runStaticSteps, runStep, type Verdict } from './steps.ts';
import { add, nothing, type Sum, sentence, sumOf, type VitestReport } from './sum.ts';
import { binOf, plain, root } from './tools.ts';

const suites = ['static', 'unit', 'stories', 'peers', 'e2e'];

// A check with nothing to look at is not a test that was skipped.
const tally = (verdicts: Verdict[]): Sum => ({
  passed: verdicts.filter((one) => one === 'passed').length,
  failed: verdicts.filter((one) => one === 'failed').length,
  skipped: 0,
});

async function runSuite(project: string): Promise<Sum> {
  const file = join(root, 'dist', 'test', `${project}.json`);
  mkdirSync(join(root, 'dist', 'test'), { recursive: true });
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${file}`];
  const args = [binOf('vitest'), 'run', '--project', project, '--passWithNoTests', ...reporters];
  const exitCode = await new Promise<number>((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: process.stdout.isTTY ? process.env : plain,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', () => done(1));
    child.on('close', (code) => done(code ?? 1));
  });
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined;
  return report === undefined && exitCode === 0 ? nothing : sumOf(report, exitCode);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !suites.includes(name));
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')} (there are: ${suites.join(', ')})`);
  process.exit(2);
}

let total = nothing;
let pagesAreBuilt = false;
for (const name of suites) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  if (name === 'static') total = add(total, tally(await runStaticSteps()));
  else {
    if (name !== 'unit' && !pagesAreBuilt) total = add(total, tally([await runStep(pagesStep)]));
    pagesAreBuilt ||= name !== 'unit';
    total = add(total, await runSuite(name));
  }
}
if (total.passed + total.failed === 0) console.log('no test ran: that is a failure too');
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(`\n${sentence(total)}`);
