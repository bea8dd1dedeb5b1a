// What a thief finds: the crypto's vectors in the browser itself, what is stored before and after right and wrong PINs, what is left in
// the memory of the browser's processes, what leaves the phone. And how soon the code is there on a slow one.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { masked, tagOf } from '../../src/web/app/pin/pin.ts';
import { ARGON2ID, pinBytes, stretch } from '../../src/web/app/pin/stretch.ts';
import {
  type AppServer,
  aChromium,
  aPhone,
  aServer,
  codeBy,
  enterPin,
  firstPhone,
  kept,
  PIN,
  shownCode,
} from './app-kit.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

/** The processes that run pages. */
async function renderers(): Promise<number[]> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Which of the needles lie in the readable memory of a process. */
function foundIn(pid: number, needles: Readonly<Record<string, Uint8Array>>): string[] {
  const found = new Set<string>();
  const mem = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.alloc(1 << 20);
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from = '0', to = '0', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
    if (!rights.startsWith('rw')) continue;
    const end = BigInt(`0x${to}`);
    // Overlapping by a needle's length, for what lies across two reads.
    for (let at = BigInt(`0x${from}`); at < end; at += BigInt(chunk.length - 64)) {
      let length = 0;
      try {
        length = readSync(mem, chunk, 0, Math.min(chunk.length, Number(end - at)), at);
      } catch {
        break;
      }
      for (const [name, needle] of Object.entries(needles))
        if (chunk.subarray(0, length).includes(needle)) found.add(name);
      if (length < chunk.length) break;
    }
  }
  closeSync(mem);
  return [...found].sort();
}

const stored = async (page: Page) => {
  const [row] = (await kept(page)).rows as [{ store: string; salt: string; phone: string; accountId: string }];
  const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
  return { store: bytes(row.store), place: { account: row.accountId, phone: row.phone, salt: bytes(row.salt) } };
};

