// The pages as a browser gets them: every address, its headers, its assets, and a plain word when they are not built.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse } from '../kit.ts';

const PAGES = ['/t/t1/login', '/t/t1/settings', '/app/', '/s/0123456789ABCDEFGHJKMNPQRS'];
let webRoot = '';
beforeAll(() => {
  webRoot = mkdtempSync(join(tmpdir(), 'hufu-web-'));
  for (const bundle of ['login', 'settings', 'app']) {
    mkdirSync(join(webRoot, bundle, 'assets'), { recursive: true });
    writeFileSync(
      join(webRoot, bundle, 'index.html'),
      `<!doctype html><title>${bundle}</title><link rel="stylesheet" href="./assets/x-1.css"><script type="module" src="./assets/x-1.js"></script>`,
    );
    writeFileSync(join(webRoot, bundle, 'assets', 'x-1.js'), `// ${bundle}`);
    writeFileSync(join(webRoot, bundle, 'sw.js'), '// worker');
  }
  writeFileSync(join(webRoot, 'secret.txt'), 'not for anybody');
});
afterAll(() => rmSync(webRoot, { recursive: true, force: true }));

describe('WEB-06 pages', () => {
  it('WEB-06 WEB-07 each address gives its page, uncached, unframed, under a strict policy', async () => {
    await using h = await aHouse({ webRoot });
    for (const [url, bundle] of [
      ...PAGES.slice(0, 2).map((url) => [url, url.split('/').at(-1)!] as const),
      ...PAGES.slice(2).map((url) => [url, 'app'] as const),
    ]) {
      const page = await h.call('GET', url, undefined, { authorization: '' });
      expect(page.body, url).toContain(`<title>${bundle}</title>`);
      const csp = String(page.headers['content-security-policy']);
      for (const part of [
        "default-src 'none'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
      ])
        expect(csp, url).toContain(part);
      expect(csp).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
      expect(csp.includes('wasm-unsafe-eval')).toBe(bundle === 'app');
      expect(page.headers, url).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      // Every address in it leads to a file that is there, and that never changes under its name.
      for (const [, asset = ''] of String(page.body).matchAll(/src="([^"]+)"/g)) {
        const file = await h.call('GET', asset);
        expect(file, asset).toMatchObject({ status: 200, body: `// ${bundle}` });
        expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
        expect(file.headers['content-security-policy']).toBe(csp);
      }
    }
    expect((await h.call('GET', '/app/sw.js')).headers).toMatchObject({ 'cache-control': 'no-cache' });
  });

  it('WEB-06 nothing beside the bundles is served', async () => {
    await using h = await aHouse({ webRoot });
    for (const url of [
      '/app/../secret.txt',
      '/app/%2e%2e/secret.txt',
      '/web/secret.txt',
      '/web/login/..%2f..%2fsecret.txt',
      '/web/login/',
    ])
      expect((await h.call('GET', url)).body, url).not.toContain('not for anybody');
    expect((await h.call('GET', '/web/login/index.html')).headers['content-security-policy']).toBeDefined();
  });

  it('WEB-06 says plainly that pages are not built', async () => {
    await using h = await aHouse({ webRoot: join(webRoot, 'nowhere') });
    for (const url of PAGES) {
      const page = await h.call('GET', url);
      expect(page.status, url).toBe(503);
      expect(page.body).toContain('npm start');
    }
    expect((await h.call('GET', '/livez')).status).toBe(200);
  });

  it('ENR-01 reading the address of a universal QR, by GET or HEAD, writes nothing', async () => {
    await using h = await aHouse({ webRoot });
    const before = await h.audit();
    for (const method of ['GET', 'HEAD']) expect((await h.call(method, PAGES[3]!)).status).toBe(200);
    expect(await h.audit()).toEqual(before);
  });
});
