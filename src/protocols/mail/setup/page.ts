// The page behind a one-time link: looking at it spends nothing (previews and scanners look), its button does. No script, no style, three languages.
import { escaped } from './xml.ts';

const WORDS = {
  'zh-CN': {
    title: '设置邮件',
    lead: '点按下面的按钮，下载邮件描述文件。链接只能使用一次，五分钟内有效。',
    after: '下载后请打开“设置”，点按“已下载描述文件”并安装。在微信中打开的，请先选择“在浏览器打开”。',
    button: '下载描述文件',
    expired: '链接已失效',
    again: '它已被使用或已过期。请回到“客户端登录”，生成新的专用密码。',
  },
  'zh-HK': {
    title: '設定郵件',
    lead: '請按下面的按鈕，下載郵件描述檔。連結只可使用一次，五分鐘內有效。',
    after: '下載後請開啟「設定」，點按「已下載描述檔」並安裝。如在微信中開啟，請先選擇「在瀏覽器開啟」。',
    button: '下載描述檔',
    expired: '連結已失效',
    again: '它已被使用或已過期。請返回「客戶端登入」，產生新的應用程式專用密碼。',
  },
  en: {
    title: 'Set up mail',
    lead: 'Tap the button to download the mail profile. The link works once, within five minutes.',
    after: 'Then open Settings, tap Profile Downloaded, and install it.',
    button: 'Download the profile',
    expired: 'This link no longer works',
    again: 'It was used or has expired. Go back to Client logins and make a new app password.',
  },
} as const;
type Language = keyof typeof WORDS;

/** Chinese as it is written where the reader is, or English (RFC 9110 §12.5.4, the first that is ours). */
export function languageOf(header: string | undefined): Language {
  for (const tag of (header ?? '').slice(0, 200).toLowerCase().split(',')) {
    if (/^\s*zh-(hant|hk|tw|mo)\b/.test(tag)) return 'zh-HK';
    if (/^\s*zh\b/.test(tag)) return 'zh-CN';
    if (/^\s*en\b/.test(tag)) return 'en';
  }
  return 'en';
}

/** What a page of this kind may do: post its form to us. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const page = (language: Language, title: string, body: string): string =>
  `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${escaped(title)}</title></head>\n<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>\n`;

/** Shown for every link, good or not: whether it is good is told by using it. */
export function profilePage(language: Language): string {
  const words = WORDS[language];
  return page(
    language,
    words.title,
    `<p>${escaped(words.lead)}</p><form method="post"><button>${escaped(words.button)}</button></form><p>${escaped(words.after)}</p>`,
  );
}

export const expiredPage = (language: Language): string =>
  page(language, WORDS[language].expired, `<p>${escaped(WORDS[language].again)}</p>`);
