// The way in for every command: `npm start`, `npm test`, `npm run check`, `npm run bench` and `hufu …`.
// Works from a fresh clone on any Node from 18 up: fetches a newer Node, installs packages and builds pages when,
// and only when, they are missing or their sources changed; then hands over to the real command.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { findNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { environment, fail, root, SetupError } from './setup/steps.mjs';
import { buildWeb } from './setup/web.mjs';

// One row per command: the script and first arguments it hands over to, whether it needs the web pages built, and whether it does with the packages of a
// server ("forUse").
const main = ['src', 'main.mjs'];
const commands = {
  start: { script: main, first: ['demo'], web: () => true },
  hufu: { script: main, first: [], web: ([name]) => name === 'demo' || name === 'serve', forUse: true },
  test: { script: ['scripts', 'test.ts'], first: [], web: () => false }, // builds them itself, as one of its checks
  check: { script: ['scripts', 'check.ts'], first: [], web: () => false },
  bench: { script: ['test', 'bench', 'main.ts'], first: [], web: () => false },
};

async function setUp(command, args) {
  const node = await findNode();
  await installPackages(node, command.forUse);
  if (command.web(args)) await buildWeb(node);
  return node;
}

/** Becomes the command as far as a parent process can: same streams, signals passed on, same ending. */
function handOver(node, command, args) {
  const script = join(root, ...command.script);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...command.first, ...args], {
    stdio: 'inherit',
    env: environment(node),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    // On a terminal Ctrl-C reaches the whole process group: passing it on as well would look like pressing it twice.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('error', (cause) =>
    fail(new SetupError(`cannot start ${script} (${cause.message})`, 'Remove .cache and try again.')),
  );
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  process.stderr.write(`usage: node scripts/run.mjs <${Object.keys(commands).join(' | ')}> [arguments …]\n`);
  process.exit(2);
}
setUp(command, args).then((node) => handOver(node, command, args), fail);
