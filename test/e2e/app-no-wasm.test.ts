// Phones whose browser has no WebAssembly (Lockdown Mode, managed browsers): PBKDF2 in place of Argon2id where the account is theirs to begin, and a clear
// way on where it is not. V8 is started without a compiler, as that mode does: neither page nor worker has WebAssembly.
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
import { flawless, LOCALES, worded } from './people.ts';

let server: AppServer;
let without: Awaited<ReturnType<typeof aChromium>>;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser, without] = await Promise.all([
    aServer(),
    aChromium(),
    aChromium(undefined, ['--js-flags=--jitless']),
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), without.close()]);
  await server[Symbol.asyncDispose]();
});

const kdfOf = async (page: Page) => (await kept(page)).rows[0]?.['kdf'];
/** The next step, which phones learn when they look. */
async function nextStep(page: Page): Promise<void> {
  server.skewMs += 60_000;
  await page.goto(`${server.url}/app/`);
  await page.reload();
  await page.getByText('off by').waitFor();
}
const status = async (account: string, code: string) => (await logInBy(server.h, account, code)).body.status;
const noWasm = 'delete globalThis.WebAssembly';

describe('MO-4.2 a browser without WebAssembly', () => {
  it('MO-2.2 MO-4.1 MO-4.2 registers an account, sets its PIN through PBKDF2 and logs in, offline too; a usual phone joins it', async () => {
    const { token } = await server.ticket('700090');
    const phone = await aPhone(without, server, { locale: 'en' });
    const { page, context } = phone;
    await expect.poll(() => page.evaluate('typeof WebAssembly')).toBe('undefined');
    await firstPhone(page, server.url, token);
    await expect.poll(() => kdfOf(page)).toEqual({ name: 'pbkdf2-sha256', iterations: 600_000 });
    await nextStep(page);
    await server.stop();
    await page.locator('.account').click();
    const code = await codeBy(page);
    await flawless(phone);
    await server.start();
    expect(await status('700090', code)).toBe('satisfied');

    const { page: other, context: elsewhere } = await aPhone(browser, server, { locale: 'en' });
    await registerBy(other, server.url, token);
    await other.getByRole('button', { name: 'Sync now' }).click();
    await enterPin(other, PIN);
    await other.locator('.finished .button').click();
    await expect.poll(() => kdfOf(other)).toEqual({ name: 'pbkdf2-sha256', iterations: 600_000 });
    await nextStep(other);
    await other.locator('.account').click();
    expect(await status('700090', await codeBy(other))).toBe('satisfied');
    await Promise.all([context.close(), elsewhere.close()]);
  });

  it('MO-2.4 MO-4.2 MO-6.3 is told why it cannot join an account of Argon2id, and can once the operator reset the PIN for it', async () => {
    const { token } = await server.ticket('700091');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(page, server.url, token);
    await expect.poll(() => kdfOf(page)).toEqual({ name: 'argon2id', memoryKiB: 65_536, passes: 3 });
    for (const locale of LOCALES) {
      const phone = await aPhone(without, server, { locale });
      await registerBy(phone.page, server.url, token);
      const notice = phone.page.locator('.notice.bad');
      await notice.getByText('WebAssembly').waitFor();
      await expect.poll(() => notice.innerText()).toContain('852-2700 0000');
      await flawless(phone);
      await worded(phone.page, locale, /[简繁体體中文（）香港]/gu);
      await phone.context.close();
    }
    expect((await server.h.call('GET', '/v1/accounts/700091/phones')).body.slots.used).toBe(1);
    const reset = { operator: 'desk-3', reason: 'Lockdown Mode', kdf: 'pbkdf2-sha256' };
    expect((await server.h.call('POST', '/v1/console/accounts/700091/pin-reset', reset)).status).toBe(200);
    const { page: poor, context: lockdown } = await aPhone(without, server, { locale: 'en' });
    await firstPhone(poor, server.url, token);
    await nextStep(poor);
    await poor.locator('.account').click();
    expect(await status('700091', await codeBy(poor))).toBe('satisfied');
    // The first phone follows, under the new PIN and the other way to a key.
    await page.goto(`${server.url}/app/`);
    await page.reload();
    await page.locator('.account').click();
    await enterPin(page, PIN);
    await page.locator('.finished .button').click();
    await expect.poll(() => kdfOf(page)).toEqual({ name: 'pbkdf2-sha256', iterations: 600_000 });
    await Promise.all([context.close(), lockdown.close()]);
  });

  it('MO-4.1 says so where it was switched off after the account had come, in place of a pad that leads nowhere', async () => {
    const { token } = await server.ticket('700092');
    const phone = await aPhone(browser, server, { locale: 'en' });
    const { page, context } = phone;
    await firstPhone(page, server.url, token);
    await context.addInitScript(noWasm);
    await page.goto(`${server.url}/app/`);
    await page.reload();
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Get a code' }).click();
    await page.getByText('WebAssembly is off in this browser').waitFor();
    await expect.poll(() => page.locator('.pad').count()).toBe(0);
    await flawless(phone);
    await context.close();
  });
});
