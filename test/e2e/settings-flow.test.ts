// The settings in a browser against a real server: binding, changing and unbinding with fresh proof, and what is told of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstPhone } from '../enrolment-kit.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { Authenticator } from './kit.ts';
import { aBrowser, admitted, flawless, scanned, signIn, type Visitor, visit } from './people.ts';

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
async function anAccount(): Promise<string> {
  made += 1;
  const account = `wei${made}@lark.example`;
  await lark.h.account(account, { phone: `+8526${String(2_000_000 + made)}`, password: PASSWORD });
  return account;
}

/** A person who just logged in, on a page of the settings. */
async function loggedIn(account: string, at = 'two-step', locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Visitor> {
  const person = await visit(browser, `${lark.url}/t/t1/login#to=${at}`, { locale });
  await signIn(person.page, account, PASSWORD);
  await admitted(person.page);
  return person;
}
const row = (page: Page, type: string) => page.locator(`[data-method=${type}]`);
const enter = async (page: Page, code: string): Promise<void> => {
  await page.locator('dialog input[name=code]').fill(code);
  await page
    .locator('dialog form', { has: page.locator('input[name=code]') })
    .locator('button[type=submit]')
    .click();
};
/** Binds a third-party authenticator on the open page of methods. */
async function bindTotp(page: Page): Promise<Authenticator> {
  await row(page, 'totp').getByRole('button').first().click();
  await page.locator('dialog .qr img').waitFor();
  const app = new Authenticator(await scanned(page));
  await enter(page, app.at(Date.now() + lark.skewMs));
  await page.locator('dialog .notice.good').waitFor();
  await page.locator('dialog .icon-button').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  return app;
}
const mailedCode = async (): Promise<string> => {
  const mail = (await lark.h.outbox()).find(({ channel }) => channel === 'email');
  return /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? '';
};

describe('methods', () => {
  it('CM-1.1 CM-2.2 third-party OTP by QR, with its first code, and recovery codes at once', async () => {
    const person = await loggedIn(await anAccount());
    const { page } = person;
    await page.getByText('未开启').waitFor();
    await row(page, 'totp').getByRole('button', { name: '绑定第三方 OTP' }).click();
    await page.locator('dialog .qr img').waitFor();
    const app = new Authenticator(await scanned(page));
    await enter(page, app.wrong());
    await page.getByText('验证码不正确或已过期').waitFor();
    await flawless(person);
    await enter(page, await app.next());
    await page.getByText('以后登录可以用第三方 OTP 验证。').waitFor();
    await page.locator('dialog').getByRole('button', { name: '生成恢复码' }).click();
    await page.locator('dialog .codes').waitFor();
    await expect.poll(() => page.locator('dialog .codes code').count()).toBeGreaterThanOrEqual(8);
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText(/已开启/).waitFor();
    await row(page, 'totp').getByRole('button', { name: '解绑第三方 OTP' }).waitFor();
    await flawless(person);
    await person.context.close();
  });

  it('CM-2.2 a backup mailbox: the code mailed to it, masked in the list afterwards', async () => {
    const person = await loggedIn(await anAccount());
    const { page } = person;
    await row(page, 'email').getByRole('button').first().click();
    await page.getByLabel('备用邮箱地址').fill('not a mailbox');
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByText('请输入有效的邮箱地址。').waitFor();
    await page.getByLabel('备用邮箱地址').fill('jigesaw@backup.example');
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.locator('dialog input[name=code]').waitFor();
    await enter(page, await mailedCode());
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    await page.locator('dialog .icon-button').click();
    await expect.poll(() => row(page, 'email').innerText()).toMatch(/j\S*\*+\S*@/);
    await expect.poll(() => row(page, 'email').innerText()).not.toContain('jigesaw@');
    await flawless(person);
    await person.context.close();
  });

  it('CM-4.1 REB-01 unbinding minutes later asks for a fresh verification; giving up changes nothing', async () => {
    const person = await loggedIn(await anAccount());
    const { page } = person;
    const app = await bindTotp(page);
    lark.skewMs += 400_000;
    await row(page, 'totp').getByRole('button', { name: '解绑第三方 OTP' }).click();
    const ask = page.getByRole('dialog', { name: '解绑第三方 OTP？' });
    await ask.getByText('仅在手机上删除令牌不会解除绑定。').waitFor();
    await ask.getByRole('button', { name: '解绑第三方 OTP' }).click();
    const proof = page.getByRole('dialog', { name: '请先验证是您本人' });
    await proof.waitFor();
    await flawless(person);
    await proof.getByRole('button', { name: '取消' }).click();
    await proof.waitFor({ state: 'detached' });
    await row(page, 'totp').getByText('绑定于', { exact: false }).waitFor();

    await ask.getByRole('button', { name: '解绑第三方 OTP' }).click();
    await proof.locator('input[name=code]').fill(app.at(Date.now() + lark.skewMs));
    await proof.getByRole('button', { name: '验证', exact: true }).click();
    await page.getByText('已解绑第三方 OTP。').waitFor();
    await row(page, 'totp').getByRole('button', { name: '绑定第三方 OTP' }).waitFor();
    await flawless(person);
    await person.context.close();
  });

  it('CM-2.2 a passkey: made and used in the browser, chosen first at the next login', async () => {
    const account = await anAccount();
    const person = await loggedIn(account);
    const { page, context } = person;
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await row(page, 'passkey').getByRole('button', { name: '绑定通行密钥' }).click();
    await flawless(person);
    await page.getByLabel('名称（可不填）').fill('我的电脑');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog .notice.good').waitFor();
    await page.locator('dialog .icon-button').click();
    await expect.poll(() => row(page, 'passkey').innerText()).toContain('我的电脑');
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('link', { name: '登录' }).click();
    await signIn(page, account, PASSWORD);
    await page.getByRole('heading', { name: '使用通行密钥' }).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: '使用通行密钥' }).click();
    await admitted(page);
    await context.close();
  });
});

