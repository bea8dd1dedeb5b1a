// Problem codes are permanent: this list is what relying parties act on. A new one is added here; none is ever renamed or taken away.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { LOCALES, PROBLEMS, type ProblemCode, problemType, problemWords } from './problems.ts';

const PINNED = {
  'malformed-request': 400,
  'invalid-request': 400,
  unauthenticated: 401,
  'missing-scope': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  'idempotency-key-reused': 422,
  'request-in-progress': 409,
  'shown-once': 409,
  'account-unknown': 404,
  'account-suspended': 403,
  'first-factor-failed': 403,
  'first-factor-not-accepted': 403,
  'client-unknown': 422,
  'client-mismatch': 403,
  'version-malformed': 422,
  'client-too-old': 403,
  'bind-elsewhere': 403,
  'no-method': 403,
  'device-revoked': 403,
  'device-required': 422,
  frozen: 403,
  'verification-failed': 422,
  throttled: 429,
  'too-many-waiting': 429,
  'method-not-offered': 403,
  expired: 410,
  closed: 409,
  'resend-too-soon': 429,
  'not-sendable': 422,
  'sending-paused': 429,
  'channel-missing': 422,
  'binding-not-allowed': 403,
  'mailbox-protected': 422,
  'login-required': 401,
  'already-bound': 409,
  superseded: 409,
  'proof-required': 401,
  'cooling-off': 403,
  'unbind-by-operator': 403,
  'last-authenticator': 409,
  'ticket-unknown': 404,
  'ticket-expired': 410,
  'ticket-used-up': 409,
  'first-factor-needed': 403,
  'signature-invalid': 401,
  'clock-off': 401,
  'phone-revoked': 401,
  'phone-unsynced': 409,
  'pin-key-unsupported': 409,
  'no-mail-address': 422,
  'ticket-elsewhere': 409,
  'wechat-off': 404,
  'wechat-login-failed': 401,
  'wechat-refused': 403,
  'wechat-busy': 503,
  'policy-invalid': 422,
  'policy-changed': 409,
  'nothing-to-do': 409,
  'switch-refused': 409,
  'in-the-past': 422,
  'cutover-running': 409,
  'cutover-state': 409,
  'cutover-checks': 409,
  'cohort-busy': 409,
  'app-passwords-off': 403,
  'too-many-app-passwords': 409,
  'portal-off': 404,
  'cross-site': 403,
  'signed-out': 401,
  'another-account': 409,
  'not-permitted': 403,
  'passkey-refused': 422,
  'link-unknown': 404,
  'own-roles': 403,
  'operator-exists': 409,
  'operator-elsewhere': 409,
  'scope-beyond': 403,
  'captcha-failed': 422,
  'approval-unknown': 404,
  'push-paused': 429,
  'trust-off': 403,
  'too-many-trusted': 409,
  'reason-unknown': 422,
  'caller-check-required': 422,
  'caller-check-failed': 422,
  'too-many-actions': 429,
  'own-case': 403,
  'case-changed': 409,
  'situation-changed': 409,
  'objection-unknown': 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ProblemCode, number>;

const codes = Object.keys(PROBLEMS) as ProblemCode[];
const PAGE = join(import.meta.dirname, '../../docs/reference/problems.md');

describe('IN-1.1 problems', () => {
  it('IN-1.1 codes and statuses are permanent', () => {
    expect(Object.fromEntries(codes.map((code) => [code, PROBLEMS[code].status]))).toEqual(PINNED);
    for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('IN-1.1 each has a title and a detail in three languages, with the same blanks to fill', () => {
    for (const code of codes) {
      const words = LOCALES.map((locale) => problemWords(code, locale, {}));
      for (const { title, detail } of words) {
        expect(title, code).not.toBe('');
        expect(detail, code).not.toBe('');
      }
      const row = PROBLEMS[code];
      const blanks = row.detail.map((text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort());
      // The English "account-unknown" quotes a path; its braces are not a blank.
      if (code !== 'account-unknown') expect(blanks, code).toEqual([blanks[0], blanks[0], blanks[0]]);
      expect(row.title[0], `${code} in simplified Chinese`).toMatch(/\p{Script=Han}/u);
      expect(row.title[1], `${code} in traditional Chinese`).toMatch(/\p{Script=Han}/u);
      expect(row.title[2], `${code} in English`).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('IN-1.1 words are filled from members of the problem, once and as they are', () => {
    expect(problemWords('client-unknown', 'en', { client: '<b>{contact}</b>' }).detail).toBe(
      'The policy registers no client <b>{contact}</b>.',
    );
    expect(problemWords('method-not-offered', 'en', { offered: ['totp', 'sms'] }).detail).toBe(
      'Use one of: totp, sms.',
    );
    expect(problemWords('throttled', 'zh-HK', { retryAfter: 5 }).detail).toBe('請於 5 秒後再試。');
    expect(problemWords('throttled', 'en', { retryAfter: { toString: () => 'x' } }).detail).toBe(
      'Try again in  seconds.',
    );
  });

  it('IN-1.1 every problem an endpoint names exists', () => {
    for (const endpoint of Object.values(ENDPOINTS) as Endpoint[])
      for (const code of endpoint.problems) expect(codes).toContain(code);
  });

  it('IN-1.1 the reference page has a section for each, with its status, words and meaning', () => {
    const page = readFileSync(PAGE, 'utf8');
    const sections = new Map(
      page
        .split(/^## /m)
        .slice(1)
        .map((text) => [text.slice(0, text.indexOf('\n')).trim(), text] as const),
    );
    expect([...sections.keys()]).toEqual(codes);
    for (const code of codes) {
      const text = sections.get(code)!;
      expect(text, code).toContain(`\`${problemType(code)}\``);
      expect(text, code).toContain(`Status ${PROBLEMS[code].status}`);
      for (const title of PROBLEMS[code].title) expect(text, code).toContain(title);
      expect(
        text.split('\n').filter((line) => line.startsWith('What to do: ')),
        code,
      ).toHaveLength(1);
    }
  });
});
