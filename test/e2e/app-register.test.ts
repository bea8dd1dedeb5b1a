// A registration on the phone, with all that comes between: the password first, an answer that is lost, a page that is reloaded, a code that was used.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailedCode } from '../enrolment-kit.ts';
import { type AppServer, aChromium, aPhone, aServer, enterPin, kept, loseAnswer, PIN } from './app-kit.ts';
import { flawless } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer({ preset: 'recommended' }), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});
const PASSWORD = 'correct horse battery';

describe('MO-2.1 a browser that keeps little', () => {
  it.each([
    ['localStorage', 'Add your account'],
    ['indexedDB', 'This phone’s storage cannot be read'],
  ])('MO-2.1 without %s the app opens and says what it can', async (kept, said) => {
    const { page, context, faults } = await aPhone(browser, server, { locale: 'en' });
    await context.addInitScript(
      `Object.defineProperty(globalThis, '${kept}', { get() { throw new DOMException('denied', 'SecurityError'); } })`,
    );
    await page.reload();
    await page.getByText(said).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('MO-1.1 MO-2.1 a registration that was mailed', () => {
  it('MO-1.1 MO-2.1 MO-2.2 MO-2.3 ENR-05 is completed with the password; late, reloaded, with its answers lost and opened twice it takes one slot', async () => {
    const account = '700300';
    await server.h.account(account, { email: 'chan@example.com', password: PASSWORD });
    const desk = { operator: 'desk-1', reason: 'asked', callerCheck: { how: 'call-back' } };
    await server.h.call('POST', `/v1/console/accounts/${account}/registration`, desk);
    const code = await mailedCode(server.h);
    const phone = await aPhone(browser, server, { locale: 'en', path: '/app/#/type' });
    const { page, context } = phone;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const type = async (on = page): Promise<void> => {
      await on.getByRole('textbox', { name: 'Account' }).fill(account);
      await on.getByRole('textbox', { name: 'Activation code' }).fill(code);
      await on.getByRole('button', { name: 'Continue' }).click();
      await on.getByRole('heading', { name: `Register ${account}` }).waitFor();
    };
    const password = async (): Promise<void> => {
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await button('Continue').click();
      await page.getByRole('textbox', { name: 'This phone’s name' }).waitFor();
    };
    const slots = async () => (await server.h.call('GET', `/v1/accounts/${account}/phones`)).body.slots.used;

    await type();
    await page.getByLabel('Password', { exact: true }).waitFor();
    // What is being registered outlives a reload, is in no address, and can be read in another language.
    await page.reload();
    await page.getByRole('heading', { name: `Register ${account}` }).waitFor();
    expect(page.url()).not.toContain(code);
    await page.getByRole('button', { name: /^繁/ }).click();
    await page.getByRole('heading', { name: `註冊帳戶 ${account}` }).waitFor();
    await page.getByRole('button', { name: /^EN/ }).click();
    await password();
    await flawless(phone);
    server.skewMs += 11 * 60_000;
    await button('Register').click();
    await page.getByText('Enter the account’s sign-in password once more').waitFor();
    await flawless(phone);
    await password();

    await loseAnswer(page, '**/v1/app/phones');
    await button('Register').click();
    await page.getByText('A connection is needed').waitFor();
    expect(await slots()).toBe(1);
    await button('Register').click();
    await page.getByRole('heading', { name: 'Choose a PIN' }).waitFor();
    expect(await slots()).toBe(1);

    await loseAnswer(page, '**/pin');
    await enterPin(page, PIN);
    await enterPin(page, PIN);
    await page.getByText('A connection is needed').waitFor();
    await enterPin(page, PIN);
    await enterPin(page, PIN);
    await page.getByText('maybe the one you just set on this phone').waitFor();
    await flawless(phone);
    await enterPin(page, PIN);
    await page.getByText('Synced', { exact: true }).waitFor();
    await expect.poll(async () => (await kept(page)).rows).toMatchObject([{ status: 'active', role: 'main' }]);

    await page.goto(`${server.url}/app/#/type`);
    await type();
    await page.getByText('This account is already on this phone').waitFor();
    await flawless(phone);
    await button('Open the account').click();
    await page.locator('.account-card').waitFor();
    expect(await slots()).toBe(1);
    expect((await kept(page)).rows).toHaveLength(1);
    await context.close();

    // On an iPhone what is on the home screen has a storage of its own: that comes before the registration.
    const agent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1';
    const apple = await aPhone(browser, server, { locale: 'en', path: '/app/#/type', agent });
    await type(apple.page);
    await apple.page.getByText('Add to home screen', { exact: true }).waitFor();
    await flawless(apple);
    await apple.context.close();
  });
});
