// Bulk work in a browser: a file goes up, a second operator approves, the report names each row (OP-1.4).
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aConsole, expectGood, type TestConsole } from './console-kit.ts';
import { shot } from './people.ts';

const csv = (rows: number, prefix: string, more: string): Buffer =>
  Buffer.from(
    `account,name,phone\r\n990000,坏行,not a number\r\n${more}${Array.from({ length: rows }, (_, n) => `${prefix}${String(n + 1).padStart(4, '0')},客户${n},`).join('\r\n')}\r\n`,
  );

describe('bulk work', () => {
  let c: TestConsole;
  beforeAll(async () => {
    c = await aConsole();
  });
  afterEach(() => c.leave());
  afterAll(() => c.close());

  const drawUp = async (rows: number, prefix: string, more = '') => {
    const { page, faults } = await c.signInOperator('kit.chan', { path: 'bulk/new' });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'autumn.csv', mimeType: 'text/csv', buffer: csv(rows, prefix, more) });
    await page.getByText(`${rows + 1 + more.split('\r\n').length - 1} rows`).waitFor();
    await page.getByLabel('Reason').selectOption('R02');
    await expectGood(page);
    await page.getByRole('button', { name: 'Upload and check' }).click();
    await page.getByRole('heading', { level: 1, name: 'autumn' }).waitFor();
    return { page, faults };
  };

  it('OP-1.4 a file in another encoding or form is refused before it goes up; of a good one the columns and first rows are shown', async () => {
    const { page, faults } = await c.signInOperator('kit.chan', { path: 'bulk/new' });
    await page.getByLabel('Reason').selectOption('R02');
    const upload = page.getByRole('button', { name: 'Upload and check' });
    const gbk = Buffer.from([...Buffer.from('account,name\n990001,'), 0xd5, 0xc5, 0xc8, 0xfd, 10]);
    for (const [buffer, told] of [
      [gbk, /Line 2 is not UTF-8/],
      [Buffer.from('account;name\n990031;张三\n'), /not separated by commas/],
      [Buffer.from('账号,姓名\n990051,张三\n'), /“账号” in the first row is no column/],
    ] as const) {
      await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
      await page.getByText(told).waitFor();
      await expect.poll(() => upload.isDisabled()).toBe(true);
    }
    const buffer = Buffer.from(`account,name\n${Array.from({ length: 7 }, (_, n) => `99006${n},张三`).join('\n')}\n`);
    await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('columnheader', { name: 'Name' }).waitFor();
    await expect.poll(() => page.getByRole('cell', { name: '张三' }).count()).toBe(5);
    await page.getByText('and 2 more').waitFor();
    await expect.poll(() => upload.isEnabled()).toBe(true);
    await expectGood(page);
    expect(faults).toEqual([]);
  });

  it('OP-1.4 a few rows are done by one operator; the bad row says why; the report is a file', async () => {
    const { page, faults } = await drawUp(3, '99');
    await page.getByText('Draft').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await page
      .getByText('Running')
      .or(page.getByText('Done', { exact: true }))
      .first()
      .waitFor();
    await c.demo.house.work();
    await page.getByText('4 of 4 rows handled').waitFor();
    // The rows are those of now, not those of before it began.
    await expect.poll(() => page.getByRole('cell', { name: 'Done', exact: true }).count()).toBe(3);
    await expect.poll(() => page.getByRole('cell', { name: 'Waiting', exact: true }).count()).toBe(0);
    await page.getByLabel('Show', { exact: true }).selectOption('Not done');
    await page.getByRole('cell', { name: '990000' }).waitFor();
    await expect.poll(() => page.getByRole('cell', { name: '990001' }).count()).toBe(0);
    await expectGood(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the report' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/\r\n3,990001,done,,,[\dTZ:.-]+,new; name: → 客户0,\r\n/);
    expect(faults).toEqual([]);
  });

  it('OP-1.4 of a file of which no row can be done nothing is handled, and nothing is begun', async () => {
    const { page, faults } = await c.signInOperator('kit.chan', { path: 'bulk/new' });
    const buffer = Buffer.from('account,phone\n990100,no number\n990101\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer });
    await page.getByLabel('Reason').selectOption('R02');
    await page.getByRole('button', { name: 'Upload and check' }).click();
    await page.getByText('0 rows to do, 2 cannot be done').waitFor();
    await page.getByText('No row of it can be done').waitFor();
    await page.getByText('has 1 fields where the first row names 2').waitFor();
    await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
    await expect.poll(() => page.getByRole('button', { name: 'Start' }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('OP-1.3 OP-1.4 OPS-01 a second operator sees what changes, old and new, before it begins; whoever asked is not offered to approve', async () => {
    const { ports } = c.demo.house;
    const before = await ports.store.account('star', '880001', false);
    const old = `***${before?.account.phone?.slice(-4)}`;
    const { page } = await drawUp(101, '98', '880001,,+85298765432\r\n');
    await page.getByText('102 rows to do, 1 cannot be done').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('dialog').getByText('Phones changed 1').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await page.getByText('Waits for a second operator').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    const second = await c.signInOperator('jun.wu', { path: 'cases' });
    await second.page.getByText(/autumn.*New accounts 101.*Phones changed 1/).waitFor();
    await second.page.goto(`${c.url}/${new URL(page.url()).hash}`);
    await second.page.getByLabel('Show', { exact: true }).selectOption('Phones changed');
    await second.page.getByRole('cell', { name: `Phone: ${old} → ***5432` }).waitFor();
    await second.page.getByText(/R02 .+ · kit\.chan/).waitFor();
    await expectGood(second.page);
    await shot(second.page, 'bulk-asked-en-wide');
    await second.page.getByRole('button', { name: 'Approve' }).click();
    const dialog = second.page.getByRole('dialog');
    await dialog.getByText('New accounts 101').waitFor();
    await dialog.getByText('Phones changed 1').waitFor();
    await expectGood(second.page);
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await second.page.getByText(/approved by jun\.wu/).waitFor();
    await c.demo.house.work();
    await second.page.getByText('103 of 103 rows handled').waitFor();
    expect((await ports.store.account('star', '880001', false))?.account.phone).toBe('+85298765432');
  });

  it('NF-1 NF-2 in three languages, on a phone and a wide screen, light and dark', async () => {
    await drawUp(5, '97');
    await c.leave();
    for (const [locale, name, size, theme] of [
      ['zh-CN', 'phone', { width: 390, height: 844 }, 'dark'],
      ['zh-HK', 'wide', { width: 1440, height: 900 }, 'light'],
      ['en', 'phone', { width: 390, height: 844 }, 'light'],
    ] as const)
      for (const path of ['bulk', 'bulk/new']) {
        const { page, faults } = await c.signInOperator('kit.chan', { path, locale, size, theme });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('table, input[type=file]').first().waitFor({ state: 'attached' });
        await expectGood(page);
        await shot(page, `${path.replace('/', '-')}-${locale}-${name}`);
        expect(faults).toEqual([]);
        await c.leave();
      }
  });
});
