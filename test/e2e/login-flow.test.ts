// The hosted login in a browser against a real server: every way in, every way it ends, the keyboard alone, and what the pages are guarded by.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presetText } from '../kit.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { Authenticator } from './kit.ts';
import { aBrowser, admitted, signIn as fillIn, flawless, PHONE, scanned, visit } from './people.ts';

let guoan: AppServer;
let lark: AppServer;
let browser: Browser;
beforeAll(async () => {
  [guoan, lark, browser] = await Promise.all([
    aServer(),
    aServer({ policy: `${presetText('mail')}\nthrottle: { delaysSeconds: [0], freezeAfter: 3 }\n` }),
    aBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await guoan?.[Symbol.asyncDispose]();
  await lark?.[Symbol.asyncDispose]();
});
beforeEach(() => lark.h.phase('coexist'));

const PASSWORD = 'correct horse battery';
let made = 0;
/** A fresh account with a password and a mobile number. */
async function anAccount(server: AppServer): Promise<string> {
  made += 1;
  const account = server === guoan ? String(700_100 + made) : `wei${made}@lark.example`;
  await server.h.account(account, { phone: `+8526${String(1_000_000 + made)}`, password: PASSWORD });
  return account;
}

const signIn = (page: Page, account: string, password = PASSWORD): Promise<void> => fillIn(page, account, password);
async function enter(page: Page, code: string): Promise<void> {
  await page.locator('input[name=code]').fill(code);
  await page
    .locator('form', { has: page.locator('input[name=code]') })
    .locator('button[type=submit]')
    .click();
}

/** A fresh account with a third-party authenticator and recovery codes, enrolled in the browser after the switch. */
async function enrolled(): Promise<{ account: string; app: Authenticator; codes: string[] }> {
  const account = await anAccount(lark);
  await lark.h.phase('totp-only');
  const { page, context } = await visit(browser, `${lark.url}/t/t1/login`);
  await signIn(page, account);
  await page.getByRole('button', { name: '开始设置' }).click();
  await page.locator('.qr img').waitFor();
  const app = new Authenticator(await scanned(page));
  await enter(page, await app.next());
  await page.getByRole('button', { name: '生成恢复码' }).click();
  await page.locator('.codes').waitFor();
  const codes = await page.locator('.codes code').allInnerTexts();
  await page.getByRole('button', { name: '我已保存' }).click();
  await admitted(page);
  await context.close();
  return { account, app, codes };
}

describe('logging in', () => {
  it('MO-5.1 six-digit account, password and a captcha nobody has to solve, then the code', async () => {
    const account = await anAccount(guoan);
    const person = await visit(browser, `${guoan.url}/t/t1/login`, { locale: 'zh-HK', size: PHONE });
    const { page } = person;
    await page.getByText('登入時自動進行保安檢查，毋須操作。').waitFor();
    await flawless(person);
    await signIn(page, account, 'not the password');
    await page.getByText('帳戶或密碼不正確').waitFor();
    await signIn(page, account);
    await page.getByRole('button', { name: '發送驗證碼' }).click();
    await page.getByText(/驗證碼已發送至/).waitFor();
    await page.getByRole('button', { name: /\d+ 秒後可重新發送/ }).waitFor();
    await page.getByText('本公司不會以電話、短訊或電郵索取閣下的驗證碼。').waitFor();
    await flawless(person);
    await enter(page, await guoan.h.smsCode());
    await admitted(page);
    await page.getByRole('heading', { name: '個人設定' }).waitFor();
    await flawless(person);
    await person.context.close();
  });

  it('CM-3.1 NF-2 with the keyboard alone, and a password manager knows the form', async () => {
    const { account, app } = await enrolled();
    const person = await visit(browser, `${lark.url}/t/t1/login`, { locale: 'en' });
    const { page } = person;
    const form = page.locator('form');
    await form.waitFor();
    await expect.poll(() => form.getAttribute('method')).toBe('post');
    await expect.poll(() => form.locator('input[autocomplete=username][name=username]').count()).toBe(1);
    await expect.poll(() => form.locator('input[autocomplete=current-password][type=password]').count()).toBe(1);
    const press = async (key: string, times = 1): Promise<void> => {
      for (let n = 0; n < times; n++) await page.keyboard.press(key);
    };
    const focusOn = async (name: RegExp): Promise<void> => {
      for (let n = 0; n < 20; n++) {
        await press('Tab');
        const at = await page.evaluate(
          'document.activeElement.getAttribute("aria-label") ?? document.activeElement.name ?? document.activeElement.innerText',
        );
        if (name.test(String(at) || String(await page.evaluate('document.activeElement.innerText')))) return;
      }
      throw new Error(`the keyboard never reaches ${name}`);
    };
    await focusOn(/^username$/);
    await page.keyboard.type(account);
    await focusOn(/^password$/);
    await page.keyboard.type(PASSWORD);
    await press('Enter');
    // The only usual method opens by itself, with the focus in its field; full-width digits and a space are fine.
    await page.locator('input[name=code]').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('code');
    await expect.poll(() => page.locator('input[name=code]').getAttribute('autocomplete')).toBe('one-time-code');
    const code = await app.next();
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
    await page.keyboard.insertText(`${wide.slice(0, 3)} ${wide.slice(3)}`);
    await expect.poll(() => page.locator('input[name=code]').inputValue()).toBe(`${code.slice(0, 3)} ${code.slice(3)}`);
    await press('Enter');
    await admitted(page);
    expect(person.faults).toEqual([]);
    await person.context.close();
  });

  it('ES-3.1 CM-2.2 after the switch the login enrols first: QR or typed key, first code, recovery codes to download', async () => {
    const account = await anAccount(lark);
    await lark.h.phase('totp-only');
    const person = await visit(browser, `${lark.url}/t/t1/login`);
    const { page } = person;
    await signIn(page, account);
    await page.getByText(`账号 ${account} 登录须使用第二步验证`, { exact: false }).waitFor();
    await page.getByRole('button', { name: '开始设置' }).click();
    const app = new Authenticator(await scanned(page));
    expect(app.account).toBe(account);
    await page.getByText('无法扫码？手动输入密钥').click();
    const key = (await page.locator('.copy-text').first().innerText()).replaceAll(' ', '');
    await expect.poll(() => scanned(page)).toContain(`secret=${key}`);
    await enter(page, app.wrong());
    await page.getByText('验证码不正确或已过期').waitFor();
    await flawless(person);
    await enter(page, await app.next());
    await page.getByRole('heading', { name: '绑定成功' }).waitFor();
    await page.getByText('仅在手机上删除令牌不会解除绑定。').waitFor();
    await page.getByRole('button', { name: '生成恢复码' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    for (const code of await page.locator('.codes code').allInnerTexts()) expect(text).toContain(code);
    await flawless(person);
    await page.getByRole('button', { name: '我已保存' }).click();
    await admitted(page);
    await person.context.close();
  });

  it('ES-5.3 "can’t get a code?" leads to a recovery code, which works once', async () => {
    const { account, codes } = await enrolled();
    const [code = ''] = codes;
    for (const works of [true, false]) {
      const person = await visit(browser, `${lark.url}/t/t1/login`);
      const { page } = person;
      await signIn(page, account);
      await page.getByText('收不到验证码？').click();
      await page.getByRole('button', { name: '使用恢复码' }).click();
      await page.getByRole('textbox', { name: '恢复码' }).fill(code.toLowerCase());
      await page.getByRole('button', { name: '验证', exact: true }).click();
      if (works) await admitted(page);
      else await page.getByText('验证码不正确或已过期').waitFor();
      await flawless(person);
      await person.context.close();
    }
  });

  it('REB-07 who deleted the entry in the app is still asked: the page says why in every language, and a recovery code leads to unlinking and setting up anew', async () => {
    const { account, app, codes } = await enrolled();
    for (const [locale, help, says] of [
      ['zh-HK', '未能取得驗證碼？', '自行在手機刪除令牌，並不會解除綁定。'],
      ['en', 'Can’t get a code?', 'Deleting the entry on the phone does not unlink it.'],
    ] as const) {
      const person = await visit(browser, `${lark.url}/t/t1/login`, { locale });
      await signIn(person.page, account);
      await person.page.getByText(help).click();
      await expect.poll(() => person.page.locator('.help').innerText()).toContain(says);
      await flawless(person);
      await person.context.close();
    }
    const person = await visit(browser, `${lark.url}/t/t1/login`);
    const { page } = person;
    await signIn(page, account);
    // No second set-up is offered in place of the code.
    await page.locator('input[name=code]').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '开始设置' }).count()).toBe(0);
    await page.getByText('收不到验证码？').click();
    await expect.poll(() => page.locator('.help').innerText()).toContain('仅在手机上删除令牌不会解除绑定。');
    await page.getByRole('button', { name: '使用恢复码' }).click();
    await page.getByRole('textbox', { name: '恢复码' }).fill(codes[0] ?? '');
    await page.getByRole('button', { name: '验证', exact: true }).click();
    await admitted(page);
    await page.locator('.settings .bar-account').waitFor();
    await page.goto(`${lark.url}/t/t1/settings#/two-step`);
    const row = page.locator('[data-method=totp]');
    await row.getByText('绑定于', { exact: false }).waitFor();
    await row.getByRole('button', { name: '解绑第三方 OTP' }).click();
    await page.getByRole('dialog').getByText('仅在手机上删除令牌不会解除绑定。').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '解绑第三方 OTP' }).click();
    // The change wants a fresh verification of its own: another recovery code, where there is no other method.
    const proof = page.getByRole('dialog', { name: '请先验证是您本人' });
    await proof.getByText('收不到验证码？').click();
    await proof.getByRole('button', { name: '使用恢复码' }).click();
    await proof.getByRole('textbox', { name: '恢复码' }).fill(codes[1] ?? '');
    await proof.getByRole('button', { name: '验证', exact: true }).click();
    await page.getByText('已解绑第三方 OTP。').waitFor();
    await person.context.close();
    // From now on, and only from now on, the old entry is worth nothing and the account begins again.
    const again = await visit(browser, `${lark.url}/t/t1/login`);
    await signIn(again.page, account);
    await again.page.getByRole('button', { name: '开始设置' }).waitFor();
    await expect.poll(() => again.page.locator('input[name=code]').count()).toBe(0);
    await again.page.getByRole('button', { name: '开始设置' }).click();
    await again.page.locator('.qr img').waitFor();
    const anew = new Authenticator(await scanned(again.page));
    await enter(again.page, app.now());
    await again.page.getByText('验证码不正确或已过期').waitFor();
    await enter(again.page, await anew.next());
    await again.page.getByText('恢复码').first().waitFor();
    await again.context.close();
  });

  it('CM-3.1 a reload goes on where it was; cancel ends it and starting again keeps the account', async () => {
    const { account, app } = await enrolled();
    const person = await visit(browser, `${lark.url}/t/t1/login`);
    const { page } = person;
    await signIn(page, account);
    await page.locator('input[name=code]').waitFor();
    await page.reload();
    await page.locator('input[name=code]').waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    await page.getByRole('heading', { name: '已取消登录' }).waitFor();
    await page.getByRole('button', { name: '重新登录' }).click();
    await expect.poll(() => page.locator('input[name=username]').inputValue()).toBe(account);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('form button[type=submit]').click();
    await enter(page, await app.next());
    await admitted(page);
    expect(person.faults).toEqual([]);
    await person.context.close();
  });

  it('CM-3.1 a code that nobody received is still in its field; a login that was over is not asked for again', async () => {
    const account = await anAccount(lark);
    await lark.h.phase('totp-only');
    const person = await visit(browser, `${lark.url}/t/t1/login`);
    const { page, context } = person;
    await signIn(page, account);
    await page.getByRole('button', { name: '开始设置' }).click();
    await page.locator('.qr img').waitFor();
    const app = new Authenticator(await scanned(page));
    await context.setOffline(true);
    const code = await app.next();
    await enter(page, code);
    await page.getByText('请检查网络后重试。').waitFor();
    await expect.poll(() => page.locator('input[name=code]').inputValue()).toBe(`${code.slice(0, 3)} ${code.slice(3)}`);
    await context.setOffline(false);
    await page.locator('form button[type=submit]').click();
    await page.getByRole('button', { name: '生成恢复码' }).waitFor();
    await page.reload();
    await admitted(page);
    expect(person.faults).toEqual([]);
    await context.close();
  });

  it('CM-3.1 a browser that keeps nothing for a page logs in all the same', async () => {
    const account = await anAccount(guoan);
    const context = await browser.newContext({ locale: 'en' });
    await context.addInitScript(`for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });`);
    const person = await visit(browser, `${guoan.url}/t/t1/login`, { same: context });
    await signIn(person.page, account);
    await person.page.getByRole('button', { name: 'Send the code' }).click();
    await person.page.locator('input[name=code]').waitFor();
    await enter(person.page, await guoan.h.smsCode());
    await admitted(person.page);
    await person.page.getByRole('heading', { name: 'Personal settings' }).waitFor();
    expect(person.faults).toEqual([]);
    await context.close();
  });

  it('MO-2.3 WEB-02 two tabs, two accounts: the older page says so, and does nothing in the other’s name', async () => {
    const [mine, other] = [await anAccount(guoan), await anAccount(guoan)];
    const person = await visit(browser, `${guoan.url}/t/t1/login`, { locale: 'en', size: PHONE });
    const { page, context } = person;
    await signIn(page, mine);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.locator('input[name=code]').waitFor();
    const { page: second } = await visit(browser, `${guoan.url}/t/t1/login`, { same: context });
    await signIn(second, other);
    await second.getByRole('button', { name: 'Send the code' }).click();
    await second.locator('input[name=code]').waitFor();
    await enter(page, await guoan.h.smsCode());
    await page.getByRole('heading', { name: 'This browser has gone on with another sign-in' }).waitFor();
    await flawless(person);
    await enter(second, await guoan.h.smsCode());
    await admitted(second);
    await second.getByRole('link', { name: /Customer service/ }).waitFor();
    // The settings of one account, after the other signed in beside them.
    guoan.skewMs += 61_000;
    await page.getByRole('button', { name: 'Start again' }).click();
    await signIn(page, mine);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await page.locator('input[name=code]').waitFor();
    await enter(page, await guoan.h.smsCode());
    await admitted(page);
    await page.getByRole('link', { name: /Customer service/ }).waitFor();
    await second.getByRole('link', { name: /Customer service/ }).click();
    await second.getByRole('link', { name: /Two-factor application/ }).click();
    await second.getByRole('button', { name: /^Apply/ }).click();
    await second
      .getByRole('dialog')
      .getByRole('button', { name: /Confirm|Issue|Apply/ })
      .click();
    await second.getByRole('heading', { name: 'This browser has gone on with another sign-in' }).waitFor();
    await second.getByRole('button', { name: 'Load again' }).click();
    await second.getByText(mine).first().waitFor();
    await context.close();
  });

  it('MO-6.1 too many wrong codes lock it: the page says so and whom to call; an operator unlocks it', async () => {
    const { account, app } = await enrolled();
    const person = await visit(browser, `${lark.url}/t/t1/login`);
    const { page } = person;
    await signIn(page, account);
    for (const left of [2, 1]) {
      await enter(page, app.wrong());
      await page.getByText(`还可尝试 ${left} 次`).waitFor();
    }
    await enter(page, app.wrong());
    await page.getByRole('heading', { name: '账号验证已冻结' }).waitFor();
    await page.getByText(/如需解锁，请联系管理员 400-800-0000/).waitFor();
    await flawless(person);
    const unlock = { reason: '已核实本人', operator: '李' };
    const done = await lark.h.call('POST', `/v1/console/accounts/${encodeURIComponent(account)}/unlock`, unlock);
    expect(done.status).toBe(200);
    await page.getByRole('button', { name: '重新登录' }).click();
    await signIn(page, account);
    await enter(page, await app.next());
    await admitted(page);
    await person.context.close();
  });

  it('NF-1 the language is switched on the page, also for what the server says, and stays', async () => {
    const account = await anAccount(lark);
    const person = await visit(browser, `${lark.url}/t/t1/login`, { locale: 'zh-CN' });
    const { page } = person;
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByText('Mail address').waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await signIn(page, account, 'wrong');
    await page.getByText('Wrong account or password').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByText(/your administrator 400-800-0000/).waitFor();
    expect(person.faults).toEqual([]);
    await person.context.close();
  });
});

