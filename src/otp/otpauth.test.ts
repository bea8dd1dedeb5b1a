import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32 } from './base32.ts';
import { buildOtpauthUri, type OtpauthKey, parseOtpauthUri } from './otpauth.ts';

const secret = decodeBase32('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
const usual: OtpauthKey = {
  issuer: 'Hufu',
  account: '80012345',
  secret,
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
};
const rest = 'algorithm=SHA1&digits=6&period=30';

describe('ES-1.3 the otpauth URI', () => {
  it('ES-1.3 is written in full, issuer in the label and in the parameter', () => {
    expect(buildOtpauthUri(usual)).toBe(
      `otpauth://totp/Hufu:80012345?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hufu&${rest}`,
    );
  });

  it.each([
    ['易星期货', '张三 80012345', '%E6%98%93%E6%98%9F%E6%9C%9F%E8%B4%A7', '%E5%BC%A0%E4%B8%89%2080012345'],
    ['A&B=C', 'a+b@c.hk', 'A%26B%3DC', 'a%2Bb%40c.hk'],
    ["O'Neil (HK)!*", '50% #1/2?', 'O%27Neil%20%28HK%29%21%2A', '50%25%20%231%2F2%3F'],
    ['虎符', '主:子', '%E8%99%8E%E7%AC%A6', '%E4%B8%BB%3A%E5%AD%90'],
    ['Star 𠮷', '😀', 'Star%20%F0%A0%AE%B7', '%F0%9F%98%80'],
  ])('ES-1.3 %s / %s is percent-encoded as RFC 3986 says, never with a plus', (issuer, account, label, name) => {
    const uri = buildOtpauthUri({ ...usual, issuer, account });
    expect(uri).toBe(`otpauth://totp/${label}:${name}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=${label}&${rest}`);
    expect(uri).not.toContain('+');
    expect(parseOtpauthUri(uri)).toEqual({ ...usual, issuer, account });
    // Readers of other makes: the platform's URL parser; label decoded and then split, or split and then decoded.
    const url = new URL(uri);
    expect(url.searchParams.get('issuer')).toBe(issuer);
    const path = url.pathname.replace(/^\/+(totp\/)?/, '');
    expect(decodeURIComponent(path).split(':')[0]).toBe(issuer);
    expect(path.split(':').map(decodeURIComponent)).toEqual([issuer, account]);
  });

  it('ES-1.3 every key survives being written and read', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((text) => text.replace(/\p{Cc}/gu, '').trim());
    const keys = fc.record<OtpauthKey>({
      issuer: name.map((text) => text.replaceAll(':', '')).filter((text) => text.trim() === text && text !== ''),
      account: name.filter((text) => text !== ''),
      secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
      algorithm: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
      digits: fc.constantFrom(6, 7, 8),
      periodSeconds: fc.integer({ min: 1, max: 9999 }),
    });
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseOtpauthUri(buildOtpauthUri(key))).toEqual(key);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a colon in the issuer', { issuer: 'Hufu: HK' }],
    ['no issuer', { issuer: ' ' }],
    ['no account', { account: '' }],
    ['a line end', { account: 'a\nb' }],
    ['half a surrogate pair', { account: 'a\ud800' }],
    ['no secret', { secret: new Uint8Array() }],
    ['a period of 0', { periodSeconds: 0 }],
    ['half a second', { periodSeconds: 0.5 }],
  ])('ES-1.3 refuses to write %s', (_, part) => {
    expect(() => buildOtpauthUri({ ...usual, ...part })).toThrow(RangeError);
  });

  it('ES-1.3 reads what others write: defaults, prefix only, parameter only, padding, lower case, unknown parameters', () => {
    const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(parseOtpauthUri(`otpauth://totp/Hufu:%2080012345?secret=${key}`)).toEqual(usual);
    expect(parseOtpauthUri(`otpauth://totp/Hufu%3A80012345?secret=${key.toLowerCase()}&issuer=Hufu`)).toEqual(usual);
    expect(parseOtpauthUri(`OTPAUTH://TOTP/80012345?issuer=Hufu&SECRET=${key}&algorithm=sha1&image=x`)).toEqual(usual);
    expect(parseOtpauthUri(`otpauth://totp/80012345?secret=${key}`)).toEqual({ ...usual, issuer: '' });
    expect(parseOtpauthUri('otpauth://totp/a+b?secret=MZXQ%3D%3D%3D%3D&digits=8&period=60&algorithm=SHA512')).toEqual({
      issuer: '',
      account: 'a+b',
      secret: decodeBase32('MZXQ'),
      algorithm: 'SHA512',
      digits: 8,
      periodSeconds: 60,
    });
  });

  const broken = [
    'https://totp/Hufu:a?secret=SECRETAA',
    'otpauth://hotp/Hufu:a?secret=SECRETAA&counter=1',
    'otpauth://totp/Hufu:a',
    'otpauth://totp/Hufu:a?secret=SECRETAA#x',
    'otpauth://totp/Hufu:a?issuer=Hufu',
    'otpauth://totp/Hufu:a?secret=',
    'otpauth://totp/Hufu:a?secret=SECRETAA&secret=SECRETAA',
    'otpauth://totp/Hufu:a?SECRETAA',
    'otpauth://totp/Hufu:a?secret=SECRET0A',
    'otpauth://totp/Hufu:a?secret=SECRETAAA',
    'otpauth://totp/Hufu:a?secret=SECRETAA&issuer=Other',
    'otpauth://totp/a?secret=SECRETAA&issuer=A:B',
    'otpauth://totp/?secret=SECRETAA',
    'otpauth://totp/Hufu:?secret=SECRETAA',
    'otpauth://totp/Hufu:%ff?secret=SECRETAA',
    'otpauth://totp/Hufu:a?secret=SECRET%A',
    'otpauth://totp/Hufu:a%0D%0Ab?secret=SECRETAA',
    'otpauth://totp/Hufu:a?secret=SECRETAA&algorithm=MD5',
    'otpauth://totp/Hufu:a?secret=SECRETAA&digits=5',
    'otpauth://totp/Hufu:a?secret=SECRETAA&digits=06',
    'otpauth://totp/Hufu:a?secret=SECRETAA&period=0',
    'otpauth://totp/Hufu:a?secret=SECRETAA&period=30.5',
    'otpauth://totp/Hufu:a?secret=SECRETAA&period=99999',
    `otpauth://totp/Hufu:a?secret=SECRETAA&image=${'x'.repeat(2048)}`,
  ];
  it.each(broken)('ES-1.3 %s is refused, and the refusal does not repeat the secret', (uri) => {
    let refusal: unknown;
    try {
      parseOtpauthUri(uri);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(RangeError);
    expect(String(refusal)).not.toContain('SECRET');
    expect(String((refusal as Error).cause)).not.toContain('SECRET');
  });
});
