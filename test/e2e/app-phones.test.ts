// One account on many phones: the main one, those that are synchronised, the sixth; a PIN changed, interrupted, reset; a phone removed.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logInBy } from '../enrolment-kit.ts';
import {
  type AppServer,
  aChromium,
  aPhone,
  aServer,
  codeBy,
  enterPin,
  firstPhone,
  kept,
  PIN,
  registerBy,
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

/** Lets a time step pass for the server, and tells the app. */
async function nextStep(...pages: Page[]): Promise<void> {
  server.skewMs += 60_000;
  for (const page of pages) {
    await page.goto(`${server.url}/app/`);
    await page.reload();
    await page.getByText(/off by|偏差/).waitFor();
  }
}
const statusOf = async (account: string, output: string) => (await logInBy(server.h, account, output)).body.status;

/** From the list to a code of the only account. */
async function code(page: Page, pin = PIN): Promise<string> {
  await page.goto(`${server.url}/app/`);
  await page.locator('.account').click();
  return codeBy(page, pin);
}
async function sync(page: Page, pin = PIN): Promise<void> {
  await page.goto(`${server.url}/app/`);
  await page.locator('.account.unsynced').click();
  await enterPin(page, pin);
}

describe('MO-2.3 MO-2.4 phones of one account', () => {
  it('MO-2.3 MO-2.4 five join, each synchronised by the one PIN; a wrong one is counted; the sixth is refused; one removes another', async () => {
    const { token } = await server.ticket('700010');
    const main = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(main.page, server.url, token);

    const sub = await aPhone(browser, server, { locale: 'en' });
    await registerBy(sub.page, server.url, token);
    await sub.page.getByText('Sub-account registered').waitFor();
    await flawless(sub);
    await sub.page.goto(`${server.url}/app/`);
    await expect.poll(() => sub.page.locator('.account').innerText()).toContain('Not synced');
    expect((await kept(sub.page)).rows[0]).toMatchObject({ store: null, status: 'unsynced' });
    await sync(sub.page, '730517');
    const left = sub.page.locator('.notice.bad');
    await left.waitFor();
    await expect.poll(() => left.innerText()).toContain('The server did not take this PIN');
    const tries = Number(/(\d+) tries left/.exec(await left.innerText())?.[1]);
    await enterPin(sub.page, '730518');
    await sub.page.getByText(`${tries - 1} tries left`).waitFor();
    await flawless(sub);
    await enterPin(sub.page, PIN);
    await sub.page.getByText('Synced', { exact: true }).waitFor();

    const more = [];
    for (let n = 3; n <= 5; n++) {
      const further = await aPhone(browser, server, { locale: 'en' });
      await registerBy(further.page, server.url, token);
      await further.page.locator('.finished').waitFor();
      await further.page.goto(`${server.url}/app/`);
      await sync(further.page, PIN);
      await further.page.getByText('Synced', { exact: true }).waitFor();
      more.push(further);
    }
    const sixth = await aPhone(browser, server, { locale: 'en' });
    await sixth.page.goto(`${server.url}/s/${token}`);
    await sixth.page.getByText('No more phones can be added').waitFor();
    await flawless(sixth);
    expect((await kept(sixth.page)).rows).toEqual([]);

    const pages = [main, sub, ...more].map(({ page }) => page);
    await nextStep(...pages);
    const codes: string[] = [];
    for (const page of pages) codes.push(await code(page));
    // One PIN, five secrets: each phone has a code of its own, and all of them let in.
    expect(new Set(codes).size).toBe(5);
    for (const one of codes.reverse()) expect(await statusOf('700010', one)).toBe('satisfied');

    await main.page.goto(`${server.url}/app/`);
    await main.page.locator('.account').click();
    await main.page.getByRole('button', { name: 'Manage' }).click();
    await main.page.getByRole('button', { name: /^Phones/ }).click();
    await main.page.locator('.line').nth(4).waitFor();
    await flawless(main);
    await main.page
      .locator('.line')
      .nth(1)
      .getByRole('button', { name: /^Remove/ })
      .click();
    await flawless(main);
    await main.page.getByRole('button', { name: 'Remove this phone' }).click();
    await main.page.getByText('4 of 5').waitFor();
    await sub.page.goto(`${server.url}/app/`);
    await sub.page.reload();
    await sub.page.locator('.account.revoked').waitFor();
    expect((await kept(sub.page)).rows[0]).toMatchObject({ store: null, biometric: null, status: 'revoked' });
    for (const { context } of [main, sub, ...more, sixth]) await context.close();
  });

  it('MO-2.3 one phone holds several accounts, and says which code is whose', async () => {
    const one = await server.ticket('700011');
    const two = await server.ticket('700012');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(page, server.url, one.token);
    await firstPhone(page, server.url, two.token, '284617');
    await nextStep(page);
    await expect.poll(() => page.locator('.account').count()).toBe(2);
    await page.locator('.account', { hasText: '700012' }).click();
    expect(await statusOf('700012', await codeBy(page, '284617'))).toBe('satisfied');
    await page.goto(`${server.url}/app/`);
    await page.locator('.account', { hasText: '700011' }).click();
    expect(await statusOf('700011', await codeBy(page, PIN))).toBe('satisfied');
    await context.close();
  });
});

describe('MO-2.2 MO-6.3 another PIN', () => {
  async function changeTo(page: Page, pin: string, old = PIN): Promise<void> {
    await page.goto(`${server.url}/app/`);
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('button', { name: /^Change PIN/ }).click();
    await enterPin(page, old);
    await enterPin(page, pin);
    await enterPin(page, pin);
  }

  it('PIN-05 is set only after the old one was right, covers a fresh key, and the other phones ask for it', async () => {
    const { token } = await server.ticket('700020');
    const main = await aPhone(browser, server, { locale: 'en' });
    const sub = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(main.page, server.url, token);
    await registerBy(sub.page, server.url, token);
    await sub.page.locator('.finished .button').click();
    await enterPin(sub.page, PIN);
    await sub.page.getByText('Synced', { exact: true }).waitFor();
    await nextStep(main.page, sub.page);

    const before = (await kept(main.page)).rows[0];
    await changeTo(main.page, '284617', '999000');
    await main.page.getByText('The server did not take this PIN').waitFor();
    expect((await kept(main.page)).rows[0]).toEqual(before);
    await changeTo(main.page, '284617');
    await main.page.getByText('PIN changed').waitFor();
    await flawless(main);
    await nextStep(main.page, sub.page);
    expect(await statusOf('700020', await code(main.page, '284617'))).toBe('satisfied');

    await sub.page.locator('.account.unsynced').waitFor();
    await sync(sub.page, '284617');
    await sub.page.getByText('Synced', { exact: true }).waitFor();
    await nextStep(sub.page);
    expect(await statusOf('700020', await code(sub.page, '284617'))).toBe('satisfied');
    for (const { context } of [main, sub]) await context.close();
  });

  it('PIN-06 killed between the new C and its confirmation: the new PIN works after the phone asked for it, the old one does not', async () => {
    const { token } = await server.ticket('700024');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(page, server.url, token);
    await nextStep(page);
    const before = (await kept(page)).rows[0]?.['store'];
    const confirming = page.waitForRequest('**/confirm');
    await context.route('**/confirm', () => undefined);
    await changeTo(page, '284617');
    await confirming;
    expect((await kept(page)).rows[0]).toMatchObject({
      status: 'unsynced',
      store: expect.not.stringMatching(String(before)),
    });
    await page.close({ runBeforeUnload: false });
    await context.unroute('**/confirm');
    const again = await context.newPage();
    await again.goto(`${server.url}/app/`);
    await sync(again, PIN);
    await again.getByText('The server did not take this PIN').waitFor();
    await enterPin(again, '284617');
    await again.getByText('Synced', { exact: true }).waitFor();
    await nextStep(again);
    expect(await statusOf('700024', await code(again, '284617'))).toBe('satisfied');
    await context.close();
  });

  it.each(['before it reached the server', 'before the answer came back'])(
    'PIN-06 stopped %s: one PIN works, and the phone finds out which',
    async (where) => {
      const account = where.startsWith('before it') ? '700021' : '700022';
      const { token } = await server.ticket(account);
      const { page, context } = await aPhone(browser, server, { locale: 'en' });
      await firstPhone(page, server.url, token);
      await nextStep(page);
      await page.route('**/pin-change', async (route) => {
        if (account === '700022') await route.fetch();
        await route.abort('connectionreset');
      });
      await changeTo(page, '284617');
      await page.getByText('The change is not confirmed yet').waitFor();
      expect((await kept(page)).rows).toHaveLength(1);
      await page.unroute('**/pin-change');
      await nextStep(page);
      if (account === '700021') {
        expect(await statusOf(account, await code(page, PIN))).toBe('satisfied');
      } else {
        await page.locator('.account.unsynced').waitFor();
        expect((await kept(page)).rows[0]).toMatchObject({ store: null });
        await sync(page, '284617');
        await page.getByText('Synced', { exact: true }).waitFor();
        await nextStep(page);
        expect(await statusOf(account, await code(page, '284617'))).toBe('satisfied');
      }
      await context.close();
    },
  );

  it('MO-6.3 after a reset each phone asks: the first chooses, the second is late and is asked for what was chosen', async () => {
    const { token } = await server.ticket('700023');
    const main = await aPhone(browser, server, { locale: 'en' });
    const sub = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(main.page, server.url, token);
    await registerBy(sub.page, server.url, token);
    await sub.page.locator('.finished .button').click();
    await enterPin(sub.page, PIN);
    await sub.page.getByText('Synced', { exact: true }).waitFor();
    const reset = await server.h.call('POST', '/v1/console/accounts/700023/pin-reset', {
      operator: 'desk-1',
      reason: 'forgot it',
    });
    expect(reset.status).toBeLessThan(300);
    await nextStep(main.page, sub.page);
    for (const { page } of [main, sub]) {
      await page.locator('.account.unsynced').waitFor();
      expect((await kept(page)).rows[0]).toMatchObject({ store: null, biometric: null });
      await page.locator('.account.unsynced').click();
      await page.getByRole('heading', { name: 'Choose a PIN' }).waitFor();
    }
    for (const pin of ['284617', '284617']) await enterPin(main.page, pin);
    await main.page.getByText('Synced', { exact: true }).waitFor();
    for (const pin of ['555123', '555123']) await enterPin(sub.page, pin);
    await sub.page.getByText('Enter the PIN set on your first phone').waitFor();
    await enterPin(sub.page, '284617');
    await sub.page.getByText('Synced', { exact: true }).waitFor();
    await nextStep(main.page, sub.page);
    for (const { page, context } of [main, sub]) {
      expect(await statusOf('700023', await code(page, '284617'))).toBe('satisfied');
      await context.close();
    }
  });

  it('MO-2.5 REB-07 removing an account here alone says that it does not unlink, and the server still asks for it; removing both unlinks', async () => {
    const { token } = await server.ticket('700030');
    const phone = await aPhone(browser, server, { locale: 'zh-CN' });
    const { page, context } = phone;
    await firstPhone(page, server.url, token);
    await page.getByRole('button', { name: '管理' }).click();
    await page.getByRole('button', { name: '从本机移除' }).click();
    await expect.poll(() => page.getByRole('dialog').innerText()).toContain('不会解除绑定');
    await flawless(phone);
    await page.getByRole('button', { name: '只从本机删除' }).click();
    await page.locator('.welcome').waitFor();
    expect((await kept(page)).rows).toEqual([]);
    const { body } = await server.h.call('GET', '/v1/accounts/700030/phones');
    expect(body.slots.used).toBe(1);
    // Still bound: the login asks for a code of the phone that has forgotten it, and nothing else.
    const asked = await server.h.call('POST', '/v1/logins', {
      account: '700030',
      client: { id: 'portal' },
      firstFactor: 'verified',
    });
    expect(asked.body.status).toBe('challenge');
    expect(asked.body.authenticators.map((a: { type: string }) => a.type)).toEqual(['app']);

    const other = await server.ticket('700031');
    await firstPhone(page, server.url, other.token);
    await page.getByRole('button', { name: '管理' }).click();
    await page.getByRole('button', { name: '从本机移除' }).click();
    await page.getByRole('button', { name: '解除本机绑定并移除' }).click();
    await page.locator('.welcome').waitFor();
    expect((await server.h.call('GET', '/v1/accounts/700031/phones')).body.slots.used).toBe(0);
    await context.close();
  });
});
