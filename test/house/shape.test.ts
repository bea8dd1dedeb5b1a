// The shape of the house: what must stand beside what. A folder that breaks one of these rules is found here, not by
// the newcomer who follows CONTRIBUTING.md.
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/tools.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const has = (path: string) => existsSync(join(root, path));
const foldersIn = (path: string) =>
  has(path)
    ? readdirSync(join(root, path), { withFileTypes: true })
        .filter((item) => item.isDirectory())
        .map((item) => item.name)
    : [];
const generated = ['node_modules', 'dist', '.cache', '.git', 'data', 'coverage'];
const files = (...patterns: string[]) =>
  globSync(patterns, { cwd: root, exclude: (name) => generated.includes(name) })
    .filter((file) => statSync(join(root, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'));

/** `path:line: text` for each line of the files that the test finds fault with. */
function faults(paths: string[], isWrong: (line: string, path: string) => boolean): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (isWrong(line, path) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

const code = files('{src,sdk,demo,scripts,test}/**/*.{ts,tsx,mjs}', '*.ts');

describe('every authenticator type', () => {
  const types = foldersIn('src/authenticators');

  it('has a line in the registry', () => {
    const registry = has('src/authenticators/index.ts') ? read('src/authenticators/index.ts') : '';
    expect(types.filter((type) => !registry.includes(`'./${type}/`))).toEqual([]);
  });

  it('has a test beside it', () => {
    expect(types.filter((type) => files(`src/authenticators/${type}/**/*.test.ts`).length === 0)).toEqual([]);
  });

  it('has a page in the reference', () => {
    expect(types.filter((type) => !has(`docs/reference/authenticators/${type}.md`))).toEqual([]);
  });
});

describe('every room', () => {
  it('says in its README what belongs there', () => {
    expect(foldersIn('src').filter((room) => !has(`src/${room}/README.md`))).toEqual([]);
  });
});

describe('every file', () => {
  it('in src is at most 400 lines long', () => {
    const long = files('src/**/*.{ts,tsx}').map((path) => `${path}: ${read(path).split('\n').length - 1}`);
    expect(long.filter((line) => Number(line.split(': ')[1]) > 400)).toEqual([]);
  });

  it('of code opens with a comment that says what it is for', () => {
    const opening = /^(#!.*\n)?(\/\/|\/\*)/;
    expect(code.filter((path) => !path.includes('.test.') && !opening.test(read(path)))).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    const places = /(?<![\w.-])(\/work\/|\/tmp\/\w\/|\/home\/\w|(\.\.\/)+shared\/)/;
    const prose = files('*.md', '*.json', '*.yaml', '.ci/*', 'bin/*', 'docs/**/*.md', 'presets/**', 'src/**/*.md');
    const own = 'test/house/shape.test.ts';
    const paths = [...code, ...prose].filter((path) => path !== own && path !== 'package-lock.json');
    expect(faults(paths, (line) => places.test(line))).toEqual([]);
  });

  it('gives a reason with every suppression', () => {
    const suppression =
      /(oxlint|eslint)-disable|@ts-(expect-error|ignore|nocheck)|biome-ignore|(v8|c8|istanbul) ignore/;
    const reasoned = [
      /(oxlint|eslint)-disable(-next-line|-line)?\s+[\w/@, -]+ -- \S+ \S+/,
      /@ts-expect-error:? \S+ \S+/,
      /biome-ignore(-all|-start)? [\w/-]+: \S+ \S+/,
    ];
    // These two name suppressions without using them.
    const about = ['test/house/shape.test.ts', 'test/house/lint.test.ts'];
    const paths = code.filter((path) => !about.includes(path));
    expect(faults(paths, (line) => suppression.test(line) && !reasoned.some((pattern) => pattern.test(line)))).toEqual(
      [],
    );
  });
});

describe('the pure rooms', () => {
  it('ask for time and chance instead of taking them', () => {
    const takes = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/;
    const pure = files('src/{core,otp,contract}/**/*.ts').filter((path) => !path.endsWith('.test.ts'));
    const isComment = (line: string) => /^\s*(\/\/|\*|\/\*)/.test(line);
    expect(faults(pure, (line) => takes.test(line) && !isComment(line))).toEqual([]);
  });
});