describe('MO-4.2 what a stolen phone tells', () => {
  it('MO-4.2 the vectors hold in Chromium, under the app’s own content security policy', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { disagreements } from './app-pin.check.ts';
          import vectors from './app-pin.json';
          globalThis.verdict = disagreements(vectors.cases);`,
        resolveDir: `${import.meta.dirname}/../vectors`,
      },
      bundle: true,
      write: false,
      format: 'iife',
    });
    const { page, context, faults } = await aPhone(browser, server);
    const body = outputFiles[0]?.text ?? '';
    await page.route('**/app/check.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await page.addScriptTag({ url: '/app/check.js' });
    await expect.poll(() => page.evaluate('globalThis.verdict')).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('PIN-03 nothing stored, sent or shown differs after a right PIN, a wrong one, or none', async () => {
    const { token } = await server.ticket('700050');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(page, server.url, token);
    await page.reload();
    await page.locator('.account-card').waitFor();
    await expect.poll(async () => (await kept(page)).rows[0]?.['contact']).toContain('852-2700 0000');
    const before = await kept(page);
    expect(Object.keys(before.rows[0] ?? {}).sort()).toEqual(
      'account accountId addedAt biometric contact kdf keys label name phone pinEpoch role salt status store tenant'.split(
        ' ',
      ),
    );
    expect(before.rows[0]).toMatchObject({
      keys: { sign: { type: 'private', extractable: false }, box: { type: 'private', extractable: false } },
      store: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (/\/v1\/(?!app\/approvals)/.test(request.url())) sent.push(request.url());
    });
    const shapes: string[] = [];
    for (const pin of ['730517', PIN, '999999', '84739201846']) {
      await codeBy(page, pin);
      shapes.push((await page.locator('main').innerText()).replaceAll(/\d/g, '0'));
      const { local, ...rest } = await kept(page);
      expect(rest).toEqual({ rows: before.rows, session: before.session });
      expect(Object.keys(local)).toEqual(Object.keys(before.local));
      await page.getByRole('button', { name: 'Back' }).click();
    }
    expect(new Set(shapes.map((shape) => shape.replace(/0+ s/, 's'))).size).toBe(1);
    expect(sent).toEqual([]);
    await context.close();
  });

  it.skipIf(process.platform !== 'linux')(
    'PIN-10 once a code is shown there is no PIN, M, mask, K or tag in any process of the browser',
    async () => {
      const pin = '90817263540192';
      const { token } = await server.ticket('700051');
      const { page, context } = await aPhone(browser, server, { locale: 'en' });
      await firstPhone(page, server.url, token, pin);
      await page.goto(`${server.url}/app/`);
      await page.reload();
      await page.locator('.account').click();
      const { store, place } = await stored(page);
      const m = await stretch(pinBytes(pin), place.salt, ARGON2ID);
      const key = masked(store, m, place);
      const mask = Uint8Array.from(key, (byte, at) => byte ^ (store[at] ?? 0));
      const text = Buffer.from(pin);
      const begun = text.subarray(0, 9);
      const needles = {
        pin: text,
        'pin as UTF-16': Buffer.from(pin, 'utf16le'),
        begun,
        m,
        mask,
        key,
        tag: tagOf(m, place),
      };
      const devtools = await context.newCDPSession(page);
      // What nothing refers to any more is not ours to hold against the app: it is collected before the search.
      const search = async () => {
        await devtools.send('HeapProfiler.collectGarbage');
        return (await renderers()).flatMap((pid) => foundIn(pid, needles));
      };

      // The search finds what is there: while the present PIN is held for a change, its M is.
      await page.getByRole('button', { name: 'Manage' }).click();
      await page.getByRole('button', { name: /^Change PIN/ }).click();
      await enterPin(page, pin);
      await page.getByRole('heading', { name: 'Choose a new PIN' }).waitFor();
      await expect.poll(search).toContain('m');

      await page.goto(`${server.url}/app/`);
      await page.reload();
      await page.locator('.account').click();
      expect(await codeBy(page, pin)).toMatch(/^\d{6}$/);
      await expect.poll(() => page.workers().length).toBe(0);
      await expect.poll(search, { timeout: 30_000, interval: 1000 }).toEqual([]);
      await context.close();
    },
  );
});

/** Lets the processes run a quarter of the time, as a phone four times slower would; until it is ended. */
function slowed(pids: readonly number[]): ChildProcess {
  const script = `const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const all = (signal) => { for (const pid of ${JSON.stringify(pids)}) try { process.kill(pid, signal); } catch {} };
    const until = Date.now() + 20_000;
    while (Date.now() < until && process.ppid === ${process.pid}) { all('SIGSTOP'); wait(12); all('SIGCONT'); wait(4); }
    all('SIGCONT');`;
  return spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
}

describe('MO-4.1 on a slow phone', () => {
  it('MO-4.1 with the browser stopped three quarters of the time, the code is there a second after the last digit', async () => {
    const { token } = await server.ticket('700052');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(page, server.url, token);
    // Digits as a thumb types them, the key to confirm a quarter of a second after the last; timed where the person is.
    const typed = `new Promise((done) => {
      const keys = [...${JSON.stringify(PIN)}, 'Enter'];
      let last = 0;
      const next = () => {
        const key = keys.shift();
        if (key !== 'Enter') last = performance.now();
        dispatchEvent(new KeyboardEvent('keydown', { key }));
        if (keys.length > 0) setTimeout(next, keys.length === 1 ? 250 : 180);
      };
      new MutationObserver((_, observer) => {
        if (document.querySelector('.dial') === null) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - last)));
      }).observe(document.body, { childList: true, subtree: true });
      next();
    })`;
    const timed = async (isSlowed: boolean): Promise<number> => {
      await page.locator('.button.big').click();
      await page.locator('.pad').waitFor();
      await page.waitForTimeout(700);
      const slow = isSlowed ? slowed(await renderers()) : undefined;
      const ms = Number(await page.evaluate(typed));
      slow?.kill();
      for (const pid of await renderers()) process.kill(pid, 'SIGCONT');
      expect(await shownCode(page)).toMatch(/^\d{6}$/);
      await page.getByRole('button', { name: 'Back' }).click();
      return ms;
    };
    // A second where the machine itself, not slowed, needs a fifth of one; a slower machine is given as much more.
    const limit = Math.max(1000, 5 * (await timed(false)));
    const took: number[] = [];
    // Somebody else may be using this machine: the best of eight is what the app needs.
    for (let round = 0; round < 8 && !took.some((ms) => ms < limit); round++) took.push(await timed(true));
    expect(Math.min(...took)).toBeLessThan(limit);
    await context.close();
  });
});
