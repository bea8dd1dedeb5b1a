// Operators at the console's door, in Chromium: the one-time link, password and code, a passkey, and the way out.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inviteOperator } from '../../src/flows/operator/people.ts';
import { codeOf } from '../kit.ts';
import { aConsole, ask, expectGood, type TestConsole } from './console-kit.ts';
import { type Locale, shot } from './people.ts';

let at: TestConsole;
beforeAll(async () => {
  at = await aConsole();
});
afterEach(() => at.leave());
afterAll(() => at.close());

const WORDS = {
  en: { title: 'Sign in to the console', login: 'Login', password: 'Password', next: 'Next', signIn: 'Sign in' },
  'zh-CN': { title: '登录控制台', login: '登录名', password: '密码', next: '下一步', signIn: '登录' },
  'zh-HK': { title: '登入控制台', login: '登入名稱', password: '密碼', next: '下一步', signIn: '登入' },
} as const;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const menu = (page: Page) => page.getByRole('navigation').first();

/** A link for somebody new. */
async function aLink(login: string): Promise<string> {
  const caller = { tenantId: '', actor: 'cli', keyId: 'cli', client: null };
  const made = await inviteOperator(at.demo.house.ports, caller, {
    login,
    tenants: { star: ['support'], lark: ['viewer'] },
  });
  if (made.kind !== 'invited' || made.link === null) throw new Error('no link');
  return `join/${made.link.token}`;
}

