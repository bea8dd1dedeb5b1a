// The words an account is found by, and which of them lead to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drivers, endOf, isFirstPlace, matchesOf, stagesOf } from './query.ts';
import { byCodePoint, foldName, termsOf } from './terms.ts';

const account = (name: string | null, phone: string | null = null, email: string | null = null, number = '700004') => ({
  account: number,
  name,
  phone,
  email,
});
const names = (name: string): readonly string[] => termsOf(account(name)).map((one) => one.term);
const finds = (typed: string, of: ReturnType<typeof account>): boolean =>
  stagesOf(typed).some((stage) => matchesOf(stage, of).length > 0);

describe('the words of a name', () => {
  it('OP-1.1 begin at every word and at every ideograph', () => {
    expect(names('陈大文')).toEqual(['陈大文', '大文|陈']);
    expect(names('Chan Tai-man')).toEqual(['chan tai man', 'tai man|chan', 'man|chan tai']);
    expect(names('陳大文 David')).toEqual(['陳大文 david', '大文 david|陳', 'david|陳大文']);
    expect(names('王')).toEqual(['王']);
    expect(names('𠮷野家')).toEqual(['𠮷野家', '野家|𠮷']);
  });

  it('OP-1.1 are the same however the name is spelt', () => {
    for (const [one, other] of [
      ['José O’Brien', 'jose obrien'],
      ['ＣＨＡＮ　Ｔａｉ', 'chan tai'],
      ['山田　太郎', '山田太郎'],
      ['Đặng Văn Hùng', 'Dang Van Hung'],
      ['Müller-Lüdenscheidt', 'muller ludenscheidt'],
      ['ｶﾞｶﾞ', 'ガガ'],
    ] as const)
      expect(foldName(one)).toBe(foldName(other));
  });

  it('OP-1.1 stay few and short, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const terms = names(name);
        expect(terms.length).toBeLessThanOrEqual(24);
        for (const term of terms) expect(Array.from(term).length).toBeLessThanOrEqual(80);
        // Folding what is folded changes nothing: what is typed and what is stored meet.
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });
});

describe('what is typed', () => {
  it.each([
    ['大文', '陈大文'],
    ['陈大文', '陈大文'],
    ['大疆创新', '深圳市大疆创新科技有限公司'],
    ['tai man', 'Chan Tai Man'],
    ['man chan', 'Chan Tai Man'],
    ['tai dav', 'Chan Tai Man, David'],
    ['david 大文', '陳大文 David'],
    ['MÜLL', 'Jürgen Müller'],
    ['aelf', 'Ǣlfred'],
    ['민수', '김민수'],
    ['علي', 'محمد علي'],
    ['ชาย', 'สมชาย ใจดี'],
    ['太郎', '山田　太郎'],
  ])('OP-1.1 "%s" finds %s', (typed, name) => {
    expect(finds(typed, account(name))).toBe(true);
  });

  it.each([
    ['文大', '陈大文'],
    ['ai man', 'Chan Tai Man'],
    ['chan wong', 'Chan Tai Man'],
    ['5678', 'Chan Tai Man'],
  ])('OP-1.1 "%s" does not find %s', (typed, name) => {
    expect(finds(typed, account(name))).toBe(false);
  });

  it('OP-1.1 finds a phone by its last four digits, whole, or without its country, and never by its beginning or fewer than four', () => {
    const of = account(null, '+85291235678', null, 'a1');
    for (const typed of ['5678', '91235678', '9123 5678', '+852 9123 5678', '85291235678', '091235678'])
      expect(finds(typed, of), typed).toBe(true);
    for (const typed of ['678', '9123', '8529123', '+8529123']) expect(finds(typed, of), typed).toBe(false);
  });

  it('OP-1.1 finds a mail address by its beginning, and an account by its number', () => {
    const of = account(null, null, 'Wei.Chan@corp.cn');
    for (const typed of ['wei.chan@corp.cn', 'WEI.CH', '700004', '7000', '７０００'])
      expect(finds(typed, of), typed).toBe(true);
    for (const typed of ['chan@corp', '0004', 'corp.cn']) expect(finds(typed, of), typed).toBe(false);
  });

  it('OP-1.1 asks for one kind when told so, and for nothing when nothing is typed', () => {
    expect(stagesOf('5678', 'phone').map((stage) => stage.by)).toEqual(['phone']);
    expect(stagesOf('  \u200b ')).toEqual([]);
    expect(stagesOf('#').map((stage) => stage.by)).toEqual(['account', 'account', 'mail']);
  });

  it('OP-1.1 leads to an account by exactly one first place, inside the range of its stage', () => {
    const parts = ['chan', 'tai', 'man', '陈', '大文', '𠮷野', 'wei', '700', '5678'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 }),
        (held, typed) => {
          const of = account(held.join(' '), '+85291235678', `${held.join('.')}@corp.cn`, `${held[0]}1`);
          const stages = stagesOf(typed.join(' '));
          let places = 0;
          for (const [at, stage] of stages.entries()) {
            const prefixes = 'prefix' in stage ? [stage.prefix] : drivers(stage.words).slice(0, 1);
            for (const prefix of prefixes)
              for (const term of new Set(matchesOf(stage, of, prefix))) {
                expect(byCodePoint(term, prefix)).toBeGreaterThanOrEqual(0);
                expect(byCodePoint(term, endOf(prefix))).toBeLessThan(0);
                if (isFirstPlace(stages, at, term, of, prefix)) places++;
              }
          }
          expect(places).toBeLessThanOrEqual(1);
          if (stages.some((stage) => 'prefix' in stage && matchesOf(stage, of).length > 0)) expect(places).toBe(1);
        },
      ),
    );
  });
});
