// Scan and push from the waiting page's side: it follows the phone by itself, within a second, and can always use a code instead.
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, claim, PASSWORD, TRUSTING, waiting } from '../approval-kit.ts';
import { firstPhone, PIN, register } from '../enrolment-kit.ts';
import type { TestPhone } from '../phone.ts';
import { type AppServer, aServer } from './app-kit.ts';
import { aBrowser, flawless, PHONE, scanned, signIn, type Visitor, visit } from './people.ts';

let server: AppServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer({ policy: TRUSTING }), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

let made = 0;
/** An account with one phone, and its owner behind the password. */
async function atSecondStep(
  locale: 'zh-HK' | 'en' = 'en',
  same?: BrowserContext,
): Promise<{ person: Visitor; phone: TestPhone; account: string }> {
  made += 1;
  const account = String(700_500 + made);
  await server.h.account(account, { password: PASSWORD, phone: `+8529${String(3_000_000 + made)}` });
  const { token } = await register(server.h, account);
  const phone = await firstPhone(server.h, token, undefined, 'iPhone');
  server.skewMs += 60_000;
  const person = await visit(browser, `${server.url}/t/t1/login`, { locale, size: PHONE, ...(same && { same }) });
  await signIn(person.page, account, PASSWORD);
  return { person, phone, account };
}

describe('scan to approve', () => {
  it('CM-3.2 SCN-01 the page says who scanned, and goes on by itself within a second of the answer', async () => {
    const { person, phone } = await atSecondStep();
    const { page } = person;
    await page.getByRole('button', { name: /Scan to approve/ }).click();
    await page.locator('.qr img').waitFor();
    await flawless(person);
    const token = (await scanned(page)).split('/s/')[1] ?? '';
    const sheet = await claim(server.h, phone, token);
    expect(sheet.status).toBe(200);
    await page.getByText('Scanned by iPhone. Confirm there').waitFor();
    await flawless(person);
    const left = page.waitForRequest(/\/t\/t1\/settings/).then(() => Date.now());
    expect((await answer(server.h, phone, sheet.body, 'approve')).status).toBe(200);
    const since = Date.now();
    // From the phone's being told so to the page's going on, its own call for the session included.
    expect((await left) - since).toBeLessThan(1000);
    await page.getByRole('heading', { name: 'Personal settings' }).waitFor();
    await person.context.close();
  });

  it('CM-3.2 SCN-03 approved while the page was away: whoever comes back to it, or loads it again, is let in', async () => {
    const { person, phone } = await atSecondStep();
    const { page, context } = person;
    await page.getByRole('button', { name: /Scan to approve/ }).click();
    await page.locator('.qr img').waitFor();
    // On the phone itself the app opens beside the page, which goes on waiting.
    const [app] = await Promise.all([context.waitForEvent('page'), page.locator('.on-phone').click()]);
    await app.waitForURL(/\/app\//);
    const sheet = await claim(server.h, phone, (await scanned(page)).split('/s/')[1] ?? '');
    await page.goto('about:blank');
    expect((await answer(server.h, phone, sheet.body, 'approve')).status).toBe(200);
    await page.goto(`${server.url}/t/t1/login`);
    await page.getByRole('heading', { name: 'Personal settings' }).waitFor();
    expect(person.faults).toEqual([]);
    await context.close();
  });

  it('CM-3.2 SCN-01 a computer’s clock may be ten minutes off; a QR whose minute is over says so, a new one is made, by itself too, and the old one is refused', async () => {
    const context = await browser.newContext({ locale: 'en', viewport: PHONE });
    await context.addInitScript(
      '{ const right = Date.now; globalThis.off = 600_000; Date.now = () => right() + globalThis.off; }',
    );
    const { person, phone } = await atSecondStep('en', context);
    const { page } = person;
    await page.getByRole('button', { name: /Scan to approve/ }).click();
    await page.locator('.qr img').waitFor();
    await expect.poll(() => page.locator('.qr-state').innerText()).toMatch(/Waiting for the scan · \d+/);
    const tokenOf = async (): Promise<string> => (await scanned(page)).split('/s/')[1] ?? '';
    const old = await tokenOf();
    // The page goes by the Date of the answers, which is this machine's; the house's own clock is ahead of that.
    await page.evaluate(`globalThis.off += ${server.skewMs + 61_000}`);
    await page.getByText('expired', { exact: false }).first().waitFor();
    await flawless(person);
    server.skewMs += 90_000;
    await page.locator('.qr .button.main').click();
    await expect.poll(tokenOf).not.toBe(old);
    expect((await claim(server.h, phone, old)).status).toBeGreaterThanOrEqual(400);
    // While it is looked at it is replaced by itself, shortly before its minute is over, and says so.
    const second = await tokenOf();
    const [minutes = 0, seconds = 0] = (await page.locator('.qr-state .digits').innerText()).match(/\d+/g)!.map(Number);
    await page.evaluate(`globalThis.off += ${(minutes * 60 + seconds - 3) * 1000}`);
    await page.getByText('The code was renewed (1)').waitFor({ state: 'attached' });
    await expect.poll(tokenOf).not.toBe(second);
    const sheet = await claim(server.h, phone, await tokenOf());
    expect(sheet.status).toBe(200);
    expect((await answer(server.h, phone, sheet.body, 'approve')).status).toBe(200);
    await page.waitForURL(/settings/);
    await context.close();
  });

  it('CM-3.2 "it was not me" ends the waiting page, and says what to do', async () => {
    const { person, phone } = await atSecondStep('zh-HK');
    const { page } = person;
    await page.getByRole('button', { name: /掃碼授權/ }).click();
    await page.locator('.qr img').waitFor();
    const sheet = await claim(server.h, phone, (await scanned(page)).split('/s/')[1] ?? '');
    await answer(server.h, phone, sheet.body, 'deny');
    await page.getByRole('heading', { name: '手機上已拒絕' }).waitFor();
    await page.getByText('如非本人，請盡快更改密碼', { exact: false }).waitFor();
    await flawless(person);
    await person.context.close();
  });

  it('CM-3.1 CM-3.4 "the code doesn’t scan? use a code", and back', async () => {
    const { person, phone } = await atSecondStep();
    const { page } = person;
    await page.getByRole('button', { name: /Scan to approve/ }).click();
    await page.getByRole('button', { name: 'The code doesn’t scan? Use a code' }).click();
    await page.getByRole('button', { name: 'No code to see? Scan instead' }).click();
    await page.locator('.qr img').waitFor();
    await page.getByRole('button', { name: 'The code doesn’t scan? Use a code' }).click();
    await page.locator('input[name=code]').fill(await phone.codeFrom(PIN, Date.now() + server.skewMs));
    await page.getByRole('button', { name: 'Verify' }).click();
    // A typed code was no answer to "is this your own device?": the page asks, with nothing ticked.
    await page.getByRole('heading', { name: 'Is this your own device?' }).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: 'This time only' }).click();
    await page.waitForURL(/settings/);
    await person.context.close();
  });
});

