// The policy editor in a browser: rules and document, mistakes, who is affected, publishing, versions (OP-2.2).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publishPolicy } from '../../src/flows/registry.ts';
import { codeOf } from '../kit.ts';
import { aConsole, ask, expectGood, type TestConsole } from './console-kit.ts';
import { shot } from './people.ts';

describe('the policy editor', () => {
  let c: TestConsole;
  beforeAll(async () => {
    c = await aConsole();
  });
  afterEach(() => c.leave());
  afterAll(() => c.close());

  it('OP-2.2 a rule is changed in a form, the document follows, and a publication with a reason puts it in force', async () => {
    const { policyVersion } = await c.demo.house.registry.get('star', Number.POSITIVE_INFINITY);
    const { page, faults } = await c.signInOperator('jun.wu', { path: 'policy', tenant: 'star' });
    await page.getByRole('heading', { level: 1, name: 'Policy' }).waitFor();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Apply to the document' }).click();
    await form.getByText('Give the rule a name.').waitFor();
    await form.getByLabel('Name').fill('overseas pilot');
    await form.getByRole('combobox', { name: 'cohort' }).fill('overseas');
    await form.getByRole('combobox', { name: 'cohort' }).press('Enter');
    await form.getByRole('combobox', { name: 'Methods (any one of)' }).press('ArrowDown');
    await page.getByRole('option', { name: 'authenticator app' }).locator('visible=true').click();
    await form.getByLabel('Name').click();
    await form.getByRole('button', { name: 'Apply to the document' }).click();
    await page.getByRole('cell', { name: 'overseas pilot', exact: true }).waitFor();
    const place = async (): Promise<number> => {
      const rules = await page.getByRole('button', { name: /^Move up / }).all();
      const names = await Promise.all(rules.map((rule) => rule.getAttribute('aria-label')));
      return names.indexOf('Move up overseas pilot');
    };
    for (let at = await place(); at > 0; at--) {
      await page.getByRole('button', { name: 'Move up overseas pilot' }).click();
      await expect.poll(place).toBe(at - 1);
    }
    await page.getByRole('button', { name: 'Publish' }).and(page.locator(':enabled')).waitFor();
    await page.getByRole('region', { name: 'What changes' }).getByText('+ ').first().waitFor();
    await expectGood(page);
    await page.getByRole('tab', { name: 'Document' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Document' }).inputValue())
      .toMatch(/login:\n(?:\s*#.*\n)*\s*- name: overseas pilot\n\s+when:\n\s+cohort: overseas\n/);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('SMS does not reach them');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`Version ${policyVersion + 1} is in force`).waitFor();
    const { document } = await c.demo.house.registry.get('star', Number.POSITIVE_INFINITY);
    expect(document).toContain('overseas pilot');
    expect(faults).toEqual([]);
  });

  it('OP-2.2 a mistake in the document is told with its line, and nothing can be published', async () => {
    const { page } = await c.signInOperator('jun.wu', { path: 'policy', tenant: 'spark' });
    await page.getByRole('tab', { name: 'Document' }).click();
    const text = page.getByRole('textbox', { name: 'Document' });
    await text.fill((await text.inputValue()).replace('policy: 1', 'policy: 2'));
    await page.getByText('1 mistake to correct').waitFor();
    await page.getByText(/^line \d+/).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    await expectGood(page);
  });

  it('OP-2.2 an earlier version is read, compared and made the draft', async () => {
    const { ports } = c.demo.house;
    const { document, policyVersion } = await ports.tenants.get('guoan', Number.POSITIVE_INFINITY);
    const later = { document: `${document}\n# later\n`, base: policyVersion, actor: 'cli', reason: 'a remark' };
    expect((await publishPolicy(ports, { tenantId: 'guoan', ...later })).kind).toBe('published');
    const { page } = await c.signInOperator('jun.wu', { path: 'policy/versions', tenant: 'guoan' });
    await page.getByRole('link', { name: 'Version 1' }).click();
    await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
    await page.getByRole('region', { name: 'What changes' }).waitFor();
    await expectGood(page);
    await page.getByRole('button', { name: 'Edit from this version' }).click();
    await page.getByRole('button', { name: 'Publish' }).and(page.locator(':enabled')).waitFor();
    await page.getByRole('region', { name: 'What changes' }).getByText('- ').first().waitFor();

    // Somebody else publishes meanwhile: what was written is kept, and is not published over what they did.
    const third = { document: `${document}\n# third\n`, base: policyVersion + 1, actor: 'kit.chan', reason: 'another' };
    expect((await publishPolicy(ports, { tenantId: 'guoan', ...third })).kind).toBe('published');
    const publish = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Publish' }).and(page.locator(':enabled')).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('back to the first');
      await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    };
    await publish();
    await page.getByRole('dialog').getByText('Start from it, make your change again').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Compare with version ${policyVersion + 2} and go on` }).click();
    await page.getByText('- # third').waitFor();
    await shot(page, 'policy-meanwhile');
    await expectGood(page);
    await publish();
    await page.getByText(`Version ${policyVersion + 3} is in force`).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('ES-6.1 a document that switches more accounts than the limit is refused, and published beyond it with a reason', async () => {
    const { ports } = c.demo.house;
    const { document: now } = await ports.tenants.get('spark', Number.POSITIVE_INFINITY);
    const document = now.replace(/^rollout:[\s\S]*?(?=^\S|\n\n)/m, 'rollout: { phase: coexist, limitAffected: 0 }\n');
    expect(document).toContain('limitAffected: 0');
    const before = await publishPolicy(ports, { tenantId: 'spark', document, actor: 'test', reason: 'a limit' });
    if (before.kind !== 'published') throw new Error(JSON.stringify(before));
    const { page } = await c.signInOperator('jun.wu', { path: 'policy', tenant: 'spark' });
    await page.getByRole('tab', { name: 'Document' }).click();
    await page
      .getByRole('textbox', { name: 'Document' })
      .fill(document.replace('phase: coexist, limit', 'phase: totp-only, limit'));
    await page.getByRole('button', { name: 'Publish' }).and(page.locator(':enabled')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('the date has come');
    await expect.poll(() => dialog.getByRole('checkbox').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByText(/accounts would be affected; the limit is 0/).waitFor();
    await expectGood(page);
    await shot(page, 'policy-limit');
    await dialog.getByLabel('Go beyond the limit of the policy').check();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`Version ${before.version + 1} is in force`).waitFor();
    const { policy } = await ports.tenants.get('spark', Number.POSITIVE_INFINITY);
    expect(policy.rollout.phase).toBe('totp-only');
  });

  it('OP-2.2 what waits for a second operator says so, another draft is submitted anew, and neither a link nor the end of the session loses it', async () => {
    const { ports } = c.demo.house;
    const { document } = await ports.tenants.get('lark', Number.POSITIVE_INFINITY);
    const two = `${document}\nconsole: { secondOperator: [publish-policy] }\n`;
    const given = { tenantId: 'lark', document: two, actor: 'cli', reason: 'two operators' };
    expect((await publishPolicy(ports, given)).kind).toBe('published');
    const { page, faults } = await c.signInOperator('jun.wu', { path: 'policy', tenant: 'lark' });
    await page.getByRole('tab', { name: 'Document' }).click();
    const text = page.getByRole('textbox', { name: 'Document' });
    const publish = page.getByRole('button', { name: 'Publish' });
    await text.fill(`${two}# one\n`);
    await publish.and(page.locator(':enabled')).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('a remark');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('link', { name: 'Open the case' }).waitFor();
    await expect.poll(() => publish.isDisabled()).toBe(true);
    await expectGood(page);
    await shot(page, 'policy-waits');
    await text.fill(`${two}# two\n`);
    await page.getByRole('link', { name: 'Open the case' }).waitFor({ state: 'detached' });
    await publish.and(page.locator(':enabled')).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
    await expect.poll(() => text.inputValue()).toContain('# two');

    await ask(page, 'POST', '/v1/operator/sign-out');
    await text.fill(`${two}# three\n`);
    const who = c.demo.operators.find((one) => one.login === 'jun.wu');
    await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor();
    await page.getByLabel('Login').fill('jun.wu');
    await page.locator('input[autocomplete=current-password]').fill(who?.password ?? '');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByLabel('Code from your authenticator app').fill(codeOf(who?.totpUri ?? '', Date.now()));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('tab', { name: 'Document' }).click();
    await expect.poll(() => text.inputValue()).toContain('# three');
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
    await page.goBack();
    await page.getByRole('tab', { name: 'Document' }).click();
    await expect.poll(() => text.inputValue()).toBe(two);
    expect(faults).toEqual([]);
  });

  it('OP-1.3 who may only read the policy sees it and can change nothing', async () => {
    const { page } = await c.signInOperator('lee.ng', { path: 'policy' });
    await page.getByRole('heading', { level: 3, name: 'Logging in' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: /Publish|Edit|Add a rule/ }).count()).toBe(0);
    await page.getByRole('tab', { name: 'Document' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Document' }).isEditable()).toBe(false);
  });

  it('NF-1 NF-2 in three languages, on a phone and a wide screen, light and dark', async () => {
    for (const [locale, name, size, theme] of [
      ['zh-CN', 'phone', { width: 390, height: 844 }, 'light'],
      ['zh-HK', 'wide', { width: 1440, height: 900 }, 'dark'],
      ['en', 'phone', { width: 390, height: 844 }, 'dark'],
    ] as const) {
      const { page, faults } = await c.signInOperator('jun.wu', { path: 'policy', locale, size, theme });
      await page.getByRole('heading', { level: 3 }).first().waitFor();
      await page.locator('section').last().waitFor();
      // What it risks is told in the language of who reads it.
      const risk = { 'zh-CN': '已绑定验证器的账号', 'zh-HK': '已綁定驗證器的帳戶', en: 'Accounts that have bound' }[
        locale
      ];
      await page.locator('section').last().getByText(risk, { exact: false }).first().waitFor();
      await expectGood(page);
      await shot(page, `policy-${locale}-${name}`);
      expect(faults).toEqual([]);
      await c.leave();
    }
  });
});
