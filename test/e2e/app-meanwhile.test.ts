// What happens while somebody is in the middle of something else on the phone: a request comes, another phone was first, an answer is late or lost, a PIN
// is reset, the phone is removed, another tab was quicker.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, waiting } from '../approval-kit.ts';
import { furtherPhone, logInBy, PORTAL } from '../enrolment-kit.ts';
import {
  type AppServer,
  aChromium,
  aPhone,
  aServer,
  enterPin,
  firstPhone,
  kept,
  loseAnswer,
  PIN,
  registerBy,
  shownCode,
  typePin,
} from './app-kit.ts';
import { flawless } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});
const desk = { operator: 'desk-3', reason: 'called back' };

/** A login at the portal, of a program that does not say what it is, that waits for the account's phones. */
async function aPush(account: string): Promise<{ readonly id: string; readonly number: string }> {
  const client = { ...PORTAL, ip: '127.0.0.1' };
  const login = await server.h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
  const asked = await server.h.call('POST', `/v1/logins/${login.body.id}/push`, {});
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  return { id: login.body.id, number: String(asked.body.number) };
}
/** What the browser tells a page that comes to the front. */
const comesBack = (page: Page): Promise<unknown> =>
  page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
const revoke = (account: string, phone: unknown) =>
  server.h.call('POST', `/v1/console/accounts/${account}/phones/${String(phone)}/revoke`, desk);

