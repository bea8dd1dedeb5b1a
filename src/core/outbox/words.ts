// What messages say, in three languages. An SMS stays within 70 UCS-2 characters: one segment, the code early, no link.
import type { Words } from '../locale.ts';

export type Notice =
  | 'contact-changed'
  | 'bound'
  | 'unbound'
  | 'all-unbound'
  | 'recovery-codes'
  | 'recovery-begun'
  | 'unlocked'
  | 'device-revoked'
  | 'device-bound'
  | 'scanned-by-other'
  | 'login-denied'
  | 'pushes-blocked'
  | 'secured'
  | 'trust-stolen'
  | 'frozen'
  | 'app-password-created'
  | 'app-password-revoked'
  | 'remind'
  | 'ticket-issued'
  | 'ticket-void'
  | 'phone-added'
  | 'phone-removed'
  | 'pin-changed'
  | 'pin-reset'
  | 'bypass-issued'
  | 'bypass-used'
  | 'trust-ended'
  | 'case-opened'
  | 'vetoed'
  | 'restored';

const NOTICES: Readonly<Record<Notice, Words>> = {
  'contact-changed': {
    'zh-CN': '{sign}账号 {account} 的联系方式已更改。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的聯絡資料已更改。如非閣下操作，請致電 {tel}',
    en: '{sign}Account {account}: contact details changed. Not you? Call {tel}',
  },
  bound: {
    'zh-CN': '{sign}账号 {account} 已绑定身份验证器。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已綁定身份驗證器。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: authenticator linked. Not you? Call {tel}',
  },
  unbound: {
    'zh-CN': '{sign}账号 {account} 的身份验证器已解绑。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的身份驗證器已解除綁定。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: authenticator unlinked. Not you? Call {tel}',
  },
  'all-unbound': {
    'zh-CN': '{sign}账号 {account} 的身份验证器及恢复码已失效。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的身份驗證器及備用驗證碼已失效。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: authenticator and codes removed. Not you? Call {tel}',
  },
  'recovery-codes': {
    'zh-CN': '{sign}账号 {account} 已生成恢复码。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已產生備用驗證碼。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: recovery codes made. Not you? Call {tel}',
  },
  'recovery-begun': {
    'zh-CN': '{sign}有人以恢复码申请更改账号 {account} 的验证方式。如非您本人，请致电 {tel}',
    'zh-HK': '{sign}有人以備用驗證碼申請更改帳戶 {account} 的驗證方式。如非閣下，請致電 {tel}',
    en: '{sign}{account}: recovery was asked for. Not you? Call {tel}',
  },
  unlocked: {
    'zh-CN': '{sign}账号 {account} 已解锁。如非您本人要求，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已解鎖。如非閣下要求，請致電 {tel}',
    en: '{sign}{account} was unlocked. Not you? Call {tel}',
  },
  'device-revoked': {
    'zh-CN': '{sign}账号 {account} 移除了一台设备。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 移除了一部裝置。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: a device was removed. Not you? Call {tel}',
  },
  'trust-stolen': {
    'zh-CN': '{sign}账号 {account} 的受信任浏览器疑似被盗用，已停止信任。请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的受信任瀏覽器疑被盜用，已停止信任。請致電 {tel}',
    en: '{sign}{account}: a trusted browser was copied, trust ended. Call {tel}',
  },
  'device-bound': {
    'zh-CN': '{sign}账号 {account} 在一台新设备上登录。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 在一部新裝置登入。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: sign-in on a new device. Not you? Call {tel}',
  },
  'ticket-issued': {
    'zh-CN': '{sign}账号 {account} 已发出手机注册码。如非您本人要求，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已發出手機註冊碼。如非閣下要求，請致電 {tel}',
    en: '{sign}{account}: app registration issued. Not you? Call {tel}',
  },
  'ticket-void': {
    'zh-CN': '{sign}账号 {account} 的注册码因多次输错已作废，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的註冊碼因多次輸錯已作廢，請致電 {tel}',
    en: '{sign}{account}: registration void, wrong codes. Call {tel}',
  },
  'phone-added': {
    'zh-CN': '{sign}账号 {account} 已加入一部手机。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已加入一部手機。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: a phone was added. Not you? Call {tel}',
  },
  'phone-removed': {
    'zh-CN': '{sign}账号 {account} 已移除手机。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已移除手機。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: a phone was removed. Not you? Call {tel}',
  },
  'pin-changed': {
    'zh-CN': '{sign}账号 {account} 的 PIN 已更改。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的 PIN 已更改。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: app PIN changed. Not you? Call {tel}',
  },
  'pin-reset': {
    'zh-CN': '{sign}账号 {account} 的 PIN 已重置。如非您本人要求，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的 PIN 已重設。如非閣下要求，請致電 {tel}',
    en: '{sign}{account}: app PIN reset. Not you? Call {tel}',
  },
  'scanned-by-other': {
    'zh-CN': '{sign}账号 {account} 的登录二维码被他人扫描，已拒绝。如非您在登录，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的登入 QR 圖碼被他人掃瞄，已拒絕。如非閣下在登入，請致電 {tel}',
    en: '{sign}{account}: a stranger scanned a sign-in QR. Call {tel}',
  },
  'login-denied': {
    'zh-CN': '{sign}账号 {account} 的一次登录已被拒绝，有人可能知道密码，请修改。电话 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的一次登入已被拒絕，有人可能知道密碼，請更改。電話 {tel}',
    en: '{sign}{account}: sign-in refused. Change your password. {tel}',
  },
  'pushes-blocked': {
    'zh-CN': '{sign}账号 {account} 的登录请求过多，已暂停一小时。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的登入請求過多，已暫停一小時。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: many sign-in requests, paused. Call {tel}',
  },
  secured: {
    'zh-CN': '{sign}账号 {account} 已从手机退出所有登录。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已於手機登出所有登入。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: signed out everywhere. Not you? Call {tel}',
  },
  frozen: {
    'zh-CN': '{sign}账号 {account} 错误次数过多，验证已冻结。解锁请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 錯誤次數過多，驗證已凍結。解鎖請致電 {tel}',
    en: '{sign}{account} is locked: too many wrong codes. Call {tel}',
  },
  'app-password-created': {
    'zh-CN': '{sign}账号 {account} 已生成客户端专用密码。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已產生應用程式專用密碼。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: app password made. Not you? Call {tel}',
  },
  'app-password-revoked': {
    'zh-CN': '{sign}账号 {account} 的专用密码已停用。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的應用程式專用密碼已停用。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: app password revoked. Not you? Call {tel}',
  },
  'bypass-issued': {
    'zh-CN': '{sign}账号 {account} 已由客服发出临时通行码。如非您本人要求，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已發出臨時通行碼。如非閣下要求，請致電 {tel}',
    en: '{sign}{account}: temporary code issued. Not you? Call {tel}',
  },
  'bypass-used': {
    'zh-CN': '{sign}账号 {account} 以临时通行码登录。如非您本人操作，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 以臨時通行碼登入。如非閣下操作，請致電 {tel}',
    en: '{sign}{account}: temporary code used. Not you? Call {tel}',
  },
  'trust-ended': {
    'zh-CN': '{sign}账号 {account} 的受信任浏览器已由客服移除。如非您本人要求，请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的受信任瀏覽器已被移除。如非閣下要求，請致電 {tel}',
    en: '{sign}{account}: trusted browser removed. Not you? Call {tel}',
  },
  'case-opened': {
    'zh-CN': '{sign}有人向客服申请更改账号 {account} 的验证方式。如非您本人，请致电 {tel}',
    'zh-HK': '{sign}有人申請更改帳戶 {account} 的驗證方式。如非閣下，請致電 {tel}',
    en: '{sign}{account}: a security change was asked for. Not you? Call {tel}',
  },
  vetoed: {
    'zh-CN': '{sign}账号 {account} 已按您的否决暂停使用。恢复请致电 {tel}',
    'zh-HK': '{sign}帳戶 {account} 已按閣下的否決暫停使用。恢復請致電 {tel}',
    en: '{sign}{account} is suspended by your objection. To restore call {tel}',
  },
  restored: {
    'zh-CN': '{sign}账号 {account} 的更改已按您的否决撤销，请修改密码。电话 {tel}',
    'zh-HK': '{sign}帳戶 {account} 的更改已按閣下的否決撤銷，請更改密碼。電話 {tel}',
    en: '{sign}{account}: changes undone. Change your password. {tel}',
  },
  remind: {
    'zh-CN': '{sign}请尽快为账号 {account} 绑定身份验证器，短信验证即将停用。查询 {tel}',
    'zh-HK': '{sign}請盡快為帳戶 {account} 綁定身份驗證器，短訊驗證即將停用。查詢 {tel}',
    en: '{sign}{account}: set up an authenticator, SMS codes end soon. Call {tel}',
  },
};

