// Is the lock file whole? New releases of packages with native parts often lack some platforms' sub-packages:
// `npm install` then succeeds here, and `npm ci` fails for everyone else. Also: nothing comes from outside the registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './tools.ts';

type Entry = { version?: string; resolved?: string; integrity?: string; link?: boolean };

/** Lines about entries of a lock file that are not plain, checksummed packages from the npm registry. */
export function strangers(packages: Readonly<Record<string, Entry>>): string[] {
  return Object.entries(packages).flatMap(([path, { resolved, integrity, link }]) => {
    const ours = !path.includes('node_modules/') || link === true;
    if (ours) return [];
    if (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))
      return [`${path}: from ${resolved}`];
    return integrity === undefined ? [`${path}: no integrity`] : [];
  });
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> };
  const outside = strangers(lock.packages);
  for (const line of outside) console.log(`not from the registry: ${line}`);
  const { ok, output } = await npm(
    'ci',
    '--dry-run',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  );
  // What npm prints after this line is its manual.
  if (!ok) console.log(output.split('npm error Clean install a project')[0]);
  process.exitCode = ok && outside.length === 0 ? 0 : 1;
}
