// Every state of the hosted login's pages, in three languages, light and dark, on a phone and a desktop: drawn, said, nothing for axe.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { aBrowser, DESKTOP, flawless, LOCALES, PHONE, shot, visit, worded } from './people.ts';
import { CODES, loginOf, loginRows, scanOf, ticketOf, totpBinding } from './portal-facts.ts';
import { aStub, inSeconds, type Rows, refusal, type Stub } from './stub.ts';

let stub: Stub;
let browser: Browser;
beforeAll(async () => {
  stub = await aStub(loginRows());
  browser = await aBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stub?.close();
});

const signIn = async (page: Page): Promise<void> => {
  await page.locator('input[name=username]').fill('wei@lark.example');
  await page.locator('input[name=password]').fill('lark-wei');
  await page.locator('form button[type=submit]').click();
};
const choose = async (page: Page, place: number): Promise<void> => {
  await signIn(page);
  await page.locator('.choice').nth(place).click();
};
const enter = async (page: Page, code = '123456'): Promise<void> => {
  await page.locator('input[name=code]').fill(code);
  await page
    .locator('form', { has: page.locator('input[name=code]') })
    .locator('button[type=submit]')
    .click();
};
const waitFor = (page: Page, selector: string) => page.locator(selector).first().waitFor();

interface State {
  rows?: () => Rows;
  /** From the opened page to the state. */
  go: (page: Page) => Promise<void>;
  /** Something that is only there in this state. */
  shows: string;
}

