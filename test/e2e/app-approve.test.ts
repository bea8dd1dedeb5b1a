// Somebody wants in, and the phone is asked: by a scanned QR, by the phone's own camera, by a push with a number to type.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTAL } from '../enrolment-kit.ts';
import { type AppServer, aChromium, aPhone, aServer, firstPhone } from './app-kit.ts';
import { flawless } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

/** A login that waits for approval, as a relying party begins it. */
async function aLogin(account: string, by: 'scan' | 'push') {
  const from = { ip: '127.0.0.1' };
  const login = await server.h.call('POST', '/v1/logins', {
    account,
    client: { ...PORTAL, ...from },
    firstFactor: 'verified',
  });
  const asked = await server.h.call('POST', `/v1/logins/${login.body.id}/${by}`, {});
  if (asked.status !== 201) throw new Error(JSON.stringify([login.body, asked.body]));
  return {
    token: String(asked.body.url ?? '').split('/s/')[1] ?? '',
    number: String(asked.body.number ?? ''),
    status: async (): Promise<string> => (await server.h.call('GET', `/v1/logins/${login.body.id}`)).body.status,
  };
}

async function aPhoneOf(account: string, locale: 'zh-CN' | 'zh-HK' | 'en' = 'en') {
  const { token } = await server.ticket(account);
  const phone = await aPhone(browser, server, { locale });
  await firstPhone(phone.page, server.url, token);
  return phone;
}

describe('CM-3.2 scan to approve', () => {
  it('CM-3.2 SCN-14 a link opens the sheet with who, what and where, answers nothing by itself, and a press lets the login on', async () => {
    const phone = await aPhoneOf('700060');
    const { page, context } = phone;
    const login = await aLogin('700060', 'scan');
    // A web page that opens the link again and again, or adds what it likes to it, gets a sheet and no more.
    for (const more of ['', '?answer=approve', '#approve']) {
      await page.goto(`${server.url}/s/${login.token}${more}`);
      await page.getByRole('dialog', { name: 'Is this you signing in?' }).waitFor();
      expect(page.url()).not.toContain(login.token);
    }
    await page.waitForTimeout(500);
    expect(await login.status()).toBe('challenge');
    const sheet = await page.getByRole('dialog').innerText();
    for (const part of ['700060', 'Sign in', 'From', 'Browser']) expect(sheet).toContain(part);
    await flawless(phone);
    // The phone's own camera may open a browser that has no account: it says what the code is, and takes nothing.
    const stranger = await aPhone(browser, server, { locale: 'en', path: `/s/${login.token}` });
    await stranger.page.getByText('This is a sign-in code').waitFor();
    expect(await stranger.page.getByRole('button', { name: 'Type it in' }).count()).toBe(0);
    await flawless(stranger);
    await stranger.context.close();
    await page.getByRole('button', { name: /^(This time only|Approve)$/ }).click();
    await page.getByRole('dialog', { name: 'Approved' }).waitFor();
    await flawless(phone);
    expect(await login.status()).toBe('satisfied');
    await page.goto(`${server.url}/s/${login.token}`);
    await page.getByText('The request has expired').waitFor();
    await page.getByRole('heading', { name: 'Approve a sign-in' }).waitFor();
    expect(await page.getByRole('button', { name: 'Type it in' }).count()).toBe(0);
    await flawless(phone);
    await context.close();
  });

  it('CM-3.2 “it wasn’t me” refuses, says what to do, and ends all sign-ins on request', async () => {
    const phone = await aPhoneOf('700061', 'zh-CN');
    const { page, context } = phone;
    const login = await aLogin('700061', 'scan');
    await page.goto(`${server.url}/s/${login.token}`);
    await page.getByRole('button', { name: '不是我' }).click();
    await page.getByRole('dialog', { name: '已拒绝' }).waitFor();
    await expect.poll(() => page.getByRole('dialog').innerText()).toContain('修改登录密码');
    await flawless(phone);
    expect(await login.status()).not.toBe('satisfied');
    await page.getByRole('button', { name: '结束所有登录' }).click();
    await page.getByText('所有登录已结束').waitFor();
    await flawless(phone);
    await context.close();
  });

  it('CM-3.2 with several accounts the right one is asked, and a QR of somebody else is told apart without telling on them', async () => {
    const phone = await aPhoneOf('700062');
    const { page, context } = phone;
    await firstPhone(page, server.url, (await server.ticket('700063')).token);
    const login = await aLogin('700063', 'scan');
    await page.goto(`${server.url}/s/${login.token}`);
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => page.getByRole('dialog').innerText()).toContain('700063');
    await page.getByRole('button', { name: 'Close' }).click();

    const other = await aPhoneOf('700064');
    const theirs = await aLogin('700064', 'scan');
    await page.goto(`${server.url}/s/${theirs.token}`);
    await page.getByText('This code is not for an account on this phone').waitFor();
    await flawless(phone);
    expect(
      (await server.h.audit()).map(({ event }) => event).filter((event) => /foreign|stranger/.test(event)),
    ).toEqual([]);
    await context.close();
    await other.context.close();
  });
});

describe('CM-3.2 asked on the phone', () => {
  it('CM-3.2 a push shows itself, wants the number from the page typed, and a wrong one refuses the login', async () => {
    const phone = await aPhoneOf('700065', 'zh-HK');
    const { page, context } = phone;
    await page.goto(`${server.url}/app/`);
    const login = await aLogin('700065', 'push');
    await page.getByRole('dialog', { name: '是否閣下本人登入？' }).waitFor();
    const approve = page.getByRole('button', { name: /^(僅此一次|批准)$/ });
    await approve.click();
    await page.getByText('請輸入登入頁的數字。').waitFor();
    await flawless(phone);
    expect(await login.status()).toBe('challenge');
    await page.getByRole('textbox').fill(login.number);
    await approve.click();
    await page.getByRole('dialog', { name: '已批准' }).waitFor();
    expect(await login.status()).toBe('satisfied');
    await page.getByRole('button', { name: '完成' }).click();

    const again = await aLogin('700065', 'push');
    await page.getByRole('dialog', { name: '是否閣下本人登入？' }).waitFor();
    await page.getByRole('textbox').fill(again.number === '11' ? '12' : '11');
    await approve.click();
    await page.getByRole('dialog', { name: '數字不符，已拒絕' }).waitFor();
    await flawless(phone);
    expect(await again.status()).not.toBe('satisfied');
    await context.close();
  });
});
