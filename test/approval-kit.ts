// Approvals for tests: a tenant with pages and a phone, the QR on the page, the sheet on the phone, and the answer.

import { firstPhone, furtherPhone, register, signed } from './enrolment-kit.ts';
import { type Answer, aHouse, presetText, type TestHouse, type TestOptions } from './kit.ts';
import type { TestPhone } from './phone.ts';
import { aBrowser, type Browser } from './portal-kit.ts';

export const ACCOUNT = '700004';
export const PASSWORD = 'guoan-700004';
export const TRUSTING = presetText('mobile-otp');

export interface Asked extends AsyncDisposable {
  readonly h: TestHouse;
  readonly phone: TestPhone;
  /** The registration, for a further phone. */
  readonly token: string;
}

/** A house whose account has one phone of the app. */
export async function aPhoneHouse(options: TestOptions = {}): Promise<Asked> {
  const h = await aHouse({ policy: TRUSTING, ...options });
  await h.account(ACCOUNT, { password: PASSWORD, email: 'ho@guoan.example' });
  const { token } = await register(h, ACCOUNT);
  const phone = await firstPhone(h, token, undefined, 'iPhone');
  h.pass(60);
  await h.outbox();
  return { h, phone, token, [Symbol.asyncDispose]: () => h[Symbol.asyncDispose]() };
}

/** Another account with a phone of its own. */
export async function aStranger(h: TestHouse, account = '700009'): Promise<TestPhone> {
  await h.account(account, { password: 'other', phone: '+85291230009' });
  const { token } = await register(h, account);
  const phone = await firstPhone(h, token, undefined, 'Stranger');
  h.pass(60);
  await h.outbox();
  return phone;
}

export const another = (h: TestHouse, token: string): Promise<TestPhone> => furtherPhone(h, token, undefined, 'Pixel');

/** A browser at the step after the password. */
export async function aVisitor(
  h: TestHouse,
  userAgent = 'Mozilla/5.0 (Windows NT 10.0) Chrome/147.0.0.0 Safari/537.36',
): Promise<Browser> {
  const browser = aBrowser(h);
  const named: Browser = {
    ...browser,
    call: (method, path, body, headers) => browser.call(method, path, body, { 'user-agent': userAgent, ...headers }),
  };
  const entered = await named.call('POST', '/v1/me/login', {
    account: ACCOUNT,
    password: PASSWORD,
    captcha: await browser.captcha(),
  });
  if (entered.status !== 201) throw new Error(JSON.stringify(entered.body));
  return named;
}

/** The QR on the page: its token. */
export async function scan(browser: Browser): Promise<string> {
  const shown = await browser.call('POST', '/v1/me/login/scan', {});
  if (shown.status !== 201) throw new Error(JSON.stringify(shown.body));
  return shown.body.url.split('/s/')[1];
}

/** The number on the page after asking the phones. */
export async function push(browser: Browser): Promise<Answer['body']> {
  const asked = await browser.call('POST', '/v1/me/login/push', {});
  if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
  return asked.body;
}

export const claim = (h: TestHouse, phone: TestPhone, token: string): Promise<Answer> =>
  signed(h, phone, 'POST', '/v1/app/approvals:claim', { token });

export const waiting = async (h: TestHouse, phone: TestPhone): Promise<Answer['body'][]> =>
  (await signed(h, phone, 'GET', '/v1/app/approvals')).body.items;

/** The answer to a sheet, signed as the app signs it. */
export async function answer(
  h: TestHouse,
  phone: TestPhone,
  sheet: { id: string; canonical: string },
  given: 'approve' | 'approve-trust' | 'deny',
  number?: string,
): Promise<Answer> {
  const signature = await phone.signApproval(sheet.canonical, given, number);
  return signed(h, phone, 'POST', `/v1/app/approvals/${sheet.id}`, {
    answer: given,
    ...(number === undefined ? {} : { number }),
    signature,
  });
}

export const finish = (browser: Browser): Promise<Answer> => browser.call('POST', '/v1/me/login/finish', {});
export const me = (browser: Browser): Promise<Answer> => browser.call('GET', '/v1/me');
