// The dealer's desk and the demo's inbox in a browser.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hufu, HufuProblem } from '../../sdk/src/index.ts';
import { LOCALES } from '../../src/contract/problems.ts';
import {
  Authenticator,
  aDemo,
  enterCode,
  flawless,
  passwordOf,
  type Seat,
  shownUri,
  signedIn,
  signIn,
  type TestDemo,
} from './kit.ts';
import { scanned } from './people.ts';

const star93 = { id: 'star-9.3', version: '9.3.43.1175' };

let demo: TestDemo;
const hufu = new Map<string, Hufu>();
beforeAll(async () => {
  demo = await aDemo();
  const accounts = (await (await fetch(`${demo.url}/demo/accounts.json`)).json()) as {
    tenants: { id: string; apiKey: string }[];
  };
  for (const { id, apiKey } of accounts.tenants) hufu.set(id, new Hufu({ baseUrl: demo.url, apiKey }));
  await demo.phase('totp-only');
});
afterAll(() => demo.close());

/** A dealer with the desk of a brokerage open. */
async function aDealer(seat: Seat) {
  const person = await demo.person(seat);
  await person.page.goto(`${demo.url}/demo/terminal/#/desk`);
  await person.page.locator('#desk-account').waitFor();
  return person;
}
async function find(page: Page, account: string): Promise<void> {
  await page.locator('#desk-account').fill(account);
  await page.locator('#desk-account').press('Enter');
  await page.getByRole('heading', { name: account }).waitFor();
}
const tags = (page: Page) => page.locator('.desk-chips li').allInnerTexts();

/** Where a login of the account stands after the right password. */
async function statusOf(tenant: string, account: string): Promise<string | undefined> {
  const first = { account, client: star93, firstFactor: { password: passwordOf(account) } };
  return (await hufu.get(tenant)?.logins.start(first))?.status;
}
/** Binds an authenticator without a browser. */
async function bind(tenant: string, account: string): Promise<{ id: string; app: Authenticator }> {
  const api = hufu.get(tenant);
  if (api === undefined) throw new Error(`no tenant ${tenant}`);
  const login = await api.logins.start({ account, client: star93, firstFactor: { password: passwordOf(account) } });
  const { id, uri = '' } = await api.logins.startBinding(login.id);
  const app = new Authenticator(uri);
  await api.logins.confirmBinding(login.id, id, { output: await app.next() });
  return { id, app };
}