describe('the session', () => {
  it('NF-2 log out ends it; a page opened later leads to the login and back', async () => {
    const account = await anAccount();
    const person = await loggedIn(account, 'activity', 'en');
    const { page } = person;
    await page.getByText('Signed in').first().waitFor();
    await flawless(person);
    await page.getByRole('button', { name: 'Not you: Signed in' }).first().click();
    await page.getByRole('dialog', { name: 'Was that not you?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.goto(`${lark.url}/t/t1/settings#/activity`);
    await page.reload();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, account, PASSWORD);
    await page.waitForURL(/settings#\/activity/);
    await page.getByText('Signed in').first().waitFor();
    expect(person.faults).toEqual([]);
    await person.context.close();
  });
});

describe('the Hufu app', () => {
  it('CM-2.1 scanned, the page turns to bound by itself, with no reload', async () => {
    const person = await loggedIn(await anAccount());
    const { page } = person;
    await row(page, 'app').getByRole('button').first().click();
    await page.locator('dialog .ticket img').waitFor();
    await flawless(person);
    await firstPhone(lark.h, (await scanned(page)).split('/s/')[1] ?? '', undefined, 'iPhone 15');
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    // Recovery codes are offered beside whatever was bound.
    await page.locator('dialog').getByRole('button', { name: '生成恢复码' }).waitFor();
    await page.locator('dialog').getByRole('button', { name: '以后再说' }).click();
    await expect.poll(() => row(page, 'app').innerText()).toContain('iPhone 15');
    await flawless(person);
    await person.context.close();
  });
});

describe('changing', () => {
  it('CM-4.2 the old one works until the new one is confirmed, then only the new one', async () => {
    const account = await anAccount();
    const person = await loggedIn(account);
    const { page } = person;
    const old = await bindTotp(page);
    const change = row(page, 'totp').getByRole('button', { name: '修改第三方 OTP' });
    // Given up in between: the old one still verifies.
    await change.click();
    await page.locator('dialog .qr img').waitFor();
    await page.locator('dialog .icon-button').click();
    lark.skewMs += 60_000;
    const other = await visit(browser, `${lark.url}/t/t1/login`);
    await signIn(other.page, account, PASSWORD);
    await other.page.locator('input[name=code]').fill(old.at(Date.now() + lark.skewMs));
    await other.page.getByRole('button', { name: '验证', exact: true }).click();
    await admitted(other.page);

    await change.click();
    await page.locator('dialog .qr img').waitFor();
    const fresh = new Authenticator(await scanned(page));
    await enter(page, fresh.at(Date.now() + lark.skewMs));
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    await page.locator('dialog .icon-button').click();
    await page.getByText('第三方 OTP 已更换，原来的不再有效。').waitFor();
    lark.skewMs += 60_000;
    await other.page.goto(`${lark.url}/t/t1/login`);
    await signIn(other.page, account, PASSWORD);
    await other.page.locator('input[name=code]').fill(old.at(Date.now() + lark.skewMs));
    await other.page.getByRole('button', { name: '验证', exact: true }).click();
    await other.page.getByText('验证码不正确或已过期').waitFor();
    await other.page.locator('input[name=code]').fill(fresh.at(Date.now() + lark.skewMs));
    await other.page.getByRole('button', { name: '验证', exact: true }).click();
    await admitted(other.page);
    await person.context.close();
    await other.context.close();
  });
});
