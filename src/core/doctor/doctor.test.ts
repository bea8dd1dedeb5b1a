import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../contract/policy.ts';
import { LOCALES } from '../../contract/problems.ts';
import type { Policy } from '../policy/policy.ts';
import { examine, tell } from './finding.ts';
import { HOUSE_RULES, type HouseSubject } from './house-rules.ts';
import { POLICY_RULES } from './policy-rules.ts';

const NOW = Date.UTC(2026, 10, 20, 1);
const text = (preset: string): string =>
  readFileSync(join(import.meta.dirname, `../../../presets/${preset}.yaml`), 'utf8');
function policyOf(document: string): Policy {
  const { policy, errors } = parsePolicy(document);
  if (policy === null) throw new Error(JSON.stringify(errors));
  return policy;
}
const found = (document: string, level?: 'warning' | 'note') =>
  examine(POLICY_RULES, { policy: policyOf(document), now: NOW })
    .filter((f) => level === undefined || f.level === level)
    .map((f) => f.rule);
/** A preset with its text changed; fails when the change changes nothing. */
function changed(preset: string, from: string | RegExp, to: string): string {
  const before = text(preset);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${preset} does not hold ${String(from)}`);
  return after;
}

describe('the doctor on the presets (security.md §1)', () => {
  it('has nothing to warn of in recommended', () => {
    expect(found(text('recommended'), 'warning')).toEqual([]);
  });

  it.each([
    [
      'star-rollout',
      [
        'password-alone-binds',
        'sms-beside-totp',
        'sms-removes-totp',
        'new-number-serves-at-once',
        'operator-removes',
        'stale-login-proves',
        'last-may-go',
        'unlimited-switch',
      ],
    ],
    [
      'star-desktop-bind',
      [
        'password-alone-binds',
        'sms-beside-totp',
        'new-number-serves-at-once',
        'operator-removes',
        'stale-login-proves',
      ],
    ],
    [
      'mobile-otp',
      [
        'password-alone-binds',
        'new-number-serves-at-once',
        'operator-removes',
        'stale-login-proves',
        'freezes-account',
        'unlimited-switch',
        'mailed-registration',
        'links-in-mail',
      ],
    ],
    [
      'mail',
      [
        'password-alone-binds',
        'password-alone-logs-in',
        'recovery-removes-at-once',
        'stale-login-proves',
        'last-may-go',
        'unlimited-switch',
        'mailed-registration',
        'links-in-mail',
        'mailbox-logs-in',
      ],
    ],
  ])('names what %s risks', (preset, warnings) => {
    expect(found(text(preset), 'warning')).toEqual(warnings);
  });

  it('says in which phases, and what to set instead', () => {
    const findings = examine(POLICY_RULES, { policy: policyOf(text('star-rollout')), now: NOW });
    const binds = findings.find((f) => f.rule === 'password-alone-binds')!;
    expect(tell(binds, 'en')).toMatchObject({
      where: 'in phase totp-only',
      at: '/login',
      instead: expect.stringContaining('challenge: [sms]'),
    });
    expect(findings.find((f) => f.rule === 'sms-removes-totp')?.facts).toEqual([
      { code: 'phases', params: { phases: ['coexist'] } },
    ]);
  });

  it('OP-2.1 says it in the language of who reads it: the same codes and values, every text its own', () => {
    const document = `${changed('star-rollout', 'schedule: []', "schedule: [{ at: '2026-11-20T00:00:00Z', phase: totp-only }]")}\nsms: { perAccountPerHour: 50, codeSeconds: 600 }`;
    const all = examine(POLICY_RULES, { policy: policyOf(document), now: NOW });
    for (const one of all) {
      const [cn, hk, en] = LOCALES.map((locale) => tell(one, locale));
      for (const chinese of [cn!, hk!]) {
        expect(chinese.facts).toEqual(en!.facts);
        expect(chinese.risk, one.rule).toMatch(/\p{Script=Han}/u);
        // What is to be typed is the same in every language; only the words around it differ.
        for (const typed of en!.instead.match(/`[a-z][^`…[]*[:`]/g) ?? [])
          expect(chinese.instead, one.rule).toContain(typed);
      }
      expect(en!.risk, one.rule).not.toMatch(/\p{Script=Han}/u);
    }
    const told = (rule: string, locale: 'zh-CN' | 'zh-HK' | 'en') =>
      tell(all.find((f) => f.rule === rule)!, locale).where;
    expect(told('password-alone-binds', 'zh-CN')).toBe('在阶段 totp-only');
    expect(told('past-switch', 'zh-HK')).toBe('2026-11-20T00:00:00Z 切換到 totp-only');
    expect(told('many-sms', 'zh-CN')).toBe('每个账号每小时 50 条；验证码 10 分钟内有效');
    expect(told('many-sms', 'en')).toBe('50 an hour for one account; codes good for 10 min');
  });
});

