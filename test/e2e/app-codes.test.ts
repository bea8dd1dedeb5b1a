// From the registration's QR to a code that the server takes: the whole everyday life of the app, with the server there and gone.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logInBy } from '../enrolment-kit.ts';
import {
  type AppServer,
  aChromium,
  aPhone,
  aServer,
  BUILT,
  codeBy,
  enterPin,
  firstPhone,
  PIN,
  shownCode,
  typePin,
} from './app-kit.ts';
import { flawless } from './people.ts';

let server: AppServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const loggedIn = async (account: string, output: string): Promise<unknown> =>
  (await logInBy(server.h, account, output)).body.status;

/** The code that completed the phone is spent: lets the server's clock, and so the phone's, go on by a step. */
const nextStep = (): void => {
  server.skewMs += 60_000;
};

describe('MO-2 the first phone', () => {
  it('MO-2.1 MO-2.2 MO-4.1 its camera reads the QR, account and code fill in, a weak PIN is refused, and its codes log in once', async () => {
    const { token, code } = await server.ticket('700004');
    await using browser = await aChromium(`${server.url}/s/${token}`);
    const phone = await aPhone(browser, server);
    const { page } = phone;
    await page.getByRole('button', { name: '掃碼' }).click();
    await page.locator('.facts').waitFor();
    const facts = await page.locator('.facts').innerText();
    expect(facts).toContain('700004');
    expect(facts).toContain(code);
    expect(facts).toContain('Tenant');
    await page.locator('button[type=submit]').click();

    for (const [weak, why] of [
      ['123456', '不可為連續數字'],
      ['888888', '不可全為同一數字'],
      ['70000412', '不可含有閣下的帳戶號碼'],
    ] as const) {
      await enterPin(page, weak);
      await page.locator('.notice.bad').getByText(why).waitFor();
    }
    await typePin(page, '12345');
    await page.locator('.pad .button.main').click();
    await page.getByText('請輸入 6 至 20 位數字').waitFor();
    await page.reload();
    // Interrupted before the PIN was set: the phone goes on where it was.
    await page.goto(`${server.url}/app/`);
    await page.getByRole('button', { name: /待設 PIN/ }).click();
    await enterPin(page, PIN);
    await enterPin(page, '730517');
    await page.getByText('兩次輸入不一致').waitFor();
    await enterPin(page, PIN);
    await enterPin(page, PIN);
    await page.locator('.finished .button').click();
    await expect.poll(() => page.locator('.account-card').innerText()).toContain('主帳戶');

    nextStep();
    await page.goto(`${server.url}/app/#/settings`);
    await page.getByRole('button', { name: '校準' }).click();
    await page.getByText('已校正').waitFor();
    await page.goto(`${server.url}/app/`);
    await page.locator('.account').click();
    const shown = await codeBy(page);
    expect(shown).toMatch(/^\d{6}$/);
    expect(await loggedIn('700004', shown)).toBe('satisfied');
    expect(await loggedIn('700004', shown)).toBe(422);
    await page.getByRole('button', { name: '複製' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(shown);
    await flawless(phone);
  });

  it('MO-2.1 account and activation code can be typed, in any usual way', async () => {
    const { code } = await server.ticket('700005');
    await using browser = await aChromium();
    const { page } = await aPhone(browser, server, { locale: 'en' });
    await page.getByRole('button', { name: 'Type it in' }).click();
    await page.getByRole('textbox', { name: 'Account' }).fill('７０００05');
    await page.getByRole('textbox', { name: 'Activation code' }).fill(code.toLowerCase().replace('-', ' '));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Register 700005' }).waitFor();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByRole('heading', { name: 'Choose a PIN' }).waitFor();
    // By the keyboard, too.
    for (const key of [...PIN, 'Enter']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: 'Enter it again' }).waitFor();
    for (const key of [...PIN, 'Backspace', PIN.slice(-1), 'Enter']) await page.keyboard.press(key);
    await page.getByText('Main account registered').waitFor();
  });

  it('MO-2.1 ENR-01 an unknown, foreign or strange QR opens nothing and says what to do', async () => {
    await using browser = await aChromium('https://evil.example/s/ABCDEFGHJKMNPQRSTVWXYZ0123');
    const phone = await aPhone(browser, server, { locale: 'zh-CN' });
    const { page } = phone;
    await page.getByRole('button', { name: '扫码' }).click();
    await page.getByText('这个二维码属于 evil.example').waitFor();
    await flawless(phone);
    await page.goto(`${server.url}/s/ABCDEFGHJKMNPQRSTVWXYZ0123`);
    await page.getByText('注册码不正确').waitFor();
    await expect.poll(() => new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/app/#/token');
    await flawless(phone);
  });
});

describe('MO-1.1 a registration that is over', () => {
  it('MO-1.1 the QR of 24 hours and a second ago is refused, and the screen says whom to ask', async () => {
    const { token } = await server.ticket('700007');
    const before = server.skewMs;
    server.skewMs += (24 * 3600 + 1) * 1000;
    try {
      await using browser = await aChromium();
      const phone = await aPhone(browser, server, { path: `/s/${token}` });
      await phone.page.getByText('註冊碼已過期').waitFor();
      await expect.poll(() => phone.page.locator('main').innerText()).toContain('客戶服務部 852-2700 0000');
      await flawless(phone);
    } finally {
      server.skewMs = before;
    }
  });
});

describe('MO-4.1 codes without the server', () => {
  it('MO-4.1 a phone whose clock is ten minutes slow learns it, says so, and its codes are right', async () => {
    const { token } = await server.ticket('700008');
    await using browser = await aChromium();
    const phone = await aPhone(browser, server, { clockMs: server.skewMs - 600_000, zone: 'Pacific/Auckland' });
    const { page } = phone;
    await firstPhone(page, server.url, token);
    nextStep();
    await page.goto(`${server.url}/app/`);
    await page.reload();
    await page.getByText(/手機時間有偏差：1[01] 分鐘/).waitFor();
    await page.locator('.account').click();
    expect(await loggedIn('700008', await codeBy(page))).toBe('satisfied');
    await page.getByRole('button', { name: '返回' }).click();
    await page.goto(`${server.url}/app/#/settings`);
    await page.getByRole('button', { name: '使用手機時間' }).click();
    await page.getByText('尚未與伺服器核對').waitFor();
  });

  it('MO-4.1 a code with seconds left is followed by the next by itself, and that one ends', async () => {
    const { token } = await server.ticket('700009');
    await using browser = await aChromium();
    const { page } = await aPhone(browser, server, { locale: 'en' });
    await firstPhone(page, server.url, token);
    // Forty-eight seconds into a minute to come: time enough for a slow machine to work out the code.
    server.skewMs += 108_000 - ((Date.now() + server.skewMs) % 60_000);
    await page.goto(`${server.url}/app/`);
    await page.reload();
    await page.getByText('off by').waitFor();
    await page.locator('.account').click();
    const first = await codeBy(page);
    await expect.poll(() => page.locator('.dial-text').innerText()).toMatch(/\b1?\d s/);
    await expect.poll(() => shownCode(page), { timeout: 30_000 }).not.toBe(first);
    await expect.poll(() => page.locator('.dial-text').innerText()).toMatch(/\b(60|5\d) s/);
    expect(await loggedIn('700009', await shownCode(page))).toBe('satisfied');
  });

  it('MO-4.1 the server is switched off, the app is opened anew, and the code is right', async () => {
    const { token } = await server.ticket('700006');
    await using browser = await aChromium();
    const { page, context } = await aPhone(browser, server, { zone: 'America/New_York' });
    await firstPhone(page, server.url, token);
    nextStep();
    await page.goto(`${server.url}/app/`);
    await page.getByText('手機時間有偏差').waitFor();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    await page.close();
    await server.stop();
    const again = await context.newPage();
    await again.goto(`${server.url}/app/`);
    await again.getByText('沒有網絡').waitFor();
    await again.locator('.account').click();
    const shown = await codeBy(again);
    await server.start();
    expect(await loggedIn('700006', shown)).toBe('satisfied');
  });
});

describe('MO-2.1 a new version of the app', () => {
  it('MO-2.1 is offered, changes nothing before it is taken, and is then there without a network', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-app-'));
    cpSync(join(BUILT, 'app'), join(folder, 'app'), { recursive: true });
    await using own = await aServer({ preset: 'mobile-otp', webRoot: folder });
    await using browser = await aChromium();
    const { page } = await aPhone(browser, own, { locale: 'en' });
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    // The next build: another name, another page.
    const worker = join(folder, 'app', 'sw.js');
    writeFileSync(worker, readFileSync(worker, 'utf8').replace('hufu-app-', 'hufu-app-next-'));
    const index = join(folder, 'app', 'index.html');
    writeFileSync(index, readFileSync(index, 'utf8').replace('</head>', '<meta name="build" content="next"></head>'));
    const build = (): Promise<unknown> =>
      page.evaluate('document.querySelector("meta[name=build]")?.content ?? "first"');
    await page.reload();
    await page.getByText('A new version is ready').waitFor();
    expect(await build()).toBe('first');
    await page.getByRole('button', { name: 'Update' }).click();
    await expect.poll(build).toBe('next');
    await own.stop();
    await page.reload();
    await page.locator('.welcome').waitFor();
    expect(await build()).toBe('next');
    rmSync(folder, { recursive: true, force: true });
  });
});
