// Headings and links of the guides as documents (docs/guides).
import type { Words } from '../words/say.ts';

export const PAPER = {
  language: ['简体中文', '繁體中文（香港）', 'English'],
  title: ['绑定身份验证器：{app}', '綁定身份驗證器：{app}', 'Set up {app}'],
  before: ['开始之前', '開始之前', 'Before you start'],
  versions: [
    '交易客户端须达到以下版本，手机时间设为自动。',
    '交易客戶端須達以下版本，手機時間設為自動。',
    'The trading client must have at least this version, and the phone’s clock must set itself.',
  ],
  get: ['准备验证器', '準備驗證器', 'Get the authenticator'],
  desktop: ['在电脑上绑定', '於電腦綁定', 'Set up on a computer'],
  phone: ['在手机上绑定', '於手機綁定', 'Set up on the phone alone'],
  onlyDesktop: ['只能在电脑上绑定的券商', '只能於電腦綁定的券商', 'Where only the computer can set it up'],
  smsStill: ['短信还能用时', '短訊仍可用時', 'While SMS codes still work'],
  smsEnded: ['短信停用后', '短訊停用後', 'Once SMS codes have ended'],
  next: ['接着', '接著', 'Then'],
  client: ['交易客户端', '交易客戶端', 'the trading client'],
} as const satisfies Record<string, Words>;
