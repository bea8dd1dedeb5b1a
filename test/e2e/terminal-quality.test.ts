// The terminal's states that go wrong on purpose, its three languages, small screens, and the keyboard alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { presetText } from '../../src/commands/demo-data/seed.ts';
import { publishPolicy } from '../../src/flows/registry.ts';
import {
  aDemo,
  codeField,
  enterCode,
  enterSms,
  flawless,
  openTotpOnPhone,
  type Person,
  passwordOf,
  signedIn,
  signIn,
  signInBySms,
  type TestDemo,
} from './kit.ts';
import { type Locale } from './people.ts';

let demo: TestDemo;
beforeAll(async () => {
  demo = await aDemo();
});
afterEach(() => demo.leave());
afterAll(() => demo?.close());

/** Nothing sticks out to the side: no page of ours scrolls sideways (WCAG 1.4.10). */
const fitsAcross = async ({ page }: Person): Promise<void> => {
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide).toBeLessThanOrEqual(0);
};

describe('what goes wrong', () => {
  it('ES-4.3 too many wrong codes must wait, with the seconds on the button', async () => {
    const { account, app } = await demo.bound();
    const person = await demo.person({ client: 'star-9.3' });
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('button', { name: /身份验证器/ }).click();
    for (let tries = 9; tries > 5; tries -= 1) {
      await enterCode(page, app.wrong());
      await page.getByText(`还可尝试 ${tries} 次`).waitFor();
    }
    await page.getByRole('button', { name: /\d+ 秒后可以再试/ }).waitFor();
    await flawless(person);
    // Starting again does not shorten it, not even for the right code.
    await page.getByRole('button', { name: '取消' }).click();
    await signIn(page, account);
    await page.getByRole('button', { name: /身份验证器/ }).click();
    await enterCode(page, await app.next());
    await page.getByText('尝试过于频繁').waitFor();
    await page.getByRole('button', { name: /\d+ 秒后可以再试/ }).waitFor();
    await flawless(person);
    await expect.poll(() => page.locator('.workspace').count()).toBe(0);
  });

  it('ES-5.2 a frozen account says so and whom to call; the desk unlocks it', async () => {
    const document = `${presetText('star-desktop-bind')}\nthrottle: { delaysSeconds: [0], freezeAfter: 3 }\n`;
    const done = await publishPolicy(demo.house.ports, { tenantId: 'spark', document, actor: 'test', reason: 'test' });
    expect(done.kind).toBe('published');
    const { account, app } = await demo.bound('spark');
    const person = await demo.person({ tenant: 'spark', client: 'star-9.3' });
    const { page } = person;
    await signIn(page, account);
    for (const left of [2, 1]) {
      await enterCode(page, app.wrong());
      await page.getByText(`还可尝试 ${left} 次`).waitFor();
    }
    await enterCode(page, app.wrong());
    await page.getByText('账号验证已冻结').waitFor();
    await page.getByText(/如需解锁，请联系客服 852-2600 0000/).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: '重新登录' }).click();
    await signIn(page, account);
    await page.getByText('账号验证已冻结').waitFor();
    await demo.api('POST', `/v1/console/accounts/${account}/unlock`, { reason: '核实本人', operator: '李' }, 'spark');
    await page.getByRole('button', { name: '重新登录' }).click();
    await signIn(page, account);
    await enterCode(page, await app.next());
    await signedIn(page);
  });

  it('ES-2.1 within the minute no second SMS is sent: not for a detour, not for a new sign-in', async () => {
    const { account } = await demo.bound();
    const person = await demo.person({ client: 'star-9.5' });
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('button', { name: /短信验证码/ }).click();
    await page.locator('.sms-corner button').waitFor();
    const sent = (await demo.outbox()).length;

    await page.getByRole('button', { name: '更换验证方式' }).click();
    await page.getByRole('button', { name: /短信验证码/ }).click();
    await page.getByText(/验证码已发送到/).waitFor();
    await page.getByRole('button', { name: /\d+ 秒后可重新获取/ }).waitFor();
    const second = await demo.person({ client: 'star-9.3' });
    await signIn(second.page, account);
    await second.page.getByRole('button', { name: /短信验证码/ }).click();
    await second.page.getByText('刚刚已为上一次登录发送过验证码，它在这里无效。', { exact: false }).waitFor();
    await flawless(second);
    expect(await demo.outbox()).toHaveLength(sent);
    // The first sign-in's own code still completes it.
    await enterSms(page);
    await signedIn(page);
  });

  it('IN-1.1 no network and no Hufu each say so, and let nobody in', async () => {
    const person = await demo.person({ client: 'star-9.3' });
    const { page, context } = person;
    await context.setOffline(true);
    await signIn(page, '880001');
    await page.getByText('网络已断开').waitFor();
    await context.setOffline(false);
    await page.route('**/api/**/logins', (route) =>
      route.fulfill({ status: 503, json: { code: 'unreachable', status: 503, title: '', detail: '' } }),
    );
    await signIn(page, '880001');
    await page.getByText('验证服务暂不可用').waitFor();
    await expect.poll(() => page.locator('.workspace').count()).toBe(0);
  });

  it('ES-2.5 an activation code that ran out says so and offers a new one', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'star-9.3' });
    const { page } = person;
    await signInBySms(page, account);
    await page.route('**/bindings', async (route) => {
      const reply = await route.fetch();
      const binding = (await reply.json()) as Record<string, unknown>;
      await route.fulfill({
        response: reply,
        json: { ...binding, expiresAt: new Date(Date.now() + 1500).toISOString() },
      });
    });
    await page.getByRole('button', { name: 'TOTP 二维码' }).click();
    await page.getByText('二维码已失效').waitFor();
    await expect.poll(() => page.locator('.qr').count()).toBe(0);
    await flawless(person);
    await page.unroute('**/bindings');
    await page.getByRole('button', { name: '获取新的' }).click();
    await page.locator('.qr img').waitFor();
  });
});

