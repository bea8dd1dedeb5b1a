// The authenticator types in people's words: name, what it is, and how it is used at login.
import type { Words } from './say.ts';

/** What a page may meet as a type. The server decides which exist; one it does not know is shown by its plain name. */
export const METHODS = ['app', 'totp', 'passkey', 'wechat', 'email', 'sms', 'recovery-code', 'bypass-code'] as const;
export type MethodType = (typeof METHODS)[number];

export const METHOD_NAMES: Readonly<Record<MethodType, Words>> = {
  app: ['Hufu 手机应用', 'Hufu 手機應用程式', 'Hufu app'],
  totp: ['第三方 OTP', '第三方 OTP', 'Third-party OTP'],
  passkey: ['通行密钥', '通行密鑰', 'Passkey'],
  wechat: ['微信', '微信', 'WeChat'],
  email: ['备用邮箱', '備用電郵', 'Backup e-mail'],
  sms: ['短信验证码', '短訊驗證碼', 'SMS code'],
  'recovery-code': ['恢复码', '備用驗證碼', 'Recovery codes'],
  'bypass-code': ['临时通行码', '臨時通行碼', 'Temporary code'],
};

export const METHOD_TEXTS: Readonly<Record<MethodType, Words>> = {
  app: [
    '扫码确认登录，没有网络也能显示验证码。',
    '掃碼確認登入，沒有網絡亦可顯示驗證碼。',
    'Scan to approve, and codes that work without a network.',
  ],
  totp: [
    '腾讯身份验证器、Microsoft、Google 等应用显示的动态验证码。',
    '騰訊身份驗證器、Microsoft、Google 等應用程式顯示的一次性驗證碼。',
    'Codes from Tencent, Microsoft, Google or any other authenticator.',
  ],
  passkey: [
    '用指纹、人脸或安全密钥确认。',
    '以指紋、人臉或保安密鑰確認。',
    'Confirm by fingerprint, face or security key.',
  ],
  wechat: ['用微信扫码确认登录。', '以微信掃碼確認登入。', 'Scan with WeChat to approve.'],
  email: ['验证码发送到另一个邮箱。', '驗證碼發送至另一個電郵地址。', 'Codes sent to another mailbox.'],
  sms: ['验证码发送到登记的手机号码。', '驗證碼發送至登記的手機號碼。', 'Codes sent to your registered number.'],
  'recovery-code': [
    '手机丢失时代替验证码，每个用一次。',
    '遺失手機時代替驗證碼，每個只可用一次。',
    'Stand in when a phone is lost. Each works once.',
  ],
  'bypass-code': [
    '客服核实身份后提供，限时使用，每个用一次。',
    '客戶服務部核實身份後提供，限時使用，每個只可用一次。',
    'Given by customer service for a few hours. Each works once.',
  ],
};

const isMethod = (type: string): type is MethodType => METHODS.some((one) => one === type);
export const methodName = (type: string): Words => (isMethod(type) ? METHOD_NAMES[type] : [type, type, type]);
export const methodText = (type: string): Words => (isMethod(type) ? METHOD_TEXTS[type] : ['', '', '']);
