import { describe, expect, it } from 'vitest';
import { caretAfter, digitsOf, grouped } from './digits.ts';

describe('a code as it is typed', () => {
  it.each([
    ['344 815', '344815'],
    ['３４４８１５', '344815'],
    [' 344-815 \n', '344815'],
    ['验证码：344815', '344815'],
    ['3448159', '344815'],
    ['', ''],
  ])('NF-2 %j is read as %j', (typed, code) => expect(digitsOf(typed, 6)).toBe(code));

  it('NF-2 is shown in groups, without a space at the end', () => {
    expect(['', '3', '344', '3448', '344815'].map((digits) => grouped(digits))).toEqual([
      '',
      '3',
      '344',
      '344 8',
      '344 815',
    ]);
    expect(grouped('12345678', 8)).toBe('1234 5678');
  });

  it('NF-2 keeps the caret after the digit it was after', () => {
    expect([0, 1, 3, 4, 6].map((before) => caretAfter('344 815', before))).toEqual([0, 1, 3, 5, 7]);
  });
});
