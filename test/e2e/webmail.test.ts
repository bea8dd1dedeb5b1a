// The demo's webmail: a relying party by somebody else's OpenID library, whose login is the hosted pages, in a real browser.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authenticator, aDemo, type TestDemo } from './kit.ts';
import { aBrowser, DESKTOP, flawless, LOCALES, PHONE, signIn, visit } from './people.ts';

let demo: TestDemo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aDemo(), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const ACCOUNT = 'jige@lark.example';
const PASSWORD = 'yunque-jige';
const inbox = (page: Page) => page.waitForURL(/\/demo\/webmail\/$/);
const enter = async (page: Page, code: string): Promise<void> => {
  await page.locator('input[name=code]').fill(code);
  await page
    .locator('form', { has: page.locator('input[name=code]') })
    .locator('button[type=submit]')
    .click();
};

describe('IN-1.2 the webmail', () => {
  it.each(LOCALES)('IN-1.2 NF-1 NF-2 welcomes in %s, on a phone and a desktop, without a flaw', async (locale) => {
    for (const [size, theme] of [
      [PHONE, 'light'],
      [DESKTOP, 'dark'],
    ] as const) {
      const person = await visit(browser, `${demo.url}/demo/webmail/`, { locale, size, theme });
      await person.page.getByRole('heading', { level: 1 }).waitFor();
      await flawless(person);
      await person.context.close();
    }
  });

  it('IN-1.2 OIDC-06 logs in through the hosted pages and is told how; forwarding asks for a fresh second step', async () => {
    const person = await visit(browser, `${demo.url}/demo/webmail/`, { locale: 'zh-CN' });
    const { page } = person;
    await page.getByRole('link', { name: '登录邮箱' }).click();
    await page.waitForURL(/\/t\/lark\/login/);
    await signIn(page, ACCOUNT, PASSWORD);
    await inbox(page);
    await expect.poll(() => page.locator('.proof').innerText()).toContain('仅密码');
    await flawless(person);

    // Without a second step the webmail says what to do, after a fresh login that could give none.
    await page.goto(`${demo.url}/demo/webmail/forwarding`);
    await page.waitForURL(/\/t\/lark\/login/);
    await signIn(page, ACCOUNT, PASSWORD);
    await page.getByText('请先在安全设置中开启二次验证').waitFor();
    await flawless(person);

    // Single sign-on: the settings need no further login. A second step is bound there, and its first code is one just verified.
    await page.goto(`${demo.url}/demo/webmail/`);
    await page.getByRole('link', { name: '安全设置' }).first().click();
    await page.waitForURL(/\/t\/lark\/settings/);
    await walk(page, person);
    const bound = await bindThere(page);
    await page.goto(`${demo.url}/demo/webmail/`);
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL(/\/demo\/webmail\/$/);

    // It was one login: out of the webmail is out of the portal. The next one is asked for the code, and the webmail is told.
    await page.goto(`${demo.url}/demo/webmail/forwarding`);
    await page.waitForURL(/\/t\/lark\/login/);
    await signIn(page, ACCOUNT, PASSWORD);
    await page.locator('input[name=code]').waitFor();
    await enter(page, await bound.next());
    await page.getByRole('button', { name: '临时登录' }).click();
    await page.waitForURL(/forwarding/);
    await page.getByLabel('转发到').fill('me@elsewhere.example');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor();
    await flawless(person);
    await page.goto(`${demo.url}/demo/webmail/`);
    await expect.poll(() => page.locator('.proof').innerText()).toContain('密码和二次验证');
  });
});

/** From the welcome of the personal settings to the list of methods, as people go (CM-1.1): what is there says how to begin. */
async function walk(page: Page, person: Parameters<typeof flawless>[0]): Promise<void> {
  await page.getByRole('link', { name: /安全/ }).first().click();
  await page
    .getByRole('link', { name: /二次验证/ })
    .first()
    .click();
  await page.getByRole('heading', { name: '二次验证设置' }).waitFor();
  await page.getByRole('button', { name: /绑定/ }).first().waitFor();
  await flawless(person);
}

/** Binds a third-party authenticator through the API, as the settings page does, from this browser. */
async function bindThere(page: Page): Promise<Authenticator> {
  const started = await page.evaluate(async () => {
    const reply = await fetch('/v1/me/bindings', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'hufu-tenant': 'lark' },
      body: JSON.stringify({ type: 'totp' }),
    });
    return (await reply.json()) as { id: string; uri: string };
  });
  const app = new Authenticator(started.uri);
  const output = await app.next();
  const status = await page.evaluate(
    async ({ id, output: code }) => {
      const reply = await fetch(`/v1/me/bindings/${id}/confirm`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'hufu-tenant': 'lark' },
        body: JSON.stringify({ output: code }),
      });
      return reply.status;
    },
    { id: started.id, output },
  );
  expect(status).toBe(200);
  return app;
}