describe('for everyone', () => {
  const looks: [Locale, 'light' | 'dark'][] = [
    ['zh-CN', 'dark'],
    ['zh-HK', 'light'],
    ['en', 'dark'],
  ];
  it.each(looks)('NF-1 NF-2 ES-2.4 the phone at 360 px in %s, %s', async (locale, theme) => {
    const account = await demo.account('star', locale);
    const person = await demo.person({ client: 'estar-x', locale, theme, size: { width: 360, height: 740 } });
    const { page } = person;
    const check = async (): Promise<void> => {
      await flawless(person);
      await fitsAcross(person);
      // Another language's words would show as another script's letters; English as none at all.
      const shown = (await page.locator('main').textContent()) ?? '';
      const text = shown.replaceAll('腾讯身份验证器', ''); // a name, the same everywhere
      if (locale === 'zh-HK') expect(text).not.toMatch(/[验证码绑让账户录时获]/);
      if (locale === 'zh-CN') expect(text).not.toMatch(/[驗證碼綁讓帳戶錄時獲]/);
    };
    await check();
    await signIn(page, account);
    await page.locator('.sms-corner button').waitFor();
    await check();
    await enterSms(page);
    await signedIn(page);
    await check();
    for (const tab of [1, 2]) {
      await page.locator('.phone-tabs button').nth(tab).click();
      await check();
    }
    await openTotpOnPhone(page);
    await codeField(page).waitFor();
    await check();
  });

  it('NF-1 the language changes in place, keeps its place, and names the page’s language', async () => {
    const { page } = await demo.person({ client: 'star-9.5', locale: 'en' });
    await signIn(page, '880001');
    await page.getByRole('heading', { name: 'Enter the SMS code' }).waitFor();
    await page.getByLabel('Language').selectOption('zh-HK');
    await page.getByRole('heading', { name: '輸入短訊驗證碼' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-Hant-HK');
    await page.reload();
    await page.getByRole('heading', { name: '登入' }).waitFor();
  });

  it('NF-2 a whole sign-in and set-up with the keyboard alone', async () => {
    const account = await demo.account();
    const { page } = await demo.person({ client: 'star-9.3', locale: 'en' });
    await demo.phase('totp-only');
    await page.locator('input[autocomplete=username]').focus();
    await page.keyboard.type(account);
    await page.keyboard.press('Tab');
    await page.keyboard.type(passwordOf(account));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Set up your authenticator' });
    await dialog.waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Set up your authenticator');
    await dialog.getByRole('button', { name: 'Copy key' }).waitFor();
    // Tab reaches the copy buttons and the code, never what lies under the pop-up.
    const reached: string[] = [];
    for (let at = 0; at < 8; at += 1) {
      await page.keyboard.press('Tab');
      reached.push(
        String(
          await page.evaluate(
            'document.activeElement.getAttribute("aria-label") ?? document.activeElement.autocomplete ?? ""',
          ),
        ),
      );
    }
    expect(reached).toContain('Copy key');
    expect(reached).toContain('one-time-code');
    expect(reached).not.toContain('username');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await demo.phase('coexist');
  });

  it('NF-2 every page of the desktop clients, in both looks', async () => {
    const account = await demo.account();
    for (const theme of ['light', 'dark'] as const) {
      const person = await demo.person({ client: 'star-9.5', theme, locale: 'en' });
      await flawless(person);
      await fitsAcross(person);
      if (theme === 'light') await signInBySms(person.page, account);
    }
  });
});