describe('CM-3.2 MO-4.1 a request comes while something else is done', () => {
  it('CM-3.2 is typed into alone, can be put aside and taken up again; refused too late it still offers to secure; one revoked account keeps nothing from the others', async () => {
    const phone = await aPhone(browser, server, { locale: 'en' });
    const { page, context } = phone;
    const sheet = page.getByRole('dialog');
    const dots = page.locator('.pad-dots .on');
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    await firstPhone(page, server.url, (await server.ticket('700311')).token);
    const { token } = await server.ticket('700310');
    await firstPhone(page, server.url, token);
    const another = await furtherPhone(server.h, token, PIN);
    await button('Get a code').click();
    await typePin(page, PIN.slice(0, 4));
    const first = await aPush('700310');
    await sheet.getByRole('textbox').click();
    await page.keyboard.type(`${first.number}99`);
    await page.keyboard.press('Enter');
    await expect.poll(() => sheet.getByRole('textbox').inputValue()).toBe(`${first.number}99`);
    await expect.poll(() => dots.count()).toBe(4);
    await expect.poll(() => sheet.innerText()).toMatch(/Browser\s+Unknown/);
    // On a low screen the way to say no is in sight.
    await page.setViewportSize({ width: 360, height: 640 });
    const deny = await button('It wasn’t me').boundingBox();
    expect((deny?.y ?? 999) + (deny?.height ?? 0)).toBeLessThanOrEqual(640);
    await flawless(phone);
    await page.setViewportSize({ width: 390, height: 844 });

    const stillAsked = page.waitForResponse(
      async (reply) => reply.url().includes('/approvals?') && (await reply.text()).includes('apv_'),
    );
    await button('Close').click();
    await stillAsked;
    await page.locator('.pad-key', { hasText: '9' }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Enter 6 to 20 digits').waitFor();
    await expect.poll(() => dots.count()).toBe(5);
    expect(await sheet.count()).toBe(0);
    await button('Back').click();
    await page.getByText('1 waiting for your answer').waitFor();
    await flawless(phone);
    await button('Look').click();
    // Another phone of the account was first.
    const [item] = await waiting(server.h, another);
    expect((await answer(server.h, another, item, 'approve', first.number)).status).toBe(200);
    await button('It wasn’t me').click();
    await page.getByRole('dialog', { name: 'Too late to refuse' }).waitFor();
    await flawless(phone);
    await button('End all sign-ins').click();
    await page.getByText('All sign-ins are ended').waitFor();
    await button('Done').click();

    const rows = (await kept(page)).rows;
    await revoke('700311', rows.find(({ account }) => account === '700311')?.['phone']);
    const second = await aPush('700310');
    await sheet.getByRole('textbox').fill(second.number);
    await loseAnswer(page, '**/v1/app/approvals/*');
    const approve = button(/^(This time only|Approve)$/);
    await approve.click();
    await page.getByText('A connection is needed').waitFor();
    await approve.click();
    await page.getByRole('dialog', { name: 'The request is no longer open' }).waitFor();
    expect((await server.h.call('GET', `/v1/logins/${second.id}`)).body.status).toBe('satisfied');
    await page.getByRole('dialog').locator('.button.main').click();
    await page.goto(`${server.url}/app/#/a/%E0%A4%A`);
    await page.reload();
    await page.locator('.account.revoked', { hasText: '700311' }).waitFor();
    expect(phone.faults).toEqual([]);
    await context.close();
  });
});

describe('MO-2.4 MO-6.3 the PIN changes while the phone is in use', () => {
  it('MO-2.4 MO-2.5 MO-6.3 PIN-06 a late answer wipes no new key, another tab makes codes of the new PIN, and a reset or removal is told at the pad', async () => {
    const account = '700312';
    const { token } = await server.ticket(account);
    const main = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(main.page, server.url, token);
    const sub = await aPhone(browser, server, { locale: 'en' });
    const { page, context } = sub;
    await registerBy(page, server.url, token);
    await page.locator('.finished .button').click();
    await page.locator('.pad').waitFor();
    const late = Promise.withResolvers<void>();
    const own = /\/v1\/app\/phones\/[^/]+$/;
    await page.route(
      own,
      async (route) => {
        const response = await route.fetch();
        await late.promise;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
    const asked = page.waitForRequest(own);
    const told = page.waitForResponse(own);
    await comesBack(page);
    await asked;
    await enterPin(page, PIN);
    await page.getByText('Synced', { exact: true }).waitFor();
    late.resolve();
    await told;
    await page.locator('.finished .button').click();
    await page.locator('.account-card').waitFor();
    await expect
      .poll(async () => (await kept(page)).rows)
      .toMatchObject([{ status: 'active', store: expect.stringMatching(/^[0-9a-f]{64}$/) }]);

    // Another tab of the same phone stands at the pad while the PIN is changed in this one.
    const other = await context.newPage();
    await other.goto(page.url());
    await other.locator('.button.big').click();
    await other.locator('.pad').waitFor();
    server.skewMs += 60_000;
    await page.reload();
    await page.getByText(/off by/).waitFor();
    await page.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('button', { name: /^Change PIN/ }).click();
    await enterPin(page, PIN);
    await enterPin(page, '284617');
    await enterPin(page, '284617');
    await page.getByText('PIN changed').waitFor();
    server.skewMs += 60_000;
    await page.goto(`${server.url}/app/`);
    await page.reload();
    await page.getByText(/off by 2/).waitFor();
    await enterPin(other, '284617');
    expect((await logInBy(server.h, account, await shownCode(other))).body.status).toBe('satisfied');
    await other.close();

    // The main phone's owner, at the pad, calls customer service.
    await main.page.reload();
    await enterPin(main.page, '284617');
    await main.page.getByText('Synced', { exact: true }).waitFor();
    await main.page.locator('.finished .button').click();
    await main.page.locator('.button.big').click();
    await main.page.locator('.pad').waitFor();
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('button', { name: /^Change PIN/ }).click();
    await page.getByRole('heading', { name: 'Enter your present PIN' }).waitFor();
    await server.h.call('POST', `/v1/console/accounts/${account}/pin-reset`, desk);
    await comesBack(page);
    await page.getByRole('heading', { name: 'Choose a PIN' }).waitFor();
    await comesBack(main.page);
    await main.page.getByRole('heading', { name: 'Choose a PIN' }).waitFor();
    await flawless(main);
    await enterPin(main.page, '918264');
    await enterPin(main.page, '918264');
    await main.page.locator('.finished .button').click();
    await main.page.locator('.button.big').click();
    await main.page.locator('.pad').waitFor();
    await revoke(account, (await kept(main.page)).rows[0]?.['phone']);
    await comesBack(main.page);
    await main.page.getByText('This phone can no longer make codes').waitFor();
    expect((await kept(main.page)).rows[0]).toMatchObject({ status: 'revoked', store: null });
    await flawless(main);
    for (const one of [main, sub]) await one.context.close();
  });
});