describe('the dealer’s desk', () => {
  it('ES-5.2 the dealer deletes the binding with a reason, and the next login starts binding again', async () => {
    const customer = await demo.person({ client: 'star-9.3' });
    await signIn(customer.page, '880001');
    const old = new Authenticator(await shownUri(customer.page));
    await enterCode(customer.page, await old.next());
    await customer.page.getByRole('button', { name: '进入交易' }).click();
    await signedIn(customer.page);

    const dealer = await aDealer({ locale: 'zh-CN' });
    await find(dealer.page, '880001');
    await expect.poll(() => tags(dealer.page)).toEqual(['正常', '已绑定', '全面切换']);
    await expect.poll(() => dealer.page.locator('.desk-case h3').allInnerTexts()).toEqual(['验证方式']);
    await dealer.page.getByRole('button', { name: '解绑验证器' }).click();
    const dialog = dealer.page.getByRole('dialog', { name: '解绑账号 880001 的验证器' });
    await expect.poll(() => dialog.innerText()).toContain('必须重新绑定才能进入');
    await dialog.getByRole('button', { name: '解绑验证器' }).click();
    await expect.poll(() => dialog.getByRole('alert').innerText()).toBe('请选择原因。');
    expect(await statusOf('star', '880001')).toBe('challenge');

    await dialog.getByLabel('手机遗失或被盗').check();
    await dialog.getByLabel('备注').fill('工单 42');
    await dialog.getByRole('button', { name: '解绑验证器' }).click();
    await dealer.page.getByText('已解绑账号 880001。下次登录时重新绑定。').waitFor();
    await expect.poll(() => tags(dealer.page)).toEqual(['正常', '未绑定', '全面切换']);
    await expect.poll(() => dealer.page.getByRole('button', { name: '解绑验证器' }).count()).toBe(0);
    const rows = await demo.house.db.query("SELECT actor, data FROM audit_events WHERE event = 'binding.removed'", {});
    expect(rows).toHaveLength(1);
    expect(rows[0]?.['actor']).toBe('operator:demo-dealer');
    expect(String(rows[0]?.['data'])).toContain('手机遗失或被盗: 工单 42');

    const again = await demo.person({ client: 'star-9.3' });
    await signIn(again.page, '880001');
    await again.page.locator('.qr img').waitFor();
    const fresh = await scanned(again.page);
    const app = new Authenticator(fresh);
    await enterCode(again.page, old.now());
    await again.page.getByText('验证码不正确或已过期').first().waitFor();
    await expect.poll(() => again.page.locator('.workspace').count()).toBe(0);
    await enterCode(again.page, await app.next());
    await again.page.getByRole('button', { name: '进入交易' }).click();
    await signedIn(again.page);
    expect(await statusOf('star', '880001')).toBe('challenge');
    expect(dealer.faults).toEqual([]);
    for (const { context } of [customer, dealer, again]) await context.close();
  });

  it('ET-4.1 where only an operator may unbind, the desk says so and does', async () => {
    const { id } = await bind('spark', '660001');
    const own = hufu.get('spark')?.accounts.unbind('660001', id);
    await expect(own).rejects.toSatisfy((error) => error instanceof HufuProblem && error.code === 'unbind-by-operator');
    const { page, context } = await aDealer({ tenant: 'spark', locale: 'zh-HK' });
    await find(page, '660001');
    await expect.poll(() => page.locator('.desk-methods').innerText()).toContain('只可在此解除綁定');
    await expect.poll(() => page.locator('.desk-case h3').allInnerTexts()).toEqual(['驗證方式', '曾登入的手機']);
    await page.getByRole('button', { name: '解除綁定' }).click();
    await page.getByLabel('更換手機').check();
    await page.getByRole('dialog').getByRole('button', { name: '解除綁定' }).click();
    await page.getByText('已解除帳號 660001 的綁定。').waitFor();
    expect(await statusOf('spark', '660001')).toBe('enrol');
    await context.close();
  });

  it('ES-5.2 the dealer unlocks a frozen authenticator with a reason in words, and its next code works', async () => {
    const { id, app } = await bind('spark', '660002');
    const account = await hufu.get('spark')?.accounts.get('660002');
    // Ten wrong codes, as if typed over the hours their delays take.
    for (let n = 1; n <= 10; n++) {
      await demo.house.ports.store.commit(account?.id ?? '', [{ op: 'count-failure', scope: id, n }]);
    }
    const dealer = await aDealer({ tenant: 'spark', locale: 'en' });
    const { page, context } = dealer;
    await find(page, '660002');
    await expect.poll(() => tags(page)).toContain('Locked');
    await expect(statusOf('spark', '660002')).rejects.toThrow('frozen');

    await page.getByRole('button', { name: 'Unlock' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlock 660002' });
    await dialog.getByLabel('Other').check();
    await dialog.getByRole('button', { name: 'Unlock' }).click();
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('Say what “Other” means');
    await expect(statusOf('spark', '660002')).rejects.toThrow('frozen');
    await dialog.getByLabel('Note').fill('a child played with the phone');
    await dialog.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('660002 is unlocked.').waitFor();
    await expect.poll(() => tags(page)).toContain('Active');
    await expect.poll(() => page.getByRole('button', { name: 'Unlock' }).count()).toBe(0);

    const customer = await demo.person({ tenant: 'spark', client: 'star-9.3' });
    await signIn(customer.page, '660002');
    await enterCode(customer.page, await app.next());
    await signedIn(customer.page);
    await flawless(dealer);
    await customer.context.close();
    await context.close();
  });

  it.each(LOCALES)('NF-2 gives axe nothing to find, whatever it shows, and works by keyboard: %s', async (locale) => {
    if ((await statusOf('star', '880002')) === 'enrol') await bind('star', '880002');
    for (const theme of ['light', 'dark'] as const) {
      const dealer = await aDealer({ locale, theme, size: { width: 360, height: 740 } });
      const { page, context } = dealer;
      await flawless(dealer);
      await page.locator('#desk-account').fill('404');
      await page.keyboard.press('Enter');
      await page.locator('.desk-empty.is-bad').waitFor();
      await flawless(dealer);
      await find(page, '880002');
      await flawless(dealer);
      await page.locator('.is-danger').press('Enter');
      await page.getByRole('dialog').waitFor();
      await flawless(dealer);
      await page.keyboard.press('Escape');
      await page.locator('.is-danger:focus').waitFor();
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      await context.close();
    }
  });
});

describe('the demo’s inbox', () => {
  it('ES-2.1 shows an SMS code as it is sent, and copies it', async () => {
    await demo.phase('coexist');
    const visitor = await demo.person({ locale: 'en' });
    const { page, context } = visitor;
    await page.goto(`${demo.url}/demo/terminal/#/outbox`);
    await page.locator('.outbox-status').waitFor();
    await page.locator('.outbox-none, .outbox-list').waitFor();
    await flawless(visitor);
    const api = hufu.get('star');
    const first = { account: '880006', client: star93, firstFactor: { password: passwordOf('880006') } };
    const login = await api?.logins.start(first);
    await api?.logins.send(login?.id ?? '');
    await page.getByRole('status').filter({ hasText: 'New message for +85291230006' }).waitFor();
    const bubble = page.locator('.outbox-list > li').first();
    const code = (await bubble.locator('strong').innerText()).replace(' ', '');
    expect((await demo.outbox())[0]?.text).toContain(code);
    await bubble.getByRole('button', { name: `Copy the code ${code.split('').join(' ')}` }).click();
    await bubble.getByText('Copied').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(code);
    await page.getByLabel('+85291230006').check();
    await expect.poll(() => page.locator('.outbox-list > li').count()).toBe(1);
    await flawless(visitor);
    expect(await api?.logins.verify(login?.id ?? '', { output: code })).toMatchObject({ status: 'satisfied' });
    await context.close();
  });
});
