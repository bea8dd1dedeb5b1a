// What is wrong with a policy document, in three languages. The schema says its own mistakes in English; zod and the YAML parser theirs.
import { z } from 'zod';
import { LOCALES, type Locale } from './problems.ts';

type Three = readonly [zhCN: string, zhHK: string, en: string];

/** Mistakes that only our own rules know. */
const ROWS = {
  version: ['应为以点连接的数字，加引号', '應為以點連接的數字，加引號', 'is numbers joined by dots, in quotes'],
  colon: [
    '不能含冒号：验证器应用在冒号处分隔',
    '不能含冒號：驗證器應用程式在冒號處分隔',
    'must not hold a colon: authenticator apps split there',
  ],
  'one-client': ['至少需要一个客户端', '最少需要一個客戶端', 'needs at least one client'],
  'one-outcome': [
    '须且只能有 challenge/enrol、allow、refuse 之一',
    '須且只能有 challenge/enrol、allow、refuse 其中之一',
    'needs exactly one of challenge/enrol, allow, refuse',
  ],
  'recovery-needs': [
    'recoveryNeeds 多于 recovery 中的种类',
    'recoveryNeeds 多於 recovery 中的種類',
    'recoveryNeeds is more than there are kinds in recovery',
  ],
  'reason-twice': ['reasons：有代码重复', 'reasons：有代碼重複', 'reasons: a code stands there twice'],
  'time-zone': ['不是 IANA 数据库中的时区', '不是 IANA 數據庫中的時區', 'is not a time zone of the IANA database'],
  'pin-digits': [
    'minDigits 不能大于 maxDigits',
    'minDigits 不能大於 maxDigits',
    'minDigits must not be above maxDigits',
  ],
  'host-name': ['应为主机名', '應為主機名', 'is a host name'],
  address: [
    '应为 IP 地址：nginx 不解析名称',
    '應為 IP 地址：nginx 不解析名稱',
    'is a literal address: nginx resolves no names',
  ],
  'mail-domain': ['应为小写的邮件域名', '應為小寫的電郵網域', 'is a mail domain in lower case'],
  colour: ['应为颜色，例如 #0B5FFF', '應為顏色，例如 #0B5FFF', 'is a colour such as #0B5FFF'],
  https: ['须以 https:// 开头', '須以 https:// 開頭', 'must begin with https://'],
  pattern: ['不是正则表达式', '不是正則表達式', 'is not a regular expression'],
  picture: [
    '应为 PNG、SVG 或 WebP 图片的 data: 地址',
    '應為 PNG、SVG 或 WebP 圖片的 data: 地址',
    'is a data: URL of a PNG, SVG or WebP picture',
  ],
  'ldap-url': [
    '应为 ldaps://host 或 ldap://host',
    '應為 ldaps://host 或 ldap://host',
    'is ldaps://host or ldap://host',
  ],
  'ldap-account': ['须含一次 {account}', '須含一次 {account}', 'must hold {account} once'],
  'ldap-tls': [
    '需要 ldaps:// 或 startTls：密码不能明文传送',
    '需要 ldaps:// 或 startTls：密碼不能明文傳送',
    'needs ldaps:// or startTls: passwords never travel in clear',
  ],
  external: [
    'password: external 需要 external: { url }',
    'password: external 需要 external: { url }',
    'password: external needs external: { url }',
  ],
  ldap: [
    'password: ldap 需要 ldap: { url, userDn }',
    'password: ldap 需要 ldap: { url, userDn }',
    'password: ldap needs ldap: { url, userDn }',
  ],
  'many-accounts': ['超过 500 个账号', '超過 500 個帳戶', 'holds more than 500 accounts'],
  'too-large': ['超过 256,000 个字符', '超過 256,000 個字元', 'is larger than 256,000 characters'],
  nul: ['不能含 NUL 字符', '不能含 NUL 字元', 'must not hold a NUL character'],
  aliases: ['不能使用 YAML 别名', '不能使用 YAML 別名', 'must not use YAML aliases'],
  'portal-version': [
    '须指向没有 minimumVersion 的客户端',
    '須指向沒有 minimumVersion 的客戶端',
    'must name a client without a minimumVersion',
  ],
  'stored-password': [
    'stored 需要 firstFactor 中有 password',
    'stored 需要 firstFactor 中有 password',
    'stored needs password in firstFactor',
  ],
} as const satisfies Readonly<Record<string, Three>>;

