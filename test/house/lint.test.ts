// The lint rules, tried on planted bugs. Above all: an un-awaited check is an open door, and only a linter that reads
// types sees it; were type-awareness lost (a missing tsgolint, an option renamed), every other run would stay green.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { binOf, root } from '../../scripts/tools.ts';

const opening = `
type Kind = 'totp' | 'sms';
declare function verify(output: string): Promise<boolean>;
declare function audit(line: string): Promise<void>;
declare const kind: Kind;
declare const codes: string[];
export type { Kind };
export { audit, codes, kind, verify };
`;

// rule → a body that breaks it, in a file of its own below the opening
const planted: [rule: string, file: string, body: string][] = [
  ['no-misused-promises', 'src/flows/if.ts', `export const f = () => { if (verify('1')) return 1; return 2; };`],
  ['no-misused-promises', 'src/flows/not.ts', `export const f = () => { if (!verify('1')) return 1; return 2; };`],
  ['no-misused-promises', 'src/flows/some.ts', `export const f = () => codes.some((code) => verify(code));`],
  ['no-misused-promises', 'src/flows/and.ts', `export const f = () => (verify('1') ? 'in' : 'out');`],
  ['no-floating-promises', 'src/flows/floating.ts', `export const f = () => { audit('login'); };`],
  [
    'no-misused-promises',
    'src/flows/each.ts',
    `export const f = () => { codes.forEach(async (code) => { await audit(code); }); };`,
  ],
  ['await-thenable', 'src/flows/await.ts', `export const f = async () => { await kind; };`],
  [
    'switch-exhaustiveness-check',
    'src/flows/switch.ts',
    `export const f = () => { switch (kind) { case 'totp': return 1; } return 2; };`,
  ],
  ['no-explicit-any', 'src/flows/any.ts', `export const f = (value: any) => String(value);`],
  [
    'no-unsafe-assignment',
    'src/flows/unsafe.ts',
    `export const f = (text: string) => { const value = JSON.parse(text); return String(value); };`,
  ],
  ['only-throw-error', 'src/flows/throw.ts', `export const f = () => { throw 'no'; };`],
  ['eqeqeq', 'src/flows/equal.ts', `export const f = (a: string) => a == 'b';`],
  ['no-console', 'src/flows/console.ts', `export const f = () => console.log('secret');`],
  ['no-default-export', 'src/flows/default.ts', `export default 1;`],
  ['prefer-node-protocol', 'src/flows/builtin.ts', `import 'fs';`],
  ['no-unsafe-member-access', 'src/flows/word.ts', `export const f = (text: string) => String(JSON.parse(text).code);`],
  ['no-non-null-assertion', 'src/flows/sure.ts', `export const f = () => codes[0]!;`],
  ['no-restricted-globals', 'src/core/wait.ts', `export const f = () => setTimeout(() => {}, 1);`],
  ['no-restricted-globals', 'src/otp/chance.ts', `export const f = () => crypto.randomUUID();`],
  ['no-focused-tests', 'src/core/one.test.ts', `import { it } from 'vitest';\nit.only('ES-1.1 one', () => {});`],
];

const folder = mkdtempSync(join(tmpdir(), 'hufu-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plant(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

type Report = { diagnostics: { code: string; filename: string }[] };

function lint(): Report['diagnostics'] {
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const args = [binOf('oxlint'), '--type-aware', '--format=json', 'src'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  return (JSON.parse(stdout) as Report).diagnostics;
}

describe('lint rules', () => {
  for (const [, file, body] of planted) plant(file, body.startsWith('import') ? body : `${opening}\n${body}\n`);
  plant(
    'src/flows/clean.ts',
    `${opening}\nexport const f = async () => { await audit('login'); return (await verify('1')) ? 1 : 2; };\n`,
  );
  const found = lint();

  it.each(planted)('catch %s in %s', (rule, file) => {
    expect(found.filter((one) => one.filename === file).map((one) => one.code)).toContainEqual(
      expect.stringContaining(`(${rule})`),
    );
  });

  it('say nothing against clean code', () => {
    expect(found.filter((one) => one.filename === 'src/flows/clean.ts')).toEqual([]);
  });
});
