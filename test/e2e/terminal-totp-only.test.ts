// ES, after the switch: only the authenticator counts. Straight into binding, no way round, the dealer's desk, old
// clients, and the switch itself.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Authenticator,
  aDemo,
  codeField,
  enterCode,
  enterSms,
  flawless,
  shownUri,
  signedIn,
  signIn,
  type TestDemo,
} from './kit.ts';
import { scanned } from './people.ts';

let demo: TestDemo;
beforeAll(async () => {
  demo = await aDemo();
});
beforeEach(() => demo.phase('totp-only'));
afterEach(() => demo.leave());
afterAll(() => demo?.close());

describe('after the switch', () => {
  it.each(['star-9.5', 'star-9.3'] as const)(
    'ES-3.1 %s: a right password brings up the QR, and only the first correct code logs in',
    async (client) => {
      const account = await demo.account();
      const person = await demo.person({ client });
      const { page } = person;
      await signIn(page, account, 'not the password');
      await page.getByText('账号或密码不正确').waitFor();
      await expect.poll(() => page.locator('.qr').count()).toBe(0);
      await signIn(page, account);
      await page.getByRole('dialog', { name: '绑定身份验证器' }).waitFor();
      const app = new Authenticator(await scanned(page));
      expect(app.account).toBe(account);
      await flawless(person);
      await enterCode(page, app.wrong());
      await page.getByText('验证码不正确或已过期').waitFor();
      await flawless(person);
      await expect.poll(() => page.locator('.workspace').count()).toBe(0);
      await enterCode(page, await app.next());
      await page.getByRole('heading', { name: '绑定成功' }).waitFor();
      await page.getByText('在身份验证器中删除条目，并不会解绑。').waitFor();
      await flawless(person);
      await page.getByRole('button', { name: '进入交易' }).click();
      await signedIn(page);
    },
  );

  it('ES-3.1 ES-2.4 EStar X: the same with the activation code instead of the QR', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'estar-x', size: { width: 390, height: 844 } });
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('heading', { name: '绑定身份验证器' }).waitFor();
    const app = new Authenticator(await shownUri(page));
    await expect.poll(() => page.locator('.qr').count()).toBe(0);
    await flawless(person);
    await enterCode(page, await app.next());
    await page.getByRole('button', { name: '进入交易' }).click();
    await signedIn(page);
  });

  it('ES-4.2 offers only the authenticator, sends no SMS, and refuses an SMS code that is still valid', async () => {
    const { account } = await demo.bound();
    await demo.phase('coexist');
    const before = await demo.person({ client: 'star-9.3' });
    await signIn(before.page, account);
    await before.page.getByRole('button', { name: /短信验证码/ }).click();
    await before.page.locator('.sms-corner button').waitFor();
    const sent = (await demo.outbox()).length;

    await demo.phase('totp-only');
    await enterSms(before.page);
    await before.page.getByText('当前不能使用这种方式').waitFor();
    await expect.poll(() => before.page.locator('.workspace').count()).toBe(0);
    await flawless(before);

    const after = await demo.person({ client: 'star-9.3' });
    await signIn(after.page, account);
    await after.page.getByRole('heading', { name: '输入动态验证码' }).waitFor();
    await expect.poll(() => after.page.getByText('更换验证方式').count()).toBe(0);
    expect(await demo.outbox()).toHaveLength(sent);
    await flawless(after);
  });

  it('ES-5.2 ES-5.3 a lost authenticator leads to the dealer, who unlinks with a reason; the next login binds anew', async () => {
    const { account, app } = await demo.bound();
    const person = await demo.person({ client: 'star-9.3' });
    const { page } = person;
    await signIn(page, account);
    await page.getByText('收不到验证码？').click();
    await page.getByText(/请联系交易员 852-2500 0000/).waitFor();
    await page.getByText('在身份验证器中删除条目，并不会解绑。').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '改用短信' }).count()).toBe(0);
    await flawless(person);
    // Logged in, its owner cannot unlink it either.
    await enterCode(page, await app.next());
    await signedIn(page);
    await page.getByRole('button', { name: 'TOTP 二维码' }).click();
    await page.getByText(/只能由工作人员解绑，请联系交易员 852-2500 0000/).waitFor();
    await expect.poll(() => page.getByRole('button', { name: '解绑', exact: true }).count()).toBe(0);
    await flawless(person);

    const dealer = await demo.person();
    await dealer.page.getByRole('link', { name: '交易员后台' }).click();
    await dealer.page.getByLabel('交易账号').fill(account);
    await dealer.page.getByRole('button', { name: '查找' }).click();
    await dealer.page.getByRole('button', { name: '解绑验证器' }).click();
    await dealer.page.getByRole('dialog').getByRole('radio').first().check();
    await dealer.page.getByRole('dialog').locator('button[type=submit]').click();
    await dealer.page.locator('.desk-done').waitFor();

    const again = await demo.person({ client: 'star-9.3' });
    await signIn(again.page, account);
    await again.page.getByRole('dialog', { name: '绑定身份验证器' }).waitFor();
    await enterCode(again.page, app.now());
    await again.page.getByText('验证码不正确或已过期').waitFor();
    await enterCode(again.page, await new Authenticator(await shownUri(again.page)).next());
    await again.page.getByRole('heading', { name: '绑定成功' }).waitFor();
  });

  it.each([
    ['star-9.5', '9.5.8.4', '9.5.8.5'],
    ['star-9.3', '9.3.43.1174', '9.3.43.1175'],
    ['estar-x', '3.6.20', '3.6.21'],
  ] as const)(
    'ES-1.1 %s %s is refused with the version it has, the one it needs, and where to get it',
    async (client, old, needed) => {
      const account = await demo.account();
      const person = await demo.person({ client, version: 'old' });
      await signIn(person.page, account);
      await person.page.getByText('客户端版本过低').waitFor();
      const facts = await person.page.locator('.facts dd').allTextContents();
      expect(facts).toEqual([old, `${needed} 或更高`, `https://download.example/${client}`]);
      await expect.poll(() => person.page.locator('.qr').count()).toBe(0);
      await flawless(person);
    },
  );

  it('ES-1.1 a malformed version is a clear error, never new enough', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'star-9.3', version: 'bad' });
    await signIn(person.page, account);
    await person.page.getByText('客户端版本无法识别').waitFor();
    await flawless(person);
  });

  it('ES-6.1 the switch in the demo bar changes the next sign-in, and can be rolled back', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'star-9.5' });
    const { page } = person;
    const press = async (phase: string): Promise<void> => {
      await page.getByRole('button', { name: phase, exact: true }).click();
      await page.getByText(`当前阶段：${phase}`).waitFor();
    };
    await expect.poll(() => page.getByRole('button', { name: '全面切换' }).getAttribute('aria-pressed')).toBe('true');
    await press('并存');
    await signIn(page, account);
    await page.getByRole('heading', { name: '输入短信验证码' }).waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    await press('全面切换');
    await signIn(page, account);
    await page.getByRole('dialog', { name: '绑定身份验证器' }).waitFor();
    await flawless(person);
    // The bar stays in reach while the pop-up is open.
    await press('仅短信');
    await page.getByRole('button', { name: '关闭' }).click();
    await signIn(page, account);
    await codeField(page).waitFor();
    await page.getByRole('heading', { name: '输入短信验证码' }).waitFor();
  });
});