describe('a push', () => {
  it('SCN-04 shows a number to type on the phone, and goes on when it was typed there', async () => {
    const { person, phone } = await atSecondStep();
    const { page } = person;
    await page.getByRole('button', { name: /Confirm on your phone/ }).click();
    const number = (await page.locator('.push-number').innerText()).trim();
    expect(number).toMatch(/^\d{2,6}$/);
    await flawless(person);
    const [asked] = await waiting(server.h, phone);
    await answer(server.h, phone, asked, 'approve', number);
    await page.waitForURL(/settings/);
    await person.context.close();
  });
});

describe('a trusted browser', () => {
  /** From the settings back to the login, account and password. */
  const again = async ({ page }: Visitor, account: string): Promise<void> => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, account, PASSWORD);
  };

  it('CM-3.3 TD-01 trusted on the phone, this browser is not asked again, every time anew; another is; revoked, it is asked', async () => {
    const { person, phone, account } = await atSecondStep();
    const { page } = person;
    await page.getByRole('button', { name: /Scan to approve/ }).click();
    await page.locator('.qr img').waitFor();
    const sheet = await claim(server.h, phone, (await scanned(page)).split('/s/')[1] ?? '');
    await answer(server.h, phone, sheet.body, 'approve-trust');
    await page.waitForURL(/settings/);
    for (let n = 0; n < 3; n++) {
      await again(person, account);
      await page.waitForURL(/settings/);
    }
    const other = await visit(browser, `${server.url}/t/t1/login`, { locale: 'en' });
    await signIn(other.page, account, PASSWORD);
    await other.page.getByRole('heading', { name: 'Choose how to verify' }).waitFor();
    await other.context.close();

    await page.goto(`${server.url}/t/t1/settings#/trusted`);
    await page.getByText('This one').waitFor();
    await flawless(person);
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('No trusted devices.').waitFor();
    await again(person, account);
    await page.locator('[data-way]').waitFor();
    expect(person.faults).toEqual([]);
    await person.context.close();
  });

  it('CM-3.3 "trust for 30 days" after a code; "this time only" is asked every time', async () => {
    const { person, phone, account } = await atSecondStep();
    const { page } = person;
    const byCode = async (choice: string): Promise<void> => {
      server.skewMs += 60_000;
      await page.locator('[data-way]').waitFor();
      const code = page.getByRole('button', { name: /^Code from the app/ });
      if ((await page.locator('input[name=code]').count()) === 0) await code.click();
      await page.locator('input[name=code]').fill(await phone.codeFrom(PIN, Date.now() + server.skewMs));
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByRole('button', { name: choice }).click();
      await page.waitForURL(/settings/);
    };
    await byCode('This time only');
    await again(person, account);
    await byCode('Trust for 30 days');
    await again(person, account);
    await page.waitForURL(/settings/);
    await expect.poll(() => page.locator('[data-way]').count()).toBe(0);
    expect(person.faults).toEqual([]);
    await person.context.close();
  });
});
