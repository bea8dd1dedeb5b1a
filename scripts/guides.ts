// Writes docs/guides from the words and drawings of the demo's guides page, so that both always say the same.
// `node scripts/guides.ts`; guides.test.ts fails while the files on disk are not what this would write.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './tools.ts';

const source = join(root, 'demo/terminal/web/guides');
const target = join(root, 'docs/guides');

interface Paper {
  documents: (css: string) => ReadonlyMap<string, string>;
}

/** Every document and picture, by its path in docs/guides. */
export async function guideFiles(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [join(source, 'paper.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { documents } = (await import(`data:text/javascript;base64,${code}`)) as Paper;
  return documents(readFileSync(join(source, 'pictures/pictures.css'), 'utf8'));
}

/** What stands there now of what this writes: other pages of docs/guides are nobody's business here. */
export function filesOnDisk(): ReadonlyMap<string, string> {
  const paths = globSync(['bind-*.md', 'pictures/*'], { cwd: target });
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(target, path), 'utf8')]));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  rmSync(join(target, 'pictures'), { recursive: true, force: true });
  const files = await guideFiles();
  for (const [path, text] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
  }
  console.log(`docs/guides: ${files.size} files`);
}
