// What messages with a code say, in three languages: to sign in, for a change, for a new mailbox, and to an operator on the telephone.
import type { Words } from '../locale.ts';
import { fill, mailOf } from './words.ts';

const SMS_CODE: Words = {
  'zh-CN': '{sign}验证码 {code}，{m} 分钟内用于登录，切勿告知他人',
  'zh-HK': '{sign}驗證碼 {code}，{m} 分鐘內有效，切勿告知他人',
  en: '{sign}{code} is your sign-in code for {m} min. Never share it',
};

/** Read to an operator over the telephone: it says so, and that it lets nobody in. */
const SMS_CALLER: Words = {
  'zh-CN': '{sign}核身码 {code}，请告知正与您通话的客服，{m} 分钟内有效，不能用于登录',
  'zh-HK': '{sign}核實碼 {code}，請告知正與閣下通話的客戶服務員，{m} 分鐘內有效，不可用於登入',
  en: '{sign}{code}: read it to the agent you are calling. No sign-in code',
};

/** What a code that is mailed is for. */
export type CodeAbout = 'login' | 'change' | 'bind' | 'caller';

const CODE_SUBJECTS: Readonly<Record<CodeAbout, Words>> = {
  login: { 'zh-CN': '登录验证码', 'zh-HK': '登入驗證碼', en: 'your sign-in code' },
  change: { 'zh-CN': '安全设置验证码', 'zh-HK': '保安設定驗證碼', en: 'your code for a change of security settings' },
  bind: { 'zh-CN': '绑定备用邮箱验证码', 'zh-HK': '綁定後備電郵驗證碼', en: 'your code to add a backup mailbox' },
  caller: { 'zh-CN': '客服核身码', 'zh-HK': '客戶服務核實碼', en: 'your code for the agent you are calling' },
};
const CODE_MAILS: Readonly<Record<CodeAbout, Words>> = {
  login: {
    'zh-CN': '验证码 {code}，用于登录 {account}，{m} 分钟内有效。',
    'zh-HK': '驗證碼 {code}，用於登入 {account}，{m} 分鐘內有效。',
    en: '{code} is your code to sign in to {account}. It lasts {m} minutes.',
  },
  change: {
    'zh-CN': '验证码 {code}，用于更改 {account} 的安全设置，{m} 分钟内有效。',
    'zh-HK': '驗證碼 {code}，用於更改 {account} 的保安設定，{m} 分鐘內有效。',
    en: '{code} is your code to change the security settings of {account}. It lasts {m} minutes.',
  },
  bind: {
    'zh-CN': '验证码 {code}，用于把此邮箱设为 {account} 的备用邮箱，{m} 分钟内有效。',
    'zh-HK': '驗證碼 {code}，用於將此電郵設為 {account} 的後備電郵，{m} 分鐘內有效。',
    en: '{code} is your code to make this the backup mailbox of {account}. It lasts {m} minutes.',
  },
  caller: {
    'zh-CN': '核身码 {code}。您正与客服通话时，请告知对方；{m} 分钟内有效，不能用于登录 {account}。',
    'zh-HK': '核實碼 {code}。閣下正與客戶服務員通話時，請告知對方；{m} 分鐘內有效，不可用於登入 {account}。',
    en: '{code}: read it to the agent you are on the phone with. It lasts {m} minutes and signs nobody in to {account}.',
  },
};
const NOT_CALLING: Words = {
  'zh-CN': '如您没有致电客服，请勿把它告诉任何人。',
  'zh-HK': '如閣下沒有致電客戶服務部，切勿告知任何人。',
  en: 'If you did not call us, give it to nobody.',
};
const NOT_YOURS: Words = {
  'zh-CN': '如非您本人操作，无需理会这封邮件，切勿把验证码告诉任何人。',
  'zh-HK': '如非閣下操作，請不要理會此電郵，切勿將驗證碼告知任何人。',
  en: 'If this was not you, ignore this mail and give the code to nobody.',
};

/** A code as a mail: not in the subject, which a locked screen shows. `seconds` is how long it lasts. */
export function codeMail(
  locale: keyof Words,
  issuer: string,
  account: string,
  about: CodeAbout,
  code: string,
  seconds: number,
): { readonly subject: string; readonly text: string } {
  const m = String(Math.max(1, Math.floor(seconds / 60)));
  const grouped = `${code.slice(0, 3)} ${code.slice(3)}`;
  return mailOf(locale, issuer, CODE_SUBJECTS[about][locale], [
    fill(CODE_MAILS[about][locale], { code: grouped, account, m }),
    (about === 'caller' ? NOT_CALLING : NOT_YOURS)[locale],
  ]);
}

/** The text of a code by SMS. `seconds` is how long it lasts. */
export const codeText = (
  locale: keyof Words,
  sign: string,
  code: string,
  seconds: number,
  about: CodeAbout = 'login',
): string =>
  fill((about === 'caller' ? SMS_CALLER : SMS_CODE)[locale], {
    sign,
    code,
    m: String(Math.max(1, Math.floor(seconds / 60))),
  });