/** What a mail about it has as its subject, after the issuer's name. */
const SUBJECTS: Readonly<Record<Notice, Words>> = {
  'contact-changed': { 'zh-CN': '联系方式已更改', 'zh-HK': '聯絡資料已更改', en: 'contact details changed' },
  bound: { 'zh-CN': '已绑定身份验证器', 'zh-HK': '已綁定身份驗證器', en: 'authenticator linked' },
  unbound: { 'zh-CN': '身份验证器已解绑', 'zh-HK': '身份驗證器已解除綁定', en: 'authenticator unlinked' },
  'all-unbound': {
    'zh-CN': '身份验证器及恢复码已失效',
    'zh-HK': '身份驗證器及備用驗證碼已失效',
    en: 'authenticator and recovery codes removed',
  },
  'recovery-codes': { 'zh-CN': '已生成恢复码', 'zh-HK': '已產生備用驗證碼', en: 'recovery codes made' },
  'recovery-begun': { 'zh-CN': '有人申请更改验证方式', 'zh-HK': '有人申請更改驗證方式', en: 'recovery was asked for' },
  unlocked: { 'zh-CN': '账号已解锁', 'zh-HK': '帳戶已解鎖', en: 'account unlocked' },
  'device-revoked': { 'zh-CN': '已移除一台设备', 'zh-HK': '已移除一部裝置', en: 'a device was removed' },
  'trust-stolen': {
    'zh-CN': '受信任的浏览器疑似被盗用',
    'zh-HK': '受信任的瀏覽器疑被盜用',
    en: 'a trusted browser was copied',
  },
  'device-bound': { 'zh-CN': '在一台新设备上登录', 'zh-HK': '在一部新裝置登入', en: 'sign-in on a new device' },
  remind: { 'zh-CN': '请绑定身份验证器', 'zh-HK': '請綁定身份驗證器', en: 'set up your authenticator' },
  'ticket-issued': { 'zh-CN': '已发出手机注册码', 'zh-HK': '已發出手機註冊碼', en: 'app registration issued' },
  'ticket-void': { 'zh-CN': '注册码已作废', 'zh-HK': '註冊碼已作廢', en: 'registration void' },
  'phone-added': { 'zh-CN': '已加入一部手机', 'zh-HK': '已加入一部手機', en: 'a phone was added' },
  'phone-removed': { 'zh-CN': '已移除手机', 'zh-HK': '已移除手機', en: 'a phone was removed' },
  'pin-changed': { 'zh-CN': 'PIN 已更改', 'zh-HK': 'PIN 已更改', en: 'app PIN changed' },
  'pin-reset': { 'zh-CN': 'PIN 已重置', 'zh-HK': 'PIN 已重設', en: 'app PIN reset' },
  'bypass-issued': { 'zh-CN': '已发出临时通行码', 'zh-HK': '已發出臨時通行碼', en: 'temporary code issued' },
  'bypass-used': { 'zh-CN': '以临时通行码登录', 'zh-HK': '以臨時通行碼登入', en: 'temporary code used' },
  'trust-ended': { 'zh-CN': '已移除受信任浏览器', 'zh-HK': '已移除受信任瀏覽器', en: 'trusted browser removed' },
  'case-opened': {
    'zh-CN': '有人申请更改验证方式',
    'zh-HK': '有人申請更改驗證方式',
    en: 'a security change was asked for',
  },
  vetoed: { 'zh-CN': '账号已暂停使用', 'zh-HK': '帳戶已暫停使用', en: 'account suspended' },
  restored: { 'zh-CN': '更改已撤销', 'zh-HK': '更改已撤銷', en: 'changes undone' },
  'scanned-by-other': {
    'zh-CN': '有他人扫描登录二维码',
    'zh-HK': '有他人掃瞄登入 QR 圖碼',
    en: 'a stranger scanned your sign-in QR',
  },
  'login-denied': { 'zh-CN': '已拒绝一次登录', 'zh-HK': '已拒絕一次登入', en: 'a sign-in was refused' },
  'pushes-blocked': { 'zh-CN': '登录请求过多', 'zh-HK': '登入請求過多', en: 'too many sign-in requests' },
  secured: { 'zh-CN': '已退出所有登录', 'zh-HK': '已登出所有登入', en: 'signed out everywhere' },
  frozen: { 'zh-CN': '验证已冻结', 'zh-HK': '驗證已凍結', en: 'verification locked' },
  'app-password-created': { 'zh-CN': '已生成专用密码', 'zh-HK': '已產生應用程式專用密碼', en: 'app password made' },
  'app-password-revoked': {
    'zh-CN': '专用密码已停用',
    'zh-HK': '應用程式專用密碼已停用',
    en: 'app password revoked',
  },
};