describe('the doctor on one weaker value', () => {
  it.each([
    ['wide-window', /periodSeconds: 30, window: \{ back: 1/, 'periodSeconds: 30, window: { back: 2'],
    ['long-codes', 'periodSeconds: 30', 'periodSeconds: 60'],
    ['no-minimum-version', "    minimumVersion: '3.6.21'\n", ''],
    ['past-switch', 'schedule: []', "schedule: [{ at: '2026-11-20T00:00:00Z', phase: totp-only }]"],
    ['stranded', '    enrol: [totp]', '    refuse: bind-elsewhere'],
    ['late-delay', /$/, '\nthrottle: { delaysSeconds: [0], freezeAfter: 10 }'],
    ['freeze-ends-soon', /$/, '\nthrottle: { delaysSeconds: [0, 30], freezeAfter: 5, unfreezeSeconds: 600 }'],
    ['password-freeze-stays', /$/, '\npasswordThrottle: { delaysSeconds: [0, 30], freezeAfter: 5 }'],
    ['silent-changes', /$/, '\nnotices: false'],
    ['many-sms', /$/, '\nsms: { perAccountPerHour: 50 }'],
    ['slow-binding', /$/, '\ntimes: { bindingSeconds: 1800 }'],
    ['nameless-devices', /$/, '\ndevices: { bindOnFirstCode: true, required: false }'],
    ['no-recovery', /$/, '\nrecoveryCodes: { offer: false }'],
  ])('finds %s', (rule, from, to) => {
    expect(found(text('star-rollout'))).not.toContain(rule);
    expect(found(changed('star-rollout', from, to))).toContain(rule);
  });

  it('SCN-06 finds a short number for pushes, where the app is asked at all', () => {
    expect(found(text('mobile-otp'))).toContain('short-push-number');
    expect(found(`${text('mobile-otp')}\napprovals: { numberDigits: 6 }`)).not.toContain('short-push-number');
    expect(found(`${text('mobile-otp')}\napprovals: { push: false }`)).not.toContain('short-push-number');
    expect(found(text('recommended'))).not.toContain('short-push-number');
    expect(found(text('star-rollout'))).not.toContain('short-push-number');
  });

  it('REB-06 finds a new number that serves at once, also where it steps up or opens an enrolment', () => {
    const at = (document: string) => found(document).includes('new-number-serves-at-once');
    const recommended = changed('recommended', ', contactCoolingSeconds: 86400', '');
    expect(at(recommended)).toBe(true);
    expect(at(changed('recommended', 'contactCoolingSeconds: 86400', 'contactCoolingSeconds: 3600'))).toBe(false);
  });

  it.each([
    ['one code is enough', '    recovery: [recovery-code, sms]\n    recoveryNeeds: 2', '    recovery: [recovery-code]'],
    ['it waits for nothing', ', recoveryCoolingSeconds: 86400', ''],
  ])('REB-01 finds a recovery that removes at once: %s', (_, from, to) => {
    expect(found(changed('recommended', from, to))).toContain('recovery-removes-at-once');
  });

  it('finds an old login that removes, where the login was not by SMS', () => {
    expect(found(changed('recommended', 'by: step-up', 'by: login'))).toContain('login-removes');
  });

  it('leaves a switch alone that is still to come', () => {
    const coming = changed(
      'star-rollout',
      'schedule: []',
      "schedule: [{ at: '2026-11-21T00:00:00Z', phase: totp-only }]",
    );
    expect(found(coming)).not.toContain('past-switch');
  });
});

describe('the doctor on a house', () => {
  const sound: HouseSubject = {
    host: '127.0.0.1',
    baseUrl: 'https://hufu.example',
    requestsPerSecond: 2000,
    database: 'sqlite',
    keysBesideData: false,
    holdsDemo: false,
    hasSmsGateway: true,
    hasMailServer: true,
    mailInClear: false,
    smsOverHttp: false,
    clockOffMs: 3,
    tenants: [{ id: 'star', policy: policyOf(text('star-rollout')), withoutMethod: 0, endlessKeys: 0 }],
  };
  const star = sound.tenants[0]!;
  const rules = (more: Partial<HouseSubject>) => examine(HOUSE_RULES, { ...sound, ...more }).map((f) => f.rule);

  it('has nothing to say of a sound one', () => {
    expect(rules({})).toEqual([]);
  });

  it.each<[string, Partial<HouseSubject>]>([
    ['demo-data', { holdsDemo: true }],
    ['clear-text', { baseUrl: 'http://hufu.example' }],
    ['open-listener', { host: '0.0.0.0', baseUrl: null }],
    ['no-sms-gateway', { hasSmsGateway: false }],
    ['no-mail-server', { hasMailServer: false }],
    ['mail-in-clear', { mailInClear: true }],
    ['sms-over-http', { smsOverHttp: true }],
    ['accounts-without-method', { tenants: [{ ...star, withoutMethod: 7 }] }],
    ['clocks-differ', { clockOffMs: -5000 }],
    ['loose-limit', { requestsPerSecond: 50_000 }],
    ['keys-beside-data', { keysBesideData: true }],
    ['endless-keys', { tenants: [{ ...star, endlessKeys: 2 }] }],
  ])('finds %s', (rule, more) => {
    expect(rules(more)).toEqual([rule]);
  });

  it('accepts plain HTTP on loopback', () => {
    for (const url of ['http://localhost:8420', 'http://127.0.0.1:8420', 'http://[::1]:8420'])
      expect(rules({ baseUrl: url })).toEqual([]);
  });
});
