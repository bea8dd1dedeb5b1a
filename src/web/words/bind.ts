// What binding says, at a forced enrolment and in the settings.
import type { Words } from './say.ts';

export const BIND = {
  pickTitle: ['选择一种验证方式', '選擇一種驗證方式', 'Choose a method'],
  recommended: ['推荐', '建議', 'Recommended'],

  totpTitle: ['绑定第三方 OTP', '綁定第三方 OTP', 'Set up a third-party OTP'],
  totpPick: ['使用哪个应用？', '使用哪個應用程式？', 'Which app do you use?'],
  totpTencent: ['腾讯', '騰訊', 'Tencent'],
  totpTencentText: [
    '在微信中打开小程序「腾讯身份验证器」，点「二维码激活」，并在设置里备份令牌。',
    '於微信開啟小程式「腾讯身份验证器」，按「二维码激活」，並在設定備份令牌。',
    'In WeChat open the mini-program 腾讯身份验证器, tap 二维码激活, and back the entry up in its settings.',
  ],
  totpMicrosoft: ['Microsoft', 'Microsoft', 'Microsoft'],
  totpMicrosoftText: [
    '打开 Microsoft Authenticator，点「添加账户」，选择「其他」。',
    '開啟 Microsoft Authenticator，按「新增帳戶」，選擇「其他」。',
    'Open Microsoft Authenticator, tap Add account, then Other.',
  ],
  totpGoogle: ['Google', 'Google', 'Google'],
  totpGoogleText: [
    '打开 Google Authenticator，点右下角加号，选择「扫描二维码」。',
    '開啟 Google Authenticator，按右下角加號，選擇「掃瞄 QR 圖碼」。',
    'Open Google Authenticator, tap the plus sign, then Scan a QR code.',
  ],
  totpOther: ['其他', '其他', 'Another'],
  totpOtherText: [
    '任何支持 TOTP 的应用或密码管理器都可以：添加一个账户，扫描二维码。',
    '任何支援 TOTP 的應用程式或密碼管理工具均可：新增帳戶，掃瞄 QR 圖碼。',
    'Any app or password manager with TOTP works: add an account and scan the code.',
  ],
  totpQr: ['绑定账号 {account} 的二维码', '綁定帳戶 {account} 的 QR 圖碼', 'QR code that sets up account {account}'],
  cannotScan: ['无法扫码？手动输入密钥', '無法掃碼？手動輸入密鑰', 'Can’t scan? Enter the key'],
  key: ['密钥', '密鑰', 'Key'],
  openHere: ['在本机打开身份验证器', '在本機開啟身份驗證器', 'Open the authenticator on this device'],
  validUntil: ['{time} 前有效', '{time} 前有效', 'Valid until {time}'],
  expired: ['二维码已失效。', 'QR 圖碼已到期。', 'This code has expired.'],
  restart: ['重新开始', '重新開始', 'Start again'],
  finish: ['完成绑定', '完成綁定', 'Finish set-up'],
  totpCode: ['输入应用显示的 6 位验证码', '輸入應用程式顯示的 6 位驗證碼', 'Enter the 6 digits it shows'],

  emailTitle: ['绑定备用邮箱', '綁定備用電郵', 'Set up a backup e-mail'],
  emailLead: [
    '请填写另一个邮箱。验证码会发送到那里。',
    '請填寫另一個電郵地址，驗證碼會發送至該處。',
    'Give another mailbox. Codes will be sent there.',
  ],
  emailLabel: ['备用邮箱地址', '備用電郵地址', 'Backup e-mail address'],
  emailBad: ['请输入有效的邮箱地址。', '請輸入有效的電郵地址。', 'Enter a valid e-mail address.'],
  emailSend: ['发送验证码', '發送驗證碼', 'Send the code'],
  emailSent: ['验证码已发送到 {to}。', '驗證碼已發送至 {to}。', 'A code was sent to {to}.'],
  emailWait: [
    '刚刚发送过验证码，稍候可以发送新的。之前的验证码届时失效。',
    '剛剛發送過驗證碼，稍候可發送新的，先前的驗證碼屆時失效。',
    'A code was sent a moment ago. A new one can be sent shortly; the one before then ends.',
  ],
  emailSendIn: ['{left} 秒后可发送验证码', '{left} 秒後可發送驗證碼', 'Send the code in {left} s'],
  emailOther: ['换一个邮箱', '更改電郵地址', 'Use another address'],

  passkeyTitle: ['添加通行密钥', '新增通行密鑰', 'Add a passkey'],
  passkeyLead: [
    '通行密钥只对本网站有效，不会被仿冒网站骗走。',
    '通行密鑰只對本網站有效，不會被仿冒網站騙取。',
    'A passkey works for this site alone, so a look-alike page gets nothing from it.',
  ],
  passkeyName: ['名称（可不填）', '名稱（可不填）', 'Name (optional)'],
  passkeyNameHint: ['例如 我的电脑', '例如 我的電腦', 'Such as My laptop'],
  passkeyMake: ['添加通行密钥', '新增通行密鑰', 'Add passkey'],
  passkeyDismissed: [
    '没有添加。可以重试，此浏览器不支持时请换一个。',
    '未有新增。可再試，如此瀏覽器不支援請改用另一個。',
    'Nothing was added. Try again, or use another browser if this one has no passkeys.',
  ],

  appTitle: ['绑定 Hufu 应用', '綁定 Hufu 應用程式', 'Set up the Hufu app'],
  appGet: ['下载应用', '下載應用程式', 'Get the app'],
  appGetText: [
    '在手机浏览器中打开下面的地址，选择“添加到主屏幕”。',
    '於手機瀏覽器開啟以下網址，選擇「加入主畫面」。',
    'Open this address in your phone’s browser and choose Add to Home Screen.',
  ],
  appGuide: ['使用指南', '使用指南', 'Guide'],
  appGuideText: [
    '首部手机设置 6 至 20 位 PIN，成为主账号；其他手机扫描同一个二维码，成为子账号。',
    '首部手機設定 6 至 20 位 PIN，成為主帳戶；其他手機掃瞄同一 QR 圖碼，成為子帳戶。',
    'The first phone sets a PIN of 6 to 20 digits and holds the main account. Further phones scan the same code and join as sub-accounts.',
  ],
  appGuideOpen: ['查看指南', '查看指南', 'Read the guide'],
  appScan: ['用应用扫描二维码', '以應用程式掃瞄 QR 圖碼', 'Scan this with the app'],
  appOnPhone: [
    '正在用这部手机？在 Hufu 应用中打开',
    '正使用此手機？在 Hufu 應用程式中開啟',
    'On your phone now? Open it in the Hufu app',
  ],
  appType: ['或在应用中手动输入', '或於應用程式手動輸入', 'Or type this into the app'],
  appAccount: ['账号', '帳戶', 'Account'],
  appCode: ['激活码', '激活碼', 'Activation code'],
  appSlots: ['已注册 {used}/{of} 部手机', '已註冊 {used}/{of} 部手機', '{used} of {of} phones registered'],
  appFull: ['已达 {of} 部手机的上限。', '已達 {of} 部手機上限。', 'All {of} phones are registered.'],
  appExpired: ['二维码已到期。', 'QR 圖碼已到期。', 'This code has expired.'],
  appExpiredAsk: [
    '请重新申请，或联系{contact}。',
    '請重新申請，或聯絡{contact}。',
    'Ask for a new one, or contact {contact}.',
  ],
  appAgain: ['重新申请', '重新申請', 'Get a new one'],
  appVoid: ['已有新的二维码，此码作废。', '已有新的 QR 圖碼，此碼作廢。', 'A newer code replaced this one.'],
  appEnds: ['{time} 前有效', '{time} 前有效', 'Valid until {time}'],
  appLeft: ['剩余 {left}', '尚餘 {left}', '{left} left'],
  appJoined: [
    '手机已加入。请在手机上完成 PIN，完成后这里会自动更新。',
    '手機已加入。請於手機完成 PIN，完成後此處會自動更新。',
    'A phone joined. Finish the PIN on it; this page follows by itself.',
  ],

  wechatTitle: ['用微信扫码绑定', '以微信掃碼綁定', 'Scan with WeChat'],
  wechatLead: [
    '请打开微信“扫一扫”，在小程序中确认。绑定后这里会自动更新。',
    '請開啟微信「掃一掃」，於小程式中確認。綁定後此處會自動更新。',
    'Open WeChat, scan, and confirm in the mini-program. This page follows by itself.',
  ],

  codesTitle: ['保存恢复码', '儲存備用驗證碼', 'Save your recovery codes'],
  codesOffer: [
    '手机丢失时，恢复码可以代替验证码登录。',
    '如遺失手機，備用驗證碼可代替驗證碼登入。',
    'If you lose your phone, a recovery code signs you in.',
  ],
  codesMake: ['生成恢复码', '產生備用驗證碼', 'Get recovery codes'],
  codesOnce: [
    '仅显示这一次，每个只能用一次。请下载或抄写，存放在安全的地方。',
    '只會顯示這一次，每個只可使用一次。請下載或抄寫並妥善保存。',
    'Shown this once, and each works one time. Download or write them down, and keep them safe.',
  ],
  codesList: ['恢复码', '備用驗證碼', 'Recovery codes'],
  codesCopy: ['复制全部', '複製全部', 'Copy all'],
  codesSaved: ['我已保存', '我已儲存', 'I saved them'],
  codesFile: ['恢复码.txt', '備用驗證碼.txt', 'recovery-codes.txt'],

  boundTitle: ['绑定成功', '綁定成功', 'Set up'],
  boundText: [
    '以后登录可以用{method}验证。',
    '日後登入可使用{method}驗證。',
    'From now on {method} can verify your sign-in.',
  ],
} as const satisfies Record<string, Words>;
