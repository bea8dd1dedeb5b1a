// Every page and dialog of the settings, in three languages, light and dark, on a phone and a desktop: drawn, said, nothing for axe.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, DESKTOP, flawless, LOCALES, PHONE, shot, visit, worded } from './people.ts';
import { ROWS, settingsRows, ticketOf } from './portal-facts.ts';
import { aStub, inSeconds, type Rows, refusal, type Stub } from './stub.ts';

let stub: Stub;
let browser: Browser;
beforeAll(async () => {
  stub = await aStub(settingsRows());
  browser = await aBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stub?.close();
});

interface State {
  at?: string;
  rows?: () => Rows;
  go?: (page: Page) => Promise<unknown>;
  /** Something that is only there in this state. */
  shows: string;
}

const row = (page: Page, type: string) => page.locator(`[data-method=${type}]`);
const dialogMain = (page: Page) => page.locator('dialog .actions .button').last().click();
const askProof = (): Rows => {
  let asked = 0;
  return {
    'DELETE /authenticators/*': () => {
      asked += 1;
      return asked === 1 ? refusal(401, 'proof-required', { purpose: 'unbind' }) : { status: 204 };
    },
  };
};

/** The list with other facts of one type. */
const methodsWith = (type: string, more: object): Rows => ({
  'GET /methods': { body: { items: ROWS.map((one) => (one.type === type ? { ...one, ...more } : one)), next: null } },
});
const unset = { state: 'unbound', items: [], actions: ['bind'] };