const STATES: Record<string, State> = {
  password: { go: async () => undefined, shows: 'input[name=password]' },
  'empty fields': { go: (page) => page.locator('form button[type=submit]').click(), shows: '.field-error' },
  'captcha by itself': {
    rows: () => ({
      ...loginRows({ captcha: true }),
      'GET /captcha': {
        body: { algorithm: 'SHA-256', challenge: '0'.repeat(64), salt: 'x', signature: 'x', maxnumber: 5e7 },
      },
    }),
    async go(page) {
      await page.locator('input[name=password]').fill('lark');
    },
    shows: '.captcha.busy',
  },
  'wrong password': {
    rows: () => ({ 'POST /login': refusal(422, 'first-factor-failed') }),
    go: signIn,
    shows: '.notice.bad',
  },
  'throttled at the password': {
    rows: () => ({ 'POST /login': refusal(429, 'throttled', { retryAfter: 30 }) }),
    go: signIn,
    shows: '.notice.warn',
  },
  choose: { go: signIn, shows: '.choice' },
  code: { go: (page) => choose(page, 3), shows: '[data-way=code]' },
  'wrong code': {
    rows: () => ({ 'POST /login/verify': refusal(422, 'verification-failed', { attemptsLeft: 3 }) }),
    async go(page) {
      await choose(page, 3);
      await enter(page);
      await waitFor(page, '.notice.bad');
      await enter(page);
      await waitFor(page, 'form > p.soft.small');
    },
    shows: '.notice.bad',
  },
  'throttled at the code': {
    rows: () => ({ 'POST /login/verify': refusal(429, 'throttled', { retryAfter: 42 }) }),
    async go(page) {
      await choose(page, 2);
      await enter(page);
    },
    shows: '[data-way] .notice.warn',
  },
  'code sent by mail': { go: (page) => choose(page, 4), shows: '.notice.good' },
  'sent too soon': {
    rows: () => ({ 'POST /login/send': refusal(429, 'resend-too-soon', { resendAt: inSeconds(48) }) }),
    go: (page) => choose(page, 5),
    shows: '.notice.warn',
  },
  scan: { go: (page) => choose(page, 0), shows: '.qr img' },
  'scanned by a phone': {
    async go(page) {
      await choose(page, 0);
      await waitFor(page, '.qr img');
      const approval = { id: 'apv_1', kind: 'scan', status: 'claimed', by: 'iPhone 15' } as const;
      await stub.news('login', loginOf({ approval }));
    },
    shows: '.qr-state.on',
  },
  'QR expired': {
    rows: () => ({ 'POST /login/scan': async () => ({ status: 201, body: await scanOf(0) }) }),
    go: (page) => choose(page, 0),
    shows: '.qr .button',
  },
  push: { go: (page) => choose(page, 1), shows: '.push-number' },
  'push not confirmed': {
    rows: () => ({
      'POST /login/push': () => ({
        status: 201,
        body: { id: 'apv_2', number: '47', sentTo: ['iPhone 15'], expiresAt: inSeconds(0) },
      }),
    }),
    go: (page) => choose(page, 1),
    shows: '.notice.warn',
  },
  'recovery code': { go: (page) => choose(page, 6), shows: '.code-input.letters' },
  help: {
    async go(page) {
      await choose(page, 3);
      await page.locator('.help summary').click();
    },
    shows: '.help[open]',
  },
  'denied on the phone': {
    async go(page) {
      await choose(page, 0);
      await waitFor(page, '.qr img');
      await stub.news('login', loginOf({ approval: { id: 'apv_1', kind: 'scan', status: 'denied' } }));
    },
    shows: '.ended',
  },
  frozen: {
    rows: () => ({
      'POST /login/verify': refusal(423, 'frozen', { contact: '400-800-0000', until: inSeconds(900) }),
    }),
    async go(page) {
      await choose(page, 3);
      await enter(page);
    },
    shows: '.ended',
  },
  expired: { rows: () => loginRows({}, { expiresAt: inSeconds(1) }), go: signIn, shows: '.ended' },
  cancelled: {
    async go(page) {
      await signIn(page);
      await page.locator('.ways .button').last().click();
    },
    shows: '.ended',
  },
  offline: {
    async go(page) {
      await choose(page, 3);
      await page.context().setOffline(true);
      await enter(page);
    },
    shows: '[data-way] .notice.bad',
  },
  trust: {
    async go(page) {
      await choose(page, 3);
      await enter(page);
    },
    shows: 'h1:has-text("?"), h1:has-text("？")',
  },
  'enrolment, why': {
    rows: () => loginRows({}, { status: 'enrol', enrol: ['app', 'totp', 'email'], authenticators: [], recovery: [] }),
    go: signIn,
    shows: '.choice',
  },
  'enrolment, the app': {
    rows: () => ({
      ...loginRows({}, { status: 'enrol', enrol: ['app', 'totp'], authenticators: [], recovery: [] }),
      'POST /login/bindings': async () => {
        const { qr, url, ...ticket } = await ticketOf();
        return { status: 201, body: { ...ticket, type: 'app', status: 'pending', qrSvg: qr, uri: url } };
      },
    }),
    go: (page) => choose(page, 0),
    shows: '.ticket img',
  },
  'enrolment, third-party OTP': {
    rows: () => ({
      ...loginRows({}, { status: 'enrol', enrol: ['app', 'totp'], authenticators: [], recovery: [] }),
      'POST /login/bindings': async () => ({ status: 201, body: await totpBinding() }),
    }),
    async go(page) {
      await choose(page, 1);
      await page.locator('.more summary').click();
    },
    shows: '.more[open]',
  },
  'enrolment, recovery codes': {
    rows: () => ({
      ...loginRows({}, { status: 'enrol', enrol: ['totp'], authenticators: [], recovery: [] }),
      'POST /login/bindings': async () => ({ status: 201, body: await totpBinding() }),
      'POST /login/bindings/*/confirm': {
        body: { status: 'bound', login: { status: 'satisfied' }, offerRecoveryCodes: true },
      },
      'POST /bindings': { status: 201, body: { id: 'aut_r', type: 'recovery-code', status: 'active', codes: CODES } },
    }),
    async go(page) {
      await signIn(page);
      await page.locator('.stack .button.main').click();
      await enter(page);
      await page.getByRole('button', { name: /恢复码|備用驗證碼|recovery codes/ }).click();
    },
    shows: '.codes',
  },
  'no such tenant': {
    rows: () => ({ 'GET /tenant': refusal(404, 'not-found') }),
    go: async () => undefined,
    shows: '.card h1',
  },
};

describe('every state of the login', () => {
  it.each(Object.entries(STATES))(
    'NF-1 NF-2 MO-5.1 %s: three languages, light and dark, phone and desktop',
    async (name, state) => {
      for (const [at, locale] of LOCALES.entries()) {
        stub.answer({ ...loginRows(), ...state.rows?.() });
        const seat = { locale, theme: at === 1 ? 'dark' : 'light', size: at === 2 ? DESKTOP : PHONE } as const;
        const person = await visit(browser, `${stub.url}/t/mail/login`, seat);
        if (name !== 'no such tenant') await person.page.locator('input[name=password]').waitFor();
        await state.go(person.page);
        await waitFor(person.page, state.shows);
        await shot(person.page, `login-${name.replaceAll(/\W+/g, '-')}-${locale}`);
        await flawless(person);
        await worded(person.page, locale, /[简繁体體中文（）香港云雀邮箱腾讯身份验证器二维码激活]/gu);
        await person.context.close();
      }
    },
  );
});
