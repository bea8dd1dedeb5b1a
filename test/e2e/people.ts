// People with browsers for the portal's pages: a Chromium, contexts by language, look and width, and what a page must be free of.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import jsqr from 'jsqr';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect } from 'vitest';
import { launch } from '../chromium.ts';

export const LOCALES = ['zh-CN', 'zh-HK', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** What Chromium writes to the console for every refusal and every call that no server answers: states the pages show, no faults of theirs. */
export const SHOWN_STATES =
  /status of (4\d\d|503)|net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|CONNECTION_(REFUSED|RESET|CLOSED|ABORTED))/;

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page so far: errors thrown, errors on the console. Refusals of our own API are none. */
  readonly faults: string[];
}

export const aBrowser = (): Promise<Browser> => launch();

export interface Seat {
  locale?: Locale;
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  same?: BrowserContext;
}

/** A person in front of a page, in a browser of their own. */
export async function visit(browser: Browser, url: string, seat: Seat = {}): Promise<Visitor> {
  const { locale = 'zh-CN', theme = 'light', size = DESKTOP } = seat;
  const context =
    seat.same ??
    (await browser.newContext({
      locale,
      timezoneId: 'Asia/Hong_Kong',
      viewport: size,
      colorScheme: theme,
      permissions: ['clipboard-read', 'clipboard-write'],
    }));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    const text = line.text();
    if (line.type() === 'error' && !SHOWN_STATES.test(text)) faults.push(text);
  });
  await page.goto(url);
  return { page, context, faults };
}

// What fades in has no contrast yet. Runs in the page, whose types this file does not have.
const STANDS_STILL = `(async () => {
  const drawn = () => new Promise((then) => {
    requestAnimationFrame(() => requestAnimationFrame(then));
    setTimeout(then, 250); // A page behind another is not drawn.
  });
  // Not the ring of a code, which takes its minute, nor what goes round for ever.
  const moving = () => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime <= 1000);
  await drawn();
  for (let n = 0; n < 10 && moving().length > 0; n++) {
    await Promise.race([Promise.allSettled(moving().map((one) => one.finished)), new Promise((then) => setTimeout(then, 1000))]);
    await drawn();
  }
})()`;

/** What axe finds wrong with a page: WCAG 2.2 A and AA and best practices, or the tags given. The pages have no frames, which its quick way leaves out. */
export async function axeFindings(page: Page, tags?: string[]): Promise<readonly string[]> {
  await page.evaluate(STANDS_STILL);
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (tags === undefined ? axe : axe.withTags(tags)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

/** Nothing for axe to find, nothing sticking out to the side, no fault in the page. */
export async function flawless({ page, faults }: Pick<Visitor, 'page' | 'faults'>): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide, 'wider than the screen').toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
}

/** No placeholder left in the words, and no Chinese on an English page but for names given. */
export async function worded(page: Page, locale: Locale, names: RegExp = /[简繁体體中文（）香港]/gu): Promise<void> {
  const text = await page.locator('body').innerText();
  expect(text).not.toMatch(/[{}]|undefined|NaN/);
  if (locale === 'en') expect(text.replaceAll(names, '')).not.toMatch(/\p{Script=Han}/u);
}

/** A picture for the people who look at pages: only when HUFU_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['HUFU_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Account and password on the hosted login. */
export async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.locator('input[name=username]').fill(account);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button[type=submit]').click();
}

/** What a phone's camera reads off the QR on the page. */
export async function scanned(page: Page): Promise<string> {
  const image = PNG.sync.read(await page.locator('.qr img').screenshot());
  const found = jsqr.default(new Uint8ClampedArray(image.data), image.width, image.height);
  if (found === null) throw new Error('there is no readable QR on the page');
  return found.data;
}

/** Waits for the settings after a login; where the page asks whether to trust this browser, the answer is "this time only". */
export async function admitted(page: Page): Promise<void> {
  const once = page.getByRole('button', { name: /^(临时登录|僅此一次登入|This time only)$/ });
  await once.or(page.locator('.settings .bar-account')).first().waitFor();
  if (await once.isVisible()) await once.click();
  await page.waitForURL(/\/t\/t1\/settings/);
}
