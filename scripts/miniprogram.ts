// Compiles the mini-program for WeChat's developer tools: `node scripts/miniprogram.ts https://login.example [folder]`. Open dist/miniprogram there.
import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Compiles for the server at `baseUrl` into a folder. */
export async function buildMiniProgram(baseUrl: string, folder: string): Promise<void> {
  const from = join(import.meta.dirname, '../miniprogram');
  mkdirSync(folder, { recursive: true });
  for (const file of ['app.json', 'app.wxss', 'sitemap.json', 'project.config.json'])
    cpSync(join(from, file), join(folder, file));
  for (const end of ['json', 'wxml', 'wxss']) {
    const file = `pages/home/home.${end}`;
    cpSync(join(from, file), join(folder, file), { recursive: true });
  }
  await build({
    entryPoints: [join(from, 'app.ts'), join(from, 'pages/home/home.ts')],
    outbase: from,
    outdir: folder,
    bundle: true,
    format: 'cjs',
    target: 'es2018',
    define: { HUFU_BASE_URL: JSON.stringify(baseUrl.replace(/\/$/, '')) },
    logLevel: 'warning',
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const [, , baseUrl, folder = 'dist/miniprogram'] = process.argv;
  if (baseUrl === undefined || !/^https?:\/\/[^/]+\/?$/.test(baseUrl)) {
    process.stderr.write('say where the server is: node scripts/miniprogram.ts https://login.example\n');
    process.exitCode = 2;
  } else await buildMiniProgram(baseUrl, folder);
}
