// A bypass code at the hosted login, and "I did not ask for this": by the stop code in the notice, in every language.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstPhone, register } from '../enrolment-kit.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { aBrowser, admitted, DESKTOP, flawless, LOCALES, PHONE, shot, signIn, visit, worded } from './people.ts';

let guoan: AppServer;
let browser: Browser;
beforeAll(async () => {
  [guoan, browser] = await Promise.all([aServer(), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await guoan?.[Symbol.asyncDispose]();
});

const PASSWORD = 'correct horse battery';
const stopCode = async (): Promise<string> =>
  (await guoan.h.outbox())
    .map((m) => /(?:否决码|否決碼|stop code|Stop code) ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(m.text)?.[1])
    .find((code) => code !== undefined) ?? 'none';
async function bypassed(account: string): Promise<string> {
  const given = await guoan.h.call('POST', `/v1/console/accounts/${account}/bypass`, {
    reason: 'R01',
    operator: 'desk-3',
    hours: 2,
  });
  return given.body.codes[0];
}

describe('a code from customer service', () => {
  it('OP-1.2 is one of the ways at the login, under its own name, and lets in', async () => {
    await guoan.h.account('700201', { phone: '+85262000201', password: PASSWORD });
    const code = await bypassed('700201');
    const { page, context, faults } = await visit(browser, `${guoan.url}/t/t1/login`, { locale: 'zh-HK', size: PHONE });
    await signIn(page, '700201', PASSWORD);
    await page
      .getByRole('button', { name: /更改驗證方式/ })
      .first()
      .click();
    await page.getByText('臨時通行碼').first().click();
    await page.getByLabel('臨時通行碼').fill(code);
    await flawless({ page, faults });
    await page.locator('button[type=submit]').click();
    await admitted(page);
    await context.close();
  });
});

describe('I did not ask for this', () => {
  it.each(LOCALES)('OP-1.5 REB-05 NF-1 the stop code suspends the account at once: %s', async (locale) => {
    const account = `7003${LOCALES.indexOf(locale)}1`;
    await guoan.h.account(account, {
      phone: `+8526200${account.slice(-4)}`,
      email: 'chan@example.com',
      password: PASSWORD,
      locale,
    });
    await bypassed(account);
    const stop = await stopCode();
    const size = locale === 'zh-CN' ? DESKTOP : PHONE;
    const { page, context, faults } = await visit(browser, `${guoan.url}/t/t1/login`, { locale, size });
    const name = { 'zh-CN': '不是我要求的', 'zh-HK': '不是我要求的', en: 'I did not ask for this' }[locale];
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { name }).waitFor();
    const inputs = page.locator('form input');
    await inputs.nth(0).fill(account);
    await inputs.nth(1).fill('00000-00000');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').waitFor();
    await flawless({ page, faults });
    await worded(page, locale);
    await shot(page, `not-me-${locale}`);
    await inputs.nth(1).fill(stop.toLowerCase());
    await page.locator('button[type=submit]').click();
    await page
      .getByRole('heading', {
        name: { 'zh-CN': '账号已暂停使用', 'zh-HK': '帳戶已暫停使用', en: 'Your account is suspended' }[locale],
      })
      .waitFor();
    await flawless({ page, faults });
    await shot(page, `not-me-done-${locale}`);
    expect((await guoan.h.call('GET', `/v1/accounts/${account}`)).body.status).toBe('suspended');
    await context.close();
  });

  it.each(LOCALES)(
    'CM-4.2 REB-04 NF-1 the stop code of a change takes it back, and the page says so: %s',
    async (locale) => {
      const account = `7004${LOCALES.indexOf(locale)}1`;
      await guoan.h.account(account, {
        phone: `+8526200${account.slice(-4)}`,
        email: 'chan@example.com',
        password: PASSWORD,
        locale,
      });
      await firstPhone(guoan.h, (await register(guoan.h, account)).token);
      const stop = await stopCode();
      const { page, context, faults } = await visit(browser, `${guoan.url}/t/t1/login#not-me`, { locale, size: PHONE });
      const inputs = page.locator('form input');
      await inputs.nth(0).fill(account);
      await inputs.nth(1).fill(stop);
      await page.locator('button[type=submit]').click();
      await page
        .getByRole('heading', {
          name: { 'zh-CN': '更改已撤销', 'zh-HK': '更改已撤銷', en: 'The changes are undone' }[locale],
        })
        .waitFor();
      await flawless({ page, faults });
      await worded(page, locale);
      await shot(page, `not-me-undone-${locale}`);
      const { authenticators } = (await guoan.h.call('GET', `/v1/accounts/${account}`)).body;
      expect(authenticators.map((one: { type: string }) => one.type)).toEqual(['sms']);
      await context.close();
    },
  );
});
