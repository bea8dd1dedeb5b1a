import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { IP } from '../../contract/ip.ts';
import { BulkRowInput } from '../../contract/schemas/bulk.ts';
import { detailIn, inWords } from './mistakes.ts';
import { errorsOf, validator } from './validation.ts';

const HAN = /\p{Script=Han}/u;
const schema = z.strictObject({
  text: z.string().min(2).max(4),
  more: z.string().max(2).optional(),
  address: z.string().regex(IP).optional(),
  form: z.string().regex(/^a+$/).optional(),
  count: z.int().min(2).max(5).optional(),
  small: z.int().min(2).optional(),
  one: z.enum(['a', 'b']).optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  lists: z.array(z.string()).max(1).optional(),
  date: z.iso.datetime().optional(),
});

describe('OP-2.1 mistakes in a request', () => {
  it.each([
    ['too short', { text: 'a' }],
    ['missing', {}],
    ['unknown', { text: 'aaa', other: 1 }],
    [
      'everything else',
      {
        text: 'aaa',
        more: 'aaa',
        form: 'b',
        address: '192.0.2.7:443',
        count: 9,
        small: 1,
        one: 'c',
        list: [],
        lists: ['a', 'b'],
        date: 'x',
      },
    ],
    ['types', { text: 1 }],
  ])('are told in Chinese as in English: %s', (_, body) => {
    const errors = errorsOf(validator(schema, 'body')(body));
    expect(errors.length).toBeGreaterThan(0);
    for (const { message } of errors) {
      expect(inWords(message, 'en')).toBe(message);
      expect(inWords(message, 'zh-CN'), message).toMatch(HAN);
      expect(inWords(message, 'zh-HK'), message).toMatch(HAN);
      expect(inWords(message, 'zh-HK')).not.toContain('$');
    }
  });

  it.each([
    [{ account: '1', phone: 'x'.repeat(99) }],
    [{ account: '1', phone: '' }],
    [{ account: '1', locale: 'fr' }],
    [{}],
    [{ account: '1', name: 'a\u0000' }],
  ])('of a row of bulk work too: %j', (row) => {
    const [issue] = BulkRowInput.safeParse(row).error!.issues;
    const detail = `${issue!.path.join('.')}: ${issue!.message}`;
    expect(detailIn(detail, 'zh-CN'), detail).toMatch(HAN);
    expect(detailIn(detail, 'en')).toBe(detail);
  });

  it('keep what they name', () => {
    expect(detailIn('/phone is not a phone number (E.164, or national of HK)', 'zh-HK')).toBe(
      'phone: 不是手機號碼（E.164，或 HK 的本地號碼）',
    );
    expect(inWords('must be at most 8, by the policy', 'zh-CN')).toBe('按策略不能大于 8');
    expect(inWords('something nobody translated', 'zh-CN')).toBe('something nobody translated');
  });
});
