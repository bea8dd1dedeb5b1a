// What the doctor says of a house: its configuration and the data at hand.
import type { RuleWords } from './policy-words.ts';

export const HOUSE_WORDS = {
  'demo-data': {
    risk: {
      'zh-CN': '演示的租户也由此服务：它们的密码和操作员是公开的，API 密钥可从演示页面读到。',
      'zh-HK': '示範的租戶亦由此服務：它們的密碼和操作員是公開的，API 密鑰可從示範頁面讀到。',
      en: 'The tenants of the demo are served too: their passwords and operators are published, and the demo shows its API keys to everybody.',
    },
    instead: {
      'zh-CN': '为正式的数据另设目录：`data`、`--data` 或 HUFU_DATA。',
      'zh-HK': '為正式的數據另設目錄：`data`、`--data` 或 HUFU_DATA。',
      en: 'A folder of its own for what is in earnest: `data`, `--data` or HUFU_DATA.',
    },
  },
  'clear-text': {
    risk: {
      'zh-CN': '验证码、API 密钥和新的密钥以明文经过网络。',
      'zh-HK': '驗證碼、API 密鑰和新的密鑰以明文經過網絡。',
      en: 'Codes, API keys and new secrets cross the network in clear.',
    },
    instead: {
      'zh-CN': '在前面设置 TLS 代理，并设 `baseUrl: https://…`。',
      'zh-HK': '在前面設置 TLS 代理，並設 `baseUrl: https://…`。',
      en: 'Put a TLS proxy in front and set `baseUrl: https://…`.',
    },
  },
  'open-listener': {
    risk: {
      'zh-CN': 'API 本身使用普通 HTTP：网络上的任何人都能在此地址访问它，并读到经过的内容。',
      'zh-HK': 'API 本身使用普通 HTTP：網絡上的任何人都能在此地址存取它，並讀到經過的內容。',
      en: 'The API itself speaks plain HTTP: on this address anyone on the network can reach it, and read what passes.',
    },
    instead: {
      'zh-CN': '在 TLS 代理之后用 `host: 127.0.0.1`；代理在另一台机器时，用专用网络和 `baseUrl: https://…`。',
      'zh-HK': '在 TLS 代理之後用 `host: 127.0.0.1`；代理在另一台機器時，用專用網絡和 `baseUrl: https://…`。',
      en: '`host: 127.0.0.1` behind a TLS proxy; or, when the proxy is on another machine, a private network, and `baseUrl: https://…`.',
    },
  },
  'no-sms-gateway': {
    risk: {
      'zh-CN': '策略要发送短信验证码，但没有配置网关：无人能收到。',
      'zh-HK': '政策要發送短訊驗證碼，但沒有設定閘道：無人能收到。',
      en: 'The policy sends SMS codes and no gateway is configured: nobody gets one.',
    },
    instead: {
      'zh-CN': '在配置中设 `sms: { url: https://…, authorization: … }`，或 HUFU_SMS_URL。',
      'zh-HK': '在設定檔中設 `sms: { url: https://…, authorization: … }`，或 HUFU_SMS_URL。',
      en: '`sms: { url: https://…, authorization: … }` in the configuration, or HUFU_SMS_URL.',
    },
  },
  'sms-over-http': {
    risk: {
      'zh-CN': '验证码以明文发往短信网关。',
      'zh-HK': '驗證碼以明文發往短訊閘道。',
      en: 'Codes go to the SMS gateway in clear.',
    },
    instead: {
      'zh-CN': '使用网关的 https: 地址。',
      'zh-HK': '使用閘道的 https: 地址。',
      en: 'The https: address of the gateway.',
    },
  },
  'no-mail-server': {
    risk: {
      'zh-CN': '策略也以邮件通知更改，但没有配置邮件服务器：无人能收到。',
      'zh-HK': '政策亦以電郵通知更改，但沒有設定郵件伺服器：無人能收到。',
      en: 'The policy tells people of changes by mail too, and no mail server is configured: nobody gets one.',
    },
    instead: {
      'zh-CN': '在配置中设 `smtp: { host: …, from: … }`，或 HUFU_SMTP_HOST 和 HUFU_SMTP_FROM。',
      'zh-HK': '在設定檔中設 `smtp: { host: …, from: … }`，或 HUFU_SMTP_HOST 和 HUFU_SMTP_FROM。',
      en: '`smtp: { host: …, from: … }` in the configuration, or HUFU_SMTP_HOST and HUFU_SMTP_FROM.',
    },
  },
  'mail-in-clear': {
    risk: {
      'zh-CN': '验证码、登记邮件和邮件服务器的密码以明文发送。',
      'zh-HK': '驗證碼、登記電郵和郵件伺服器的密碼以明文傳送。',
      en: 'Codes and registration mails go to the mail server in clear, and its password with them.',
    },
    instead: {
      'zh-CN': '`tls: starttls` 或 `tls: implicit`。',
      'zh-HK': '`tls: starttls` 或 `tls: implicit`。',
      en: '`tls: starttls` or `tls: implicit`.',
    },
  },
  'accounts-without-method': {
    risk: {
      'zh-CN': '这些账号没有手机号码，也未绑定任何方式：在该阶段完全无法登录。',
      'zh-HK': '這些帳戶沒有手機號碼，亦未綁定任何方式：在該階段完全無法登入。',
      en: 'These accounts have no phone number and nothing bound: in that phase they cannot log in at all.',
    },
    instead: {
      'zh-CN': '请在切换之前导入手机号码（`hufu account import`）。',
      'zh-HK': '請在切換之前匯入手機號碼（`hufu account import`）。',
      en: 'Import their phone numbers (`hufu account import`) before the switch.',
    },
  },
  'clocks-differ': {
    risk: {
      'zh-CN': '验证码以数据库的时间判断：时间有误，正确的验证码会被拒绝。',
      'zh-HK': '驗證碼以數據庫的時間判斷：時間有誤，正確的驗證碼會被拒絕。',
      en: 'Codes are judged by the database’s clock: when it is wrong, right codes are refused.',
    },
    instead: {
      'zh-CN': '请为两台机器对时（chrony、systemd-timesyncd）。',
      'zh-HK': '請為兩台機器對時（chrony、systemd-timesyncd）。',
      en: 'Synchronise both machines (chrony, systemd-timesyncd).',
    },
  },
  'loose-limit': {
    risk: {
      'zh-CN': '上限高于一台机器的处理能力，等于没有保护：失控或被盗的密钥会占用全部。',
      'zh-HK': '上限高於一台機器的處理能力，等於沒有保護：失控或被盜的密鑰會佔用全部。',
      en: 'The limit is above what one machine answers, so it protects nothing: a runaway or stolen key takes all of it.',
    },
    instead: {
      'zh-CN': '`requestsPerSecond: 2000`，或最繁忙一秒的两倍。',
      'zh-HK': '`requestsPerSecond: 2000`，或最繁忙一秒的兩倍。',
      en: '`requestsPerSecond: 2000`, or twice your busiest second.',
    },
  },
  'keys-beside-data': {
    risk: {
      'zh-CN': '目录的一份副本同时含有数据库和打开它的密钥；一块硬盘损坏也会同时失去两者。',
      'zh-HK': '目錄的一份副本同時含有數據庫和打開它的密鑰；一個硬碟損壞亦會同時失去兩者。',
      en: 'One copy of the folder has both the database and the key that opens it; and one lost disk takes both.',
    },
    instead: {
      'zh-CN': '请将密钥文件与数据库分开备份，或为 `keyFile` 另设位置，例如 systemd 凭据。',
      'zh-HK': '請將密鑰檔案與數據庫分開備份，或為 `keyFile` 另設位置，例如 systemd 憑證。',
      en: 'Back the key file up apart from the database, or give `keyFile` a place of its own, such as a systemd credential.',
    },
  },
  'endless-keys': {
    risk: {
      'zh-CN': '永不过期的 API 密钥，无论曾被复制到哪里都一直有效。',
      'zh-HK': '永不到期的 API 密鑰，不論曾被複製到哪裏都一直有效。',
      en: 'API keys that never expire stay good wherever they were once copied to.',
    },
    instead: {
      'zh-CN': '`hufu api-key create … --expires 365d`，并在日历中记下更新日期。',
      'zh-HK': '`hufu api-key create … --expires 365d`，並在行事曆中記下更新日期。',
      en: '`hufu api-key create … --expires 365d`, and a day in the calendar to renew them.',
    },
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
export type HouseRuleName = keyof typeof HOUSE_WORDS;
