// The words an account is found by, and which of them lead to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldHan } from './han.ts';
import { HAN } from './han-table.ts';
import { drivers, endOf, isFirstPlace, matchesOf, stagesOf } from './query.ts';
import { foldName, termsOf } from './terms.ts';

const account = (name: string | null, phone: string | null = null, email: string | null = null, number = '700004') => ({
  account: number,
  name,
  phone,
  email,
});
const names = (name: string): readonly string[] => termsOf(account(name)).map((one) => one.term);
/** The order of the index: as UTF-8 is ordered; JavaScript's own differs beyond U+FFFF. */
const byCodePoint = (a: string, b: string): number => {
  const [x, y] = [Array.from(a), Array.from(b)];
  const at = x.findIndex((character, n) => character !== y[n]);
  if (at < 0) return x.length - y.length;
  return (x[at]?.codePointAt(0) ?? 0) - (y[at]?.codePointAt(0) ?? -1);
};
const finds = (typed: string, of: ReturnType<typeof account>): boolean =>
  stagesOf(typed).some((stage) => matchesOf(stage, of).length > 0);

describe('the words of a name', () => {
  it('OP-1.1 begin at every word and at every ideograph', () => {
    expect(names('陈大文')).toEqual(['陈大文', '大文|陈']);
    expect(names('Chan Tai-man')).toEqual(['chan tai man', 'tai man|chan', 'man|chan tai']);
    expect(names('陳大文 David')).toEqual(['陳大文 david', '大文 david|陳', 'david|陳大文', '陈大文 david']);
    expect(names('王')).toEqual(['王']);
    expect(names('𠮷野家')).toEqual(['𠮷野家', '野家|𠮷', '吉野家']);
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
        expect(terms.length).toBeLessThanOrEqual(2 * 24);
        for (const term of terms) expect(Array.from(term).length).toBeLessThanOrEqual(80);
        // Folding what is folded changes nothing: what is typed and what is stored meet.
        expect(foldName(foldName(name))).toBe(foldName(name));
        const folded = foldHan(foldName(name));
        expect(foldHan(folded)).toBe(folded);
        expect(foldName(folded)).toBe(folded);
      }),
    );
  });
});

describe('Chinese characters', () => {
  const words = HAN.trim().split(/\s/);

  it('OP-1.1 are folded once and for all, each into one that stays itself, in what counts as a name', () => {
    const from = words.flatMap((word) => Array.from(word).slice(1));
    expect(new Set(from).size).toBe(from.length);
    for (const word of words) {
      const [to = '', ...others] = Array.from(word);
      for (const one of others) expect(foldHan(one), one).toBe(to);
      expect(foldHan(to), to).toBe(to);
      for (const one of [to, ...others]) expect(foldName(one), one).toBe(one);
      expect(word).toMatch(/^[\p{Script=Han}]{2,}$/u);
    }
  });

  it('OP-1.1 keep the beginnings of a name apart, as spelt and folded, and write nothing twice', () => {
    expect(names('陳國華')).toEqual(['陳國華', '國華|陳', '陈国华', '国华|陈']);
    expect(names('陈国华')).toEqual(['陈国华', '国华|陈']);
    // Behind the turn nothing is looked for.
    expect(names('陳 David')).toEqual(['陳 david', 'david|陳', '陈 david']);
    expect(termsOf(account('陳大文', '+85291235678', 'chan@corp.cn'), 'folded')).toEqual([
      { kind: 'name', term: '陈大文' },
    ]);
    const sets = fc.array(fc.constantFrom(...words.flatMap((word) => Array.from(word)), 'a', ' '), { maxLength: 30 });
    fc.assert(
      fc.property(sets, (characters) => {
        const name = characters.join('');
        const of = account(name);
        const terms = names(name);
        expect(new Set(terms).size).toBe(terms.length);
        // However either is written, the one finds the other.
        if (foldName(name) !== '') {
          expect(finds(foldHan(foldName(name)), of)).toBe(true);
          expect(finds(name, account(foldHan(foldName(name))))).toBe(true);
        }
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
    ['陈国华', '陳國華'],
    ['陳國華', '陈国华'],
    ['陈國华', '陳国華'],
    ['国华', '陳國華'],
    ['國華', '陈国华'],
    ['david 陈', '陳國華 David'],
    ['David 國華', '陈国华 David'],
    ['国安证券', '中國國安證券有限公司'],
    ['國安證券', '国安证券'],
    ['钟', '鍾志強'],
    ['鐘', '鍾志強'],
    ['里', '裏'],
    ['裡', '裏'],
    ['綫', '線'],
    ['线', '綫'],
    ['衞', '衛'],
    ['卫', '衞'],
    ['峯', '峰'],
    ['羣', '群'],
    ['哲', '喆'],
    ['喆', '哲'],
    ['温', '溫'],
    ['叶', '葉'],
    ['栢', '柏'],
    ['吴', '呉'],
  ])('OP-1.1 "%s" finds %s', (typed, name) => {
    expect(finds(typed, account(name))).toBe(true);
  });

  it.each([
    ['文大', '陈大文'],
    ['ai man', 'Chan Tai Man'],
    ['chan wong', 'Chan Tai Man'],
    ['5678', 'Chan Tai Man'],
    ['肖', '蕭'],
    ['付', '傅'],
    ['丘', '邱'],
    ['沈', '沉'],
    ['同', '仝'],
    ['華國', '陈国华'],
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
    const parts = ['chan', 'tai', 'man', '陈', '陳', '大文', '国', '國', '𠮷野', 'wei', '700', '5678'];
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
