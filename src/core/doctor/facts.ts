// In which phases, on which clients, with which values a finding is so: codes with their values, and their words.
import type { Words } from '../locale.ts';

/** What each code is told with. */
interface Values {
  readonly phases: { readonly phases: readonly string[] };
  readonly 'every-phase': object;
  readonly tenants: { readonly tenants: readonly string[] };
  readonly clients: { readonly clients: readonly string[] };
  readonly kinds: { readonly kinds: readonly string[] };
  readonly 'base-url': { readonly url: string };
  readonly listens: { readonly host: string };
  readonly 'http-address': object;
  readonly 'tls-none': object;
  readonly 'without-method': {
    readonly tenant: string;
    readonly accounts: number;
    readonly phases: readonly string[];
  };
  readonly 'database-off': { readonly seconds: number };
  readonly 'per-key': { readonly requests: number };
  readonly 'keys-in-data': object;
  readonly 'demo-keys': object;
  readonly 'tenant-keys': { readonly tenant: string; readonly keys: number };
  readonly 'login-counts': { readonly seconds: number };
  readonly window: { readonly back: number; readonly forward: number };
  readonly lasts: { readonly seconds: number };
  readonly guesses: { readonly guesses: number };
  readonly after: { readonly seconds: number };
  readonly 'whole-account': object;
  readonly 'no-end': object;
  readonly 'notices-off': object;
  readonly switch: { readonly phase: string; readonly cohort: string | null; readonly at: string };
  readonly 'no-limit': object;
  readonly 'sms-hourly': { readonly messages: number };
  readonly 'sms-countries': { readonly countries: number };
  readonly 'sms-lasts': { readonly seconds: number };
  readonly 'no-recovery-codes': object;
  readonly registration: { readonly seconds: number; readonly phones: number };
  readonly 'registration-mails': object;
  readonly digits: { readonly digits: number };
}

/** One circumstance of a finding. The codes are permanent. */
export type Fact = { readonly [C in keyof Values]: { readonly code: C; readonly params: Values[C] } }[keyof Values];

/** A circumstance by its code. */
export const fact = <C extends keyof Values>(code: C, params: Values[C]): Fact => ({ code, params }) as Fact;

const three = (zhCN: string, zhHK: string, en: string): Words => ({ 'zh-CN': zhCN, 'zh-HK': zhHK, en });
const same = (text: string): Words => three(text, text, text);

/** A time as people say it: hours, minutes or seconds. */
function lasting(seconds: number): Words {
  if (seconds >= 3600) {
    const hours = Math.round(seconds / 360) / 10;
    return three(`${hours} 小时`, `${hours} 小時`, `${hours} h`);
  }
  if (seconds < 60) return three(`${seconds} 秒`, `${seconds} 秒`, `${seconds} s`);
  const minutes = Math.round(seconds / 6) / 10;
  return three(`${minutes} 分钟`, `${minutes} 分鐘`, `${minutes} min`);
}
/** The text around a time. */
const timed = (seconds: number, zhCN: string, zhHK: string, en: string): Words => {
  const time = lasting(seconds);
  return three(zhCN.replace('{}', time['zh-CN']), zhHK.replace('{}', time['zh-HK']), en.replace('{}', time.en));
};

