// The words of the guides page, in three languages.
import type { Words } from '../words/say.ts';

export const WORDS = {
  title: ['绑定身份验证器', '綁定身份驗證器', 'Set up an authenticator'],
  lead: [
    '身份验证器在手机上生成登录用的 6 位验证码，没有网络也能用。按您的情况选好下面几项，再照图操作，大约两分钟。',
    '身份驗證器於手機產生登入用的 6 位驗證碼，沒有網絡亦可使用。請按閣下的情況選妥以下各項，再依圖操作，約需兩分鐘。',
    'An authenticator makes the six-digit codes for signing in, on your phone, even without a network. Choose what applies to you, then follow the pictures. It takes about two minutes.',
  ],
  chooseAuthenticator: ['您用哪个验证器', '閣下使用哪個驗證器', 'Which authenticator'],
  chooseClient: ['在哪里绑定', '於哪裏綁定', 'Where you set it up'],
  chooseDevice: ['在哪里操作', '於哪裏操作', 'Which program'],
  chooseStart: ['现在怎样登录', '現時如何登入', 'How you sign in today'],
  startSms: ['密码加短信验证码', '密碼加短訊驗證碼', 'Password and SMS code'],
  startSmsNote: ['短信与验证器并存', '短訊與驗證器並行', 'SMS and authenticator side by side'],
  startDirect: ['短信已停用', '短訊已停用', 'SMS codes have ended'],
  startDirectNote: ['密码之后直接绑定', '密碼之後直接綁定', 'Setup follows the password'],
  desktop: ['电脑', '電腦', 'Computer'],
  phone: ['手机', '手機', 'Phone'],
  recommended: ['推荐', '推薦', 'Recommended'],
  version: ['{version} 或更高版本', '{version} 或更高版本', '{version} or later'],
  versionNote: [
    '开始前请确认客户端版本：{client}，{version} 或更高。手机时间设为自动。',
    '開始前請確認客戶端版本：{client}，{version} 或更高。手機時間設為自動。',
    'Before you start: {client} must be {version} or later, and the phone’s clock must set itself.',
  ],
  heading: ['{client} · {app}', '{client} · {app}', '{app} with {client}'],
  headingUse: ['在手机上登录{client}', '於手機登入{client}', 'Signing in to {client} on the phone'],
  count: ['共 {n} 步', '共 {n} 步', '{n} steps'],
  print: ['打印', '列印', 'Print'],
  remember: ['请记住', '請緊記', 'Keep in mind'],
  thirtyTitle: ['每 30 秒换一次', '每 30 秒更換', 'A new code every 30 seconds'],
  thirty: [
    '验证码每 30 秒更换，用过一次就失效。总是提示错误时，请把手机时间设为自动。',
    '驗證碼每 30 秒更換，用過一次即失效。如屢次提示錯誤，請將手機時間設為自動。',
    'Codes change every 30 seconds and work once. If they keep failing, let the phone set its clock by itself.',
  ],
  deleteTitle: ['删除条目不等于解绑', '刪除項目不等於解除綁定', 'Deleting is not unlinking'],
  delete: [
    '在验证器里删掉条目，账号仍然是已绑定，登录时照样要验证码。',
    '於驗證器刪除項目，帳戶仍屬已綁定，登入時仍須驗證碼。',
    'If you delete the entry in the app, your account stays linked and still asks for its codes.',
  ],
  contactTitle: ['换手机、丢手机', '更換或遺失手機', 'New or lost phone'],
  contactDealerSms: [
    '短信可用期间，用短信登录后在 TOTP 页面自行解绑，再重新绑定。需要帮助请联系您的交易员{tel}。',
    '短訊可用期間，以短訊登入後於 TOTP 頁自行解除綁定，再重新綁定。如需協助，請聯絡閣下的客戶主任{tel}。',
    'While SMS codes work, sign in by SMS, unlink on the TOTP page and set up again. For help, contact your dealer{tel}.',
  ],
  contactDealer: [
    '请联系您的交易员{tel}。核实身份后由后台解绑，下次登录时重新绑定。',
    '請聯絡閣下的客戶主任{tel}。核實身份後由後台解除綁定，下次登入時重新綁定。',
    'Contact your dealer{tel}. After checking that it is you, they unlink it; the next sign-in sets it up again.',
  ],
  contactService: [
    '请联系客服{tel}。这里不能自行解绑，核实身份后由工作人员解绑。',
    '請聯絡客戶服務部{tel}。此處不能自行解除綁定，核實身份後由職員處理。',
    'Contact customer service{tel}. You cannot unlink it yourself here; staff do so after checking that it is you.',
  ],
  backupTitle: ['备份小程序令牌', '備份小程式令牌', 'Back up the mini-program'],
  backup: [
    '清理微信缓存可能清掉小程序里的条目。请在小程序设置里打开云备份。',
    '清理微信快取可能清除小程式內的項目。請於小程式設定開啟雲端備份。',
    'Clearing WeChat’s cache can wipe the entries. Switch on cloud backup in the mini-program’s settings.',
  ],
  neverTitle: ['验证码只给自己', '驗證碼只供自己使用', 'The code is yours alone'],
  never: [
    '我们不会致电、发短信或邮件索取验证码。',
    '本公司不會以電話、短訊或電郵索取閣下的驗證碼。',
    'We never ask for it by phone, text message or e-mail.',
  ],
} as const satisfies Record<string, Words>;
