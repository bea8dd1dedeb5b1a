// The desk in browsers: an action from its effects to its end, a case from who asks to who decides, in every language and size.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publishPolicy } from '../../src/flows/registry.ts';
import { aConsole, ask, expectGood, type TestConsole } from './console-kit.ts';
import { type Locale, shot } from './people.ts';

describe('the desk', () => {
  let c: TestConsole;
  beforeAll(async () => {
    c = await aConsole();
    for (const [tenantId, section] of [
      ['star', 'console: { secondOperator: [unbind], secondOperatorWhenRisky: [unlock], callerCheck: recorded }'],
      ['spark', 'console: { secondOperator: [bypass], callerCheck: recorded }'],
    ] as const) {
      const { document } = await c.demo.house.registry.get(tenantId, Number.POSITIVE_INFINITY);
      const published = await publishPolicy(c.demo.house.ports, {
        tenantId,
        document: `${document}\n${section}\n`,
        actor: 'test',
        reason: 'two operators',
      });
      expect(published.kind).not.toBe('refused');
    }
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

  /** A case for temporary codes, asked for by one operator and open before another. */
  async function aCodeCase(): Promise<{ id: string; asks: Page; decides: Page }> {
    const [found] = await c.demo.house.db.query(`SELECT account FROM accounts WHERE tenant_id = 'spark' LIMIT 1`, {});
    const asks = await c.signInOperator('mei.lam', { tenant: 'spark', path: 'cases' });
    await asks.page.getByRole('heading', { level: 1 }).waitFor();
    const bypass = { reason: 'R06', note: 'abroad', hours: 1, uses: 1 };
    const asked = await ask(asks.page, 'POST', `/v1/console/accounts/${String(found?.['account'])}/bypass`, bypass);
    const { id } = asked['case'] as { id: string };
    const decides = await c.signInOperator('kit.chan', { tenant: 'spark', path: `cases/${id}`, clock: true });
    await decides.page.getByRole('button', { name: 'Approve' }).waitFor();
    return { id, asks: asks.page, decides: decides.page };
  }

  it('OP-1.5 the codes of an approved case are shown, however soon the case is read again', async () => {
    const { id, decides: page } = await aCodeCase();
    // The case is read again and drawn as done; another call of the page is answered late.
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route('**/v1/console/inbox', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.bypass-code').allTextContents()).toHaveLength(1);
    release();
    await expectGood(page);
    const [code] = await page.locator('.bypass-code').allTextContents();
    expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(JSON.stringify(await ask(page, 'GET', `/v1/console/cases/${id}`))).not.toContain(code);
  });

  it('OPS-01 a case edited while its second operator is asked is not approved: it is told, and looked at again', async () => {
    const { id, asks, decides: page } = await aCodeCase();
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 temporary code, good once').waitFor();
    const edit = { revision: 1, reason: 'R01', note: 'another story', input: { hours: 8, uses: 3 } };
    expect(await ask(asks, 'PUT', `/v1/console/cases/${id}`, edit)).toMatchObject({ revision: 2 });
    // The page reads it again by itself.
    await page.clock.fastForward(11_000);
    await page.getByRole('cell', { name: 'another story', includeHidden: true }).waitFor();
    await dialog.getByText('It changed meanwhile').waitFor();
    await expectGood(page);
    // What was shown is shown still, and cannot be approved.
    await dialog.getByText('1 temporary code, good once').waitFor();
    await expect.poll(() => dialog.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await ask(page, 'GET', `/v1/console/cases/${id}`)).toMatchObject({ status: 'submitted', revision: 2 });

    // The same before the page has learned of it: the server refuses what was not seen.
    await page.route(`**/v1/console/cases/${id}`, (route) => route.abort());
    await page.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('3 temporary codes').waitFor();
    expect(await ask(asks, 'PUT', `/v1/console/cases/${id}`, { ...edit, revision: 2 })).toMatchObject({ revision: 3 });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('The case was edited meanwhile').or(dialog.getByText('Look at it again')).first().waitFor();
    expect(await ask(asks, 'GET', `/v1/console/cases/${id}`)).toMatchObject({ status: 'submitted', revision: 3 });
  });

  it('NF-2 Escape closes what is on top; what is typed is not lost without a question, and the focus goes back', async () => {
    const { page, faults } = await c.signInOperator('mei.lam', { path: 'customers/880004/actions' });
    const focused = async (): Promise<string | null> => page.evaluate('document.activeElement.textContent');
    await page.getByRole('button', { name: 'Temporary code' }).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Temporary code · 880004' });
    await drawer.getByText('1 temporary code, good once').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Temporary code');

    await page.keyboard.press('Enter');
    await drawer.getByLabel('Reason').selectOption('R06');
    await drawer.getByLabel('Note').fill('a long story');
    await drawer.getByRole('button', { name: 'Do it' }).and(page.locator(':enabled')).click();
    const sure = page.getByRole('dialog', { name: 'Temporary code: 880004' });
    await sure.waitFor();
    await page.keyboard.press('Escape');
    await sure.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Do it');
    await expect.poll(() => drawer.getByLabel('Note').inputValue()).toBe('a long story');

    // By Escape, by a link of the menu, and by Back: asked first, kept when one stays.
    const leave = page.getByRole('dialog', { name: 'Discard what you filled in?' });
    await page.keyboard.press('Escape');
    await leave.waitFor();
    await expectGood(page);
    await shot(page, 'desk-leave');
    await leave.getByRole('button', { name: 'Keep editing' }).click();
    await leave.waitFor({ state: 'detached' });
    await page.evaluate(`location.hash = '#/cases'`);
    await leave.waitFor();
    await page.keyboard.press('Escape');
    await leave.waitFor({ state: 'detached' });
    await expect.poll(() => drawer.getByLabel('Note').inputValue()).toBe('a long story');
    await expect.poll(() => new URL(page.url()).hash).toBe('#/customers/880004/actions');
    await page.goBack();
    await leave.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('OP-1.2 a preview of something else is none, and a double click acts once', async () => {
    const { page } = await c.signInOperator('mei.lam', { path: 'customers/880005/actions' });
    await page.getByRole('button', { name: 'Temporary code' }).click();
    const drawer = page.getByRole('dialog').filter({ hasText: 'What it does' });
    await drawer.getByText('1 temporary code, good once').waitFor();
    await drawer.getByLabel('Reason').selectOption('R06');
    const submit = drawer.getByRole('button', { name: 'Do it' });
    await submit.and(page.locator(':enabled')).waitFor();
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route('**/actions:preview', async (route) => {
      await held;
      await route.continue();
    });
    await drawer.getByLabel('How many codes').fill('3');
    await drawer.getByText('1 temporary code, good once').waitFor({ state: 'detached' });
    await expect.poll(() => submit.isDisabled()).toBe(true);
    release();
    await drawer.getByText('3 temporary codes').waitFor();
    let acts = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/bypass')) acts++;
    });
    await submit.click();
    await page.getByRole('dialog', { name: 'Temporary code: 880005' }).getByRole('button').last().dblclick();
    await expect.poll(() => page.locator('.bypass-code').count()).toBe(3);
    expect(acts).toBe(1);
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