const WORDS: { readonly [C in keyof Values]: (values: Values[C]) => Words } = {
  phases: ({ phases }) =>
    three(`在阶段 ${phases.join('、')}`, `在階段 ${phases.join('、')}`, `in phase ${phases.join(' and ')}`),
  'every-phase': () => three('在所有阶段', '在所有階段', 'in every phase'),
  tenants: ({ tenants }) =>
    three(`租户 ${tenants.join('、')}`, `租戶 ${tenants.join('、')}`, `tenant ${tenants.join(', ')}`),
  clients: ({ clients }) => three(clients.join('、'), clients.join('、'), clients.join(', ')),
  kinds: ({ kinds }) => three(`终端 ${kinds.join('、')}`, `終端 ${kinds.join('、')}`, `on ${kinds.join(', ')}`),
  'base-url': ({ url }) => same(url),
  listens: ({ host }) => three(`监听 ${host}`, `監聽 ${host}`, `listens on ${host}`),
  'http-address': () => three('http: 地址', 'http: 地址', 'an http: address'),
  'tls-none': () => three('`none`，发往另一台机器', '`none`，發往另一台機器', '`none`, to another machine'),
  'without-method': ({ tenant, accounts, phases }) =>
    three(
      `租户 ${tenant}：${accounts} 个账号，在阶段 ${phases.join('、')}`,
      `租戶 ${tenant}：${accounts} 個帳戶，在階段 ${phases.join('、')}`,
      `tenant ${tenant}: ${accounts} accounts, in phase ${phases.join(' and ')}`,
    ),
  'database-off': ({ seconds }) =>
    three(`数据库时间相差 ${seconds} 秒`, `數據庫時間相差 ${seconds} 秒`, `the database is ${seconds} s off`),
  'per-key': ({ requests }) =>
    three(`每个 API 密钥 ${requests}`, `每個 API 密鑰 ${requests}`, `${requests} for each API key`),
  'keys-in-data': () => three('密钥文件位于数据目录内', '密鑰檔案位於數據目錄內', 'the key file is in the data folder'),
  'demo-keys': () =>
    three('数据目录中有演示的密钥', '數據目錄中有示範的密鑰', 'the data folder holds the keys of the demo'),
  'tenant-keys': ({ tenant, keys }) =>
    three(`租户 ${tenant}：${keys} 个`, `租戶 ${tenant}：${keys} 個`, `tenant ${tenant}: ${keys}`),
  'login-counts': ({ seconds }) =>
    timed(seconds, '一次登录在 {}内有效', '一次登入在 {}內有效', 'a login counts for {}'),
  window: ({ back, forward }) =>
    three(
      `向后 ${back} 步，向前 ${forward} 步`,
      `向後 ${back} 步，向前 ${forward} 步`,
      `${back} steps back, ${forward} forward`,
    ),
  lasts: ({ seconds }) => lasting(seconds),
  guesses: ({ guesses }) =>
    three(
      `可猜 ${guesses} 次，第五次之后无需等待`,
      `可猜 ${guesses} 次，第五次之後毋須等候`,
      `${guesses} guesses, no wait after the fifth`,
    ),
  after: ({ seconds }) => timed(seconds, '{}后', '{}後', 'after {}'),
  'whole-account': () =>
    three('错误验证码会冻结整个账号', '錯誤驗證碼會凍結整個帳戶', 'wrong codes freeze the whole account'),
  'no-end': () => three('没有设定结束时间', '沒有設定結束時間', 'no end is set'),
  'notices-off': () => three('通知已关闭', '通知已關閉', 'notices are off'),
  switch: ({ phase, cohort, at }) =>
    three(
      `${at}${cohort === null ? '' : ` 批次 ${cohort}`} 切换到 ${phase}`,
      `${at}${cohort === null ? '' : ` 批次 ${cohort}`} 切換到 ${phase}`,
      `${phase}${cohort === null ? '' : ` for ${cohort}`} at ${at}`,
    ),
  'no-limit': () => three('没有设定上限', '沒有設定上限', 'no limit is set'),
  'sms-hourly': ({ messages }) =>
    three(`每个账号每小时 ${messages} 条`, `每個帳戶每小時 ${messages} 條`, `${messages} an hour for one account`),
  'sms-countries': ({ countries }) =>
    three(`可发往 ${countries} 个国家或地区`, `可發往 ${countries} 個國家或地區`, `to ${countries} countries`),
  'sms-lasts': ({ seconds }) => timed(seconds, '验证码 {}内有效', '驗證碼 {}內有效', 'codes good for {}'),
  'no-recovery-codes': () => three('不提供恢复码', '不提供恢復碼', 'recovery codes are not offered'),
  registration: ({ seconds, phones }) =>
    timed(
      seconds,
      `{}内有效，可登记 ${phones} 部手机`,
      `{}內有效，可登記 ${phones} 部手機`,
      `good for {} and ${phones} phones`,
    ),
  'registration-mails': () => three('登记邮件', '登記電郵', 'registration mails'),
  digits: ({ digits }) => three(`${digits} 位`, `${digits} 位`, `${digits} digits`),
};

/** A circumstance in three languages. */
export const wordsOfFact = ({ code, params }: Fact): Words => (WORDS[code] as (values: unknown) => Words)(params);
