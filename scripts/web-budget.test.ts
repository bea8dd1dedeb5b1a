// The build fails when a page outgrows what it may weigh. The table of budgets and the scales are the build's own.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

interface Build {
  readonly entries: readonly { readonly name: string; readonly kilobytes?: number; readonly firstLoad?: number }[];
  weigh(out: string, files: Iterable<string>, most: number): void;
  namedIn(page: string): readonly string[];
}
const build = (await import(join(import.meta.dirname, 'setup', 'web.mjs'))) as Build;
const folder = mkdtempSync(join(tmpdir(), 'hufu-budget-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, bytes: number): string => {
  // Random, so that compressing does not help it.
  writeFileSync(join(folder, name), randomBytes(bytes));
  return name;
};

describe('what a page may weigh', () => {
  it('MO-2.1 MO-5.1 is 130 KB in all for the app, and 30 KB at first load for the login', () => {
    const of = (name: string) => build.entries.find((entry) => entry.name === name);
    expect(of('app')).toMatchObject({ kilobytes: 130 });
    expect(of('login')).toMatchObject({ firstLoad: 30 });
  });

  it('MO-2.1 fails the build a kilobyte above, and not a kilobyte below', () => {
    const files = [file('a.js', 15 * 1024), file('b.wasm', 14 * 1024)];
    expect(() => build.weigh(folder, files, 30)).not.toThrow();
    expect(() => build.weigh(folder, [...files, file('c.css', 2 * 1024)], 30)).toThrow('more than the 30 KB');
    // Pictures for the home screen are fetched by the phone, not by the page.
    expect(() => build.weigh(folder, [...files, file('icon.png', 64 * 1024)], 30)).not.toThrow();
  });

  it('MO-5.1 counts for the first load what the page names, and fails when it names nothing', () => {
    const page = join(folder, 'index.html');
    writeFileSync(
      page,
      '<script type="module" src="/x/assets/i-1.js"></script><link rel="stylesheet" href="/x/assets/i-1.css">',
    );
    expect(build.namedIn(page)).toEqual(['assets/i-1.js', 'assets/i-1.css']);
    writeFileSync(page, '<main></main>');
    expect(() => build.namedIn(page)).toThrow('names no script');
  });
});
