import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TYPE_NAMES } from '../core/authenticator/type.ts';
import { parsePolicy } from './policy.ts';
import { editRollout } from './policy-rollout.ts';

const text = readFileSync(join(import.meta.dirname, '../../presets/star-rollout.yaml'), 'utf8');
const lineOf = (document: string, part: string): number => document.slice(0, document.indexOf(part)).split('\n').length;

/** The one mistake of a document that has one. */
function mistake(document: string): { at: string; line: number | null; message: string } {
  const { errors } = parsePolicy(document);
  expect(errors).not.toBeNull();
  return errors![0]!;
}

describe('OP-2.2 a policy is checked before it is used, and mistakes are told with their place', () => {
  it.each([
    ['a misspelled phase', 'phase: coexist\n  cohorts', 'phase: coexists\n  cohorts', '/rollout/phase', 'coexists'],
    ['an unknown key', 'versioned: [totp]', 'versioned: [totp]\nversionned: [totp]', '', 'versionned'],
    ['a malformed minimum', "'9.3.43.1175'", "'9.3.43.1175-rc'", '/clients/star-9.3/minimumVersion', '9.3.43.1175-rc'],
    ['a minimum that YAML reads as a number', "'3.6.21'", '3.6', '/clients/estar-x/minimumVersion', '3.6\n'],
    [
      'a rule that asks for two things',
      'enrol: [totp]',
      'enrol: [totp]\n    allow: true',
      '/login/4',
      '- name: not bound yet, after',
    ],
    ['an unknown type', 'challenge: [sms]', 'challenge: [fax]', '/login/0/challenge/0', 'fax'],
    [
      'a freeze beyond ten',
      'totp: { algorithm',
      'throttle: { delaysSeconds: [0], freezeAfter: 11 }\ntotp: { algorithm',
      '/throttle/freezeAfter',
      'throttle:',
    ],
  ])('%s', (_, part, instead, at, where) => {
    const document = text.replace(part, instead);
    expect(document).not.toBe(text);
    const found = mistake(document);
    expect(found.at).toBe(at === '' ? '/' : at);
    if (at !== '') expect(found.line).toBe(lineOf(document, where));
    expect(found.message.length).toBeGreaterThan(3);
  });

  it.each([
    ['what the schema knows', text.replace('phase: coexist\n  cohorts', 'phase: coexists\n  cohorts')],
    ['a key nobody knows', `${text}\nversionned: [totp]`],
    ['our own rule', text.replace('issuer: 极星国际', "issuer: 'a:b'")],
    [
      'a name nobody registered',
      text.replace('when: { phase: sms-only }', 'when: { phase: sms-only, client: star-9.4 }'),
    ],
    ['the text itself', `${text}\nname: twice`],
    ['a brace that never closes', `${text}\nsms: { codeSeconds: 1`],
    ['an alias', `${text}\nsms: *none`],
  ])('is told in the language of who reads it: %s', (_, document) => {
    const [english, cn, hk] = (['en', 'zh-CN', 'zh-HK'] as const).map(
      (locale) => parsePolicy(document, locale).errors!,
    );
    expect(cn!.length).toBeGreaterThan(0);
    expect(english!.map((e) => e.message).join()).not.toMatch(/\p{Script=Han}/u);
    for (const errors of [cn!, hk!]) {
      expect(errors.map(({ at, line }) => [at, line])).toEqual(english!.map(({ at, line }) => [at, line]));
      for (const error of errors) expect(error.message).toMatch(/\p{Script=Han}/u);
    }
  });

  it('a rule about a client that is not registered', () => {
    const document = text.replace('when: { phase: sms-only }', 'when: { phase: sms-only, client: star-9.4 }');
    const found = mistake(document);
    expect(found.at).toBe('/login/0/when/client');
    expect(found.message).toContain('star-9.4');
  });

  it('a planned switch without a time zone', () => {
    const document = text.replace('schedule: []', 'schedule: [{ at: 2026-12-01T09:00:00, phase: totp-only }]');
    expect(mistake(document).at).toBe('/rollout/schedule/0/at');
  });

  it('an issuer with a colon, which authenticator apps would split', () => {
    expect(mistake(text.replace('issuer: 极星国际', "issuer: 'a:b'")).at).toBe('/issuer');
  });
});

describe('a hostile policy document', () => {
  it.each([
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n${text}`,
    ],
    ['a single alias', text.replace('versioned: [totp]', 'versioned: &v [totp]').concat('\nx: *v\n')],
    ['a key given twice', `${text}\nname: second\n`],
    ['a client given twice', text.replace('  star-9.3:\n', '  star-9.5:\n')],
    ['too much of it', `${text}\n# ${'x'.repeat(256_000)}`],
    ['a JavaScript tag', text.replace('name: star-rollout', 'name: !!js/function "function () {}"')],
    ['two documents', `${text}\n---\n${text}`],
    ['a list', '- policy: 1'],
    ['nothing', ''],
    ['no YAML at all', '{{{{'],
    ['a NUL', text.replace('name: star', 'name: \u0000star')],
    ['deep nesting', '['.repeat(20_000)],
  ])('%s is refused with a message, never a fault', (_, document) => {
    const { policy, errors } = parsePolicy(document);
    expect(policy).toBeNull();
    expect(errors!.length).toBeGreaterThan(0);
    for (const error of errors!) expect(error.message).not.toBe('');
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])('a client called %s reaches no prototype', (name) => {
    const document = text.replace('  star-9.3:\n', `  ${name}:\n`);
    const { policy } = parsePolicy(document);
    expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
    expect(({} as Record<string, unknown>)['minimumVersion']).toBeUndefined();
    if (policy !== null) expect(Object.getPrototypeOf(policy.clients)).toBe(Object.prototype);
  });

  it('polluting keys beside the rules are refused as unknown', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      parsePolicy(`${text}\n${key}: { polluted: true }\n`);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });
});

describe('ES-6.1 editRollout', () => {
  it('changes the rollout and nothing else: comments, order and the limit stay', () => {
    const edited = editRollout(text.replace('  phase: coexist\n', '  phase: coexist\n  limitAffected: 7\n'), {
      phase: 'totp-only',
      cohorts: { pilot: 'coexist' },
      schedule: [{ at: '2026-12-01T09:00:00+08:00', phase: 'totp-only', cohort: 'pilot' }],
    });
    const { policy } = parsePolicy(edited);
    expect(policy!.rollout).toEqual({
      phase: 'totp-only',
      cohorts: { pilot: 'coexist' },
      schedule: [{ at: '2026-12-01T09:00:00+08:00', phase: 'totp-only', cohort: 'pilot' }],
      limitAffected: 7,
    });
    const comments = (document: string): string[] => document.split('\n').filter((line) => line.trim().startsWith('#'));
    expect(comments(edited)).toEqual(comments(text));
  });
});

describe('the reference of the document', () => {
  it('OP-2.2 names every authenticator type', () => {
    const reference = readFileSync(join(import.meta.dirname, '../../docs/reference/policy.md'), 'utf8');
    const line = /^Types are (.+?)\. /m.exec(reference)?.[1] ?? '';
    expect([...line.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name)).toEqual([...TYPE_NAMES]);
  });
});
