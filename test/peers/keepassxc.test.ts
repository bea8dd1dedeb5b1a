// A real authenticator reads our otpauth URIs and shows the code that we expect: KeePassXC, by its command line.
// It knows only the clock of the machine, so its code may be of any step between our asking and its answer.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Hmac } from '../../src/otp/hotp.ts';
import { buildOtpauthUri, type OtpauthKey, parseOtpauthUri } from '../../src/otp/otpauth.ts';
import { matchTotp, timeStep } from '../../src/otp/totp.ts';
import { needs } from './peer.ts';

const hmac: Hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest();
const password = 'peer';
const secret = Uint8Array.from({ length: 20 }, (_, i) => i * 11 + 3);
const usual = { secret, algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;

const keys: OtpauthKey[] = [
  { ...usual, issuer: '易星期货', account: '张三 80012345' },
  { ...usual, issuer: '證券（香港）', account: '陳大文' },
  { ...usual, issuer: 'A&B <Star>', account: '主:子+1@例子.hk' },
  {
    ...usual,
    issuer: '虎符',
    account: '八位',
    digits: 8,
    periodSeconds: 60,
    algorithm: 'SHA256',
    secret: secret.slice(0, 17),
  },
  { ...usual, issuer: '虎符', account: '五一二', algorithm: 'SHA512', secret: new Uint8Array(64).fill(0xf5) },
];

describe('ES-1.3 KeePassXC', () => {
  it('ES-1.3 shows our code for every URI of ours, Chinese issuers and accounts included', (context) => {
    needs('keepassxc-cli', context);
    const folder = mkdtempSync(join(tmpdir(), 'hufu-keepassxc-'));
    try {
      const xml = join(folder, 'in.xml');
      const database = join(folder, 'out.kdbx');
      writeFileSync(xml, databaseXml(keys.map(buildOtpauthUri)));
      keepassxc(folder, ['import', '-q', '-p', '-t', '100', xml, database], `${password}\n${password}\n`);
      keys.forEach((key, i) => {
        const show = (...what: string[]) =>
          keepassxc(folder, ['show', '-q', ...what, database, `entry ${i}`], `${password}\n`).trim();
        const before = timeStep(Date.now(), key.periodSeconds);
        const output = show('-t');
        const after = timeStep(Date.now(), key.periodSeconds);
        const at = after * key.periodSeconds * 1000;
        const shown = matchTotp({ ...key, at, window: { back: after - before, forward: 0 }, output }, hmac);
        expect({ key, taken: shown !== undefined }).toEqual({ key, taken: true });
        // What it keeps, and would export to the next authenticator, is still the whole key.
        expect(parseOtpauthUri(show('-s', '-a', 'otp'))).toEqual(key);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Runs keepassxc-cli with a home of its own, so that neither side's settings meet. */
function keepassxc(home: string, parameters: string[], input: string): string {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: 'C.UTF-8',
    QT_QPA_PLATFORM: 'offscreen',
  };
  return execFileSync('keepassxc-cli', parameters, { input, env, encoding: 'utf8', stdio: 'pipe' });
}

/** A KeePass XML export with one entry for each URI, in its `otp` attribute as KeePassXC keeps it. */
function databaseXml(uris: string[]): string {
  const entries = uris.map(
    (uri, i) =>
      `<Entry><UUID>${uuid(i + 2)}</UUID><String><Key>Title</Key><Value>entry ${i}</Value></String>` +
      `<String><Key>otp</Key><Value>${uri.replaceAll('&', '&amp;')}</Value></String></Entry>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><Generator>Hufu</Generator></Meta>' +
    `<Root><Group><UUID>${uuid(1)}</UUID><Name>Root</Name>${entries.join('')}</Group></Root></KeePassFile>`
  );
}

function uuid(n: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt8(n, 15);
  return bytes.toString('base64');
}
