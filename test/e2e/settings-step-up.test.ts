// Proving it is you in the settings, where it goes other than straight on: no method to prove it with, given up early, late, in another tab, by Back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppServer, aServer } from './app-kit.ts';
import { Authenticator } from './kit.ts';
import { aBrowser, admitted, flawless, LOCALES, scanned, signIn, type Visitor, visit, worded } from './people.ts';

let lark: AppServer;
let browser: Browser;
beforeAll(async () => {
  [lark, browser] = await Promise.all([aServer({ preset: 'mail' }), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await lark?.[Symbol.asyncDispose]();
});

const PASSWORD = 'correct horse battery';
let made = 0;
async function loggedIn(at = 'two-step', locale: 'zh-CN' | 'zh-HK' | 'en' = 'en') {
  made += 1;
  const account = `ming${made}@lark.example`;
  await lark.h.account(account, { phone: `+8526${String(4_000_000 + made)}`, password: PASSWORD });
  const person = await visit(browser, `${lark.url}/t/t1/login#to=${at}`, { locale });
  await signIn(person.page, account, PASSWORD);
  await admitted(person.page);
  return { person, page: person.page, account };
}
const row = (page: Page, type: string) => page.locator(`[data-method=${type}]`);
async function bindTotp(page: Page): Promise<Authenticator> {
  await row(page, 'totp').getByRole('button').first().click();
  await page.locator('dialog .qr img').waitFor();
  const app = new Authenticator(await scanned(page));
  await page.locator('dialog input[name=code]').fill(app.at(Date.now() + lark.skewMs));
  await page.locator('dialog form button[type=submit]').click();
  await page.locator('dialog .notice.good').waitFor();
  await page.locator('dialog .icon-button').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  return app;
}
const proofOf = (page: Page) => page.getByRole('dialog', { name: 'First verify that it is you' });
/** Asks to unbind the authenticator, long after it was bound. */
async function unlink(page: Page): Promise<void> {
  await row(page, 'totp').getByRole('button', { name: 'Unlink Third-party OTP' }).click();
  await page
    .getByRole('dialog', { name: 'Unlink Third-party OTP?' })
    .getByRole('button', { name: 'Unlink Third-party OTP' })
    .click();
}
/** The page still is the signed-in person's, with no question on it but the one whether to unbind. */
async function stays({ page }: Visitor): Promise<void> {
  await proofOf(page).waitFor({ state: 'detached' });
  expect(await page.locator('.signed-out').count()).toBe(0);
  await row(page, 'totp').getByText('Since', { exact: false }).waitFor();
}
/** Waits for the page's answer to its own call that ends the login. */
const cancelled = (page: Page) =>
  page.waitForResponse((reply) => reply.url().endsWith('/v1/me/login') && reply.request().method() === 'DELETE');

describe('nothing to verify with, and the login too old', () => {
  it.each(LOCALES)('CM-2.1 CM-5.2 %s: every change leads to the login and back', async (locale) => {
    const { person, page, account } = await loggedIn('two-step', locale);
    lark.skewMs += 400_000;
    for (const type of ['wechat', 'totp', 'app', 'passkey', 'email']) {
      const bind = row(page, type).locator('.button.main');
      if ((await bind.count()) === 0) continue;
      await bind.click();
      if (type === 'email') await page.locator('dialog input[type=email]').fill('spare@backup.example');
      if (type === 'email' || type === 'passkey') await page.locator('dialog button[type=submit]').click();
      const again = page.locator('dialog').last();
      await again.locator('a.button').waitFor();
      expect(await page.getByText(/此客户端|此客戶端|on this client/).count()).toBe(0);
      await worded(page, locale, /[简繁体體中文（）香港腾讯身份验证器二维码激活]/gu);
      if (type === 'totp') await flawless(person);
      // Given up, the whole of it is over.
      await again.locator('.icon-button').click();
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    await page.goto(`${lark.url}/t/t1/settings#/app-passwords`);
    await page.locator('.panel-head .button').click();
    await page.locator('dialog input[type=text]').fill('Foxmail');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog').last().locator('a.button').click();
    await signIn(page, account, PASSWORD);
    await page.waitForURL(/settings#\/app-passwords/);
    await page.locator('.panel-head .button').click();
    await page.locator('dialog input[type=text]').fill('Foxmail');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog .copy-text.big').waitFor();
    expect(person.faults).toEqual([]);
    await person.context.close();
  });
});

describe('a step-up that is given up', () => {
  it('CM-4.1 after its time: the session lives, and a code typed then says what happened and asks anew', async () => {
    const { person, page } = await loggedIn();
    const app = await bindTotp(page);
    lark.skewMs += 400_000;
    await unlink(page);
    await proofOf(page).locator('input[name=code]').waitFor();
    lark.skewMs += 700_000;
    await proofOf(page)
      .locator('input[name=code]')
      .fill(app.at(Date.now() + lark.skewMs));
    await proofOf(page).locator('button[type=submit]').click();
    await proofOf(page).getByText('This took too long').waitFor();
    await flawless(person);
    await proofOf(page).getByRole('button', { name: 'Try again' }).click();
    await proofOf(page).locator('input[name=code]').waitFor();
    lark.skewMs += 700_000;
    const answered = cancelled(page);
    await proofOf(page).getByRole('button', { name: 'Cancel' }).click();
    expect((await answered).status()).toBe(401);
    await stays(person);
    await person.context.close();
  });

  it('CM-4.1 in two tabs, one after the other: the session lives', async () => {
    const { person, page } = await loggedIn();
    await bindTotp(page);
    lark.skewMs += 400_000;
    const other = await visit(browser, `${lark.url}/t/t1/settings#/two-step`, { locale: 'en', same: person.context });
    for (const tab of [page, other.page]) {
      await unlink(tab);
      await proofOf(tab).locator('input[name=code]').waitFor();
    }
    for (const one of [other, person]) {
      const answered = cancelled(one.page);
      await proofOf(one.page).getByRole('button', { name: 'Cancel' }).click();
      await answered;
      await stays(one);
    }
    await person.context.close();
  });

  it('CM-4.1 while it is still being asked: it does not come back, and what comes late is cancelled', async () => {
    const { person, page } = await loggedIn();
    await bindTotp(page);
    lark.skewMs += 400_000;
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/v1/me/challenges', async (route) => {
      await held;
      await route.continue();
    });
    await unlink(page);
    await proofOf(page).locator('.icon-button').click();
    await stays(person);
    const answered = cancelled(page);
    letGo();
    expect((await answered).status()).toBe(204);
    await stays(person);
    await person.context.close();
  });

  it('CM-4.1 by the Back button: nothing lies over the page before, and nothing is open any more', async () => {
    const { person, page } = await loggedIn('security');
    await page.getByRole('link', { name: /Two-step verification/ }).click();
    await bindTotp(page);
    lark.skewMs += 400_000;
    await unlink(page);
    await proofOf(page).locator('input[name=code]').waitFor();
    const answered = cancelled(page);
    await page.goBack();
    expect((await answered).status()).toBe(204);
    await page.locator('.client-logins').waitFor();
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await flawless(person);
    await person.context.close();
  });
});

describe('an address that names no page', () => {
  it('CM-1.1 opens the first one, also where the name is one that every object has', async () => {
    const { person, page } = await loggedIn('constructor');
    for (const name of ['constructor', '__proto__', 'toString', 'nonsense']) {
      await page.goto(`${lark.url}/t/t1/settings#/${name}`);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Personal settings' }).waitFor();
    }
    expect(person.faults).toEqual([]);
    await person.context.close();
  });
});
