// The registration mail (MO-1.1): plain text that says everything, html that says the same with the QR in it, and no link where the policy wants none.
// The expiry stands with its zone wherever the code does, and in the subject.
import type { Locale, Words } from '../locale.ts';
import type { InlineImage, MailBody } from './message.ts';
import { fill, mailOf } from './words.ts';

export interface RegistrationMail {
  readonly issuer: string;
  readonly account: string;
  /** `XXXXX-XXXXX`. */
  readonly code: string;
  /** ms. */
  readonly expiresAt: number;
  readonly timeZone: string;
  readonly slots: number;
  readonly tel: string;
  readonly pin: { readonly minDigits: number; readonly maxDigits: number };
  /** The app asks for the password before each phone. */
  readonly asksPassword: boolean;
  /** Where the app is; null where mails hold no links. */
  readonly appUrl: string | null;
  /** PNG of the QR. */
  readonly qr: Uint8Array;
}

const CID = 'registration-qr';

interface Parts {
  readonly about: string;
  readonly lead: string;
  readonly account: string;
  readonly code: string;
  readonly until: string;
  readonly phones: string;
  readonly steps: readonly string[];
  readonly password: string;
  readonly withLink: string;
  readonly withoutLink: string;
  readonly notYou: string;
  readonly alt: string;
}

const WORDS: Readonly<Record<Locale, Parts>> = {
  'zh-CN': {
    about: '手机安全码注册（{until} 前有效）',
    lead: '这是账号 {account} 的手机安全码注册。',
    account: '账号：{account}',
    code: '激活码：{code}',
    until: '有效期至：{until}',
    phones: '同一个二维码最多可登记 {slots} 部手机。',
    steps: [
      '{get}',
      '在手机上打开“安全码”应用，点“扫码”，扫描本邮件中的二维码；也可以输入上面的账号和激活码。',
      '在第一部手机上设置 {min} 至 {max} 位 PIN。其他手机扫描后，输入同一个 PIN 完成同步。',
    ],
    password: '每部手机扫描后，应用会先请您输入登录密码。',
    withLink: '在手机浏览器中打开 {url}，并添加到主屏幕。',
    withoutLink: '在手机浏览器中打开本公司网站，进入“双重认证”，把“安全码”应用添加到主屏幕。',
    notYou: '如非您本人申请，请立即致电 {tel}。二维码过期后，请致电同一号码重新发送。',
    alt: '注册二维码',
  },
  'zh-HK': {
    about: '流動保安編碼註冊（{until} 前有效）',
    lead: '這是閣下帳戶 {account} 的流動保安編碼註冊。',
    account: '帳戶：{account}',
    code: '激活碼：{code}',
    until: '有效期至：{until}',
    phones: '同一個 QR 圖碼最多可登記 {slots} 部手機。',
    steps: [
      '{get}',
      '在手機上開啟「流動保安編碼」應用程式，按「掃碼」，掃描本電郵內的 QR 圖碼；亦可輸入以上帳戶及激活碼。',
      '在首部手機設定 {min} 至 {max} 位 PIN。其他手機掃描後，輸入同一個 PIN 完成同步。',
    ],
    password: '每部手機掃描後，應用程式會先請閣下輸入登入密碼。',
    withLink: '在手機瀏覽器開啟 {url}，並加入主畫面。',
    withoutLink: '在手機瀏覽器開啟本公司網站，進入「雙重認證」，把「流動保安編碼」應用程式加入主畫面。',
    notYou: '如非閣下申請，請立即致電 {tel}。QR 圖碼到期後，請致電同一號碼重新發送。',
    alt: '註冊 QR 圖碼',
  },
  en: {
    about: 'register your phone (valid until {until})',
    lead: 'This is the registration of phones for your account {account}.',
    account: 'Account: {account}',
    code: 'Activation code: {code}',
    until: 'Valid until: {until}',
    phones: 'The same QR code is good for up to {slots} phones.',
    steps: [
      '{get}',
      'Open the app on the phone, choose Scan, and scan the QR code in this mail; or type the account and activation code above.',
      'On the first phone choose a PIN of {min} to {max} digits. On every further phone enter the same PIN after scanning.',
    ],
    password: 'After scanning, the app asks for your sign-in password on each phone.',
    withLink: 'Open {url} in the phone’s browser and add it to the home screen.',
    withoutLink:
      'Open our website in the phone’s browser, go to two-factor verification, and add the app to the home screen.',
    notYou:
      'If you did not ask for this, call {tel} at once. When the QR code has expired, call the same number for a new one.',
    alt: 'Registration QR code',
  },
};

/** The mail, in one language. */
export function registrationMail(locale: Locale, mail: RegistrationMail): MailBody {
  const words = WORDS[locale];
  const until = instantIn(locale, mail.timeZone, mail.expiresAt);
  const get = fill(mail.appUrl === null ? words.withoutLink : words.withLink, { url: mail.appUrl ?? '' });
  const values = {
    account: mail.account,
    code: mail.code,
    until,
    slots: String(mail.slots),
    tel: mail.tel,
    get,
    min: String(mail.pin.minDigits),
    max: String(mail.pin.maxDigits),
  };
  const say = (text: string): string => fill(text, values);
  const facts = [say(words.account), say(words.code), say(words.until), say(words.phones)];
  const [first, second, ...last] = words.steps;
  const told = [first, second, ...(mail.asksPassword ? [words.password] : []), ...last].filter((s) => s !== undefined);
  const steps = told.map((step, n) => `${n + 1}. ${say(step)}`);
  const paragraphs = [say(words.lead), facts.join('\n'), steps.join('\n'), say(words.notYou)];
  const { subject, text } = mailOf(locale, mail.issuer, say(words.about), paragraphs);
  const picture: InlineImage = { cid: CID, type: 'image/png', bytes: mail.qr };
  return { subject, text, html: htmlOf(locale, text, words.alt), inline: [picture] };
}

/** The text as html: the QR after the facts, nothing that could run or be fetched. */
function htmlOf(locale: Locale, text: string, alt: string): string {
  const blocks = text.trim().split('\n\n');
  const body = blocks
    .map((block) => `<p style="margin:0 0 16px">${escaped(block).replaceAll('\n', '<br>')}</p>`)
    .toSpliced(
      2,
      0,
      `<p style="margin:0 0 16px"><img src="cid:${CID}" width="246" height="246" alt="${escaped(alt)}"></p>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(blocks[0] ?? '')}</title></head>
<body style="font:16px/1.6 sans-serif;color:#1a1a1a;background:#ffffff;max-width:36em;margin:0 auto;padding:16px">
${body}
</body></html>
`;
}

/** An instant as people of that language write it, with the name of its zone. */
export function instantIn(locale: keyof Words, timeZone: string, at: number): string {
  const day = { year: 'numeric', month: 'long', day: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${new Intl.DateTimeFormat(locale, { timeZone, ...day, ...clock }).format(at)} ${zone ?? timeZone}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
