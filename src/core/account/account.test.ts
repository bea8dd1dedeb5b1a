import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAccount, maskEmail, maskPhone } from './account.ts';

describe('BF-03 canonicalAccount', () => {
  it.each([
    ['Jos\u00e9', 'jose\u0301'],
    ['AB-700004', 'ab-700004'],
    ['７００００４', '700004'],
    [' 700 004 ', '700004'],
    ['700004.', '700004'],
    ['700004. . .', '700004'],
    ['7\u200b00\u00ad004', '700004'],
    ['700004\u0000\n', '700004'],
    ['e\u200b\u0301va', '\u00e9va'],
    ['\ufeff700004', '700004'],
  ])('%j and %j are one account', (a, b) => {
    expect(canonicalAccount(a)).toBe(canonicalAccount(b));
  });

  it('keeps apart what people tell apart', () => {
    expect(canonicalAccount('700004')).not.toBe(canonicalAccount('700005'));
    expect(canonicalAccount('a.b')).not.toBe(canonicalAccount('ab'));
  });

  it('is its own canonical form, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        const once = canonicalAccount(typed);
        expect(canonicalAccount(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not care for case, composition or invisible characters, anywhere', () => {
    const name = fc.stringMatching(/^[a-z0-9\u00e9\u00fc\u00e7@-]{1,20}$/);
    fc.assert(
      fc.property(
        name,
        fc.nat(20),
        fc.constantFrom(' ', '\t', '\u00a0', '\u200b', '\u2060', '\u0000'),
        (typed, where, noise) => {
          const canonical = canonicalAccount(typed);
          expect(canonicalAccount(typed.toUpperCase())).toBe(canonical);
          expect(canonicalAccount(typed.normalize('NFD'))).toBe(canonical);
          const marks = typed.normalize('NFD');
          expect(canonicalAccount(`${marks.slice(0, where)}${noise}${marks.slice(where)}`)).toBe(canonical);
        },
      ),
    );
  });
});

describe('masks tell an owner, not a stranger', () => {
  it('shows the last four digits of a phone', () => {
    expect(maskPhone('+85291235678')).toBe('***5678');
  });

  it.each([
    ['jigeyu@mail.example140.com', 'jig*****@***140.com'],
    ['jigeyuming@163140.com', 'jige*****@***140.com'],
    ['a@b.cn', 'a*****@b.cn'],
    ['wei@backup.example', 'w*****@***kup.example'],
    ['wei@lark.example', 'w*****@***ark.example'],
    ['chan@yahoo.com.hk', 'ch*****@***.com.hk'],
    ['no-at-sign', '***'],
    ['@nobody', '***'],
  ])('%s is shown as %s', (mail, masked) => {
    expect(maskEmail(mail)).toBe(masked);
  });

  it('never shows a whole local part of two or more, nor more than four of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{2,64}$/), fc.stringMatching(/^[a-z]{1,20}\.com$/), (local, domain) => {
        const shown = maskEmail(`${local}@${domain}`).split('*')[0]!;
        expect(shown.length).toBeLessThanOrEqual(Math.min(4, local.length - 1));
        expect(local.startsWith(shown)).toBe(true);
      }),
    );
  });
});
