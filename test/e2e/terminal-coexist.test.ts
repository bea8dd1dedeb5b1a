// ES, the parallel run: SMS and authenticator side by side, on all three clients, as a person meets them.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  Authenticator,
  aDemo,
  codeField,
  enterCode,
  enterSms,
  flawless,
  openTotpOnPhone,
  shownUri,
  signedIn,
  signIn,
  signInBySms,
  type TestDemo,
} from './kit.ts';
import { scanned } from './people.ts';

let demo: TestDemo;
beforeAll(async () => {
  demo = await aDemo();
});
afterEach(() => demo.leave());
afterAll(() => demo?.close());

describe('the parallel run', () => {
  it('ES-2.1 logs an account without an authenticator in by password and SMS', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'star-9.5' });
    await signIn(person.page, account);
    await person.page.getByRole('heading', { name: '输入短信验证码' }).waitFor();
    await expect.poll(() => person.page.locator('.workspace').count()).toBe(0);
    await flawless(person);
    await enterSms(person.page);
    await signedIn(person.page);
    await flawless(person);
  });

  it('ES-2.2 Star 9.5 binds the account whose QR icon was pressed, out of several logged in', async () => {
    const [first, second] = [await demo.account(), await demo.account()];
    const person = await demo.person({ client: 'star-9.5' });
    const { page } = person;
    await signInBySms(page, first);
    await page.getByRole('button', { name: /多账号登录/ }).click();
    await page.getByRole('button', { name: '登录另一账号' }).click();
    await signIn(page, second);
    await enterSms(page);
    await page.getByRole('rowheader', { name: second }).waitFor();
    await expect.poll(() => page.locator('table.accounts tbody th').allTextContents()).toEqual([first, second]);

    const row = page.getByRole('row', { name: new RegExp(second) });
    const icon = row.getByRole('button').last();
    await expect.poll(() => icon.getAttribute('aria-label')).toBe(`账号 ${second} 的 TOTP 二维码`);
    await icon.click();
    await page.locator('.qr img').waitFor();
    await flawless(person);
    const uri = await scanned(page);
    expect(await shownUri(page)).toBe(uri);
    const key = await page.locator('.copy-text:not(.long)').textContent();
    expect(new URL(uri).searchParams.get('secret')).toBe(key?.replaceAll(' ', ''));
    const app = new Authenticator(uri);
    expect(app.account).toBe(second);
    await enterCode(page, await app.next());
    await page.getByRole('heading', { name: 'TOTP 已激活' }).waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    // The keyboard goes on where it was.
    const focused = 'document.activeElement?.getAttribute("aria-label")';
    await expect.poll(() => page.evaluate(focused)).toBe(`账号 ${second} 的 TOTP 二维码`);
    await row.getByText('已绑定').waitFor();
    await page
      .getByRole('row', { name: new RegExp(first) })
      .getByText('未绑定')
      .waitFor();
    await flawless(person);
  });

  it('ES-2.3 ES-1.3 Star 9.3 opens the same binding from the lower left corner, and Chinese labels survive the QR', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'star-9.3' });
    const { page } = person;
    await signInBySms(page, account);
    const icon = page.getByRole('button', { name: 'TOTP 二维码' });
    const at = await icon.boundingBox();
    const window = await page.locator('.window').boundingBox();
    expect(at!.x - window!.x).toBeLessThan(40);
    expect(window!.y + window!.height - at!.y - at!.height).toBeLessThan(40);
    await icon.click();
    await page.locator('.qr img').waitFor();
    const uri = await scanned(page);
    expect(decodeURIComponent(uri)).toContain(`otpauth://totp/极星国际:${account}?`);
    expect(new URL(uri).searchParams.get('issuer')).toBe('极星国际');
    expect(uri).toMatch(/algorithm=SHA1&digits=6&period=30$/);
    await enterCode(page, await new Authenticator(uri).next());
    await page.getByRole('heading', { name: 'TOTP 已激活' }).waitFor();
    await flawless(person);
  });

  it('ES-2.4 EStar X shows an activation code with a copy button instead of a QR', async () => {
    const account = await demo.account();
    const person = await demo.person({ client: 'estar-x', size: { width: 390, height: 844 } });
    const { page } = person;
    await signInBySms(page, account);
    await flawless(person);
    await openTotpOnPhone(page);
    const uri = await shownUri(page);
    await expect.poll(() => page.locator('.qr').count()).toBe(0);
    await page.getByRole('button', { name: '复制激活码' }).click();
    await page.getByText('已复制').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(uri);
    await flawless(person);
    await enterCode(page, await new Authenticator(uri).next());
    await page.getByRole('heading', { name: 'TOTP 已激活' }).waitFor();
    await flawless(person);
  });

  it('ES-2.5 an abandoned binding leaves the account unbound and its secret worthless', async () => {
    const account = await demo.account();
    const { page } = await demo.person({ client: 'star-9.3' });
    await signInBySms(page, account);
    const icon = page.getByRole('button', { name: 'TOTP 二维码' });
    await icon.click();
    const abandoned = await shownUri(page);
    await page.getByRole('button', { name: '关闭' }).click();
    await icon.click();
    const fresh = await shownUri(page);
    expect(fresh).not.toBe(abandoned);
    await enterCode(page, new Authenticator(abandoned).now());
    await page.getByText('验证码不正确或已过期').waitFor();
    const found = (await demo.api('GET', `/v1/accounts/${account}`)) as { authenticators: { type: string }[] };
    expect(found.authenticators.map((one) => one.type)).toEqual(['sms']);
    await enterCode(page, await new Authenticator(fresh).next());
    await page.getByRole('heading', { name: 'TOTP 已激活' }).waitFor();
  });

  it('ES-4.1 a bound account chooses between authenticator and SMS, and either works', async () => {
    const { account, app } = await demo.bound();
    const person = await demo.person({ client: 'star-9.5' });
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('heading', { name: '选择验证方式' }).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: /身份验证器/ }).click();
    await codeField(page).waitFor();
    await flawless(person);
    await enterCode(page, await app.next());
    await signedIn(page);

    const other = await demo.person({ client: 'estar-x' });
    await signIn(other.page, account);
    await other.page.getByRole('button', { name: /短信验证码/ }).click();
    await enterSms(other.page);
    await signedIn(other.page);
  });

  it('ES-4.3 the code screen shows how long a code lasts and takes each code once', async () => {
    const { account, app } = await demo.bound();
    const first = await demo.person({ client: 'star-9.3' });
    await signIn(first.page, account);
    await first.page.getByRole('button', { name: /身份验证器/ }).click();
    await first.page.getByText('每 30 秒更换一次').waitFor();
    await first.page.getByText(/\d+ 秒后换新码/).waitFor();
    const code = await app.next();
    await enterCode(first.page, code);
    await signedIn(first.page);

    const second = await demo.person({ client: 'star-9.3' });
    await signIn(second.page, account);
    await second.page.getByRole('button', { name: /身份验证器/ }).click();
    await enterCode(second.page, code);
    await second.page.getByText(/请等下一个验证码再试。还可尝试 \d+ 次/).waitFor();
    await flawless(second);
    await expect.poll(() => second.page.locator('.workspace').count()).toBe(0);
    await enterCode(second.page, await app.next());
    await signedIn(second.page);
  });

  it('ES-5.1 ES-5.3 unlinks after an SMS login, says what deleting does not do, and binds anew', async () => {
    const { account, app } = await demo.bound();
    const person = await demo.person({ client: 'star-9.3' });
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('button', { name: /身份验证器/ }).click();
    // The way out for this phase: by SMS, then unlink.
    await page.getByText('收不到验证码？').click();
    await page.getByText(/先用短信验证码登录，进入 TOTP 页面解绑，再重新绑定/).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: '改用短信' }).click();
    await enterSms(page);
    await signedIn(page);

    await page.getByRole('button', { name: 'TOTP 二维码' }).click();
    await page.getByRole('heading', { name: 'TOTP 已激活' }).waitFor();
    await page.getByText('在身份验证器中删除条目，并不会解绑。').waitFor();
    await page.getByRole('button', { name: '解绑', exact: true }).click();
    await page.getByRole('heading', { name: `解绑账号 ${account} 的 TOTP？` }).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: '保留' }).click();
    await page.getByRole('button', { name: '解绑', exact: true }).click();
    await page.getByRole('button', { name: '解绑 TOTP' }).click();
    await page.getByText(/已解绑/).waitFor();
    await flawless(person);
    await page.getByRole('button', { name: '重新绑定' }).click();
    const fresh = new Authenticator(await shownUri(page));
    await page.getByText('在身份验证器中删除条目，并不会解绑。').waitFor();
    await enterCode(page, app.now());
    await page.getByText('验证码不正确或已过期').waitFor();
    await enterCode(page, await fresh.next());
    await page.getByRole('heading', { name: 'TOTP 已激活' }).waitFor();
  });

  it('ES-2.2 offers recovery codes once bound, shows them once, and one of them signs in', async () => {
    const { account } = await demo.bound();
    const person = await demo.person({ client: 'star-9.3' });
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('button', { name: /短信验证码/ }).click();
    await enterSms(page);
    await signedIn(page);
    await page.getByRole('button', { name: 'TOTP 二维码' }).click();
    // This brokerage keeps no list of phones: an empty one would say that nobody ever signed in.
    await page.getByRole('button', { name: '生成恢复码' }).waitFor();
    await expect.poll(() => page.getByRole('region', { name: '手机' }).count()).toBe(0);
    await page.getByRole('button', { name: '生成恢复码' }).click();
    await page.getByText('仅显示这一次。').waitFor();
    await flawless(person);
    const codes = await page.locator('.codes code').allTextContents();
    expect(codes.length).toBeGreaterThan(5);
    const file = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载' }).click();
    expect((await file).suggestedFilename()).toBe(`recovery-codes-${account}.txt`);
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText(`剩余 ${codes.length} 个`).waitFor();
    await expect.poll(() => page.locator('.codes').count()).toBe(0);

    const other = await demo.person({ client: 'star-9.5' });
    await signIn(other.page, account);
    await other.page.getByRole('button', { name: /身份验证器/ }).click();
    await other.page.getByText('收不到验证码？').click();
    await other.page.getByRole('button', { name: '使用恢复码' }).click();
    await flawless(other);
    await other.page.getByRole('textbox', { name: '恢复码' }).fill(codes[0] ?? '');
    await other.page.getByRole('button', { name: '验证' }).click();
    await signedIn(other.page);
  });
});
