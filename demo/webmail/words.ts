// What the webmail says, in three languages.

export type Locale = 'zh-CN' | 'zh-HK' | 'en';

interface Texts {
  readonly name: string;
  readonly welcome: string;
  readonly about: string;
  readonly login: string;
  readonly logout: string;
  readonly inbox: string;
  readonly security: string;
  readonly forwarding: string;
  readonly forwardingAbout: string;
  readonly need: string;
  readonly forwardTo: string;
  readonly save: string;
  readonly saved: string;
  readonly back: string;
  readonly proven: string;
  readonly at: string;
  readonly failed: string;
  readonly again: string;
  readonly levels: Readonly<Record<string, string>>;
  readonly served: string;
  readonly madeUp: string;
  readonly unreachable: string;
  readonly empty: string;
  readonly letters: readonly { readonly from: string; readonly subject: string; readonly hoursAgo: number }[];
}

export const WORDS: Readonly<Record<Locale, Texts>> = {
  'zh-CN': {
    name: '云雀邮箱',
    welcome: '欢迎使用云雀邮箱',
    about: '登录由云雀账号中心完成。首次登录后，可在安全设置中开启二次验证。',
    login: '登录邮箱',
    logout: '退出',
    inbox: '收件箱',
    security: '安全设置',
    forwarding: '自动转发',
    forwardingAbout: '更改转发地址前，请重新完成二次验证。',
    need: '请先在安全设置中开启二次验证，再更改转发地址。',
    forwardTo: '转发到',
    save: '保存',
    saved: '已保存。',
    back: '返回收件箱',
    proven: '本次登录',
    at: '验证时间',
    failed: '登录没有完成',
    again: '请重新登录。',
    levels: {
      'urn:hufu:aal1': '仅密码',
      'urn:hufu:aal2': '密码和二次验证',
      'urn:hufu:phr': '密码和通行密钥',
      'urn:hufu:email': '密码和邮件验证码',
    },
    served: '由本机的 Dovecot 邮件服务器提供（IMAP），凭本次登录打开。',
    madeUp: '示例邮件。本机没有安装 Dovecot 2.3，因此没有连接邮件服务器。',
    unreachable: '邮件服务器暂时无法连接，请稍后刷新。',
    empty: '收件箱里没有邮件。',
    letters: [
      { from: '行政部', subject: '下周一起，办公楼门禁改用新卡', hoursAgo: 1 },
      { from: '刘洋', subject: '合同终稿，请确认附件', hoursAgo: 2 },
      { from: '云雀邮箱', subject: '保护您的账号：开启二次验证', hoursAgo: 26 },
    ],
  },
  'zh-HK': {
    name: '雲雀郵箱',
    welcome: '歡迎使用雲雀郵箱',
    about: '登入由雲雀帳戶中心處理。首次登入後，可在安全設定啟用二次驗證。',
    login: '登入郵箱',
    logout: '登出',
    inbox: '收件匣',
    security: '安全設定',
    forwarding: '自動轉寄',
    forwardingAbout: '更改轉寄地址前，請重新完成二次驗證。',
    need: '請先在安全設定啟用二次驗證，再更改轉寄地址。',
    forwardTo: '轉寄至',
    save: '儲存',
    saved: '已儲存。',
    back: '返回收件匣',
    proven: '本次登入',
    at: '驗證時間',
    failed: '登入未完成',
    again: '請重新登入。',
    levels: {
      'urn:hufu:aal1': '只有密碼',
      'urn:hufu:aal2': '密碼及二次驗證',
      'urn:hufu:phr': '密碼及通行密鑰',
      'urn:hufu:email': '密碼及電郵驗證碼',
    },
    served: '由本機的 Dovecot 郵件伺服器提供（IMAP），憑本次登入開啟。',
    madeUp: '示例郵件。本機沒有安裝 Dovecot 2.3，因此沒有連接郵件伺服器。',
    unreachable: '暫時無法連接郵件伺服器，請稍後重新整理。',
    empty: '收件匣內沒有郵件。',
    letters: [
      { from: '行政部', subject: '下星期一起，辦公大樓門禁改用新卡', hoursAgo: 1 },
      { from: '劉洋', subject: '合約終稿，請確認附件', hoursAgo: 2 },
      { from: '雲雀郵箱', subject: '保護你的帳戶：啟用二次驗證', hoursAgo: 26 },
    ],
  },
  en: {
    name: 'Lark Mail',
    welcome: 'Welcome to Lark Mail',
    about:
      'You sign in at the Lark account centre. Once there, you can turn on two-step verification in the security settings.',
    login: 'Sign in',
    logout: 'Sign out',
    inbox: 'Inbox',
    security: 'Security settings',
    forwarding: 'Forwarding',
    forwardingAbout: 'Verify with your second step again before you change where mail is forwarded to.',
    need: 'Turn on two-step verification in the security settings first, then change where mail is forwarded to.',
    forwardTo: 'Forward to',
    save: 'Save',
    saved: 'Saved.',
    back: 'Back to the inbox',
    proven: 'This sign-in',
    at: 'Verified at',
    failed: 'Sign-in did not complete',
    again: 'Please sign in again.',
    levels: {
      'urn:hufu:aal1': 'password only',
      'urn:hufu:aal2': 'password and second step',
      'urn:hufu:phr': 'password and passkey',
      'urn:hufu:email': 'password and mailed code',
    },
    served: 'Served by Dovecot on this machine (IMAP), opened by this sign-in.',
    madeUp:
      'Sample letters. Dovecot 2.3 is not installed on this machine, so there is no mail server behind this page.',
    unreachable: 'The mail server cannot be reached. Reload in a moment.',
    empty: 'No letters.',
    letters: [
      { from: 'Facilities', subject: 'New door cards from Monday', hoursAgo: 1 },
      { from: 'Yang Liu', subject: 'Final contract, please check the attachment', hoursAgo: 2 },
      { from: 'Lark Mail', subject: 'Protect your account: two-step verification', hoursAgo: 26 },
    ],
  },
};

/** The language a browser asks for first. */
export function localeOf(header: string | undefined): Locale {
  const first = (header ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  if (/^zh-(hk|tw|mo|hant)/.test(first)) return 'zh-HK';
  return first.startsWith('zh') ? 'zh-CN' : first.startsWith('en') ? 'en' : 'zh-CN';
}
