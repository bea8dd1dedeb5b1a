// Problems in the caller's language, by Accept-Language (RFC 9110 §12.5.4); codes stay what they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse, ESTAR_X, type TestHouse } from '../kit.ts';

let h: TestHouse & AsyncDisposable;
beforeAll(async () => {
  h = await aHouse();
});
afterAll(() => h.close());

const asked = async (language: string | undefined) => {
  const { status, body, headers } = await h.call(
    'GET',
    '/v1/accounts/799999',
    undefined,
    language === undefined ? {} : { 'accept-language': language },
  );
  return { status, code: body.code as string, title: body.title as string, language: headers['content-language'] };
};
const TITLES = { 'zh-CN': '没有这个账号', 'zh-HK': '沒有此帳戶', en: 'No such account' } as const;

describe('NF-1 languages', () => {
  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-cn', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-HK', 'zh-HK'],
    ['zh-TW', 'zh-HK'],
    ['zh-Hant', 'zh-HK'],
    ['zh-MO;q=0.9', 'zh-HK'],
    ['en', 'en'],
    ['en-GB,zh;q=0.5', 'en'],
    ['fr-FR, zh-HK;q=0.8, en;q=0.5', 'zh-HK'],
    ['fr', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['en;q=0.2, zh-CN;q=0.9', 'zh-CN'],
    ['zh-CN;q=0, zh-HK', 'zh-HK'],
    ['en;q=0', 'en'],
    ['zh-CN;q=abc', 'zh-CN'],
    [',,;q=1,', 'en'],
    [`${'x,'.repeat(4000)}zh-CN`, 'en'],
  ] as const)('NF-1 %s is answered in %s', async (header, language) => {
    expect(await asked(header)).toEqual({ status: 404, code: 'account-unknown', title: TITLES[language], language });
  });
});

describe('whom to call, in the language of whoever asks', () => {
  it("NF-1 contacts, client names and warnings follow the request's language, else the account's", async () => {
    await using h = await aHouse({ preset: 'star-desktop-bind' });
    await h.account('660001', { locale: 'zh-HK' });
    const start = (language?: string) =>
      h.call(
        'POST',
        '/v1/logins',
        { account: '660001', client: { ...ESTAR_X, deviceId: 'phone-1' }, firstFactor: 'verified' },
        language === undefined ? {} : { 'accept-language': language },
      );
    expect((await start('zh-CN')).body.where).toContain('极星 9.3');
    expect((await start('zh-HK')).body).toMatchObject({
      where: expect.stringContaining('極星 9.3'),
      detail: expect.stringContaining('極星 9.3'),
    });
    expect((await start('en')).body.clients).toEqual([
      { id: 'star-9.3', name: 'Star 9.3', minimumVersion: '9.3.43.1175' },
    ]);
    const account = (language?: string) =>
      h.call('GET', '/v1/accounts/660001', undefined, language === undefined ? {} : { 'accept-language': language });
    expect((await account()).body.contact).toBe('客戶服務部 852-2600 0000');
    expect((await account('en')).body.contact).toBe('customer service 852-2600 0000');
  });
});
