// App passwords and the two-factor application in a browser against a real server: shown once, a light at the first login of a mail
// program, phones that join while the page looks on.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstPhone, furtherPhone, join, PIN } from '../enrolment-kit.ts';
import { mailbox, said } from '../mail-kit.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { Authenticator } from './kit.ts';
import { aBrowser, admitted, flawless, PHONE, scanned, signIn, type Visitor, visit } from './people.ts';

let lark: AppServer;
let guoan: AppServer;
let browser: Browser;
beforeAll(async () => {
  [lark, guoan, browser] = await Promise.all([aServer({ preset: 'mail' }), aServer(), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await lark?.[Symbol.asyncDispose]();
  await guoan?.[Symbol.asyncDispose]();
});

const PASSWORD = 'correct horse battery';
let made = 0;
async function atLark(at: string): Promise<{ person: Visitor; account: string }> {
  made += 1;
  const account = `jige${made}@lark.example`;
  await lark.h.account(account, { password: PASSWORD });
  const person = await visit(browser, `${lark.url}/t/t1/login#to=${at}`);
  await signIn(person.page, account, PASSWORD);
  await admitted(person.page);
  return { person, account };
}
async function create(page: Page, name: string): Promise<string> {
  await page.locator('.panel-head').getByRole('button', { name: '生成专用密码' }).click();
  await page.getByLabel('给它起个名字').fill(name);
  await page.locator('dialog').getByRole('button', { name: '生成', exact: true }).click();
  await page.locator('dialog .copy-text.big').waitFor();
  return page.locator('dialog .copy-text.big').innerText();
}

describe('app passwords', () => {
  it('CM-5.1 both ways in lead to the same list; binding the first method warns and offers to create one', async () => {
    const { person } = await atLark('security');
    const { page } = person;
    await page.getByRole('link', { name: /生成专用密码/ }).click();
    await page.getByRole('heading', { name: '客户端专用密码' }).waitFor();
    await page.getByText('还没有专用密码。', { exact: false }).waitFor();
    await flawless(person);
    await page.goBack();
    await page.getByRole('link', { name: /二次验证设置/ }).click();
    await page.getByText('绑定任一方式后，第三方邮件客户端必须使用专用密码登录。').waitFor();
    await page.locator('[data-method=totp]').getByRole('button').first().click();
    await page.locator('dialog .qr img').waitFor();
    const app = new Authenticator(await scanned(page));
    await page.locator('dialog input[name=code]').fill(await app.next());
    await page.locator('dialog button[type=submit]').click();
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    await page.locator('dialog .icon-button').click();
    await page.getByText('从现在起，第三方邮件客户端须用专用密码收发邮件。').waitFor();
    await flawless(person);
    await page.locator('.notice').getByRole('link', { name: '设置专用密码' }).click();
    await page.getByRole('heading', { name: '客户端专用密码' }).waitFor();
    await person.context.close();
  });

  it('CM-5.2 CM-5.3 shown once in four groups with copy and the servers; a light at the first login; revoked at once', async () => {
    const { person, account } = await atLark('app-passwords');
    const { page } = person;
    const grouped = await create(page, 'Foxmail');
    expect(grouped).toMatch(/^[A-Za-z0-9]{4}( [A-Za-z0-9]{4}){3}$/);
    for (const port of ['993 SSL', '995 SSL', '994 SSL']) await page.getByText(port).waitFor();
    await page.getByText('此密码仅显示一次。', { exact: false }).waitFor();
    await page.getByRole('button', { name: '复制 专用密码' }).click();
    await page.getByText('已复制').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(grouped.replaceAll(' ', ''));
    await flawless(person);
    await page.getByText('等待客户端首次登录').waitFor();
    const login = mailbox(lark.h, account);
    expect(said(await login(grouped.replaceAll(' ', '')))).toMatch(/accepted/);
    await page.getByText('已成功登录', { exact: false }).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: '完成' }).click();
    expect(await page.content()).not.toContain(grouped);
    const row = page.locator('tr', { hasText: 'Foxmail' });
    await row.getByText('IMAP', { exact: false }).first().waitFor();
    await row.getByText('203.0.113.7', { exact: false }).waitFor();

    await create(page, 'iPhone');
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByRole('button', { name: '停用 Foxmail' }).click();
    await page.getByText('Foxmail 将立即无法登录。', { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '停用 Foxmail' }).click();
    await page.getByText('已停用 Foxmail。').waitFor();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    expect(said(await login(grouped.replaceAll(' ', '')))).not.toMatch(/accepted/);
    await flawless(person);
    await person.context.close();
  });

  it('CM-5.2 the Apple profile: the link opens its page, the button there gives the profile', async () => {
    const { person } = await atLark('app-passwords');
    const { page } = person;
    await create(page, 'iPhone');
    const [landing] = await Promise.all([
      person.context.waitForEvent('page'),
      page.getByRole('link', { name: '下载 Apple 描述文件' }).click(),
    ]);
    const [saved] = await Promise.all([
      landing.waitForEvent('download'),
      landing.locator('form button, form input[type=submit]').click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/\.mobileconfig$/);
    expect(readFileSync(await saved.path(), 'utf8')).toContain('<plist');
    // The page with the password is still there.
    await page.locator('dialog .copy-text.big').waitFor();
    expect(person.faults).toEqual([]);
    await person.context.close();
  });

  it('CM-5.2 the light for the first login outlives an outage, however long', async () => {
    const { person, account } = await atLark('app-passwords');
    const { page } = person;
    await page.clock.install();
    let failed = 0;
    let isDown = true;
    await page.route('**/v1/me/app-passwords/*', (route) => {
      if (!isDown) return route.continue();
      failed += 1;
      return route.abort();
    });
    const grouped = await create(page, 'Foxmail');
    await expect
      .poll(async () => {
        await page.clock.fastForward(10_000);
        return failed;
      })
      .toBeGreaterThan(8);
    isDown = false;
    expect(said(await mailbox(lark.h, account)(grouped.replaceAll(' ', '')))).toMatch(/accepted/);
    await expect
      .poll(async () => {
        await page.clock.fastForward(10_000);
        return page.getByText('已成功登录', { exact: false }).count();
      })
      .toBe(1);
    await person.context.close();
  });

  it('CM-5.3 CM-5.5 receive only, for 30 days; revoke all', async () => {
    const { person } = await atLark('app-passwords');
    const { page } = person;
    await page.locator('.panel-head').getByRole('button', { name: '生成专用密码' }).click();
    await page.locator('dialog').getByRole('button', { name: '生成', exact: true }).click();
    await page.getByText('请输入名称。').waitFor();
    await page.getByLabel('给它起个名字').fill('打印机');
    await page.getByLabel('发信（SMTP）').uncheck();
    await page.getByLabel('有效期').selectOption({ label: '30 天' });
    await page.locator('dialog').getByRole('button', { name: '生成', exact: true }).click();
    await page.getByRole('button', { name: '完成' }).click();
    const row = page.locator('tr', { hasText: '打印机' });
    await expect.poll(() => row.innerText()).toContain('IMAP · POP3');
    await expect.poll(() => row.innerText()).not.toContain('SMTP');
    await expect.poll(() => row.innerText()).toContain('到期');
    await create(page, 'Outlook');
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByRole('button', { name: '全部清除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '全部清除' }).click();
    await page.getByText('已清除全部专用密码。').waitFor();
    await page.getByText('还没有专用密码。', { exact: false }).waitFor();
    await flawless(person);
    await person.context.close();
  });
});

describe('two-factor application', () => {
  async function atGuoan(size?: { width: number; height: number }): Promise<{ person: Visitor; account: string }> {
    made += 1;
    const account = String(700_700 + made);
    await guoan.h.account(account, { password: PASSWORD, phone: `+8529${String(4_000_000 + made)}` });
    const person = await visit(browser, `${guoan.url}/t/t1/login`, {
      locale: 'zh-HK',
      ...(size === undefined ? {} : { size }),
    });
    const { page } = person;
    await signIn(page, account, PASSWORD);
    await page.getByRole('button', { name: '發送驗證碼' }).click();
    await page.getByText(/驗證碼已發送至/).waitFor();
    await page.locator('input[name=code]').fill(await guoan.h.smsCode());
    await page.getByRole('button', { name: '驗證', exact: true }).click();
    await admitted(page);
    await page.getByRole('link', { name: /客戶服務/ }).click();
    await page.getByRole('link', { name: /雙重認證申請/ }).click();
    return { person, account };
  }
  const apply = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: '申請', exact: true }).click();
    await page.getByRole('button', { name: '確認申請' }).click();
  };

  it('MO-1.2 MO-2.3 apply, confirm: app, guide, QR and activation code; phones that join show live', async () => {
    const { person, account } = await atGuoan();
    const { page, context } = person;
    const opened = context.waitForEvent('page');
    await apply(page);
    await page.locator('.ticket img').waitFor();
    await page.getByText('已註冊 0/5 部手機').waitFor();
    await page.getByText(/香港時間 前有效 · 尚餘 2[34]:\d\d:\d\d/).waitFor();
    await flawless(person);
    const token = (await scanned(page)).split('/s/')[1] ?? '';
    // The new window shows the same one, without asking for another.
    const second = await opened;
    await second.locator('.ticket img').waitFor();
    await expect.poll(() => scanned(second)).toContain(token);
    expect(second.url()).not.toContain(token);

    const typed = (await page.locator('.copy-text.big').nth(1).innerText()).trim();
    const { answer } = await join(guoan.h, { tenant: 't1', account, code: typed }, 'iPhone');
    expect(answer.status).toBe(201);
    await page.getByText('已註冊 1/5 部手機').waitFor();
    await second.getByText('已註冊 1/5 部手機').waitFor();
    await flawless(person);
    await context.close();
  });

  it('MO-1.2 a browser that blocks the window: the page says so and shows everything in place', async () => {
    const { person, account } = await atGuoan(PHONE);
    const { page } = person;
    await page.evaluate('window.open = () => null');
    await apply(page);
    await page.getByText('瀏覽器阻止了新視窗').waitFor();
    await page.locator('.ticket img').waitFor();
    await flawless(person);
    // On the phone that is to join, nobody can scan its own screen: the app opens with everything filled in.
    const [app] = await Promise.all([
      person.context.waitForEvent('page'),
      page.getByRole('link', { name: /正使用此手機/ }).click(),
    ]);
    await app.getByText(account).first().waitFor();
    expect(new URL(app.url()).pathname).toBe('/app/');
    await person.context.close();
  });

  it('MO-2.3 MO-2.4 the list of phones: main, sub-account, not synchronised; the policy says who removes one', async () => {
    const { person } = await atGuoan();
    const { page } = person;
    await page.evaluate('window.open = () => null');
    await apply(page);
    await page.locator('.ticket img').waitFor();
    const token = (await scanned(page)).split('/s/')[1] ?? '';
    await firstPhone(guoan.h, token, PIN, 'iPhone 15');
    guoan.skewMs += 60_000;
    await furtherPhone(guoan.h, token, PIN, 'Mi 14');
    await join(guoan.h, { token }, 'Pixel');
    await page.getByText('已註冊 3/5 部手機').waitFor();
    await page.goto(`${guoan.url}/t/t1/settings#/phones`);
    await page.getByText('3/5 部').waitFor();
    const phone = (name: string) => page.locator('.method', { hasText: name });
    await expect.poll(() => phone('iPhone 15').innerText()).toContain('主帳戶');
    await expect.poll(() => phone('Mi 14').innerText()).toContain('子帳戶');
    await expect.poll(() => phone('Pixel').innerText()).toContain('未同步');
    await flawless(person);
    await page.getByRole('button', { name: '移除 Pixel' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '移除 Pixel' }).click();
    await page.getByText(/請聯絡客戶服務部 852-2700 0000/).waitFor();
    await flawless(person);
    await person.context.close();
  });
});
