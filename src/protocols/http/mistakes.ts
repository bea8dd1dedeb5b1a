// What is wrong with a request, in the reader's language. Checks and flows say it in English, which is what developers of clients read and what is kept with
// rows of bulk work; operators read the same here in theirs. What is not in the table stays English.
import type { Locale } from '../../contract/problems.ts';

export interface Mistake {
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

type Row = readonly [english: RegExp, zhCN: string, zhHK: string];

/** `$1` and `$2` stand for what the English holds. */
const ROWS: readonly Row[] = [
  // Ajv, as validation.ts has it.
  [/^is missing$/, '未填写', '未填寫'],
  [/^is not a known member$/, '不是已知的字段', '不是已知的欄位'],
  [
    /^holds characters, or has a form, that do not belong here$/,
    '含有不允许的字符，或格式不对',
    '含有不容許的字元，或格式不對',
  ],
  [
    /^is not an IP address: IPv4 or IPv6, without a port$/,
    '不是 IP 地址：IPv4 或 IPv6，不带端口',
    '不是 IP 位址：IPv4 或 IPv6，不連埠號',
  ],
  [/^has a member whose name does not belong here$/, '有不允许的字段名', '有不容許的欄位名稱'],
  [/^must NOT have fewer than (\d+) characters?$/, '至少 $1 个字符', '最少 $1 個字元'],
  [/^must NOT have more than (\d+) characters?$/, '最多 $1 个字符', '最多 $1 個字元'],
  [/^must NOT have fewer than (\d+) items?$/, '至少 $1 项', '最少 $1 項'],
  [/^must NOT have more than (\d+) items?$/, '最多 $1 项', '最多 $1 項'],
  [/^must be >= (\S+)$/, '不能小于 $1', '不能小於 $1'],
  [/^must be <= (\S+)$/, '不能大于 $1', '不能大於 $1'],
  [/^must be (?:string|number|integer|boolean|object|array|null)$/, '类型不对', '類型不對'],
  [/^must be equal to (?:one of the allowed values|constant)(?:: (.+))?$/, '只能是：$1', '只能是：$1'],
  [/^must match format "(.+)"$/, '格式不对（$1）', '格式不對（$1）'],
  [/^must match a schema in anyOf$/, '不符合任何一种允许的形式', '不符合任何一種容許的形式'],
  // Zod, of a row of bulk work.
  [/^Too big: expected string to have <=(\d+) characters$/, '最多 $1 个字符', '最多 $1 個字元'],
  [/^Too small: expected string to have >=(\d+) characters$/, '至少 $1 个字符', '最少 $1 個字元'],
  [/^Invalid input: expected \w+, received undefined$/, '未填写', '未填寫'],
  [/^Invalid option: expected one of (.+)$/, '只能是：$1', '只能是：$1'],
  [/^Invalid string: must match pattern .*$/, '含有不允许的字符，或格式不对', '含有不容許的字元，或格式不對'],
  // The reader of a file of accounts.
  [/^has (\d+) fields where the first row names (\d+)$/, '有 $1 个字段，首行有 $2 列', '有 $1 個欄位，首行有 $2 欄'],
  [/^is more than one account$/, '不止一个账号', '不止一個帳戶'],
  // Flows.
  [/^is the same account as line (\d+)$/, '与第 $1 行是同一账号', '與第 $1 行是同一帳戶'],
  [/^must hold at least one visible character$/, '至少要有一个可见字符', '最少要有一個可見字元'],
  [/^must be one word, such as (.+)$/, '须为一个词，不含空格，例如 $1', '須為一個字詞，不含空格，例如 $1'],
  [/^is not a mail address$/, '不是邮箱地址', '不是電郵地址'],
  [
    /^is not a phone number \(E\.164, or national of (\w+)\)$/,
    '不是手机号码（E.164，或 $1 的本地号码）',
    '不是手機號碼（E.164，或 $1 的本地號碼）',
  ],
  [/^must be at most (\d+), by the policy$/, '按策略不能大于 $1', '按政策不能大於 $1'],
  [
    /^is not allowed: the policy sets pin\.fallback to false$/,
    '策略不允许（pin.fallback 为 false）',
    '政策不容許（pin.fallback 為 false）',
  ],
  [/^says nothing: it would take everybody$/, '没有任何条件，会包括所有人', '沒有任何條件，會包括所有人'],
  [/^must grow, and end with 100$/, '须逐步增大并以 100 结束', '須逐步增大並以 100 結束'],
  [/^name who does this$/, '请注明操作人', '請註明操作人'],
];

/** A message in the language; as it is where the table has no words for it. */
export function inWords(message: string, locale: Locale): string {
  if (locale === 'en') return message;
  const row = ROWS.find(([english]) => english.test(message));
  return row === undefined ? message : message.replace(row[0], row[locale === 'zh-CN' ? 1 : 2]);
}

/** Every mistake with its message in the language. */
export const mistakesIn = (mistakes: readonly Mistake[], locale: Locale): readonly Mistake[] =>
  mistakes.map((one) => ({ ...one, message: inWords(one.message, locale) }));

/** A place with its message, as a row of bulk work keeps it: `/phone is not …` or `email: Too big: …`. */
export function detailIn(detail: string, locale: Locale): string {
  const whole = inWords(detail, locale);
  if (whole !== detail) return whole;
  const [, place = '', message = detail] = /^(\/?[\w./]*):? (.*)$/s.exec(detail) ?? [];
  const said = inWords(message, locale);
  return said === message ? detail : `${place.replace(/^\//, '')}: ${said}`;
}
