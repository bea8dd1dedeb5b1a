// What the app shows between its everyday screens (registrations that fail, further phones, approvals, the end), in three languages, light and dark: nothing
// for axe, nothing sticking out, no word in another language. HUFU_SHOTS=folder keeps pictures for people to look at.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstPhone as firstByApi, PORTAL } from '../enrolment-kit.ts';
import { type AppServer, aChromium, aPhone, aServer, codeBy, enterPin, PIN, registerBy } from './app-kit.ts';
import { flawless, LOCALES, shot, worded } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

const LOOKS = [...LOCALES.map((locale) => [locale, 'light'] as const), ['zh-HK', 'dark'] as const];
/** Names that stay Chinese on an English page: the house's, its contact, its client, the languages. */
const NAMES = /虎符|[简繁体體中文（）香港]|國安證券|網上交易平台|客戶服務部/gu;
const desk = { operator: 'desk-3', reason: 'called back' };

/** Somebody at the portal who waits for the account's phone. */
async function asks(account: string, by: 'scan' | 'push') {
  const client = { ...PORTAL, ip: '127.0.0.1', userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0' };
  const login = await server.h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
  const asked = await server.h.call('POST', `/v1/logins/${login.body.id}/${by}`, {});
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  return { token: String(asked.body.url ?? '').split('/s/')[1], number: String(asked.body.number ?? '') };
}

describe('NF-1 NF-2 what the app shows in between', () => {
  it.each(LOOKS)(
    'NF-1 NF-2 MO-2.4 CM-3.2 %s, %s: axe finds nothing, words are all of one language',
    async (locale, theme) => {
      const account = `7002${LOOKS.findIndex(([one, look]) => one === locale && look === theme)}0`;
      const { token } = await server.ticket(account);
      await firstByApi(server.h, token, PIN, 'First');
      const phone = await aPhone(browser, server, { locale, theme });
      const { page, context } = phone;
      let count = 0;
      const seen = async (name: string): Promise<void> => {
        count += 1;
        await shot(page, `app-states-${locale}-${theme}-${String(count).padStart(2, '0')}-${name}`);
        await flawless(phone);
        await worded(page, locale, NAMES);
        await expect.poll(() => page.locator('h1').count()).toBe(1);
      };
      const sheet = page.getByRole('dialog');
      const home = async (): Promise<void> => {
        await page.goto(`${server.url}/app/#/`);
        await page.reload();
        await page.locator('.account').first().waitFor();
      };

      await page.goto(`${server.url}/s/ABCDEFGHJKMNPQRSTVWXYZ0123`);
      await page.locator('.notice.bad').waitFor();
      await seen('unknown');
      await page.goto(`${server.url}/s/${token}`);
      await page.locator('.facts').waitFor();
      await seen('confirm');
      await page.locator('form input').first().fill('');
      await page.locator('button[type=submit]').click();
      await page.locator('.field-error').waitFor();
      await seen('no-name');
      await registerBy(page, server.url, token);
      await page.locator('.finished').waitFor();
      await seen('sub-done');
      await home();
      await seen('not-synced');
      await page.locator('.account.unsynced').click();
      await page.locator('.pad').waitFor();
      await seen('sync');
      await enterPin(page, '730517');
      await page.locator('.notice.bad').waitFor();
      await seen('sync-wrong');
      await enterPin(page, PIN);
      await page.locator('.finished').waitFor();
      await seen('synced');
      await page.locator('.finished .button').click();
      await page.locator('.account-card').waitFor();
      await seen('sub-account');

      const phoneId = decodeURIComponent(/#\/a\/([^/]+)/.exec(page.url())?.[1] ?? '');
      await page.goto(`${server.url}/app/#/a/${phoneId}/phones`);
      await page.locator('.line').nth(1).waitFor();
      await page.locator('.line button').first().click();
      await sheet.waitFor();
      await seen('remove-phone');
      await page.keyboard.press('Escape');
      await page.goto(`${server.url}/app/#/a/${phoneId}/pin`);
      await enterPin(page, PIN);
      await page.locator('.pad-head h2').waitFor();
      await seen('new-pin');

      await page.goto(`${server.url}/s/${(await asks(account, 'scan')).token}`);
      await sheet.waitFor();
      await seen('approve');
      await page.locator('.answers .button').last().click();
      await page.locator('.finished-sign').waitFor();
      await seen('denied');
      await home();
      const { number } = await asks(account, 'push');
      await sheet.locator('.code-input').waitFor();
      await seen('push');
      await sheet.locator('.code-input').fill(number === '11' ? '12' : '11');
      await page.locator('.answers .button').first().click();
      await page.locator('.finished-sign.bad').waitFor();
      await seen('wrong-number');
      await home();
      await page.locator('.account').click();
      await codeBy(page);
      await page.clock.install();
      await page.clock.fastForward(121_000);
      await page.locator('.dial.over').waitFor();
      await seen('code-over');

      await server.h.call('POST', `/v1/console/accounts/${account}/pin-reset`, desk);
      await home();
      await page.locator('.account.unsynced').click();
      await page.locator('.pad').waitFor();
      await seen('after-reset');
      await server.h.call('POST', `/v1/console/accounts/${account}/phones/${phoneId}/revoke`, desk);
      await home();
      await page.locator('.account.revoked').click();
      await page.locator('.notice.bad').waitFor();
      await seen('revoked');
      expect(count).toBe(18);
      await context.close();
    },
  );
});