/** Stands under every mail: what we never do, so that whoever pretends to be us is known by it. */
const NEVER_ASKED: Words = {
  'zh-CN': '我们不会致电、发短信或邮件索取您的验证码。',
  'zh-HK': '本公司不會以電話、短訊或電郵索取閣下的驗證碼。',
  en: 'We never ask for your codes by phone, text message or e-mail.',
};

/** The subject and text of a mail: what it is about, its paragraphs, and what we never ask for. No link, ever. */
export const mailOf = (
  locale: keyof Words,
  issuer: string,
  about: string,
  paragraphs: readonly string[],
): { readonly subject: string; readonly text: string } => ({
  subject: `${issuer}${locale === 'en' ? ': ' : '：'}${about}`,
  text: `${[...paragraphs, NEVER_ASKED[locale]].join('\n\n')}\n\n${issuer}\n`,
});

/** How its owner may object to what an operator did, or take a change back: a code, for some hours, on a page where the policy lets mails hold links. */
export interface Objection {
  readonly code: string;
  readonly hours: number;
  readonly url: string | null;
  /** A change of methods, which is taken back. */
  readonly undoes: boolean;
}

const OBJECT_SMS: Words = { 'zh-CN': '，否决码 {code}', 'zh-HK': '，否決碼 {code}', en: '. Stop code {code}' };
const OBJECT_INSTEAD: Words = { 'zh-CN': '否决码 {code}', 'zh-HK': '否決碼 {code}', en: 'Stop code {code}' };
/** How the words of notices name the telephone. */
const CALL: Words = { 'zh-CN': '请致电 {tel}', 'zh-HK': '請致電 {tel}', en: 'Call {tel}' };
const OBJECT_MAIL: Words = {
  'zh-CN':
    '如非您本人要求，请在 {hours} 小时内在登录页面选择“不是我要求的”，并输入否决码 {code}。账号会暂停使用，客服会与您核实。',
  'zh-HK':
    '如非閣下要求，請於 {hours} 小時內在登入頁面選擇「不是我要求的」，並輸入否決碼 {code}。帳戶會暫停使用，客戶服務部會與閣下核實。',
  en: 'If you did not ask for this, choose "I did not ask for this" on the sign-in page within {hours} hours and enter the stop code {code}. The account is suspended until customer service has spoken with you.',
};
const UNDO_MAIL: Words = {
  'zh-CN':
    '如非您本人操作，请在 {hours} 小时内在登录页面选择“不是我要求的”，并输入否决码 {code}。这次及此后的更改会撤销，所有登录会退出；无法恢复时，账号会暂停使用，由客服与您核实。',
  'zh-HK':
    '如非閣下操作，請於 {hours} 小時內在登入頁面選擇「不是我要求的」，並輸入否決碼 {code}。這次及此後的更改會撤銷，所有登入會登出；未能恢復時，帳戶會暫停使用，由客戶服務部與閣下核實。',
  en: 'If this was not you, choose "I did not ask for this" on the sign-in page within {hours} hours and enter the stop code {code}. This change and those since are undone and everybody is signed out; what cannot be undone suspends the account until customer service has spoken with you.',
};
/** What only a mail has room for, below what happened. */
const MORE: { readonly [N in Notice]?: Words } = {
  restored: {
    'zh-CN':
      '更改之前绑定的验证方式已恢复。所有登录和受信任的浏览器已退出。请修改密码；如原来的验证方式已不在您手中，请致电 {tel}。',
    'zh-HK':
      '更改之前綁定的驗證方式已恢復。所有登入及受信任瀏覽器已登出。請更改密碼；如閣下已沒有原來的驗證方式，請致電 {tel}。',
    en: 'What was bound before works again. Every sign-in and trusted browser has ended. Change your password, and call {tel} if you no longer have what was bound before.',
  },
};

