// Every screen of the app in three languages, light and dark, on a phone's width: nothing for axe, nothing sticking out, no word in
// another language. HUFU_SHOTS=folder keeps pictures for people to look at.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AppServer,
  aChromium,
  aPhone,
  aServer,
  enterPin,
  PIN,
  registerBy,
  shownCode,
  typePin,
} from './app-kit.ts';
import { flawless, LOCALES, shot, worded } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

// Colours are the same in every language.
const LOOKS = [...LOCALES.map((locale) => [locale, 'light'] as const), ['zh-HK', 'dark'] as const];
/** Names that stay Chinese on an English page: the house's, its contact, the languages. */
const NAMES = /虎符|[简繁体體中文（）香港]|國安證券|網上交易平台|客戶服務部/gu;

describe('NF-1 NF-2 the app’s screens', () => {
  it.each(LOOKS)('NF-1 NF-2 %s, %s: axe finds nothing, words are all of one language', async (locale, theme) => {
    const number = `7001${LOOKS.findIndex(([one, look]) => one === locale && look === theme)}0`;
    const { token } = await server.ticket(number);
    const phone = await aPhone(browser, server, { locale, theme });
    const { page, context } = phone;
    let count = 0;
    const seen = async (name: string): Promise<void> => {
      count += 1;
      await shot(page, `app-${locale}-${theme}-${String(count).padStart(2, '0')}-${name}`);
      await flawless(phone);
      await worded(page, locale, NAMES);
      // The heading names the screen, and the page is named for its language.
      await expect.poll(() => page.locator('h1').count()).toBe(1);
    };
    const to = async (hash: string, wait: string): Promise<void> => {
      await page.goto(`${server.url}/app/#/${hash}`);
      await page.locator(wait).first().waitFor();
    };
    const press = (at: string): Promise<void> => page.locator(at).first().click();
    await seen('first');
    await to('type', 'form');
    await press('button[type=submit]');
    await seen('type');
    await to('scan', '.camera, .notice');
    await page.locator('.notice.bad').waitFor();
    await seen('no-camera');
    await registerBy(page, server.url, token);
    await enterPin(page, '123456');
    await seen('weak');
    await enterPin(page, PIN);
    await seen('again');
    await enterPin(page, PIN);
    await page.locator('.finished').waitFor();
    await seen('done');
    await press('.finished .button');
    await page.locator('.account-card').waitFor();
    await seen('account');
    await press('.button.big');
    await typePin(page, '1234567');
    await seen('pad');
    await press('.pad > .button.link');
    await page.getByRole('dialog').waitFor();
    await seen('forgot');
    await page.keyboard.press('Escape');
    await enterPin(page, PIN);
    await shownCode(page);
    await seen('code');
    const phoneId = decodeURIComponent(/#\/a\/([^/]+)/.exec(page.url())?.[1] ?? '');
    await to(`a/${phoneId}/manage`, '.choice');
    await seen('manage');
    await press('.button.grave');
    await page.getByRole('dialog').waitFor();
    await seen('remove');
    await page.keyboard.press('Escape');
    await to(`a/${phoneId}/phones`, '.line');
    await seen('phones');
    await to(`a/${phoneId}/pin`, '.pad');
    await seen('change');
    await to(`a/${phoneId}/biometric`, '.pad, .notice');
    await seen('biometric');
    await to('settings', '.segments');
    await seen('settings');
    await to('add', '.choice');
    await seen('add');
    await to('', '.account');
    await seen('home');
    await server.stop();
    try {
      await page.reload();
      await page.locator('.notice.warn').waitFor();
      await seen('offline');
    } finally {
      await server.start();
    }
    await context.close();
  });

  it('NF-1 NF-2 the language and the look are switched in the settings, and stay', async () => {
    const phone = await aPhone(browser, server, { locale: 'en' });
    const { page, context } = phone;
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /繁體中文/ }).click();
    await page.getByRole('heading', { name: '設定' }).waitFor();
    await page.getByRole('button', { name: '深色' }).click();
    await page.reload();
    await page.getByRole('heading', { name: '設定' }).waitFor();
    const look = (of: Page): Promise<unknown> =>
      of.evaluate('[document.documentElement.lang, getComputedStyle(document.documentElement).colorScheme]');
    await expect.poll(() => look(page)).toEqual(['zh-Hant-HK', 'dark']);
    await flawless(phone);
    await context.close();
  });

  it('NF-2 the whole way from the list to a code works by keyboard, and the focus follows', async () => {
    const { token } = await server.ticket('700199');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await registerBy(page, server.url, token);
    for (const title of ['Choose a PIN', 'Enter it again']) {
      await page.getByRole('heading', { name: title }).waitFor();
      for (const key of [...PIN, 'Enter']) await page.keyboard.press(key);
    }
    await page.locator('.finished .button').press('Enter');
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent');
    await expect.poll(focused).toBe('700199');
    await page.getByRole('button', { name: 'Get a code' }).press('Enter');
    await page.locator('.pad').waitFor();
    for (const key of [...PIN, 'Enter']) await page.keyboard.press(key);
    await shownCode(page);
    await expect.poll(focused).toMatch(/^\d{3} \d{3}Code/);
    await context.close();
  });
});
