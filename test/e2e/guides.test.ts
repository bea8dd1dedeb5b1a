// The bind guides in a browser: both authenticators, every client, three languages, with their pictures.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/contract/problems.ts';
import { aDemo, flawless, type Seat, type TestDemo } from './kit.ts';
import { type Locale } from './people.ts';

const tenants = ['star', 'spark'] as const;
const clientsOf = { star: ['star-9.5', 'star-9.3', 'estar-x'], spark: ['star-9.3', 'estar-x'] } as const;
const cases = tenants.flatMap((tenant) =>
  (['tencent', 'microsoft'] as const).flatMap((one) => LOCALES.map((locale) => [tenant, one, locale] as const)),
);
/** What every guide ends with, per language: thirty seconds, deleting is not unlinking, whom to ask. */
const ends: Readonly<Record<Locale, Readonly<Record<'thirty' | 'stays' | (typeof tenants)[number], string>>>> = {
  'zh-CN': { thirty: '30 秒', stays: '账号仍然是已绑定', star: '交易员', spark: '客服' },
  'zh-HK': { thirty: '30 秒', stays: '帳戶仍屬已綁定', star: '客戶主任', spark: '客戶服務部' },
  en: { thirty: '30 seconds', stays: 'your account stays linked', star: 'your dealer', spark: 'customer service' },
};

let demo: TestDemo;
beforeAll(async () => {
  demo = await aDemo();
});
afterAll(() => demo.close());

/** A reader with the guides of a brokerage open. */
async function aReader(seat: Seat) {
  const person = await demo.person(seat);
  await person.page.goto(`${demo.url}/demo/terminal/#/guides`);
  await person.page.locator('.guides-list').waitFor();
  return person;
}
const answers = (page: Page, question: string) => page.locator(`input[name="guide-${question}"]`);
const choose = (page: Page, question: string, value: string) =>
  page.locator(`input[name="guide-${question}"][value="${value}"]`).check();
async function offered(page: Page, question: string): Promise<string[]> {
  const all = await answers(page, question).all();
  return Promise.all(all.map((one) => one.inputValue()));
}

/** The steps on the page: heading, text, and the name and size of each picture. */
async function stepsOn(page: Page) {
  const steps = await page.locator('.guides-list > li').all();
  return Promise.all(
    steps.map(async (step) => {
      const picture = step.getByRole('img');
      const name = (await picture.locator('title').textContent()) ?? '';
      const words = `${await step.getByRole('heading').innerText()} ${await step.locator('p').innerText()}`;
      return { words, name, box: await picture.boundingBox() };
    }),
  );
}

describe('the bind guides', () => {
  it.each(cases)(
    'ET-3.1 %s, %s, %s: each client’s steps with pictures, and nothing for axe to find',
    async (tenant, authenticator, locale) => {
      const reader = await aReader({ tenant, locale });
      const { page, context } = reader;
      await choose(page, 'authenticator', authenticator);
      const clients = await offered(page, 'client');
      expect(clients).toEqual(clientsOf[tenant]);
      for (const client of clients) {
        await choose(page, 'client', client);
        const starts = await offered(page, 'start');
        for (const start of starts.length === 0 ? [null] : starts) {
          if (start !== null) await choose(page, 'start', start);
          const steps = await stepsOn(page);
          expect(steps.length).toBeGreaterThanOrEqual(4);
          for (const { words, name, box } of steps) {
            expect(words).toMatch(/^\d+\s+\S/);
            expect(`${words}${name}`).not.toMatch(/[{}]|undefined/);
            // In English only the names of Chinese buttons and of the mini-program stay Chinese.
            const rest = `${words}${name}`.replaceAll(/腾讯身份验证器|二维码激活|手动输入/g, '');
            if (locale === 'en') expect(rest).not.toMatch(/\p{Script=Han}/u);
            else expect(words).toMatch(/\p{Script=Han}/u);
            expect(name.length).toBeGreaterThan(5);
            expect(box?.width).toBeGreaterThan(200);
          }
        }
      }
      const { thirty, stays, [tenant]: whom } = ends[locale];
      const last = await page.locator('.remember').innerText();
      for (const words of [thirty, stays, whom]) expect(last).toContain(words);
      await flawless(reader);
      await context.close();
    },
  );

  it.each(LOCALES)(
    'ET-3.1 a short guide for Google Authenticator stands beside them, in the dark too: %s',
    async (locale) => {
      const reader = await aReader({ locale, theme: 'dark' });
      const { page, context } = reader;
      await choose(page, 'authenticator', 'microsoft');
      const long = (await stepsOn(page)).length;
      await choose(page, 'authenticator', 'google');
      expect((await stepsOn(page)).length).toBeLessThan(long);
      await flawless(reader);
      await context.close();
    },
  );

  it('ES-1.1 name the versions the policy asks for', async () => {
    for (const tenant of tenants) {
      const { policy } = await demo.house.registry.get(tenant, 0);
      const { page, context } = await aReader({ tenant, locale: 'en' });
      for (const client of clientsOf[tenant]) {
        await choose(page, 'client', client);
        const asked = policy.clients[client]?.minimumVersion ?? 'none';
        await expect.poll(() => page.locator('.guides-before').innerText()).toContain(asked);
      }
      await context.close();
    }
  });

  it('ET-1.2 send the phone of star-desktop-bind to the desktop', async () => {
    const { page, context } = await aReader({ tenant: 'spark' });
    await choose(page, 'client', 'estar-x');
    expect((await stepsOn(page))[0]?.words).toContain('先在电脑上绑定');
    await context.close();
  });

  it('NF-2 answer to the keyboard, fit a narrow phone, and print without their questions', async () => {
    const reader = await aReader({ locale: 'en', size: { width: 360, height: 740 } });
    const { page, context } = reader;
    await page.locator('input[name="guide-client"][value="star-9.5"]').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('#guide-heading').innerText()).toContain('Star 9.3');
    await expect.poll(() => page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await flawless(reader);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => page.locator('.guides-choices').isVisible()).toBe(false);
    await expect.poll(() => page.locator('.bar').isVisible()).toBe(false);
    await expect.poll(() => page.locator('.guides-list > li').first().isVisible()).toBe(true);
    await context.close();
  });
});
