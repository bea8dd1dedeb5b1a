// The demo with its console in this process, and operators with browsers: what the console's tests share.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Demo, openDemo } from '../../src/commands/demo-data/server.ts';
import { chosenPort } from '../../src/commands/house.ts';
import { makeId } from '../../src/core/ids.ts';
import { OPERATORS } from '../../src/core/operator/operator.ts';
import { launch } from '../chromium.ts';
import { axeFindings, type Locale } from './people.ts';

/** The demo's operators by login; test/e2e/console-kit.ts opens them without their codes. */
export type Login = 'mei.lam' | 'kit.chan' | 'jun.wu' | 'may.ho' | 'lee.ng';

export interface OperatorSeat {
  /** A page of the console, such as `customers/880001`. */
  readonly path?: string;
  readonly tenant?: 'star' | 'spark' | 'guoan' | 'lark';
  readonly locale?: Locale;
  readonly theme?: 'light' | 'dark';
  readonly size?: { width: number; height: number };
  /** The page goes by a clock of the test's, which runs and can be set forward: `page.clock.fastForward(ms)`. */
  readonly clock?: boolean;
}

export interface AtConsole {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page so far: errors thrown, errors on the console. Refusals of our own API are none. */
  readonly faults: readonly string[];
}

export interface TestConsole {
  readonly demo: Demo;
  readonly url: string;
  readonly browser: Browser;
  /** A browser at the console, nobody signed in. */
  visitor(seat?: OperatorSeat): Promise<AtConsole>;
  /** A browser of an operator who has signed in; by a session of the house's making, not by the pages. */
  signInOperator(login: Login, seat?: OperatorSeat): Promise<AtConsole>;
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Two neighbouring free ports. */
async function twoPorts(): Promise<readonly [number, number]> {
  return [await chosenPort('localhost', 0), await chosenPort('localhost', 0)];
}

/** Starts the demo in a folder of its own and a Chromium. Both are gone after `close`. */
export async function aConsole(): Promise<TestConsole> {
  const built = join(import.meta.dirname, '../../dist/web/console/index.html');
  if (!existsSync(built)) throw new Error('the pages are not built: node scripts/setup/web.mjs console');
  const folder = mkdtempSync(join(tmpdir(), 'hufu-console-'));
  const [port, adminPort] = await twoPorts();
  const demo = await openDemo({ data: folder, host: 'localhost', port, adminPort });
  await demo.app.listen({ host: 'localhost', port });
  await demo.admin.listen({ host: 'localhost', port: adminPort });
  const browser = await launch();
  const contexts: BrowserContext[] = [];

  const open = async (seat: OperatorSeat, cookie?: string): Promise<AtConsole> => {
    const { locale = 'en', theme = 'light', size = { width: 1440, height: 900 } } = seat;
    const context = await browser.newContext({ viewport: size, locale, colorScheme: theme });
    contexts.push(context);
    await context.addInitScript(
      ([lang, tenant]) => {
        localStorage.setItem('hufu-locale', lang ?? 'en');
        if (tenant !== '') sessionStorage.setItem('hufu-console-tenant', tenant ?? '');
      },
      [locale, seat.tenant ?? ''] as const,
    );
    if (cookie !== undefined)
      await context.addCookies([
        {
          name: '__Host-hufu-operator',
          value: cookie,
          url: demo.consoleUrl.replace('http:', 'https:'),
          secure: true,
          httpOnly: true,
          sameSite: 'Strict',
        },
      ]);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) faults.push(message.text());
    });
    if (seat.clock === true) await page.clock.install();
    await page.goto(`${demo.consoleUrl}/#/${seat.path ?? ''}`);
    return { page, context, faults };
  };

  return {
    demo,
    url: demo.consoleUrl,
    browser,
    visitor: (seat = {}) => open(seat),
    async signInOperator(login, seat = {}) {
      const { ports } = demo.house;
      const account = await ports.store.account(OPERATORS, login, false);
      if (account === undefined) throw new Error(`there is no operator ${login}`);
      const { token, hash } = ports.tokens.fresh();
      const now = await ports.store.now();
      const written = await ports.store.commit(account.account.id, [
        {
          op: 'insert-session',
          session: {
            id: makeId('ses', now, ports.random(18)),
            hash,
            tenantId: OPERATORS,
            accountId: account.account.id,
            loginId: '',
            clientId: 'console',
            verified: ['totp'],
            trustId: null,
            ip: '127.0.0.1',
            userAgent: null,
            expiresAt: now + 12 * 3600_000,
          },
        },
      ]);
      if (written.kind !== 'done') throw new Error('no session');
      return open({ tenant: 'star', ...seat }, token);
    },
    async leave() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the operator of a page asks of the server beside their page, as another tab of theirs would. */
export const ask = (page: Page, method: string, path: string, body?: object): Promise<Record<string, unknown>> =>
  page.evaluate(
    `fetch(${JSON.stringify(path)}, {
      method: ${JSON.stringify(method)},
      headers: {
        'hufu-tenant': sessionStorage.getItem('hufu-console-tenant'),
        ${body === undefined ? '' : `'content-type': 'application/json'`}
      },
      ${body === undefined ? '' : `body: ${JSON.stringify(JSON.stringify(body))},`}
    }).then((reply) => (reply.status === 204 ? {} : reply.json()))`,
  );

/** What axe finds wrong with a page, by WCAG 2.1 A and AA. */
export const violations = (page: Page): Promise<readonly string[]> =>
  axeFindings(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);

/** Nothing hangs over the side of the screen, and axe finds nothing. */
export async function expectGood(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide, 'wider than the screen').toBeLessThanOrEqual(0);
}
