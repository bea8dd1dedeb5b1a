import { describe, expect, it } from 'vitest';
import { say, type Words } from './rows.ts';

describe('NF-2 a row with its members', () => {
  const row: Words = ['用{where}扫描{n}次', '以{where}掃瞄{n}次', 'Scan {n} times with {where}'];
  it.each([
    ['zh-HK', 'Hufu app', '以 Hufu app 掃瞄2次'],
    ['zh-HK', '微信', '以微信掃瞄2次'],
    ['zh-CN', 'Hufu 应用', '用 Hufu 应用扫描2次'],
    ['zh-CN', '第三方 OTP', '用第三方 OTP 扫描2次'],
    ['en', 'WeChat', 'Scan 2 times with WeChat'],
  ] as const)('NF-2 in %s with %s keeps Chinese and Latin letters apart', (locale, where, said) => {
    expect(say(row, locale, { where, n: 2 })).toBe(said);
  });

  it('NF-2 keeps the spaces there are, and leaves nothing for a member that is not given', () => {
    expect(say(['验证 {name} 完成', '', ''], 'zh-CN', { name: 'TOTP' })).toBe('验证 TOTP 完成');
    expect(say(['{name}，您好', '', ''], 'zh-CN')).toBe('，您好');
  });
});
