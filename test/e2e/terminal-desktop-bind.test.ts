// ET: binding on the desktop only; the phone app asks for codes, and its first correct one binds the phone itself.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  Authenticator,
  aDemo,
  enterCode,
  flawless,
  openTotpOnPhone,
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

const desktop = { tenant: 'spark', client: 'star-9.3' } as const;
const phone = { tenant: 'spark', client: 'estar-x', size: { width: 390, height: 844 } } as const;

describe('binding on the desktop only', () => {
  it('ET-1.1 the first login on Star 9.3 shows the QR; the first correct code binds', async () => {
    const account = await demo.account('spark');
    const person = await demo.person(desktop);
    const { page } = person;
    await signIn(page, account);
    await page.getByRole('dialog', { name: '绑定身份验证器' }).waitFor();
    const uri = await scanned(page);
    expect(new URL(uri).searchParams.get('issuer')).toBe('星火期货');
    await flawless(person);
    const app = new Authenticator(uri);
    await enterCode(page, await app.next());
    await page.getByRole('button', { name: '进入交易' }).click();
    await signedIn(page);
    // Bound: from now on the desktop asks for the code (ET-2.1).
    const again = await demo.person(desktop);
    await signIn(again.page, account);
    await enterCode(again.page, await app.next());
    await signedIn(again.page);
  });

  it('ET-1.2 the phone app sends an unbound account to the desktop, with no secret and no login', async () => {
    const account = await demo.account('spark');
    const person = await demo.person(phone);
    const { page } = person;
    const replies: string[] = [];
    page.on(
      'response',
      (reply) =>
        void reply.text().then(
          (text) => replies.push(text),
          () => undefined,
        ),
    );
    await signIn(page, account);
    await page.getByText('请先在电脑上绑定').waitFor();
    await expect.poll(() => page.locator('.note .plain').textContent()).toBe('极星 9.3 9.3.43.1175 或更高');
    expect(replies.join()).not.toMatch(/otpauth|secret=/);
    await expect.poll(() => page.locator('.workspace').count()).toBe(0);
    await flawless(person);
  });

  it('ET-1.2 the phone app offers nothing that only the desktop can do: no recovery codes, no set-up', async () => {
    const { account, app } = await demo.bound('spark');
    const bound = await demo.person(phone);
    await signIn(bound.page, account);
    await enterCode(bound.page, await app.next());
    await signedIn(bound.page);
    await openTotpOnPhone(bound.page);
    // The list of phones is the last of the page: what comes before it is there by then.
    await bound.page.locator('.devices li').waitFor();
    await expect.poll(() => bound.page.getByText('恢复码').count()).toBe(0);

    await demo.phase('coexist', 'spark');
    try {
      const unbound = await demo.person(phone);
      await signInBySms(unbound.page, await demo.account('spark'));
      await openTotpOnPhone(unbound.page);
      await unbound.page.getByText('当前阶段或此客户端不能绑定 TOTP。').waitFor();
      await flawless(unbound);
    } finally {
      await demo.phase('totp-only', 'spark');
    }
  });

  it('ET-2.1 the first correct code from a new phone puts it on the list of phones, where it can be removed', async () => {
    const { account, app } = await demo.bound('spark');
    const person = await demo.person(phone);
    const { page } = person;
    await signIn(page, account);
    await enterCode(page, app.wrong());
    await page.getByText('验证码不正确或已过期').waitFor();
    await enterCode(page, await app.next());
    await signedIn(page);
    await page.getByText(`这部手机已绑定到账号 ${account}。`).waitFor();
    await flawless(person);
    await openTotpOnPhone(page);
    const device = page.locator('.devices li');
    await device.getByText('iPhone 17').first().waitFor();
    await expect.poll(() => device.count()).toBe(1);
    await expect.poll(() => device.textContent()).toMatch(/易星 3\.6\.21.*首次使用.*最近使用/);
    await flawless(person);

    await device.getByRole('button', { name: '移除 iPhone 17' }).click();
    await page.getByText('移除后，iPhone 17 不能再登录此账号。').waitFor();
    await flawless(person);
    await device.locator('.ask').getByRole('button', { name: '移除 iPhone 17' }).click();
    await device.getByText('已移除').waitFor();

    // The same phone is refused from now on; another one is not.
    const same = await demo.person(phone, person.context);
    await same.page.getByRole('button', { name: '菜单' }).click();
    await same.page.getByRole('button', { name: '退出' }).click();
    await signIn(same.page, account);
    await same.page.getByText('此手机已被移除').waitFor();
    await flawless(same);
    const other = await demo.person({ ...phone, phone: 'phone-2' }, person.context);
    await signIn(other.page, account);
    await enterCode(other.page, await app.next());
    await signedIn(other.page);
  });

  it('ET-3.1 every set-up leads to the guides for Microsoft and Tencent Authenticator', async () => {
    const account = await demo.account('spark');
    const { page, context } = await demo.person(desktop);
    await signIn(page, account);
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: '查看图文指南' }).click();
    const guides = await opened;
    await guides.getByText('Microsoft Authenticator').first().waitFor();
    await guides.getByText('腾讯身份验证器').first().waitFor();
    // The set-up is still open where it was.
    await page.locator('.qr img').waitFor();
  });

  it('ET-4.1 there is no self-service unlink: the page names the support contact', async () => {
    const { account, app } = await demo.bound('spark');
    const person = await demo.person(desktop);
    const { page } = person;
    await signIn(page, account);
    await page.getByText('收不到验证码？').click();
    await page.getByText(/请联系客服 852-2600 0000/).waitFor();
    await enterCode(page, await app.next());
    await signedIn(page);
    await page.getByRole('button', { name: 'TOTP 二维码' }).click();
    await page.getByText('只能由工作人员解绑，请联系客服 852-2600 0000。').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '解绑', exact: true }).count()).toBe(0);
    await flawless(person);
  });
});
