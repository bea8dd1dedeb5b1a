import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalLookup, canonicalOutput } from './output.ts';

const spellings = {
  plain: '123456',
  'a space': '123 456',
  'a tab': '123\t456',
  'NBSP, narrow NBSP': '123\u00a0\u202f456',
  'an ideographic space': '123\u3000456',
  'U+200B, word joiner, BOM': '\ufeff123\u200b\u2060456',
  'a line end': '123456\r\n',
  'a trailing \\0': '123456\0',
  'other control characters': '\u001b123\u0085456\u007f',
  'direction marks': '\u200e123456\u202c',
  'a soft hyphen': '123\u00ad456',
  'dashes of every kind': '1-2\u20103\u20134\u20145\u22126\ufe58',
  'full-width digits': '１２３４５６',
  'full-width with a full-width dash': '１２３－４５６',
  'mathematical digits': '𝟏𝟐𝟑𝟒𝟓𝟔',
};

describe('ES-4.3 OTP-06 one canonical form', () => {
  it.each(Object.entries(spellings))('ES-4.3 OTP-06 %s', (_, text) => {
    expect(canonicalOutput(text)).toBe('123456');
  });

  it('ES-4.3 OTP-09 zeros are kept', () => {
    expect(canonicalOutput(' 000 123 ')).toBe('000123');
    expect(canonicalOutput('123')).not.toBe(canonicalOutput('000123'));
  });

  it('ES-4.3 OTP-06 digits of other scripts stay what they are: no TOTP code', () => {
    expect(canonicalOutput('١٢٣٤٥٦')).toBe('١٢٣٤٥٦');
  });

  it('ES-4.3 OTP-06 what is too long, before or after, becomes nothing', () => {
    expect(canonicalOutput('1'.repeat(64))).toBe('1'.repeat(64));
    expect(canonicalOutput('1'.repeat(65))).toBe('');
    expect(canonicalOutput(`123456${' '.repeat(59)}`)).toBe('');
    expect(canonicalOutput('\ufdfa'.repeat(60))).toBe('');
    expect(canonicalOutput('')).toBe('');
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom('1', 'e', '\u0301', '\u00a8', '\u200d', '\u0345', 'ｶ', 'ﾞ', '\u1fc1', 'ı', 'l', '\ufdfa'),
      maxLength: 40,
    }),
  );

  it('ES-4.3 OTP-06 canonical is canonical: a second time changes nothing', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(canonicalOutput(canonicalOutput(typed))).toBe(canonicalOutput(typed));
        expect(canonicalLookup(canonicalLookup(typed))).toBe(canonicalLookup(typed));
        expect(canonicalOutput(typed)).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Dash}]/u);
      }),
      { numRuns: 5000 },
    );
  });

  it('ES-4.3 OTP-06 nothing ignored makes a difference, wherever it stands', () => {
    const ignored = fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '\0',
      '\u00a0',
      '\u200b',
      '\u200d',
      '\ufeff',
      '-',
      '\u2013',
      '\u3000',
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{6,8}$/),
        fc.array(fc.tuple(fc.nat(8), ignored), { maxLength: 40 }),
        (code, noise) => {
          let typed = code;
          for (const [where, what] of noise) typed = typed.slice(0, where) + what + typed.slice(where);
          expect(canonicalOutput(typed)).toBe(code);
        },
      ),
    );
  });
});

describe('CM-1.1 recovery codes as people read them from paper', () => {
  it.each([
    ['ab3d-0lio', 'AB3D0110'],
    ['AB3D OLIo', 'AB3D0110'],
    ['ａｂ３ｄ０１１０', 'AB3D0110'],
    ['ab3d\u200b-0110\n', 'AB3D0110'],
  ])('CM-1.1 OTP-06 %s is %s', (typed, canonical) => {
    expect(canonicalLookup(typed)).toBe(canonical);
  });

  it('CM-1.1 only ASCII letters change: no other letter turns into a look-alike', () => {
    expect(canonicalLookup('ıß')).toBe('ıß');
  });
});
