// Our QR codes, read back by a reader that is not ours: the PNG as it is, the SVG as a browser draws it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOtpauthUri } from '../../src/otp/otpauth.ts';
import { qr } from '../../src/platform.ts';
import { CHROMIUM, launch } from '../chromium.ts';
import { needs } from './peer.ts';

const uris = [
  { issuer: '极星国际', account: '880001' },
  { issuer: '國安證券 & Sons', account: 'wei@lark.example' },
  { issuer: 'Star International', account: '陈晓明 880002' },
].map(({ issuer, account }) =>
  buildOtpauthUri({
    issuer,
    account,
    secret: Uint8Array.from({ length: 20 }, (_, i) => i * 7),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
  }),
);

describe('ES-1.3 QR codes', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hufu-qr-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (file: string): string =>
    execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();

  it('ES-1.3 the PNG is read back by zbarimg as the very URI, Chinese issuer and account included', async (context) => {
    needs('zbarimg', context);
    for (const [n, uri] of uris.entries()) {
      const { png } = await qr(uri);
      const file = join(folder, `${n}.png`);
      writeFileSync(file, Buffer.from(png.slice('data:image/png;base64,'.length), 'base64'));
      expect(read(file)).toBe(uri);
    }
  });

  it('ES-1.3 the SVG, drawn by a browser, is read back as the same URI', async (context) => {
    needs('zbarimg', context);
    if (!existsSync(CHROMIUM) && process.env['CI'] === undefined)
      context.skip('chromium is not installed on this machine');
    const browser = await launch();
    try {
      const page = await browser.newPage({ viewport: { width: 420, height: 420 } });
      for (const [n, uri] of uris.entries()) {
        const { svg } = await qr(uri);
        await page.setContent(`<body style="margin:0;background:#fff"><div style="width:400px">${svg}</div>`);
        const file = join(folder, `svg-${n}.png`);
        await page.screenshot({ path: file });
        expect(read(file)).toBe(uri);
      }
    } finally {
      await browser.close();
    }
  });
});
