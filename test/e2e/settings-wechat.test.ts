// WeChat in the settings against a real server, with WeChat's own servers played by a stand-in: bound, and changed to another WeChat.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, confirm, type Key, scanToJoin } from '../wechat-kit.ts';
import { aWechat, type WechatStandIn } from '../wechat-stand-in.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { aBrowser, admitted, flawless, scanned, signIn, visit } from './people.ts';

const ACCOUNT = 'wei@lark.example';
const PASSWORD = 'correct horse battery';

let wechat: WechatStandIn;
let lark: AppServer;
let browser: Browser;
beforeAll(async () => {
  wechat = await aWechat();
  [lark, browser] = await Promise.all([aServer({ preset: 'mail', wechat: wechat.options }), aBrowser()]);
  await lark.h.account(ACCOUNT, { password: PASSWORD });
});
afterAll(async () => {
  await browser?.close();
  await lark?.[Symbol.asyncDispose]();
  await wechat?.[Symbol.asyncDispose]();
});

const row = (page: Page) => page.locator('[data-method=wechat]');
/** That person's WeChat scans the QR on the page. */
const scans = async (page: Page, person: string): Promise<Key> => {
  await page.locator('dialog .qr img').waitFor();
  const token = (await scanned(page)).split('/s/')[1] ?? '';
  const joined = await scanToJoin({ h: lark.h, wechat }, person, token);
  expect(joined.status).toBe(201);
  return joined.body;
};
const close = async (page: Page): Promise<void> => {
  await page.locator('dialog .icon-button').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
};
/** Whether a mini-program's code logs in, from a browser of its own. */
async function logsIn(key: Key): Promise<boolean> {
  lark.skewMs += 60_000;
  const { page, context } = await visit(browser, `${lark.url}/t/t1/login`, { locale: 'en' });
  const begun = page.waitForResponse((reply) => reply.url().endsWith('/v1/me/login') && reply.status() === 201);
  await Promise.all([begun, signIn(page, ACCOUNT, PASSWORD)]);
  const verified = await page.evaluate(
    async (output) => {
      const reply = await fetch('/v1/me/login/verify', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'hufu-tenant': 't1' },
        body: JSON.stringify({ output }),
      });
      return reply.status;
    },
    codeOf(key, lark.h.clock.now),
  );
  await context.close();
  return verified === 200;
}

describe('WeChat on the page of methods', () => {
  it('CM-2.1 CM-4.2 bound by a QR, then changed to another WeChat: the page turns by itself, the old one works until then', async () => {
    const person = await visit(browser, `${lark.url}/t/t1/login#to=two-step`);
    const { page } = person;
    await signIn(page, ACCOUNT, PASSWORD);
    await admitted(page);
    await row(page).getByRole('button', { name: '绑定微信' }).click();
    const old = await scans(page, 'wei');
    expect((await confirm(lark.h, old)).status).toBe(200);
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    await close(page);

    await row(page)
      .getByRole('button', { name: /^(修改|更换|换绑).*微信$/ })
      .click();
    // The session never proved the WeChat that is to go.
    const proof = page.getByRole('dialog', { name: '请先验证是您本人' });
    await proof.waitFor();
    await proof.getByRole('button').first().waitFor();
    const code = proof.locator('input[name=code]');
    if (!(await code.isVisible()))
      await proof
        .getByRole('button', { name: /验证码/ })
        .first()
        .click();
    lark.skewMs += 60_000;
    await code.fill(codeOf(old, lark.h.clock.now));
    await proof.getByRole('button', { name: '验证', exact: true }).click();
    const fresh = await scans(page, 'wei-new');
    await flawless(person);
    expect(await logsIn(old)).toBe(true);
    expect(await logsIn(fresh)).toBe(false);
    expect((await confirm(lark.h, fresh)).status).toBe(200);
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    await close(page);
    await expect.poll(() => row(page).innerText()).toContain('解绑');
    expect(await logsIn(old)).toBe(false);
    expect(await logsIn(fresh)).toBe(true);
    await flawless(person);
    await person.context.close();
  });
});