/** The same with a value in it. */
const MADE = {
  client: (id: string): Three => [
    `指向客户端 ${id}，但它未登记`,
    `指向客戶端 ${id}，但它未登記`,
    `names the client ${id}, which is not registered`,
  ],
  'long-signature': (length: string, of: string): Three => [
    `${of} 有 ${length} 个字符：短信只容得下 14 个`,
    `${of} 有 ${length} 個字元：短訊只容得下 14 個`,
    `is ${length} characters in ${of}: an SMS has room for 14`,
  ],
  contact: (of: string): Three => [
    `${of} 须为 1 至 60 个字符`,
    `${of} 須為 1 至 60 個字元`,
    `must be 1 to 60 characters in ${of}`,
  ],
} as const;

export type Mistake = keyof typeof ROWS;
/** Finds the words of a mistake in a language. */
export type Speak = (row: Three) => string;
export const speaker = (locale: Locale): Speak => {
  const at = LOCALES.indexOf(locale);
  return (row) => row[at] ?? row[2];
};

/** What a schema says of a mistake: English, and known by it to `inLanguage`. */
export const mistake = (name: Mistake): string => ROWS[name][2];
export const rowOf = (name: Mistake): Three => ROWS[name];
export const made = MADE;

const BY_ENGLISH: ReadonlyMap<string, Three> = new Map(Object.values(ROWS).map((row) => [row[2], row]));
/** Our own mistake in the language; the text as it is when it is none of ours. */
export const inLanguage = (message: string, say: Speak): string => {
  const row = BY_ENGLISH.get(message);
  return row === undefined ? message : say(row);
};

/** How zod says what its own checks find. */
export const ZOD_SAYS = {
  'zh-CN': z.locales.zhCN().localeError,
  'zh-HK': z.locales.zhTW().localeError,
  en: z.locales.en().localeError,
} as const satisfies Readonly<Record<Locale, unknown>>;

/** What the YAML parser finds, by its code; in English it has better words itself, which name the place. */
const YAML: Readonly<Record<string, readonly [zhCN: string, zhHK: string]>> = {
  BAD_INDENT: ['缩进有误', '縮排有誤'],
  TAB_AS_INDENT: ['缩进须用空格，不能用制表符', '縮排須用空格，不能用定位字元'],
  DUPLICATE_KEY: ['键重复', '鍵重複'],
  MISSING_CHAR: ['缺少字符（引号、括号、逗号或冒号）', '缺少字元（引號、括號、逗號或冒號）'],
  MULTILINE_IMPLICIT_KEY: ['键须在一行内，其后要有冒号', '鍵須在一行內，其後要有冒號'],
  KEY_OVER_1024_CHARS: ['键过长', '鍵過長'],
  BLOCK_AS_IMPLICIT_KEY: ['同一行内不能嵌套映射', '同一行內不能巢狀對映'],
  BLOCK_IN_FLOW: ['括号内不能使用缩进的写法', '括號內不能使用縮排的寫法'],
  BAD_SCALAR_START: ['值不能以此字符开头，请加引号', '值不能以此字元開頭，請加引號'],
  BAD_DQ_ESCAPE: ['双引号内的转义有误', '雙引號內的跳脫有誤'],
  UNEXPECTED_TOKEN: ['此处的内容无法读懂', '此處的內容無法讀懂'],
  TAG_RESOLVE_FAILED: ['不支持的 YAML 标签', '不支援的 YAML 標籤'],
  MULTIPLE_DOCS: ['只能有一个 YAML 文档', '只能有一個 YAML 文件'],
  ALIAS_PROPS: ['不能使用 YAML 别名', '不能使用 YAML 別名'],
  BAD_ALIAS: ['不能使用 YAML 别名', '不能使用 YAML 別名'],
};
/** A mistake of the YAML itself. */
export const yamlSays = (code: string, message: string, say: Speak): string => {
  const english = message.split('\n')[0] ?? message;
  const [zhCN, zhHK] = YAML[code] ?? ['YAML 格式有误', 'YAML 格式有誤'];
  return say([zhCN, zhHK, english]);
};
