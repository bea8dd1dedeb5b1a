// Builds the web pages, each only when its own sources changed. `node scripts/setup/web.mjs` builds what is due;
// with the name of an entry it is the build itself (it needs Vite, so it runs after the packages are there).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { environment, fail, failure, locked, root, run, timed } from './steps.mjs';

const shared = ['src/web/ui', 'src/web/words', 'src/web/api', 'src/web/authenticators'];

// One row per page bundle: its Vite root (where index.html is), and what else its output depends on.
// `kilobytes`: what all of it may weigh, compressed; `firstLoad`: the same of the scripts and styles that index.html names;
// `jsx`: whose elements it draws with, where that is not Preact; `offline`: its service worker, which is told the files of the build.
export const entries = [
  { name: 'demo', from: 'demo/terminal/web', uses: [] },
  { name: 'app', from: 'src/web/app', uses: [...shared, 'src/otp'], kilobytes: 130, offline: 'sw.ts' },
  { name: 'login', from: 'src/web/login', uses: shared, firstLoad: 30 },
  { name: 'settings', from: 'src/web/settings', uses: shared, firstLoad: 60 },
  {
    name: 'console',
    from: 'src/web/console',
    uses: ['src/web/words', 'src/web/api', 'src/web/authenticators'],
    firstLoad: 350,
    jsx: 'react',
  },
];

const always = ['vite.config.ts', 'package-lock.json'];

function* filesUnder(path) {
  if (!existsSync(join(root, path))) return;
  for (const item of readdirSync(join(root, path), { withFileTypes: true })) {
    if (item.isDirectory()) yield* filesUnder(`${path}/${item.name}`);
    else if (!/[.]test[.]tsx?$/.test(item.name)) yield `${path}/${item.name}`;
  }
}

function fingerprint({ from, uses }) {
  const hash = createHash('sha256');
  const files = [from, ...uses].flatMap((path) => [...filesUnder(path)]).sort((a, b) => (a < b ? -1 : 1));
  for (const file of [...files, ...always]) {
    if (existsSync(join(root, file)))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

const stampOf = ({ name }) => join(root, 'dist', `.stamp-${name}`);

const isDue = (entry, mark) =>
  !existsSync(stampOf(entry)) ||
  readFileSync(stampOf(entry), 'utf8') !== mark ||
  !existsSync(join(root, 'dist', 'web', entry.name, 'index.html'));

/** Builds every page whose sources are there and changed since its last build, into dist/web/<name>. */
export async function buildWeb(node) {
  for (const entry of entries) {
    if (!existsSync(join(root, entry.from, 'index.html')) || !isDue(entry, fingerprint(entry))) continue;
    await locked(async () => {
      const mark = fingerprint(entry);
      if (!isDue(entry, mark)) return;
      await timed(`building the ${entry.name} pages (vite)`, async () => {
        const script = join(root, 'scripts', 'setup', 'web.mjs');
        const { code, output } = await run(node, [script, entry.name], { env: environment(node) });
        if (code !== 0) throw failure(`building the ${entry.name} pages failed`, output);
      });
      mkdirSync(join(root, 'dist'), { recursive: true });
      writeFileSync(stampOf(entry), mark);
    });
  }
}

async function buildOne(name) {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined)
    throw new Error(`no such page bundle: ${name} (there are: ${entries.map((one) => one.name).join(', ')})`);
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, entry.from),
    ...(entry.jsx === undefined ? {} : { oxc: { jsx: { runtime: 'automatic', importSource: entry.jsx } } }),
    build: { outDir: join(root, 'dist', 'web', entry.name), emptyOutDir: true },
  });
  const out = join(root, 'dist', 'web', name);
  if (entry.offline !== undefined) await serviceWorker(join(root, entry.from, entry.offline), out, name);
  if (entry.kilobytes !== undefined) weigh(out, filesIn(out), entry.kilobytes);
  if (entry.firstLoad !== undefined) weigh(out, namedIn(join(out, 'index.html')), entry.firstLoad);
}

/** Builds a service worker that knows every file of its build: a change of any of them is a new worker. */
async function serviceWorker(source, out, name) {
  const files = [...filesIn(out)]
    .filter((file) => file !== 'index.html' && file !== 'sw.js')
    .sort((a, b) => (a < b ? -1 : 1));
  const hash = createHash('sha256');
  for (const file of ['index.html', ...files]) hash.update(`${file}\0`).update(readFileSync(join(out, file)));
  const { build } = await import('esbuild');
  await build({
    entryPoints: [source],
    outfile: join(out, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    define: {
      FILES: JSON.stringify(files.map((file) => `/${name}/${file}`)),
      BUILD: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
}

/** Adds up what a browser loads, compressed as servers send it. Pictures for the home screen are not part of it. */
export function weigh(out, files, most) {
  const bytes = [...files]
    .filter((file) => !file.endsWith('.png'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file)), { level: 9 }).length, 0);
  const weight = (bytes / 1024).toFixed(1);
  if (bytes > most * 1024)
    throw new Error(`the pages weigh ${weight} KB compressed, more than the ${most} KB they may`);
  console.log(`${weight} KB compressed, of ${most} KB`);
}

/** The scripts and styles a page names: what it loads before it shows anything. */
export function namedIn(page) {
  const found = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+[.](?:js|css))"/g)];
  if (found.length === 0) throw new Error(`${page} names no script`);
  return found.map(([, file]) => file);
}

function* filesIn(folder, below = '') {
  for (const item of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? item.name : `${below}/${item.name}`;
    if (item.isDirectory()) yield* filesIn(folder, path);
    else yield path;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [name] = process.argv.slice(2);
  await (name === undefined ? buildWeb(process.execPath).catch(fail) : buildOne(name));
}