/** A notice as a mail: there is room for all of it. */
export const noticeMail = (
  notice: Notice,
  locale: keyof Words,
  values: { readonly issuer: string; readonly account: string; readonly tel: string },
  objection?: Objection,
): { readonly subject: string; readonly text: string } =>
  mailOf(locale, values.issuer, SUBJECTS[notice][locale], [
    fill(NOTICES[notice][locale], { ...values, sign: '' }),
    ...(MORE[notice] === undefined ? [] : [fill(MORE[notice][locale], values)]),
    ...(objection === undefined
      ? []
      : [
          fill((objection.undoes ? UNDO_MAIL : OBJECT_MAIL)[locale], {
            code: objection.code,
            hours: String(objection.hours),
          }) + (objection.url === null ? '' : `\n${objection.url}`),
        ]),
  ]);

/** The text with `{name}` filled in; names without a value stay empty. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** What a phone that is woken shows: that somebody asks. The rest is asked of us by the app. */
export const ASKED: Words = {
  'zh-CN': '有登录等待您确认，请打开应用查看',
  'zh-HK': '有登入等待閣下確認，請打開應用程式查看',
  en: 'A sign-in asks for you. Open the app to see it',
};

/**
 * The text of a notice about a change: one SMS, always. Where there is no room for everything, the account is named by its end, the contact by its
 * number alone, at last the signature goes, and then the way to object by a code; that something changed, and a number to call, stay. Of a change that
 * can be taken back the code is worth more than the number, which the page shows.
 */
