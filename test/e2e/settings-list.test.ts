// The list of methods stays true: after recovery codes, in a second tab, when the last method goes; and what is shown once does not go by a slip.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, confirm, scanToJoin } from '../wechat-kit.ts';
import { aWechat, type WechatStandIn } from '../wechat-stand-in.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { Authenticator } from './kit.ts';
import { aBrowser, admitted, flawless, type Locale, scanned, signIn, visit } from './people.ts';

let wechat: WechatStandIn;
let lark: AppServer;
let browser: Browser;
beforeAll(async () => {
  wechat = await aWechat();
  [lark, browser] = await Promise.all([aServer({ preset: 'mail', wechat: wechat.options }), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await lark?.[Symbol.asyncDispose]();
  await wechat?.[Symbol.asyncDispose]();
});

const PASSWORD = 'correct horse battery';
let made = 0;
async function loggedIn(at = 'two-step', locale: Locale = 'en') {
  made += 1;
  const account = `lan${made}@lark.example`;
  await lark.h.account(account, { phone: `+8526${String(5_000_000 + made)}`, password: PASSWORD });
  const person = await visit(browser, `${lark.url}/t/t1/login#to=${at}`, { locale });
  await signIn(person.page, account, PASSWORD);
  await admitted(person.page);
  return { person, page: person.page, account };
}
const row = (page: Page, type: string) => page.locator(`[data-method=${type}]`);
const said = async (page: Page, type: string, text: string): Promise<void> => {
  await expect.poll(() => row(page, type).innerText()).toContain(text);
};
const noDialog = async (page: Page): Promise<void> => {
  await expect.poll(() => page.locator('dialog').count()).toBe(0);
};
/** Shows the QR of an authenticator, and gives what reads it. */
async function shown(page: Page): Promise<Authenticator> {
  await row(page, 'totp').getByRole('button').first().click();
  await page.locator('dialog .qr img').waitFor();
  return new Authenticator(await scanned(page));
}
async function enter(page: Page, app: Authenticator): Promise<void> {
  const dialog = page.locator('dialog').last();
  await dialog.locator('input[name=code]').fill(app.at(Date.now() + lark.skewMs));
  await dialog.locator('form button[type=submit]').click();
}
async function bindTotp(page: Page): Promise<Authenticator> {
  const app = await shown(page);
  await enter(page, app);
  await page.locator('dialog .notice.good').waitFor();
  await page.locator('dialog .icon-button').click();
  await noDialog(page);
  return app;
}
const askUnlink = (page: Page) => row(page, 'totp').getByRole('button', { name: 'Unlink Third-party OTP' }).click();
const sayUnlink = (page: Page) =>
  page.getByRole('dialog', { name: 'Unlink Third-party OTP?' }).getByRole('button', { name: 'Unlink Third' }).click();
async function createPassword(page: Page, name: string): Promise<void> {
  await page.locator('.panel-head .button').click();
  await page.locator('dialog input[type=text]').fill(name);
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .copy-text.big').waitFor();
}

describe('recovery codes', () => {
  it('CM-2.4 made beside a method just bound: the list says so at once, saved or not', async () => {
    const { person, page } = await loggedIn();
    const app = await shown(page);
    await enter(page, app);
    await page.getByRole('button', { name: 'Get recovery codes' }).click();
    await page.locator('dialog .codes').waitFor();
    await page.getByRole('button', { name: 'I saved them' }).click();
    await noDialog(page);
    await said(page, 'recovery-code', '10 of 10 left');
    await row(page, 'recovery-code').getByRole('button', { name: 'Replace Recovery codes' }).waitFor();
    await flawless(person);
    await person.context.close();
  });

  it('CM-2.4 replaced, then Escape: asked first, and the list says so', async () => {
    const { person, page } = await loggedIn();
    await bindTotp(page);
    await row(page, 'recovery-code').getByRole('button', { name: 'Create Recovery codes' }).click();
    await page.locator('dialog .codes').waitFor();
    await page.keyboard.press('Escape');
    const question = page.getByRole('dialog', { name: 'It cannot be shown again' });
    await question.waitFor();
    await flawless(person);
    // Escape answers "keep", and asks again.
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await page.locator('dialog .codes').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor();
    await question.getByRole('button', { name: 'I saved it, close' }).click();
    await noDialog(page);
    await page.getByText('Recovery codes is set up.').waitFor();
    await said(page, 'recovery-code', '10 of 10 left');
    await person.context.close();
  });

  it('CM-2.4 are offered after WeChat too', async () => {
    const { person, page } = await loggedIn();
    await row(page, 'wechat').getByRole('button').first().click();
    await page.locator('dialog .qr img').waitFor();
    const token = (await scanned(page)).split('/s/')[1] ?? '';
    const joined = await scanToJoin({ h: lark.h, wechat }, `lan${made}`, token);
    await confirm(lark.h, joined.body);
    await page.getByRole('button', { name: 'Get recovery codes' }).click();
    // The session itself has proved no WeChat yet.
    const proof = page.getByRole('dialog', { name: 'First verify that it is you' });
    await proof.getByRole('button', { name: /: enter a code/ }).click();
    const code = proof.locator('input[name=code]');
    lark.skewMs += 60_000;
    await code.fill(codeOf(joined.body, lark.h.clock.now));
    await proof.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect.poll(() => page.locator('dialog .codes code').count()).toBe(10);
    await person.context.close();
  });
});

describe('app passwords beside the methods', () => {
  it('CM-5.1 said once: when the first method is bound, not with the second', async () => {
    const { person, page } = await loggedIn();
    await bindTotp(page);
    await page.getByText('From now on mail programs need an app password.').waitFor();
    await row(page, 'email').getByRole('button').first().click();
    await page.locator('dialog input[type=email]').fill('spare@backup.example');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog input[name=code]').waitFor();
    const mail = (await lark.h.outbox()).find(({ channel }) => channel === 'email');
    await page.locator('dialog input[name=code]').fill(/\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? '');
    await page
      .locator('dialog form', { has: page.locator('input[name=code]') })
      .locator('button[type=submit]')
      .click();
    await page.locator('dialog .notice.good').waitFor();
    await page.locator('dialog .icon-button').click();
    await page.getByText('Backup e-mail is set up.').waitFor();
    await expect.poll(() => page.getByText('From now on mail programs').count()).toBe(0);
    await person.context.close();
  });

  it('CM-4.1 APW-05 unlinking the last method says that they end, and then counts none', async () => {
    const { person, page } = await loggedIn();
    const app = await bindTotp(page);
    await page.goto(`${lark.url}/t/t1/settings#/app-passwords`);
    await createPassword(page, 'Foxmail');
    await page.getByRole('button', { name: 'Done' }).click();
    await noDialog(page);
    await page.goto(`${lark.url}/t/t1/settings#/two-step`);
    await page.getByText('1 in use').waitFor();
    await askUnlink(page);
    await page.getByText('All app passwords you have (1) end with it', { exact: false }).waitFor();
    await flawless(person);
    lark.skewMs += 60_000;
    await sayUnlink(page);
    await page.getByRole('dialog', { name: 'First verify that it is you' }).locator('input[name=code]').waitFor();
    await enter(page, app);
    await page.getByText('Third-party OTP is unlinked.').waitFor();
    await page.getByText('0 in use').waitFor();
    await person.context.close();
  });
});

describe('two tabs', () => {
  it('CM-4.1 what the other tab removed or bound is so here too, once the dialog is left', async () => {
    const { person, page } = await loggedIn();
    const other = await visit(browser, `${lark.url}/t/t1/settings#/two-step`, { locale: 'en', same: person.context });
    const tab = other.page;
    const older = await shown(page);
    const app = await bindTotp(tab);
    await enter(page, older);
    await page.locator('dialog .notice.warn, dialog .notice.bad').first().waitFor();
    await page.locator('dialog .icon-button').click();
    await row(page, 'totp').getByRole('button', { name: 'Unlink Third-party OTP' }).waitFor();

    for (const one of [page, tab]) await askUnlink(one);
    lark.skewMs += 60_000;
    await sayUnlink(page);
    await page.getByRole('dialog', { name: 'First verify that it is you' }).locator('input[name=code]').waitFor();
    await enter(page, app);
    await page.getByText('Third-party OTP is unlinked.').waitFor();
    lark.skewMs += 400_000;
    await sayUnlink(tab);
    await tab.getByText('Third-party OTP is unlinked.').waitFor();
    await said(tab, 'totp', 'Not set up');
    expect(other.faults).toEqual([]);
    await person.context.close();
  });
});

describe('a backup mailbox begun twice', () => {
  it('CM-2.2 the same address leads back to its code; another one says when a code can be sent', async () => {
    const { person, page } = await loggedIn();
    const begin = async (address: string): Promise<void> => {
      await row(page, 'email').getByRole('button').first().click();
      await page.locator('dialog input[type=email]').fill(address);
      await page.locator('dialog button[type=submit]').click();
    };
    await begin('typo@backup.exampel');
    await page.locator('dialog input[name=code]').waitFor();
    await page.locator('dialog .icon-button').click();
    await begin('typo@backup.exampel');
    await page.locator('dialog input[name=code]').waitFor();
    await page.getByRole('button', { name: 'Use another address' }).click();
    await page.locator('dialog input[type=email]').fill('right@backup.example');
    await page.locator('dialog button[type=submit]').click();
    const wait = page.getByRole('button', { name: /Send the code in \d+ s/ });
    await wait.waitFor();
    expect(await page.getByText('Look for that one first.').count()).toBe(0);
    await flawless(person);
    await page.reload();
    await begin('right@backup.example');
    await wait.waitFor();
    lark.skewMs += 61_000;
    await page.reload();
    await begin('right@backup.example');
    await page.getByText('A code was sent to r', { exact: false }).waitFor();
    await person.context.close();
  });
});

describe('shown once', () => {
  it('CM-5.2 an app password stays until its owner says so: Escape and Back ask; the servers can be copied', async () => {
    const { person, page } = await loggedIn('security');
    await page.locator('.client-logins a').click();
    await createPassword(page, 'Foxmail');
    const question = page.getByRole('dialog', { name: 'It cannot be shown again' });
    for (const leave of [() => page.keyboard.press('Escape'), () => page.goBack()]) {
      await leave();
      await question.waitFor();
      await question.getByRole('button', { name: 'Keep it open' }).click();
      await question.waitFor({ state: 'detached' });
      await page.locator('dialog .copy-text.big').waitFor();
      expect(new URL(page.url()).hash).toBe('#/app-passwords');
    }
    await page.getByRole('button', { name: 'Copy imap.lark.example' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('imap.lark.example');
    await flawless(person);
    await page.locator('dialog .icon-button').first().click();
    await question.getByRole('button', { name: 'I saved it, close' }).click();
    await noDialog(page);
    await page.locator('tr', { hasText: 'Foxmail' }).waitFor();
    // Nothing holds the page any more.
    await page.goBack();
    await page.locator('.client-logins').waitFor();
    await person.context.close();
  });
});
