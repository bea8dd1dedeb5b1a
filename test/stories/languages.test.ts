// Problems in the caller's language, by Accept-Language (RFC 9110 §12.5.4); codes stay what they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, aHouse, aLogin, bindTotp, ESTAR_X, type TestHouse } from '../kit.ts';

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

describe('what helps after a wrong code', () => {
  it('BF-01 NF-1 is told by where the right one comes from, in three languages', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await bindTotp(h, '700001');
    h.pass(60);
    const told = async (output: string, type: string, language: string) => {
      h.pass(4000);
      const login = await aLogin(h, '700001');
      if (type === 'sms') await h.call('POST', `/v1/logins/${login.id}/send`, { authenticator: smsOf(login) });
      const body = { output, type };
      const wrong = await h.call('POST', `/v1/logins/${login.id}/verify`, body, { 'accept-language': language });
      expect(wrong.body).toMatchObject({ code: 'verification-failed', authenticatorType: type });
      return wrong.body.detail as string;
    };
    const smsOf = (login: Answer['body']): string =>
      (login.authenticators as { id: string; type: string }[]).find(({ type }) => type === 'sms')?.id ?? '';
    expect(await told('12', 'totp', 'zh-CN')).toBe('请等下一个验证码再试。还可尝试 9 次。');
    expect(await told('12', 'totp', 'en')).toBe('Wait for the next code and try again. 8 tries left.');
    expect(await told('12', 'sms', 'zh-CN')).toBe('请查看最新一条短信，或重新发送。还可尝试 9 次。');
    expect(await told('12', 'sms', 'zh-HK')).toBe('請查看最新一則短訊，或重新發送。尚可再試 8 次。');
    expect(await told('12', 'sms', 'en')).toBe('Look at the newest message, or have a code sent again. 7 tries left.');
  });

  it('BF-01 NF-1 an output that could have been of several types is told without guessing which', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await bindTotp(h, '700001');
    h.pass(60);
    const login = await aLogin(h, '700001');
    // An SMS was sent and the app has a code: either could have been typed.
    const sms = (login.authenticators as { id: string; type: string }[]).find(({ type }) => type === 'sms');
    expect((await h.call('POST', `/v1/logins/${login.id}/send`, { authenticator: sms?.id })).status).toBe(202);
    const { body } = await h.call('POST', `/v1/logins/${login.id}/verify`, { output: '12' });
    expect([body.detail, 'authenticatorType' in body]).toEqual(['9 tries left.', false]);
  });
});
