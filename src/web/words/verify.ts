// What the second step says, at login and at a step-up: choosing a way, codes, scan, push, recovery, and where help is.
import type { Words } from './say.ts';

export const VERIFY = {
  chooseTitle: ['选择验证方式', '選擇驗證方式', 'Choose how to verify'],
  lastUsed: ['上次使用', '上次使用', 'Last used'],
  retires: ['{date} 停用', '{date} 停用', 'Ends {date}'],
  otherWay: ['更换验证方式', '更改驗證方式', 'Try another way'],
  verify: ['验证', '驗證', 'Verify'],
  verifying: ['正在验证', '驗證中', 'Verifying'],
  waitButton: ['{left} 秒后可以再试', '{left} 秒後可再試', 'Try again in {left} s'],

  wayScan: ['扫码授权', '掃碼授權', 'Scan to approve'],
  wayScanText: ['用{where}扫描二维码', '以{where}掃瞄 QR 圖碼', 'Scan a QR code with {where}'],
  wayPush: ['在手机上确认', '在手機確認', 'Confirm on your phone'],
  wayPushText: ['通知发送到{where}', '通知發送至{where}', 'A notice goes to {where}'],
  wayCode: ['{method}验证码', '{method}驗證碼', '{method}: enter a code'],
  wayCodeApp: ['手机应用验证码', '手機應用程式驗證碼', 'Code from the app'],
  wayCodeTotp: ['动态验证码', '一次性驗證碼', 'One-time password'],
  wayCodeText: ['{where}显示的验证码', '{where}顯示的驗證碼', 'The code that {where} shows'],
  waySms: ['短信验证码', '短訊驗證碼', 'SMS code'],
  wayEmail: ['备用邮箱', '備用電郵', 'Backup e-mail'],
  waySendText: ['发送到 {where}', '發送至 {where}', 'Sent to {where}'],
  wayRecovery: ['恢复码', '備用驗證碼', 'Recovery code'],
  wayRecoveryText: [
    '绑定时保存的恢复码，每个用一次',
    '綁定時儲存的備用驗證碼，每個只可用一次',
    'One of those you saved; each works once',
  ],
  theApp: ['Hufu 应用', 'Hufu 應用程式', 'the Hufu app'],
  anApp: ['身份验证器', '身份驗證器', 'your authenticator'],
  weChat: ['微信', '微信', 'WeChat'],

  codeTitle: ['输入验证码', '輸入驗證碼', 'Enter the code'],
  codeLeadTotp: [
    '打开{where}，输入账号 {account} 的 6 位验证码。',
    '請開啟{where}，輸入帳戶 {account} 的 6 位驗證碼。',
    'Open {where} and enter the 6 digits shown for {account}.',
  ],
  codeLeadApp: [
    '打开 Hufu 应用，生成账号 {account} 的验证码。没有网络也可以。',
    '請開啟 Hufu 應用程式，產生帳戶 {account} 的驗證碼；沒有網絡亦可。',
    'Open the Hufu app and make a code for {account}. It works without a network.',
  ],
  codeLasts: ['每 {seconds} 秒更换一次', '每 {seconds} 秒更新一次', 'A new code every {seconds} s'],
  codeToScan: ['看不到验证码？扫描二维码', '看不到驗證碼？掃瞄 QR 圖碼', 'No code to see? Scan instead'],
  clockHint: [
    '若反复失败，请校准手机时间。',
    '如多次失敗，請校準手機時間。',
    'If it keeps failing, set the phone’s clock to automatic.',
  ],
  pinHint: [
    '若反复失败，请检查 PIN 或校准手机时间。',
    '如多次失敗，請檢查 PIN 或校準手機時間。',
    'If it keeps failing, check your PIN and the phone’s clock.',
  ],

  sendTitleSms: ['输入短信验证码', '輸入短訊驗證碼', 'Enter the SMS code'],
  sendTitleEmail: ['输入邮件验证码', '輸入電郵驗證碼', 'Enter the e-mailed code'],
  sendLead: ['验证码将发送到 {to}。', '驗證碼將發送至 {to}。', 'We will send a code to {to}.'],
  send: ['发送验证码', '發送驗證碼', 'Send the code'],
  sending: ['正在发送', '發送中', 'Sending'],
  sent: [
    '验证码已发送到 {to}，{time} 前有效。',
    '驗證碼已發送至 {to}，{time} 前有效。',
    'A code was sent to {to}. It is valid until {time}.',
  ],
  resend: ['重新发送', '重新發送', 'Send again'],
  resendIn: ['{left} 秒后可重新发送', '{left} 秒後可重新發送', 'Send again in {left} s'],

  scanTitle: ['扫码授权', '掃碼授權', 'Scan to approve'],
  scanLeadWechat: [
    '打开微信“扫一扫”，对准二维码，然后在小程序中确认。',
    '請開啟微信「掃一掃」，對準 QR 圖碼，然後於小程式確認。',
    'Open WeChat, scan this code, and approve in the mini-program.',
  ],
  scanLead: [
    '打开 Hufu 应用，点扫码，对准二维码。',
    '請開啟 Hufu 應用程式，按掃碼，對準 QR 圖碼。',
    'Open the Hufu app, tap Scan, and point it at this code.',
  ],
  scanRenewed: ['二维码已自动更新（第 {n} 次）', 'QR 圖碼已自動更新（第 {n} 次）', 'The code was renewed ({n})'],
  scanToCode: ['二维码无法扫描？使用验证码', 'QR 圖碼無法掃瞄？使用驗證碼', 'The code doesn’t scan? Use a code'],
  scanOnPhone: [
    '正在用这部手机？打开 Hufu 应用',
    '正使用此手機？開啟 Hufu 應用程式',
    'On your phone now? Open the Hufu app',
  ],

  pushTitle: ['请在手机上输入', '請於手機輸入', 'Enter this on your phone'],
  pushLead: [
    '打开 {phone} 上的 Hufu 应用，输入下面的数字并确认。',
    '請開啟 {phone} 的 Hufu 應用程式，輸入以下數字並確認。',
    'Open the Hufu app on {phone}, enter this number and confirm.',
  ],
  pushSent: ['已发送到 {phone}', '已發送至 {phone}', 'Sent to {phone}'],
  pushAgain: ['没收到？重新发送', '未收到？重新發送', 'Nothing came? Send again'],
  pushToCode: ['使用验证码', '使用驗證碼', 'Use a code'],
  pushExpired: ['已超时，没有确认', '已逾時，未有確認', 'It was not confirmed in time'],
  pushMaking: ['正在发送到手机', '正發送至手機', 'Sending it to your phone'],

  wayPasskeyText: ['用指纹、人脸或安全密钥', '以指紋、人臉或保安密鑰', 'By fingerprint, face or security key'],
  passkeyTitle: ['使用通行密钥', '使用通行密鑰', 'Use your passkey'],
  passkeyLead: [
    '浏览器会请您用指纹、人脸或设备密码确认。',
    '瀏覽器會請閣下以指紋、人臉或裝置密碼確認。',
    'Your browser asks for your fingerprint, face or device PIN.',
  ],
  passkeyUse: ['使用通行密钥', '使用通行密鑰', 'Use passkey'],
  passkeyBusy: ['请在浏览器中确认', '請於瀏覽器確認', 'Confirm in your browser'],
  passkeyDismissed: [
    '没有收到通行密钥的确认。可以重试，或更换验证方式。',
    '未收到通行密鑰的確認。可再試，或更改驗證方式。',
    'The passkey was not confirmed. Try again, or choose another way.',
  ],

  recoveryTitle: ['输入恢复码', '輸入備用驗證碼', 'Enter a recovery code'],
  recoveryLead: ['每个恢复码只能使用一次。', '每個備用驗證碼只可使用一次。', 'Each recovery code works once.'],
  recoveryLabel: ['恢复码', '備用驗證碼', 'Recovery code'],
  recoveryEmpty: ['请输入恢复码。', '請輸入備用驗證碼。', 'Enter a recovery code.'],

  bypassTitle: ['输入临时通行码', '輸入臨時通行碼', 'Enter a temporary code'],
  bypassLead: [
    '客服核实身份后提供的通行码，每个只能使用一次。',
    '客戶服務部核實身份後提供的通行碼，每個只可使用一次。',
    'The code customer service gave you. Each works once.',
  ],
  bypassLabel: ['临时通行码', '臨時通行碼', 'Temporary code'],
  bypassEmpty: ['请输入临时通行码。', '請輸入臨時通行碼。', 'Enter the temporary code.'],

  help: ['收不到验证码？', '未能取得驗證碼？', 'Can’t get a code?'],
  helpUnbind: [
    '身份验证器丢失或条目被删除时：先用短信验证码登录，在安全设置中解绑，再重新绑定。',
    '如遺失身份驗證器或已刪除條目：請先以短訊驗證碼登入，於保安設定解除綁定，然後重新綁定。',
    'If you lost your authenticator or deleted the entry: sign in with an SMS code, unlink it in Security, then set it up again.',
  ],
  helpRecovery: [
    '可以使用绑定时保存的恢复码。',
    '可使用綁定時儲存的備用驗證碼。',
    'You can use one of the recovery codes you saved.',
  ],
  helpContact: [
    '请联系{contact}。核实身份后，工作人员会为您重新登记。',
    '請聯絡{contact}。核實身份後，職員會為閣下重新登記。',
    'Contact {contact}. After checking who you are, they set you up again.',
  ],
  helpMoved: [
    '请检查 {to} 是否仍可使用。如已更换，请联系{contact}。',
    '請檢查 {to} 是否仍可使用。如已更改，請聯絡{contact}。',
    'Check that {to} is still yours. If it changed, contact {contact}.',
  ],
  useSms: ['改用短信', '改用短訊', 'Use an SMS code'],
  useRecovery: ['使用恢复码', '使用備用驗證碼', 'Use a recovery code'],

  deniedTitle: ['手机上已拒绝', '手機上已拒絕', 'Refused on the phone'],
  denied: [
    '如果是误点，请重新开始。如果这次登录不是您本人操作，请尽快修改密码。',
    '如屬誤按，請重新開始。如非閣下本人操作，請盡快更改密碼。',
    'If that was a slip, start again. If it was not you signing in, change your password soon.',
  ],
} as const satisfies Record<string, Words>;