const STATES: Record<string, State> = {
  home: { shows: '.place' },
  security: { at: 'security', shows: '.client-logins' },
  'two-step': { at: 'two-step', shows: '.method' },
  'step-up': {
    at: 'two-step',
    rows: askProof,
    async go(page) {
      await row(page, 'totp').locator('button').last().click();
      await dialogMain(page);
    },
    shows: 'dialog .choice',
  },
  'step-up by scan': {
    at: 'two-step',
    rows: askProof,
    async go(page) {
      await row(page, 'totp').locator('button').last().click();
      await dialogMain(page);
      await page.locator('dialog .choice').first().click();
    },
    shows: 'dialog .qr img',
  },
  'unbind asked': {
    at: 'two-step',
    go: (page) => row(page, 'app').locator('button').last().click(),
    shows: 'dialog .actions',
  },
  'unbind asked, app passwords end': {
    at: 'two-step',
    rows: () => methodsWith('totp', { endsAppPasswords: 3 }),
    go: (page) => row(page, 'totp').locator('button').last().click(),
    shows: 'dialog .notice.warn',
  },
  'sign in again': {
    at: 'two-step',
    rows: () => ({ 'DELETE /authenticators/*': refusal(401, 'login-required') }),
    async go(page) {
      await row(page, 'totp').locator('button').last().click();
      await dialogMain(page);
    },
    shows: 'dialog a.button',
  },
  'step-up refused': {
    at: 'two-step',
    rows: () => ({ ...askProof(), 'POST /challenges': refusal(503, 'unavailable') }),
    async go(page) {
      await row(page, 'totp').locator('button').last().click();
      await dialogMain(page);
    },
    shows: 'dialog .notice.bad',
  },
  'backup e-mail too soon': {
    at: 'two-step',
    rows: () => ({ 'POST /bindings': refusal(429, 'resend-too-soon', { resendAt: inSeconds(58) }) }),
    async go(page) {
      await row(page, 'email').locator('button').first().click();
      await page.locator('dialog input[type=email]').fill('b@backup.example');
      await page.locator('dialog button[type=submit]').click();
    },
    shows: 'dialog .notice.warn',
  },
  unbound: {
    at: 'two-step',
    async go(page) {
      await row(page, 'totp').locator('button').last().click();
      await dialogMain(page);
    },
    shows: '.notice.good',
  },
  'change OTP': {
    at: 'two-step',
    go: (page) => row(page, 'totp').locator('button').first().click(),
    shows: 'dialog .qr img',
  },
  'change backup e-mail': {
    at: 'two-step',
    async go(page) {
      await row(page, 'email').locator('button').first().click();
      await page.locator('dialog input[type=email]').fill('b@backup.example');
      await page.locator('dialog button[type=submit]').click();
    },
    shows: 'dialog input[name=code]',
  },
  'bind WeChat': {
    at: 'two-step',
    go: (page) => row(page, 'wechat').locator('button').first().click(),
    shows: 'dialog .qr img',
  },
  'bound, codes offered': {
    at: 'two-step',
    rows: () => methodsWith('recovery-code', { ...unset, isOffered: true }),
    async go(page) {
      await row(page, 'totp').locator('button').first().click();
      await page.locator('dialog input[name=code]').fill('123456');
      await page.locator('dialog button[type=submit]').click();
    },
    shows: 'dialog .button.main.wide',
  },
  'recovery codes': {
    at: 'two-step',
    go: (page) => row(page, 'recovery-code').locator('button').click(),
    shows: 'dialog .codes',
  },
  'recovery codes left': {
    at: 'two-step',
    async go(page) {
      await row(page, 'recovery-code').locator('button').click();
      await page.locator('dialog .codes').waitFor();
      await page.locator('dialog .icon-button').click();
    },
    shows: 'dialog .actions',
  },
  phones: { at: 'phones', shows: '.method' },
  'phone registered live': {
    at: 'phones',
    async go(page) {
      await page.locator('.panel-head .button').click();
      await page.locator('dialog .ticket img').waitFor();
      stub.answer({
        'GET /phones': {
          body: { items: [{ id: 'phn_9', name: 'Mi 15', role: 'sub', status: 'unsynced', since: inSeconds(0) }] },
        },
      });
      await stub.news('enrolment', { slots: { used: 2, of: 5 }, expiresAt: inSeconds(80_000), status: 'open' });
    },
    shows: 'dialog .notice.good',
  },
  'trusted devices': { at: 'trusted', shows: '.method' },
  'remove all trusted': {
    at: 'trusted',
    go: (page) => page.locator('.panel-foot .button').click(),
    shows: 'dialog .actions',
  },
  activity: { at: 'activity', shows: '.activity' },
  'not you': {
    at: 'activity',
    go: (page) => page.locator('.activity .button').first().click(),
    shows: 'dialog .danger',
  },
  'app passwords': { at: 'app-passwords', shows: '.table' },
  'no app passwords': {
    at: 'app-passwords',
    rows: () => ({
      'GET /app-passwords': {
        body: { enabled: true, needed: true, most: 20, items: [], settings: { address: 'a', user: 'a' } },
      },
    }),
    shows: '.empty',
  },
  'new app password': {
    at: 'app-passwords',
    go: (page) => page.locator('.panel-head .button').click(),
    shows: 'dialog form',
  },
  'app password shown': {
    at: 'app-passwords',
    async go(page) {
      await page.locator('.panel-head .button').click();
      await page.locator('dialog input[type=text]').fill('Foxmail');
      await page.locator('dialog button[type=submit]').click();
    },
    shows: 'dialog .light',
  },
  'revoke app password': {
    at: 'app-passwords',
    go: (page) => page.locator('.table .button').first().click(),
    shows: 'dialog .actions',
  },
  service: { at: 'service', shows: '.place' },
  apply: { at: 'apply', shows: '.panel .actions' },
  'apply asked': {
    at: 'apply',
    go: (page) => page.locator('.panel .actions .button').click(),
    shows: 'dialog .actions',
  },
  'applied, window blocked': {
    at: 'apply',
    async go(page) {
      await page.evaluate('window.open = () => null');
      await page.locator('.panel .actions .button').click();
      await dialogMain(page);
    },
    shows: '.ticket img',
  },
  'registration expired': {
    at: 'apply',
    rows: () => ({ 'POST /enrolment': async () => ({ status: 201, body: await ticketOf(0, 0) }) }),
    async go(page) {
      await page.evaluate('window.open = () => null');
      await page.locator('.panel .actions .button').click();
      await dialogMain(page);
    },
    shows: '.ticket .notice.warn',
  },
  'signed out': { rows: () => ({ 'GET ': refusal(401, 'signed-out') }), shows: '.signed-out' },
  'logged out': { go: (page) => page.locator('.bar .button').click(), shows: '.signed-out' },
  'server unavailable': {
    at: 'two-step',
    rows: () => ({ 'GET /methods': refusal(503, 'unavailable') }),
    shows: '.notice.bad',
  },
};

describe('every page of the settings', () => {
  it.each(Object.entries(STATES))(
    'NF-1 NF-2 CM-1.1 %s: three languages, light and dark, phone and desktop',
    async (name, state) => {
      for (const [at, locale] of LOCALES.entries()) {
        stub.answer({ ...settingsRows(), ...state.rows?.() });
        const seat = { locale, theme: at === 1 ? 'dark' : 'light', size: at === 1 ? PHONE : DESKTOP } as const;
        const person = await visit(browser, `${stub.url}/t/mail/settings#/${state.at ?? ''}`, seat);
        if (name !== 'signed out') await person.page.locator('.bar-account').waitFor();
        await state.go?.(person.page);
        await person.page.locator(state.shows).first().waitFor();
        await shot(person.page, `settings-${name.replaceAll(/\W+/g, '-')}-${locale}`);
        await flawless(person);
        await worded(person.page, locale, /[简繁体體中文（）香港云雀邮箱腾讯身份验证器二维码激活]/gu);
        await person.context.close();
      }
    },
  );

  it('NF-1 dates are in the person’s time zone, which is named', async () => {
    stub.answer(settingsRows());
    const person = await visit(browser, `${stub.url}/t/mail/settings#/security`, { locale: 'zh-HK' });
    await person.page.getByText(/香港時間/).waitFor();
    expect(person.faults).toEqual([]);
    await person.context.close();
  });
});
