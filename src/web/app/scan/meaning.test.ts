import { describe, expect, it } from 'vitest';
import { meaningOf } from './meaning.ts';

describe('MO-2.1 what a scanned text means', () => {
  const here = 'https://hufu.example';
  it.each([
    ['https://hufu.example/s/01ABCDEFGHJKMNPQRSTVWXYZ23', { kind: 'token', token: '01ABCDEFGHJKMNPQRSTVWXYZ23' }],
    [' https://hufu.example/s/abcdefgh \n', { kind: 'token', token: 'abcdefgh' }],
    ['https://hufu.example.evil.test/s/abcdefgh', { kind: 'foreign', host: 'hufu.example.evil.test' }],
    ['https://hufu.example@evil.test/s/abcdefgh', { kind: 'foreign', host: 'evil.test' }],
    ['http://hufu.example/s/abcdefgh', { kind: 'foreign', host: 'hufu.example' }],
    ['https://hufu.example:8443/s/abcdefgh', { kind: 'foreign', host: 'hufu.example:8443' }],
    ['https://hufu.example/elsewhere', { kind: 'other' }],
    ['https://hufu.example/s/', { kind: 'other' }],
    ['https://hufu.example/s/a/../../x', { kind: 'other' }],
    ['otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ', { kind: 'other' }],
    ['javascript:alert(1)', { kind: 'other' }],
    ['700004', { kind: 'other' }],
  ])('MO-2.1 %s', (text, meaning) => {
    expect(meaningOf(text, here)).toEqual(meaning);
  });
});
