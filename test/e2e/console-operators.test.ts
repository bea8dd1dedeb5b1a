// The administrator's pages, in Chromium: who works here, and what is connected.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aConsole, expectGood, type TestConsole } from './console-kit.ts';
import { type Locale, shot } from './people.ts';

let at: TestConsole;
beforeAll(async () => {
  at = await aConsole();
});
afterEach(() => at.leave());
afterAll(() => at.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe('OP-1.3 operators of a tenant', () => {
  it('OP-1.3 an administrator invites somebody, changes their roles, and removes them', async () => {
    const { page, faults } = await at.signInOperator('may.ho', { path: 'operators' });
    await row(page, 'mei.lam').waitFor();
    await expectGood(page);
    await button(page, 'Invite an operator').click();
    await page.getByLabel('Login').fill('new.hand');
    await button(page, 'Make the link').click();
    await page.getByText('Choose at least one role.').waitFor();
    await page.getByRole('checkbox', { name: 'Viewer' }).check();
    await expectGood(page);
    await shot(page, 'operators-invite');
    await button(page, 'Make the link').click();
    const link = page.locator('pre');
    await link.waitFor();
    await expect.poll(() => link.textContent()).toMatch(/\/#\/join\/[\w-]{43}$/);
    await expectGood(page);
    await button(page, 'Done').click();
    await row(page, 'new.hand').getByText('Invited').waitFor();
    await page.getByRole('button', { name: 'Actions · new.hand' }).click();
    await page.getByRole('menuitem', { name: 'Change roles' }).click();
    await page.getByRole('checkbox', { name: 'Support' }).check();
    await button(page, 'Save').click();
    await row(page, 'new.hand').getByText('Support · Viewer').waitFor();
    await page.getByRole('button', { name: 'Actions · new.hand' }).click();
    await page.getByRole('menuitem', { name: 'Remove from this tenant' }).click();
    await button(page, 'Remove from this tenant').click();
    await row(page, 'new.hand').waitFor({ state: 'detached' });
    // Nobody changes their own.
    await expect.poll(() => row(page, 'may.ho').getByRole('button').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('OP-1.3 who may not see operators has no such page', async () => {
    const { page } = await at.signInOperator('mei.lam', { path: 'operators' });
    await page.getByText('Your role does not include this').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Operators' }).count()).toBe(0);
  });
});

describe('OP-1.3 integrations', () => {
  it("OPS-04 a key is made within one's rights, shown once, and revoked; a test message arrives", async () => {
    const { page, faults } = await at.signInOperator('may.ho', { path: 'integrations' });
    await button(page, 'New key').click();
    await page.getByLabel('Name').fill('trading back end');
    await expect.poll(() => page.getByRole('checkbox', { name: 'console:write' }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'logins:write' }).check();
    await expectGood(page);
    await shot(page, 'integrations-key');
    await button(page, 'Create').click();
    const token = page.locator('pre');
    await token.waitFor();
    const key = (await token.textContent()) ?? '';
    expect(key).toMatch(/^hufu_key_/);
    await button(page, 'Done').click();
    const made = row(page, 'trading back end');
    await made.getByText('Active').waitFor();
    expect(await page.content()).not.toContain(key.split('.')[1]);
    await made.getByRole('button').click();
    await button(page, 'Revoke').last().click();
    await made.getByText('Revoked').waitFor();

    await button(page, 'Send a test message · SMS').click();
    await page.getByLabel('Your phone number').fill('+85291230099');
    await button(page, 'Send').click();
    await page.getByText('Sent to ***0099').waitFor();
    await expectGood(page);
    expect(faults).toEqual([]);
  });

  it.each(['en', 'zh-CN', 'zh-HK'] as const)(
    'NF-1 NF-2 both pages in %s, narrow and wide, light and dark',
    async (locale: Locale) => {
      for (const [width, theme] of [
        [390, 'dark'],
        [1440, 'light'],
      ] as const)
        for (const path of ['operators', 'integrations']) {
          const { page } = await at.signInOperator('may.ho', { path, locale, theme, size: { width, height: 900 } });
          await page.getByRole('table').first().waitFor();
          await expectGood(page);
          await shot(page, `${path}-${locale}-${width}`);
        }
    },
  );
});
