// Finding a customer, their page, why a login went as it did, and the audit log, in a browser (OP-1.1, OP-1.6, OP-2.1).
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/flows/registry.ts';
import { hashKey, keyToken } from '../../src/storage/registry.ts';
import { aConsole, expectGood, type TestConsole } from './console-kit.ts';
import { shot } from './people.ts';

const CLIENT = { id: 'star-9.5', version: '9.5.8.5', deviceId: 'pc-1', name: 'TRADING-PC', ip: '203.0.113.7' };

describe('customers at the console', () => {
  let c: TestConsole;
  let login = '';
  beforeAll(async () => {
    c = await aConsole();
    const { house, app } = c.demo;
    const made = await createKey(
      house.ports,
      {
        tenantId: 'star',
        name: 'test',
        scopes: ['logins:write'],
        clientId: null,
        clientVersion: null,
        expiresAt: null,
        actor: 'test',
      },
      (id) => hashKey(id, 'secret'),
    );
    if (made.kind !== 'key') throw new Error(made.code);
    const call = async (path: string, payload: object): Promise<any> =>
      (
        await app.inject({
          method: 'POST',
          url: path,
          payload,
          headers: { authorization: `Bearer ${keyToken(made.id, 'secret')}` },
        })
      ).json();
    login = (await call('/v1/logins', { account: '880001', client: CLIENT, firstFactor: 'verified' })).id;
    await call(`/v1/logins/${login}/send`, {});
    await call(`/v1/logins/${login}/verify`, { output: '000000' });
  });
  afterEach(() => c.leave());
  afterAll(() => c.close());

  it('OP-1.1 search is the first thing one can do: typed, found by part of a name, opened, remembered', async () => {
    const { page, faults } = await c.signInOperator('lee.ng');
    const field = page.getByRole('searchbox');
    await field.waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('search');
    await page.keyboard.type('晓明');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '880001' }).waitFor();
    await expectGood(page);
    await shot(page, 'search');
    await field.fill('0004');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '880004' }).waitFor();
    await field.fill('nobody of that name');
    await page.keyboard.press('Enter');
    await page.getByText('No customer fits.').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: '880004' }).click();
    await page.getByRole('heading', { level: 1, name: '880004' }).waitFor();
    await page.getByRole('link', { name: 'Back to search' }).click();
    await page.getByRole('heading', { name: 'Recently opened' }).waitFor();
    await page.getByRole('button', { name: 'Clear recents' }).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('88');
    await expect.poll(() => field.inputValue()).toBe('88');
    expect(faults).toEqual([]);
  });

  it('OP-1.1 OP-1.6 a customer on one page, contacts masked; "why?" tells the rules, the version and the wrong code', async () => {
    const { page, faults } = await c.signInOperator('mei.lam', { path: 'customers/880001' });
    await page.getByRole('heading', { level: 1, name: '880001 陈晓明' }).waitFor();
    await page.getByText('***0001').first().waitFor();
    expect(await page.content()).not.toContain('+85291230001');
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('Wrong code').first().waitFor();
    await expectGood(page);
    await page.getByRole('radiogroup', { name: 'Show' }).getByText('Risk').click();
    await timeline.getByText('Sign-in started').first().waitFor({ state: 'detached' });
    await page.getByRole('radiogroup', { name: 'Show' }).getByText('Sign-ins').click();
    await timeline
      .getByRole('button', { name: /^Why\?/ })
      .first()
      .click();
    const why = page.getByRole('dialog');
    await why.getByText(/^Asked for one of: SMS code/).waitFor();
    await why.getByText(/^By policy version \d+/).waitFor();
    await why.getByText('not bound yet, while both are offered').waitFor();
    await why.getByText('It fits nothing that is known').waitFor();
    await expectGood(page);
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('OPS-05 an account of another tenant is one that is not there', async () => {
    const { page } = await c.signInOperator('mei.lam', { path: 'customers/700004' });
    // It says so to an operator, who looks again; creating accounts is not theirs.
    await page.getByRole('alert').getByText('极星国际 has no customer 700004').waitFor();
    await expect.poll(() => page.getByText(/create the account/i).count()).toBe(0);
    await page.getByRole('link', { name: 'Search for a customer' }).click();
    await page.waitForURL(/#\/customers$/);
  });

  it('OP-2.1 the audit log is filtered, read further back, and exported as a file', async () => {
    const { page, faults } = await c.signInOperator('kit.chan', { path: 'audit' });
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    await page.getByRole('region', { name: 'Audit entries' }).waitFor();
    await expectGood(page);
    await page.getByLabel('Account').fill('880001');
    await page.getByLabel('Event').fill('output.');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page
      .getByRole('cell', { name: /Wrong code/ })
      .first()
      .waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(1);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as JSON Lines' }).click(),
    ]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((one) => one.event)).toEqual(['output.rejected']);
    expect(file.suggestedFilename()).toBe('audit-star.jsonl');
    expect(faults).toEqual([]);
  });

  it('OPS-03 an administrator reads the log and sees no customers', async () => {
    const { page } = await c.signInOperator('may.ho', { path: 'audit' });
    await page.getByRole('region', { name: 'Audit entries' }).waitFor();
    await expect.poll(() => page.getByRole('navigation').getByRole('link', { name: 'Customers' }).count()).toBe(0);
    await expect.poll(() => page.getByRole('button', { name: /Export/ }).count()).toBe(0);
    await expect.poll(() => page.locator('a[href^="#/customers/"]').count()).toBe(0);
  });

  it.each([
    ['zh-CN', 390, 'light'],
    ['zh-HK', 1440, 'dark'],
    ['en', 390, 'dark'],
    ['zh-CN', 1440, 'light'],
    ['en', 1920, 'light'],
    ['zh-HK', 360, 'light'],
  ] as const)(
    'NF-1 NF-2 in %s at %i px, %s: complete, nothing over the side, nothing for axe',
    async (locale, width, theme) => {
      const size = { width, height: 900 };
      const at = (path: string) => c.signInOperator('kit.chan', { path, locale, size, theme });
      for (const [path, name] of [
        ['customers?q=88', 'found'],
        ['customers/880001', 'customer'],
        ['audit', 'audit'],
      ] as const) {
        const { page } = await at(path);
        await page.locator('h1').waitFor();
        await page.locator('table, .happenings').first().waitFor();
        await expectGood(page);
        await shot(page, `${name}-${locale}-${width}-${theme}`);
        if (name === 'customer') {
          await page.locator('.happenings button').first().click();
          await page.getByRole('dialog').locator('ol').first().waitFor();
          await expectGood(page);
          await shot(page, `why-${locale}-${width}-${theme}`);
        }
        await c.leave();
      }
    },
  );
});
