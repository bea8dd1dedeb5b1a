// The rollout cockpit in Chromium: what an operator sees, counts, takes away, and a cut-over from its checks to its roll-back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aConsole, ask, expectGood, type TestConsole } from './console-kit.ts';
import { shot } from './people.ts';

let c: TestConsole;
beforeAll(async () => {
  c = await aConsole();
  await c.demo.house.seal();
  await c.demo.house.count();
});
afterEach(() => c.leave());
afterAll(() => c.close());

const PHONE = { width: 390, height: 844 };
const LOCALES = ['zh-CN', 'zh-HK', 'en'] as const;
const HEADS = { 'zh-CN': '迁移驾驶舱', 'zh-HK': '遷移駕駛艙', en: 'Rollout' } as const;
const CHART = { 'zh-CN': '绑定进度的图表', 'zh-HK': '綁定進度的圖表', en: 'Chart of Adoption' } as const;

describe('ES-6.2 the cockpit', () => {
  it.each(LOCALES)(
    'ES-6.2 NF-1 %s: adoption, cohorts, funnel, what a switch would do; good at both widths, light and dark',
    async (locale) => {
      for (const [size, theme] of [
        [undefined, 'light'],
        [PHONE, 'light'],
        [undefined, 'dark'],
      ] as const) {
        const { page, faults } = await c.signInOperator('kit.chan', {
          path: 'rollout',
          locale,
          theme,
          ...(size === undefined ? {} : { size }),
        });
        await page.getByRole('heading', { level: 1, name: HEADS[locale] }).waitFor();
        await page.getByRole('img', { name: new RegExp(CHART[locale]) }).waitFor();
        await page.locator('.uplot').nth(1).waitFor();
        // Each picture has its figures as a table.
        for (const summary of await page.locator('details > summary').all()) await summary.click();
        await expectGood(page);
        await page.evaluate('scrollTo(0, 0)');
        await shot(page, `rollout-${locale}-${size === undefined ? 1440 : 390}-${theme}`);
        expect(faults).toEqual([]);
      }
    },
  );

  it('ES-6.2 the lists of whom a switch meets are taken away as CSV, and a later day meets fewer', async () => {
    const { page } = await c.signInOperator('kit.chan', { path: 'rollout' });
    const forced = page
      .getByRole('region', { name: 'If we cut over on this date' })
      .getByRole('row', { name: /Led into binding/ });
    await forced.waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      forced.getByRole('button', { name: /Export the list/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('hufu-forced.csv');
    const today = Number((await forced.getByRole('cell').nth(1).innerText()).replaceAll(',', ''));
    const in60 = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Date', { exact: true }).fill(in60);
    await page.getByText(/of those unbound today still are/).waitFor();
    const later = Number((await forced.getByRole('cell').nth(1).innerText()).replaceAll(',', ''));
    expect(later).toBeLessThan(today);
    expect(later).toBeGreaterThan(0);
  });

  it('ES-6.2 reminders go out up to the cap, and the plan and an exception are written with a reason', async () => {
    const { page } = await c.signInOperator('kit.chan', { path: 'rollout' });
    const remind = page.getByRole('region', { name: 'Remind the unbound' });
    await remind.getByLabel('Cohort').selectOption('vip');
    await remind.getByLabel('At most').fill('3');
    await remind.getByLabel('Reason').fill('test wave');
    await remind.getByRole('button', { name: 'Send reminders' }).click();
    await remind.getByText(/3 accounts reminded/).waitFor();
    await page.getByRole('button', { name: 'Edit the plan' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Plan').fill('2027-06-30 99%\nsoon');
    await dialog.getByText(/cannot be read: soon/).waitFor();
    await dialog.getByLabel('Plan').fill('2027-06-30 99%');
    await dialog.getByLabel('Reason').fill('agreed');
    await expectGood(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const exceptions = page.getByRole('region', { name: 'Exceptions' }).first();
    await exceptions.getByLabel('Account').fill('880002');
    await exceptions.getByLabel('Until').fill('2027-01-31');
    await exceptions.getByLabel('Reason').fill('abroad');
    await exceptions.getByRole('button', { name: 'Let off' }).click();
    await exceptions.getByRole('cell', { name: '880002', exact: true }).waitFor();
    const { policy } = await c.demo.house.registry.get('star', 0);
    expect(policy.rollout.plan).toEqual([{ date: '2027-06-30', share: 0.99 }]);
    expect(Object.keys(policy.rollout.exceptions ?? {})).toEqual(['880002']);
    await exceptions.getByRole('button', { name: 'End 880002' }).click();
    await exceptions.getByRole('cell', { name: '880002', exact: true }).waitFor({ state: 'detached' });
  });
});

describe('ES-6.2 cohorts by rules', () => {
  it.each(LOCALES)('ES-6.2 %s: a rule is written, counted and applied', async (locale) => {
    const at = LOCALES.indexOf(locale);
    const say = (...words: readonly [string, string, string]): string => words[at] ?? '';
    const { page, faults } = await c.signInOperator('kit.chan', { path: 'rollout/cohorts', locale });
    await page.getByRole('button', { name: say('新规则', '新規則', 'New rule') }).click();
    const dialog = page.getByRole('dialog');
    const name = `old ${at}`;
    await dialog.getByLabel(say('分组名称', '分組名稱', 'Name of the cohort')).fill(name);
    await dialog.getByLabel(say('客户端（', '客戶端（', 'Clients (')).fill('estar-x');
    await dialog.getByLabel(say('版本低于', '版本低於', 'Version older than')).fill('3.6.21');
    await dialog.getByLabel(say('也移入', '亦移入', 'Also take')).check();
    await dialog.getByLabel(say('原因', '原因', 'Reason')).fill('test');
    await expectGood(page);
    await shot(page, `rollout-rule-${locale}`);
    await dialog.getByRole('button', { name: say('保存', '儲存', 'Save') }).click();
    const row = page.getByRole('row', { name: new RegExp(name) });
    await row.getByText(say('已统计', '已統計', 'Counted'), { exact: true }).waitFor();
    await expectGood(page);
    await shot(page, `rollout-cohorts-${locale}`);
    await row.getByRole('button', { name: say('应用', '套用', 'Apply') }).click();
    await dialog.getByLabel(say('原因', '原因', 'Reason')).fill('test');
    await dialog.getByRole('button', { name: say('应用', '套用', 'Apply'), exact: true }).click();
    await row.getByText(say('已应用', '已套用', 'Applied'), { exact: true }).waitFor();
    const [count] = await c.demo.house.db.query('SELECT count(*) AS n FROM accounts WHERE cohort = @name', { name });
    expect(Number(count?.['n'])).toBeGreaterThan(10);
    expect(faults).toEqual([]);
  });
});

describe('ES-6.2 a list of accounts', () => {
  it('ES-6.2 a pasted list names the line that is none; CSV is read by its columns; whom it names and nobody is, is told', async () => {
    const { page, faults } = await c.signInOperator('kit.chan', { path: 'rollout/cohorts' });
    await page.getByRole('button', { name: 'New rule' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the cohort').fill('pasted');
    await dialog.getByLabel('Only accounts on a list').check();
    await dialog.getByLabel('Reason').fill('test');
    const list = dialog.getByLabel('Accounts to add');
    await list.fill('account,name\n880001,陈晓明\n880002;李\n');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Line 3 is not one account').waitFor();
    await list.fill('account,name\n880001,陈晓明\n880002,李\nnosuch,x\n');
    await expectGood(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: '1 on the list are no accounts here' })
      .getByText('nosuch')
      .waitFor();
    await page
      .getByRole('row', { name: /pasted/ })
      .getByText('3 on the list')
      .waitFor();
    await expectGood(page);
    expect(faults).toEqual([]);
  });
});

describe('ES-6.1 a cut-over', () => {
  it.each(LOCALES)(
    'ES-6.1 %s: checks, promises, the first stage, paused by failures, resumed, rolled back',
    async (locale) => {
      const at = LOCALES.indexOf(locale);
      const say = (...words: readonly [string, string, string]): string => words[at] ?? '';
      const cohort = ['vip', 'overseas', 'regular'][at] ?? '';
      const { page, faults } = await c.signInOperator('kit.chan', {
        path: `rollout/cutovers/new?cohort=${cohort}`,
        locale,
      });
      const start = page.getByRole('button', { name: say('开始第一批', '開始第一批', 'Begin the first stage') });
      await start.waitFor();
      await expect.poll(() => start.isDisabled()).toBe(true);
      for (const box of [
        say('热线已排班', '熱線已排班', 'The hotline is staffed'),
        say('已指定', '已指定', 'Somebody is named'),
        say('客户已收到', '客戶已收到', 'Customers have been told'),
      ])
        await page.getByLabel(box).check();
      await page.getByLabel(say('原因', '原因', 'Reason')).fill('phase two');
      await expectGood(page);
      await shot(page, `rollout-new-cutover-${locale}`);
      await start.click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('开始第一批', '開始第一批', 'Begin the first stage') })
        .click();
      await page.getByText(say('本批次情况', '本批次情況', 'This stage'), { exact: true }).waitFor();
      const id = new URL(page.url()).hash.split('/').at(-1) ?? '';
      // People of its share try, are refused, and the watch notices.
      const { db, ports } = c.demo.house;
      const people = await db.query(`SELECT id FROM accounts WHERE tenant_id = 'star' AND cohort = @cohort LIMIT 8`, {
        cohort,
      });
      const now = await ports.store.now();
      await db.run(
        people.map(({ id: account }) => ({
          sql: `INSERT INTO cutover_accounts (cutover_id, account_id, tried_at, refused_why, got_in_at) VALUES (@id, @account, @now, 'client-too-old', NULL)`,
          rows: 'any' as const,
          values: { id, account: String(account), now },
        })),
      );
      await c.demo.house.watch();
      await page.getByText(say('已自动暂停', '已自動暫停', 'it paused by itself')).waitFor();
      await expectGood(page);
      await shot(page, `rollout-cutover-${locale}`);
      await page.setViewportSize(PHONE);
      await expectGood(page);
      await shot(page, `rollout-cutover-${locale}-390`);
      const act = async (name: string): Promise<void> => {
        await page.getByRole('button', { name, exact: true }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel(say('原因', '原因', 'Reason')).fill('test');
        await dialog.getByRole('button', { name, exact: true }).click();
        await dialog.waitFor({ state: 'hidden' });
      };
      await act(say('继续', '繼續', 'Resume'));
      await page.getByText(say('进行中', '進行中', 'Running'), { exact: true }).waitFor();
      await act(say('回退', '還原', 'Roll back'));
      await page.getByText(say('已回退', '已還原', 'Rolled back'), { exact: true }).waitFor();
      expect((await c.demo.house.registry.get('star', 0)).policy.rollout.stages ?? []).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  it('ES-6.1 two operators at one cut-over: the second does not take the stage after the one they were asked about', async () => {
    const begun = await c.signInOperator('kit.chan', { path: 'rollout/cutovers', tenant: 'guoan' });
    await begun.page.getByRole('heading', { level: 1 }).waitFor();
    const promises = ['hotline-staffed', 'roll-back-person', 'customers-told'];
    const start = { reason: 'go', promises, override: true, goesOn: false };
    const { id, revision } = await ask(begun.page, 'POST', '/v1/console/rollout/cutovers', start);
    const path = `/v1/console/rollout/cutovers/${String(id)}`;
    const { page } = await c.signInOperator('jun.wu', {
      path: `rollout/cutovers/${String(id)}`,
      tenant: 'guoan',
      clock: true,
    });
    await page.getByRole('button', { name: 'Next stage' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('10').first().waitFor();
    const said = await dialog.locator('p').first().textContent();
    const other = await ask(begun.page, 'POST', `${path}/steps`, { step: 'advance', reason: 'b', revision });
    expect(other).toMatchObject({ stage: 1 });
    await page.clock.fastForward(6000);
    await dialog.getByText('It changed meanwhile').waitFor();
    await expect.poll(() => dialog.locator('p').first().textContent()).toBe(said);
    await expect.poll(() => dialog.getByRole('button', { name: 'Next stage' }).isDisabled()).toBe(true);
    await expectGood(page);
    expect(await ask(page, 'GET', path)).toMatchObject({ stage: 1 });
    // The cockpit knows of it.
    await page.goto(`${c.url}/#/rollout`);
    await page.getByRole('link', { name: /^everybody: 10% taken since/ }).waitFor();
    await page.getByText(/Coexist · since /).waitFor();
  });

  it('OPS-03 support sees the cockpit and switches nothing', async () => {
    const { page } = await c.signInOperator('mei.lam', { path: 'audit' });
    // A hotline whose capacity nobody stated is told as that, not as a number.
    await page.route(/\/v1\/console\/rollout\/(switch-)?preview/, async (route) => {
      const response = await route.fetch();
      const told = await response.json();
      await route.fulfill({ response, json: { ...told, hotline: { ...told.hotline, capacity: null } } });
    });
    await page.goto(`${c.url}/#/rollout`);
    await page.getByRole('heading', { level: 1, name: 'Rollout' }).waitFor();
    await page.locator('.uplot').first().waitFor();
    await page.getByText('How many the desk can take is not stated').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Send reminders' }).count()).toBe(0);
    await expect.poll(() => page.getByRole('link', { name: 'Prepare a cut-over' }).count()).toBe(0);
  });
});
