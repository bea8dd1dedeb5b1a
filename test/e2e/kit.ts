// The demo in this process on a free port, and people with browsers: what the terminal's tests share.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { DemoMessage } from '../../src/channels/demo-outbox.ts';
import { openDemo } from '../../src/commands/demo-data/server.ts';
import { chosenPort } from '../../src/commands/house.ts';
import type { House } from '../../src/compose.ts';
import { hotp } from '../../src/otp/hotp.ts';
import { parseOtpauthUri } from '../../src/otp/otpauth.ts';
import { launch } from '../chromium.ts';
import { axeFindings, type Locale } from './people.ts';

export type Phase = 'sms-only' | 'coexist' | 'totp-only';

export type Tenant = 'star' | 'spark';

/** Where a person sits down. */
export interface Seat {
  tenant?: Tenant;
  client?: 'star-9.5' | 'star-9.3' | 'estar-x';
  version?: 'good' | 'old' | 'bad';
  phone?: 'phone-1' | 'phone-2';
  locale?: Locale;
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
}

export interface TestDemo {
  readonly url: string;
  readonly house: House;
  readonly browser: Browser;
  /** A person with a browser of their own at a seat; another context of the same person shares its cookies. */
  person(seat?: Seat, same?: BrowserContext): Promise<Person>;
  /** A fresh account with a mobile number and a language of its messages, and its password as `passwordOf` says. */
  account(tenant?: Tenant, locale?: Locale): Promise<string>;
  /** A fresh account that has an authenticator, arranged without pages and without an SMS. */
  bound(tenant?: Tenant): Promise<{ account: string; app: Authenticator }>;
  /** Calls the API as the brokerage's back end could: for what a test has to arrange or to look up. */
  api(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, tenant?: Tenant): Promise<unknown>;
  /** Switches the rollout's phase as the demo bar does. */
  phase(phase: Phase, tenant?: Tenant): Promise<void>;
  outbox(): Promise<readonly DemoMessage[]>;
  /** Everybody goes home: closes all pages. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page so far: errors thrown, errors on the console. Refusals of our own API are none. */
  readonly faults: readonly string[];
}

/** Starts the demo in a folder of its own and a Chromium. Both are gone after `close`. */
export async function aDemo(): Promise<TestDemo> {
  const pages = join(import.meta.dirname, '../../dist/web/demo/index.html');
  if (!existsSync(pages)) throw new Error('the pages are not built: node scripts/setup/web.mjs demo');
  const folder = mkdtempSync(join(tmpdir(), 'hufu-e2e-'));
  const port = await chosenPort('localhost', 0);
  const faults: unknown[] = [];
  const demo = await openDemo({ data: folder, host: 'localhost', port, onFault: (error) => faults.push(error) });
  await demo.app.listen({ host: 'localhost', port });
  const known = (await (await fetch(`${demo.baseUrl}/demo/accounts.json`)).json()) as {
    tenants: { id: string; apiKey: string }[];
  };
  const api = async (method: string, path: string, body?: unknown, tenant: Tenant = 'star'): Promise<unknown> => {
    const authorization = `Bearer ${known.tenants.find((one) => one.id === tenant)?.apiKey}`;
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization, 'content-type': 'application/json' };
    const reply = await fetch(`${demo.baseUrl}${path}`, { method, headers, ...given });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  const phase = async (to: Phase, tenant: Tenant = 'star'): Promise<void> => {
    const reply = await fetch(`${demo.baseUrl}/demo/phase`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phase: to, tenant }),
    });
    if (!reply.ok) throw new Error(`/demo/phase: ${reply.status} ${await reply.text()}`);
  };
  let numbers = 0;
  const account = async (tenant: Tenant = 'star', locale: Locale = 'zh-CN'): Promise<string> => {
    numbers += 1;
    const name = `${tenant === 'star' ? '88' : '66'}${1000 + numbers}`;
    const phone = `+8526${String(1_000_000 + numbers)}`;
    await api('PUT', `/v1/accounts/${name}`, { name: '测试', phone, locale, password: passwordOf(name) }, tenant);
    return name;
  };
  const bound = async (tenant: Tenant = 'star') => {
    const name = await account(tenant);
    const before = (await api('GET', '/v1/rollout', undefined, tenant)) as { phase: Phase };
    if (before.phase !== 'totp-only') await phase('totp-only', tenant);
    const client = { id: 'star-9.3', version: '9.3.43.1175' };
    const start = { account: name, client, firstFactor: 'verified' };
    const login = (await api('POST', '/v1/logins', start, tenant)) as { id: string };
    const at = `/v1/logins/${login.id}/bindings`;
    const binding = (await api('POST', at, { type: 'totp' }, tenant)) as { id: string; uri: string };
    const app = new Authenticator(binding.uri);
    await api('POST', `${at}/${binding.id}/confirm`, { output: await app.next() }, tenant);
    if (before.phase !== 'totp-only') await phase(before.phase, tenant);
    return { account: name, app };
  };
  const browser = await launch();
  return {
    url: demo.baseUrl,
    house: demo.house,
    browser,
    person: (seat = {}, same) => sitDown(browser, `${demo.baseUrl}/demo/terminal/`, seat, same),
    api,
    account,
    bound,
    phase,
    outbox: async () => (await (await fetch(`${demo.baseUrl}/demo/outbox.json`)).json()) as DemoMessage[],
    async leave() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
      expect(faults).toEqual([]);
    },
  };
}