/** A platform authenticator that is there and says yes, as a laptop's fingerprint reader. */
async function withPasskeys(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe('OP-1.3 the door of the console', () => {
  it('OP-1.3 password, then the code of an authenticator; a wrong password is told, and signing out ends it', async () => {
    const { page, faults } = await at.visitor({ path: 'policy' });
    const t = WORDS.en;
    const who = at.demo.operators.find((o) => o.login === 'kit.chan')!;
    await page.getByLabel(t.login).fill(who.login);
    await page.locator('input[autocomplete=current-password]').fill('wrong');
    await button(page, t.next).click();
    await page.getByRole('alert').waitFor();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('Check both');
    await page.locator('input[autocomplete=current-password]').fill(who.password);
    await button(page, t.next).click();
    await page.getByLabel('Code from your authenticator app').fill(codeOf(who.totpUri, Date.now()));
    await button(page, t.signIn).click();
    await menu(page).waitFor();
    // The page that was asked for first.
    await expect.poll(() => page.url()).toContain('#/policy');
    await page.getByRole('button', { name: who.name }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: t.title }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: t.title }).waitFor();
    expect(faults).toEqual([]);
  });

  it('OP-1.3 a tab left behind ends nothing that another goes on with; over is what the server says is over', async () => {
    const { page, context } = await at.signInOperator('lee.ng', { path: 'customers', clock: true });
    await page.getByRole('searchbox').waitFor();
    const works = await context.newPage();
    await works.goto(`${at.url}/#/customers/880001`);
    await works.getByRole('heading', { level: 1 }).waitFor();
    const calls: string[] = [];
    context.on('request', (request) => calls.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const asked = (): Promise<unknown> =>
      page.waitForResponse((reply) => {
        return reply.url().endsWith('/v1/operator/me') && reply.request().headers()['hufu-look'] === '1';
      });
    const look = asked();
    await page.clock.fastForward(16 * 60_000);
    await look;
    await page.getByRole('searchbox').waitFor();
    expect(await ask(works, 'GET', '/v1/operator/me')).toMatchObject({ idleAfterSeconds: 900 });
    expect(calls).not.toContain('POST /v1/operator/sign-out');
    const recent = (): Promise<unknown> =>
      works.evaluate(`Object.keys(sessionStorage).filter((name) => name.includes('recents'))`);
    await expect.poll(recent).toHaveLength(1);
    await works.getByRole('button', { name: 'Lee Ng' }).click();
    await works.getByRole('menuitem', { name: 'Sign out' }).click();
    await works.getByRole('heading', { name: WORDS.en.title }).waitFor();
    await expect.poll(recent).toEqual([]);
    await page.clock.fastForward(16 * 60_000);
    await page.getByRole('heading', { name: WORDS.en.title }).waitFor();
  });

  it('OP-1.3 NF-2 the end of a session is told above what is open, and one key keeps it with all that was typed', async () => {
    const { page, faults } = await at.signInOperator('mei.lam', { path: 'customers/880001/actions', clock: true });
    await page.getByRole('button', { name: 'Temporary code' }).click();
    await page.getByLabel('Note').fill('twenty minutes of notes');
    await page.getByText('1 temporary code, good once').waitFor();
    await page.clock.fastForward(15 * 60_000 - 40_000);
    const warning = page.getByRole('dialog', { name: 'Your session is about to end' });
    await warning.getByText(/signed out in \d+ seconds/).waitFor();
    await expectGood(page);
    await shot(page, 'session-ends');
    await expect.poll(() => page.locator('button:focus').allTextContents()).toEqual(['Stay signed in']);
    await page.keyboard.press('Enter');
    await page.clock.runFor(1000);
    await warning.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('twenty minutes of notes');
    await page.clock.fastForward(60_000);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);

    // What nothing keeps is told in time.
    await page.route('**/v1/operator/me', async (route) => {
      const reply = await route.fetch();
      const told = { ...(await reply.json()), expiresAt: new Date(Date.now() + 4 * 60_000).toISOString() };
      await route.fulfill({ response: reply, json: told });
    });
    await page.reload();
    await warning.getByText(/nearly twelve hours: in \d minutes/).waitFor();
    await expectGood(page);
    await page.keyboard.press('Escape');
    await warning.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('OP-1.3 a new operator joins by the link with an authenticator app, once', async () => {
    const link = await aLink('wing.to');
    const { page, faults } = await at.visitor({ path: link });
    await page.getByText('Your login is wing.to').waitFor();
    await page.getByLabel('Name').fill('Wing To');
    await page.getByLabel('Password and authenticator app').check();
    await page.getByLabel('Choose a password').fill('correct horse battery');
    await expectGood(page);
    await shot(page, 'join-who');
    await button(page, 'Next').click();
    const key = (await page.locator('pre').textContent()) ?? '';
    await expectGood(page);
    await shot(page, 'join-scan');
    const uri = `otpauth://totp/Hufu:wing.to?secret=${key.replaceAll(' ', '')}&issuer=Hufu`;
    await page.getByLabel('The code it shows').fill(codeOf(uri, Date.now()));
    await button(page, 'Finish').click();
    await page.getByRole('button', { name: 'Wing To' }).waitFor();
    expect(page.url()).not.toContain('join');
    const again = await at.visitor({ path: link });
    await again.page.getByRole('alert').waitFor();
    await expect.poll(() => again.page.getByRole('alert').textContent()).toContain('It works once');
    expect(faults).toEqual([]);
  });

  it('OP-1.3 with a passkey no password is needed, neither to join nor to sign in', async () => {
    const { page, faults } = await at.visitor({ path: await aLink('ada.fung') });
    await withPasskeys(page);
    await page.getByLabel('Name').fill('Ada Fung');
    await button(page, 'Create the passkey').click();
    const me = page.getByRole('button', { name: 'Ada Fung' });
    await me.waitFor();
    await me.click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await button(page, 'Sign in with a passkey').click();
    await page.getByText('Enter your login first.').waitFor();
    await page.getByLabel('Login').fill('ada.fung');
    await button(page, 'Sign in with a passkey').click();
    await me.waitFor();
    expect(faults).toEqual([]);
  });

  it.each(['en', 'zh-CN', 'zh-HK'] as const)(
    'NF-1 NF-2 the door in %s, narrow and wide, light and dark',
    async (locale: Locale) => {
      for (const [width, theme] of [
        [390, 'light'],
        [1440, 'dark'],
      ] as const) {
        const { page } = await at.visitor({ locale, theme, size: { width, height: 844 } });
        await page.getByRole('heading', { name: WORDS[locale].title }).waitFor();
        await expectGood(page);
        await shot(page, `sign-in-${locale}-${width}`);
        const joining = await at.visitor({
          locale,
          theme,
          size: { width, height: 844 },
          path: await aLink(`new.${width}`),
        });
        await joining.page.getByRole('radio').first().waitFor();
        await expectGood(joining.page);
        await shot(joining.page, `join-${locale}-${width}`);
      }
    },
  );
});
