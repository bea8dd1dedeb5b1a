// Finding the code in a message: what the demo's inbox makes big and copies.
import { describe, expect, it } from 'vitest';
import { codeIn } from './bubble.tsx';

describe('the code in a message', () => {
  it.each([
    ['【虎符】验证码 344815，5 分钟内用于登录，切勿告知他人', '344815'],
    ['（發件人 #HUFU）驗證碼 152149，5 分鐘內有效', '152149'],
    ['349013 is your sign-in code, valid 5 min. Never share it', '349013'],
    ['Code: 344 815.', '344815'],
  ])('ES-2.1 is found: %s', (text, code) => {
    expect(codeIn(text)).toBe(code);
  });

  it.each(['Call +85212345678', '客服 12345678', 'no code here'])('ES-2.1 is not a telephone number: %s', (text) => {
    expect(codeIn(text)).toBeNull();
  });
});