async function sitDown(browser: Browser, url: string, seat: Seat, same?: BrowserContext): Promise<Person> {
  const { locale = 'zh-CN', theme = 'light', size = { width: 1280, height: 900 } } = seat;
  const context =
    same ?? (await browser.newContext({ locale, viewport: size, permissions: ['clipboard-read', 'clipboard-write'] }));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    const text = line.text();
    // Chromium writes every 4xx to the console; here those are refusals, which the page shows.
    if (line.type() === 'error' && !/status of 4\d\d/.test(text)) faults.push(text);
  });
  const settings = { tenant: 'star', client: 'star-9.5', version: 'good', phone: 'phone-1', ...seat, locale, theme };
  await page.addInitScript((kept) => {
    if (sessionStorage.getItem('seated') === null) localStorage.setItem('hufu-demo-terminal', kept);
    sessionStorage.setItem('seated', 'yes');
  }, JSON.stringify(settings));
  await page.goto(url);
  await page.locator('.sign-in, .workspace').first().waitFor();
  return { page, context, faults };
}

/** The demo's password of an account. */
export const passwordOf = (account: string): string => `${account.startsWith('66') ? 'xinghuo' : 'jixing'}-${account}`;

/** Fills in name and password and presses the button. */
export async function signIn(page: Page, account: string, password = passwordOf(account)): Promise<void> {
  const form = page.locator('form', { has: page.locator('input[autocomplete=username]') });
  await form.locator('input[autocomplete=username]').fill(account);
  await form.locator('input[autocomplete=current-password]').fill(password);
  await form.locator('button[type=submit]').click();
}

/** The code field, which exists once on a screen. */
export const codeField = (page: Page): Locator => page.locator('input[autocomplete=one-time-code]');

/** Types a code and presses the button of its form. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await codeField(page).fill(code);
  await page
    .locator('form', { has: codeField(page) })
    .locator('button[type=submit]')
    .click();
}

/** Waits for the code of the SMS that arrives in the page's corner, and types it. */
export async function enterSms(page: Page): Promise<void> {
  const fill = page.locator('.sms-corner button');
  await fill.waitFor();
  await fill.click();
  await page
    .locator('form', { has: codeField(page) })
    .locator('button[type=submit]')
    .click();
}

export async function signedIn(page: Page): Promise<void> {
  await page.locator('.workspace').waitFor();
}

/** The whole of an SMS login. */
export async function signInBySms(page: Page, account: string): Promise<void> {
  await signIn(page, account);
  await enterSms(page);
  await signedIn(page);
}

/** The activation code a page shows. */
export async function shownUri(page: Page): Promise<string> {
  const uri = (await page.locator('.copy-text.long').textContent()) ?? '';
  expect(uri).toMatch(/^otpauth:\/\/totp\//);
  return uri;
}

/** An authenticator app: gives codes of real time, each once, within the ±1 step the policy accepts. */
export class Authenticator {
  readonly #key;
  #last = -1;

  constructor(uri: string) {
    this.#key = parseOtpauthUri(uri);
  }

  get account(): string {
    return this.#key.account;
  }

  /** The code the app shows right now. */
  now(): string {
    return this.#code(Math.floor(Date.now() / 1000 / this.#key.periodSeconds));
  }

  /** The code of a moment (ms), for a server whose clock was moved on. */
  at(ms: number): string {
    return this.#code(Math.floor(ms / 1000 / this.#key.periodSeconds));
  }

  /** A code not given before; waits for the clock when the steps within the window are used up. */
  async next(): Promise<string> {
    const period = this.#key.periodSeconds * 1000;
    // The step before the current one is still accepted, except when it could fall out of the window on the way.
    const leaves = period - (Date.now() % period) < 10_000;
    const earliest = Math.floor(Date.now() / period) - (leaves ? 0 : 1);
    const step = Math.max(this.#last + 1, earliest);
    while (step > Math.floor(Date.now() / period) + 1) await new Promise((soon) => setTimeout(soon, 200));
    this.#last = step;
    return this.#code(step);
  }

  /** A code that is wrong now and for minutes around now. */
  wrong(): string {
    const near = new Set(Array.from({ length: 21 }, (_, at) => this.#code(Math.floor(Date.now() / 30_000) + at - 10)));
    for (let code = 0; ; code += 111)
      if (!near.has(String(code).padStart(6, '0'))) return String(code).padStart(6, '0');
  }

  #code(step: number): string {
    const { secret, algorithm, digits } = this.#key;
    return hotp(secret, step, { algorithm, digits });
  }
}

/** Nothing for axe to find (WCAG 2.2 A and AA, best practices too), and no fault in the page. */
export async function flawless({ page, faults }: Person): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  expect(faults).toEqual([]);
}

/** EStar X: menu (upper right) → Trading → TOTP, in any language. */
export async function openTotpOnPhone(page: Page): Promise<void> {
  await page.locator('.phone-bar .icon-button').click();
  await page.locator('.phone-menu button[aria-expanded]').click();
  await page.locator('.phone-menu .sub button').last().click();
}