export function noticeText(
  notice: Notice,
  locale: keyof Words,
  values: { sign: string; account: string; tel: string },
  objection?: Objection,
): string {
  const { sign, tel } = values;
  const account =
    values.account.length > 12 ? `${values.account.slice(0, 4)}…${values.account.slice(-4)}` : values.account;
  const end = account.length > 5 ? `…${account.slice(-4)}` : account;
  const number = /\+?\d[\d ()-]{3,}\d/.exec(tel)?.[0] ?? tel;
  const forms = [
    { sign, account, tel },
    { sign, account, tel: number },
    { sign, account: end, tel: number },
    { sign: '', account: end, tel: number },
  ];
  const plain = NOTICES[notice][locale];
  const object = objection === undefined ? [] : [plain + fill(OBJECT_SMS[locale], { code: objection.code })];
  const instead =
    objection?.undoes === true
      ? [plain.replace(CALL[locale], fill(OBJECT_INSTEAD[locale], { code: objection.code }))]
      : [];
  for (const words of [...object, ...instead, plain])
    for (const form of forms) {
      const text = fill(words, form);
      if (text.length <= SMS_UNITS) return text;
    }
  const room = SMS_UNITS - fill(plain, { sign: '', account: end, tel: '' }).length;
  return fill(plain, { sign: '', account: end, tel: number.slice(0, room) });
}

/** UTF-16 code units: what one UCS-2 SMS segment counts; at most 70. */
export const SMS_UNITS = 70;