describe('what guards the pages', () => {
  it.each(['login', 'settings'])(
    'WEB-06 WEB-07 %s: strict policy, nothing inline, nobody may frame it',
    async (name) => {
      const url = `${lark.url}/t/t1/${name}`;
      const reply = await fetch(url);
      const policy = reply.headers.get('content-security-policy') ?? '';
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ])
        expect(policy).toContain(part);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
      const html = await reply.text();
      expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\bsrc=)/);

      const person = await visit(browser, lark.url);
      await person.page.setContent(`<iframe src="${url}"></iframe>`);
      await expect.poll(() => person.page.frames().length).toBe(2);
      await person.page.waitForTimeout(500);
      await expect.poll(() => person.page.frames()[1]?.locator('#app').count()).toBe(0);
      await person.context.close();
    },
  );

  it('WEB-15 nothing is asked of another origin, and no secret is ever in an address', async () => {
    const account = await anAccount(lark);
    const person = await visit(browser, `${lark.url}/t/t1/login`);
    const asked: string[] = [];
    person.page.on('request', (request) => asked.push(request.url()));
    await signIn(person.page, account);
    await admitted(person.page);
    await person.page.locator('.place').first().waitFor();
    expect(asked.filter((address) => !address.startsWith(`${lark.url}/`))).toEqual([]);
    expect(asked.filter((address) => address.includes('horse') || address.includes(account))).toEqual([]);
    await person.context.close();
  });
});
