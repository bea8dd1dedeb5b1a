// The whole of a login with the app: PIN on the phone, code typed into the portal's page; ten times the wrong PIN, the freeze, the operator.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from '../enrolment-kit.ts';
import { type AppServer, aChromium, aPhone, aServer, codeBy, firstPhone, PIN } from './app-kit.ts';
import { admitted, flawless, signIn, visit } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

const PASSWORD = 'correct horse battery';

describe('MO-5.1 the app and the portal', () => {
  it('MO-4.1 MO-5.1 MO-6.1 PIN-04 a code of the app lets in; ten under a wrong PIN freeze the account, the page says whom to call, and an operator unlocks it', async () => {
    const account = '700095';
    await server.h.account(account, { phone: '+85291234095', email: `${account}@example.com`, password: PASSWORD });
    const { token } = await register(server.h, account);
    const phone = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(phone.page, server.url, token);
    const person = await visit(browser, `${server.url}/t/t1/login`, { locale: 'en' });
    const { page } = person;

    /** What the phone shows under a PIN, after so many seconds. */
    const shownAfter = async (seconds: number, pin = PIN): Promise<string> => {
      server.skewMs += seconds * 1000;
      await phone.page.goto(`${server.url}/app/`);
      await phone.page.reload();
      await phone.page.getByText('off by').waitFor();
      await phone.page.locator('.account').click();
      return codeBy(phone.page, pin);
    };
    const enter = async (code: string): Promise<void> => {
      await page.goto(`${server.url}/t/t1/login`);
      await page.reload();
      const again = page.getByRole('button', { name: 'Sign in again' });
      await page
        .locator('input[name=username]')
        .or(again)
        .or(page.locator('[data-way], input[name=code]'))
        .first()
        .waitFor();
      if (await again.isVisible()) await again.click();
      await page.locator('input[name=username]').waitFor();
      await signIn(page, account, PASSWORD);
      const byCode = page.getByRole('button', { name: /^Code from the app/ });
      await page.locator('input[name=code]').or(byCode).first().waitFor();
      if (await byCode.isVisible()) await byCode.click();
      await page.locator('input[name=code]').fill(code);
      await page.getByRole('button', { name: 'Verify' }).click();
    };

    await enter(await shownAfter(60));
    await admitted(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();

    for (let left = 9; left >= 0; left--) {
      await enter(await shownAfter(3660, '730517'));
      if (left > 0) await page.getByText(`${left} tries left`).waitFor();
    }
    await page.getByRole('heading', { name: 'Sign-in is locked' }).waitFor();
    await expect.poll(() => page.locator('main').innerText()).toContain('852-2700 0000');
    await flawless(person);
    // Frozen is frozen, for the right PIN too, and the phone knows nothing of it.
    const right = await shownAfter(3660);
    expect(right).toMatch(/^\d{6}$/);
    await page.getByRole('button', { name: 'Start again' }).click();
    await signIn(page, account, PASSWORD);
    await page.getByText('Sign-in is locked').waitFor();
    const unlocked = await server.h.call('POST', `/v1/console/accounts/${account}/unlock`, {
      reason: 'called back',
      operator: 'desk-3',
    });
    expect(unlocked.status).toBe(200);
    await enter(await shownAfter(60));
    await admitted(page);
    expect(person.faults).toEqual([]);
    await Promise.all([phone.context.close(), person.context.close()]);
  });
});
