// The desk in browsers: an action from its effects to its end, a case from who asks to who decides, in every language and size.
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publishPolicy } from '../../src/flows/registry.ts';
import { aConsole, expectGood, type TestConsole } from './console-kit.ts';
import { type Locale, shot } from './people.ts';

describe('the desk', () => {
  let c: TestConsole;
  beforeAll(async () => {
    c = await aConsole();
    const { document } = await c.demo.house.registry.get('star', Number.POSITIVE_INFINITY);
    const section = 'console: { secondOperator: [unbind], secondOperatorWhenRisky: [unlock], callerCheck: recorded }';
    const published = await publishPolicy(c.demo.house.ports, {
      tenantId: 'star',
      document: `${document}\n${section}\n`,
      actor: 'test',
      reason: 'two operators',
    });
    expect(published.kind).not.toBe('refused');
    if (process.env['HUFU_SHOTS'] !== undefined) mkdirSync(process.env['HUFU_SHOTS'], { recursive: true });
  });
  afterEach(() => c.leave());
  afterAll(() => c.close());

  it('OP-1.2 OP-1.5 a temporary code: what it does, the caller called back, the reason, and the codes once', async () => {
    const { page, faults } = await c.signInOperator('mei.lam', { path: 'customers/880001/actions' });
    await page.getByRole('button', { name: 'Temporary code' }).click();
    const drawer = page.getByRole('dialog').filter({ hasText: 'What it does' });
    await drawer.getByText('1 temporary code, good once').waitFor();
    await drawer.getByText('Caller not verified').waitFor();
    await expectGood(page);
    await drawer.getByLabel('Called back the number on file').check();
    await drawer.getByText(/The number on file ends \*\*\*/).waitFor();
    await drawer.getByLabel('Called back, and it is them').check();
    await drawer.getByText('Caller not verified').waitFor({ state: 'detached' });
    await expect.poll(() => drawer.getByRole('button', { name: 'Do it' }).isDisabled()).toBe(true);
    await drawer.getByLabel('Reason').selectOption('R06');
    await drawer.getByLabel('Note').fill('travelling, phone stolen');
    await drawer.getByRole('button', { name: 'Do it' }).click();
    const sure = page.getByRole('dialog', { name: 'Temporary code: 880001' });
    await sure.getByText('The customer is told on every channel on file').waitFor();
    await sure.getByRole('button', { name: 'Temporary code' }).click();
    const code = await page.locator('.bypass-code').textContent();
    expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    await expectGood(page);
    await shot(page, 'desk-codes');
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).last().click();
    expect(await page.content()).not.toContain(code);
    expect(faults).toEqual([]);
  });

  it('OP-1.3 one operator asks, another reads why and approves; who asked cannot', async () => {
    const h = c.demo.house;
    const before = await h.ports.store.account('star', '880003', false);
    const id = before?.account.id ?? '';
    await h.ports.store.commit(id, [
      {
        op: 'insert-authenticator',
        tenantId: 'star',
        accountId: id,
        id: 'aut_desk',
        type: 'totp',
        status: 'active',
        params: 'SHA1/6/30',
        label: 'Tencent',
        secret: h.ports.random(20),
        expiresAt: null,
      },
    ]);
    const asks = await c.signInOperator('mei.lam', { path: 'customers/880003/actions' });
    await asks.page.getByRole('button', { name: 'Unbind' }).click();
    const drawer = asks.page.getByRole('dialog').filter({ hasText: 'What it does' });
    await drawer.getByText('A second operator decides before anything is done.').waitFor();
    await drawer.getByLabel('In person or by video').check();
    await drawer.getByLabel('Identity document seen').check();
    await drawer.getByLabel('Reason').selectOption('R01');
    await drawer.getByRole('button', { name: 'Submit for a second operator' }).click();
    await asks.page
      .getByRole('dialog', { name: 'Unbind: 880003' })
      .getByRole('button', { name: 'Submit for a second operator' })
      .click();
    await asks.page.getByText('Nothing is done yet.').waitFor();
    await asks.page.getByRole('link', { name: 'Open the case' }).last().click();
    await asks.page.getByText('You asked for this; another operator decides.').waitFor();
    await expectGood(asks.page);
    // An edit is another revision, and says that nothing approved before counts.
    await asks.page.getByRole('button', { name: 'Edit the case' }).click();
    const again = asks.page.getByRole('dialog').filter({ hasText: 'What it does' });
    await again.getByText('is void').waitFor();
    await again.getByLabel('Note').fill('phone under a tram');
    await expectGood(asks.page);
    await again.getByRole('button', { name: 'Submit the new revision' }).click();
    const sure = asks.page.getByRole('dialog', { name: 'Unbind: 880003' });
    await sure.getByRole('button', { name: 'Submit the new revision' }).click();
    await asks.page.getByText('The new revision waits for a second operator.').waitFor();
    await asks.page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await asks.page.getByRole('cell', { name: 'phone under a tram' }).waitFor();
    await asks.page.getByRole('cell', { name: '2', exact: true }).waitFor();
    await asks.page.goto(`${c.url}/#/customers/880003/actions`);
    await asks.page.getByText('One case of this customer waits').waitFor();

    const { page, faults } = await c.signInOperator('jun.wu', { path: 'cases' });
    await page.getByText('1 waits, 1 of them for you to decide').waitFor();
    await page.getByRole('link', { name: 'Cases 1 for you to decide' }).waitFor();
    await expectGood(page);
    await shot(page, 'desk-cases');
    await page.getByRole('link', { name: 'Unbind' }).click();
    await page.getByRole('heading', { level: 1, name: 'Case: Unbind' }).waitFor();
    await page.getByRole('rowheader', { name: 'Caller verified by' }).waitFor();
    await page.getByText('In person or by video').waitFor();
    await expectGood(page);
    await shot(page, 'desk-case');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').getByText('It is done at once').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    const account = await h.ports.store.account('star', '880003', false);
    expect(account?.authenticators.map((a) => a.type)).not.toContain('totp');
    expect(faults).toEqual([]);
  });

  it.each([
    ['zh-CN', 1440],
    ['zh-HK', 390],
    ['en', 390],
    ['zh-HK', 1440],
    ['zh-CN', 390],
  ] as const)('NF-1 NF-2 every part of it in %s at %i pixels', async (locale: Locale, width: number) => {
    const seat = { locale, size: { width, height: 900 }, ...(width === 390 ? { theme: 'dark' as const } : {}) };
    const { page, faults } = await c.signInOperator('mei.lam', {
      ...seat,
      path: 'customers/700004/actions',
      tenant: 'guoan',
    });
    await page.locator('main button').first().waitFor();
    await expectGood(page);
    await shot(page, `desk-actions-${locale}-${width}`);
    const name = { 'zh-CN': '更换被授权人', 'zh-HK': '更改獲授權人', en: 'Change authorised person' }[locale];
    await page.getByRole('button', { name }).click();
    await page.getByRole('dialog').locator('li').first().waitFor();
    await expectGood(page);
    await shot(page, `desk-drawer-${locale}-${width}`);
    await page.goto(`${c.url}/#/cases`);
    await page.locator('main select').waitFor();
    await expectGood(page);
    expect(faults).toEqual([]);
  });
});
