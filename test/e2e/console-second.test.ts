// What waits for a second operator besides actions on accounts, and why an account is suspended, as operators read it in Chromium.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { putAccount } from '../../src/flows/accounts.ts';
import { askSecond } from '../../src/flows/operator/ask-second.ts';
import { aConsole, expectGood, type TestConsole } from './console-kit.ts';
import { shot } from './people.ts';

let c: TestConsole;
const caller = { tenantId: 'star', actor: 'test', keyId: '', client: null };
beforeAll(async () => {
  c = await aConsole();
  const { ports } = c.demo.house;
  const asked = { reason: 'wave 1', isWanted: () => true };
  await askSecond(ports, caller, 'apply-cohort', {
    ...asked,
    input: { cohort: 'wave 1', rule: { isListed: true, takesOthers: true }, phase: 'totp-only', counted: 1 },
    riskFlags: ['phase-changes', 'many-accounts'],
    effects: [
      { kind: 'accounts-join', count: 120 },
      { kind: 'accounts-unbound', count: 30 },
    ],
  });
  await askSecond(ports, caller, 'rollout-exception', {
    ...asked,
    input: { exempt: '880001', until: '2099-01-01T00:00:00.000Z' },
    riskFlags: ['already-bound'],
    effects: [{ kind: 'let-off', count: 1 }],
  });
  await putAccount(ports, caller, { account: '880001', status: 'suspended' });
});
afterEach(() => c.leave());
afterAll(() => c.close());

const WORDS = {
  'zh-CN': {
    cohort: '应用分组',
    letOff: '暂缓切换',
    moves: '客户会换到另一阶段',
    cut: '全面切换',
    by: '由业务系统停用',
  },
  'zh-HK': {
    cohort: '套用分組',
    letOff: '暫緩切換',
    moves: '客戶會換到另一階段',
    cut: '全面切換',
    by: '由業務系統停用',
  },
  en: {
    cohort: 'Apply cohort',
    letOff: 'Let off the switch',
    moves: 'Customers move to another phase',
    cut: 'Cut over',
    by: 'Suspended by your own system',
  },
} as const;

describe.each(['zh-CN', 'zh-HK', 'en'] as const)('%s', (locale) => {
  const w = WORDS[locale];

  it('OP-1.3 NF-1 the inbox names a cohort and who is let off; the case says whom it takes, where to, and what speaks against it', async () => {
    const { page, faults } = await c.signInOperator('jun.wu', { path: 'cases', locale });
    await page.getByRole('link', { name: w.letOff }).waitFor();
    const row = page.getByRole('row', { name: new RegExp(w.cohort) });
    expect(await row.innerText()).toMatch(/wave 1/);
    await row.getByRole('link', { name: w.cohort }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(w.cohort) }).waitFor();
    const said = await page.getByRole('main').innerText();
    for (const part of ['120', '30', w.moves, w.cut]) expect(said).toContain(part);
    expect(said).not.toMatch(/\[object|isListed|counted/);
    await expectGood(page);
    await shot(page, `case-cohort-${locale}`);
    expect(faults).toEqual([]);
  });

  it('REB-04 NF-1 the customer’s page says who suspended the account, and who opens it again', async () => {
    const { page } = await c.signInOperator('jun.wu', { path: 'customers/880001', locale });
    await page.getByText(w.by).waitFor();
    await expectGood(page);
    await shot(page, `suspended-${locale}`);
  });
});
