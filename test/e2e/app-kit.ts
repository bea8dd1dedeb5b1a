// The app in a real Chromium against a real server on localhost: phones (one browser context each), what their cameras
// see, and the server that can really be stopped.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import qrcode from 'qrcode';
import { chosenPort } from '../../src/commands/house.ts';
import { launch } from '../chromium.ts';
import { register } from '../enrolment-kit.ts';
import { aHouse, type TestHouse, type TestOptions } from '../kit.ts';
import { type Locale, SHOWN_STATES } from './people.ts';

export const PIN = '730516';

export interface AppServer extends AsyncDisposable {
  readonly h: TestHouse;
  readonly url: string;
  /** Adds to the server's clock, which otherwise is this machine's. */
  skewMs: number;
  /** An account with a registration: the token of its QR, and the activation code. */
  ticket(account: string): Promise<{ readonly token: string; readonly code: string }>;
  /** Stops listening, as if the machine were gone; `start` brings it back at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Where the pages were built to. */
export const BUILT = join(import.meta.dirname, '../../dist/web');

/** A house with a preset (mobile-otp) or a policy, its pages included, on a port of its own. */
export async function aServer(
  policy: Pick<TestOptions, 'preset' | 'policy' | 'webRoot' | 'wechat'> = { preset: 'mobile-otp' },
): Promise<AppServer> {
  const port = await chosenPort('localhost', 0);
  const url = `http://localhost:${port}`;
  const h = await aHouse({ webRoot: BUILT, ...policy, baseUrl: url });
  const server = { skewMs: 0 };
  Object.defineProperty(h.clock, 'now', { get: () => Date.now() + server.skewMs });
  // Its own door, so that the tests' calls get through while it is shut.
  let app: FastifyInstance = h.house.http();
  await app.listen({ host: 'localhost', port });
  const up = { running: true };
  return Object.assign(server, {
    h,
    url,
    async ticket(account: string) {
      await h.account(account, { phone: `+8529${account}0`, email: `${account}@example.com` });
      return register(h, account);
    },
    async stop() {
      up.running = false;
      app.server.closeAllConnections();
      await app.close();
    },
    async start() {
      app = h.house.http();
      up.running = true;
      await app.listen({ host: 'localhost', port });
    },
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      if (up.running) await app.close();
      await h.close();
    },
  });
}

/** A Chromium; with `sees`, one whose camera shows a QR with that text. `flags`: how else it is started. */
export async function aChromium(
  sees?: string,
  flags: readonly string[] = [],
  which?: string,
): Promise<Browser & AsyncDisposable> {
  const camera: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'hufu-camera-'));
  if (sees !== undefined) {
    const file = join(folder, 'qr.y4m');
    writeFileSync(file, video(sees));
    camera.push(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    );
  }
  const browser = await launch([...camera, ...flags], which);
  browser.on('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return Object.assign(browser, { [Symbol.asyncDispose]: () => browser.close() });
}

/** Five frames of a QR, 640 × 480, as uncompressed video. */
export function video(text: string): Buffer {
  const [width, height] = [640, 480];
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const scale = Math.floor(380 / modules.size);
  const left = (width - modules.size * scale) >> 1;
  const top = (height - modules.size * scale) >> 1;
  const luma = Buffer.alloc(width * height, 235);
  for (let y = 0; y < modules.size * scale; y++)
    for (let x = 0; x < modules.size * scale; x++)
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale)) !== 0) luma[(top + y) * width + left + x] = 16;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`);
  return Buffer.concat([head, ...Array.from({ length: 5 }, () => frame)]);
}

export interface AppPhone {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
}

export interface PhoneOptions {
  readonly locale?: Locale;
  readonly theme?: 'light' | 'dark';
  readonly zone?: string;
  /** How far this phone's clock is off. */
  readonly clockMs?: number;
  readonly path?: string;
  /** What its browser says it is. */
  readonly agent?: string;
}

/** A phone with the app open. */
export async function aPhone(browser: Browser, server: { readonly url: string }, options: PhoneOptions = {}) {
  const { locale = 'zh-HK', theme = 'light', zone = 'Asia/Hong_Kong', clockMs = 0, path = '/app/', agent } = options;
  const context = await browser.newContext({
    locale,
    timezoneId: zone,
    colorScheme: theme,
    viewport: { width: 390, height: 844 },
    permissions: ['clipboard-read', 'clipboard-write', 'camera'],
    ...(agent === undefined ? {} : { userAgent: agent }),
  });
  if (clockMs !== 0) await context.addInitScript(`{ const right = Date.now; Date.now = () => right() + ${clockMs}; }`);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    const text = line.text();
    if (line.type() === 'error' && !SHOWN_STATES.test(text)) faults.push(text);
  });
  await page.goto(server.url + path);
  await page.locator('main').waitFor();
  return { page, context, faults } satisfies AppPhone;
}

/** Types digits on the pad's keys. */
export async function typePin(page: Page, pin: string): Promise<void> {
  await page.locator('.pad').waitFor();
  for (const digit of pin) await page.locator('.pad-key', { hasText: new RegExp(`^${digit}$`) }).click();
}
/** Types a PIN and confirms it. */
export async function enterPin(page: Page, pin: string): Promise<void> {
  await typePin(page, pin);
  await page.locator('.pad .button.main').click();
}

/** Opens a registration by its address, as the phone's own camera does, and registers. */
export async function registerBy(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/s/${token}`);
  await page.locator('.facts').waitFor();
  await page.locator('button[type=submit]').click();
}

/** The server hears the next such call, and its answer is lost on the way. */
export const loseAnswer = (page: Page, path: string): Promise<unknown> =>
  page.route(
    path,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );

/** Registers the first phone of an account, PIN and all. */
export async function firstPhone(page: Page, url: string, token: string, pin = PIN): Promise<void> {
  await registerBy(page, url, token);
  await enterPin(page, pin);
  await enterPin(page, pin);
  await page.locator('.finished .button').click();
  await page.locator('.account-card').waitFor();
}

/** From an account's screen to the six digits of a PIN. */
export async function codeBy(page: Page, pin = PIN): Promise<string> {
  await page.locator('.button.big').click();
  await enterPin(page, pin);
  return shownCode(page);
}

export async function shownCode(page: Page): Promise<string> {
  await page.locator('.dial').waitFor();
  return (await page.locator('.code > span').first().innerText()).replaceAll(/\D/g, '');
}

/** Everything the app keeps, as text: IndexedDB (keys as what they are, not what they hold), localStorage, caches. */
export const kept = (page: Page): Promise<Kept> => page.evaluate(`(${readAll})()`);
export interface Kept {
  readonly rows: readonly Record<string, unknown>[];
  readonly local: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, string>>;
}

// Runs in the page, whose types this file does not have.
const readAll = `async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await done(indexedDB.open('hufu-app'));
  const rows = await done(db.transaction('accounts').objectStore('accounts').getAll());
  db.close();
  const plain = (value) =>
    value instanceof Uint8Array ? Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
    : value instanceof CryptoKey ? { type: value.type, extractable: value.extractable, usages: value.usages }
    : Array.isArray(value) ? value.map(plain)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]))
    : value;
  return { rows: plain(rows), local: { ...localStorage }, session: { ...sessionStorage } };
}`;
