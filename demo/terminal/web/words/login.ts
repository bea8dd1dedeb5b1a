// What the login says, from the password to every way it can end.
import type { Words } from './say.ts';

export const LOGIN = {
  title: ['登录', '登入', 'Sign in'],
  lead: ['期货交易', '期貨交易', 'Futures trading'],
  account: ['账号', '帳戶', 'Account'],
  password: ['密码', '密碼', 'Password'],
  showPassword: ['显示密码', '顯示密碼', 'Show password'],
  submit: ['登录', '登入', 'Sign in'],
  submitting: ['正在登录', '登入中', 'Signing in'],
  tryAccounts: ['演示账号', '示範帳戶', 'Demo accounts'],
  useAccount: ['填入账号 {account}（{name}）', '填入帳戶 {account}（{name}）', 'Fill in account {account} ({name})'],
  cancel: ['取消', '取消', 'Cancel'],
  back: ['返回', '返回', 'Back'],
  startAgain: ['重新登录', '重新登入', 'Start again'],
  signingIn: ['正在登录 {client} · {account}', '正在登入 {client} · {account}', 'Signing in to {client} · {account}'],

  chooseTitle: ['选择验证方式', '選擇驗證方式', 'Choose how to verify'],
  totpName: ['身份验证器', '身份驗證器', 'Authenticator app'],
  totpText: [
    '输入身份验证器中的动态验证码',
    '輸入身份驗證器顯示的一次性驗證碼',
    'Enter the code your authenticator shows',
  ],
  smsName: ['短信验证码', '短訊驗證碼', 'SMS code'],
  smsText: ['发送到 {hint}', '發送至 {hint}', 'Sent to {hint}'],
  recoveryName: ['恢复码', '備用驗證碼', 'Recovery code'],
  otherWay: ['更换验证方式', '更改驗證方式', 'Try another way'],

  codeTitle: ['输入动态验证码', '輸入一次性驗證碼', 'Enter your code'],
  codeLead: [
    '打开身份验证器，输入账号 {account} 的 6 位动态验证码。',
    '請開啟身份驗證器，輸入帳戶 {account} 的 6 位一次性驗證碼。',
    'Open your authenticator app and enter the 6 digits shown for account {account}.',
  ],
  codeLabel: ['6 位验证码', '6 位驗證碼', '6-digit code'],
  codeLasts: ['每 {seconds} 秒更换一次', '每 {seconds} 秒更新一次', 'A new code every {seconds} s'],
  codeNext: ['{left} 秒后换新码', '{left} 秒後更新', 'next in {left} s'],
  verify: ['验证', '驗證', 'Verify'],
  verifying: ['正在验证', '驗證中', 'Verifying'],
  codeEmpty: ['请输入 6 位数字。', '請輸入 6 位數字。', 'Enter the 6 digits.'],
  neverAsk: [
    '我们不会致电、发短信或邮件索取验证码。',
    '本公司不會以電話、短訊或電郵索取閣下的驗證碼。',
    'We never ask for this code by phone, SMS or e-mail.',
  ],

  smsTitle: ['输入短信验证码', '輸入短訊驗證碼', 'Enter the SMS code'],
  smsSend: ['获取验证码', '獲取驗證碼', 'Send the code'],
  smsSending: ['正在发送', '發送中', 'Sending'],
  smsSent: [
    '验证码已发送到 {to}，{time} 前有效。',
    '驗證碼已發送至 {to}，{time} 前有效。',
    'A code was sent to {to}. It is valid until {time}.',
  ],
  smsNotSent: ['点击获取验证码，发送到 {to}。', '按「獲取驗證碼」，將發送至 {to}。', 'We will send a code to {to}.'],
  smsTooSoon: [
    '刚刚已为上一次登录发送过验证码，它在这里无效。稍后可获取新的验证码。',
    '剛剛已為上一次登入發送過驗證碼，它在此無效。稍後可獲取新的驗證碼。',
    'A code was sent a moment ago for an earlier sign-in and does not work here. You can get a new one shortly.',
  ],
  smsResend: ['重新获取', '重新獲取', 'Send again'],
  smsResendIn: ['{left} 秒后可重新获取', '{left} 秒後可重新獲取', 'Send again in {left} s'],

  recoveryTitle: ['输入恢复码', '輸入備用驗證碼', 'Enter a recovery code'],
  recoveryLead: ['每个恢复码只能使用一次。', '每個備用驗證碼只可使用一次。', 'Each recovery code works once.'],

  waitTitle: ['请稍候', '請稍候', 'Please wait'],
  wait: ['{left} 秒后可以再试。', '{left} 秒後可再試。', 'You can try again in {left} s.'],

  help: ['收不到验证码？', '未能取得驗證碼？', 'Can’t get a code?'],
  helpUnbind: [
    '身份验证器丢失或条目被删除时：先用短信验证码登录，进入 TOTP 页面解绑，再重新绑定。',
    '如遺失身份驗證器或已刪除條目：請先以短訊驗證碼登入，於 TOTP 頁面解除綁定，然後重新綁定。',
    'If you lost your authenticator or deleted the entry: sign in with an SMS code, unlink on the TOTP page, then set it up again.',
  ],
  helpRecovery: [
    '您可以使用绑定时保存的恢复码。',
    '閣下可使用綁定時儲存的備用驗證碼。',
    'You can use one of the recovery codes you saved when setting up.',
  ],
  helpContact: [
    '请联系{contact}。核实身份后，工作人员会删除绑定，您下次登录时重新绑定。',
    '請聯絡{contact}。核實身份後，職員會移除綁定，閣下下次登入時可重新綁定。',
    'Contact {contact}. After checking who you are, they remove the old set-up, and your next sign-in starts a new one.',
  ],
  helpSms: [
    '请检查手机信号和登记的号码 {to}。如号码已更换，请联系{contact}。',
    '請檢查手機訊號及登記號碼 {to}。如已更改號碼，請聯絡{contact}。',
    'Check your signal and that {to} is still your number. If it changed, contact {contact}.',
  ],
  useSms: ['改用短信', '改用短訊', 'Use an SMS code'],
  useRecovery: ['使用恢复码', '使用備用驗證碼', 'Use a recovery code'],
  notUnbound: [
    '在身份验证器中删除条目，并不会解绑。',
    '在身份驗證器刪除條目，並不會解除綁定。',
    'Deleting the entry in the authenticator app does not unlink it.',
  ],

  enrolTitle: ['绑定身份验证器', '綁定身份驗證器', 'Set up your authenticator'],
  enrolLead: [
    '账号 {account} 尚未绑定。登录须使用动态验证码，现在绑定约需 2 分钟。',
    '帳戶 {account} 尚未綁定。登入須使用一次性驗證碼，現在綁定約需 2 分鐘。',
    'Account {account} has no authenticator yet. One is needed to sign in; setting it up takes about two minutes.',
  ],
  boundTitle: ['绑定成功', '綁定成功', 'Set up'],
  boundLead: [
    '账号 {account} 已绑定。以后登录请输入身份验证器中的动态验证码。',
    '帳戶 {account} 已綁定。日後登入請輸入身份驗證器的一次性驗證碼。',
    'Account {account} is linked. From now on, enter the code from your authenticator when you sign in.',
  ],
  enter: ['进入交易', '進入交易', 'Start trading'],
  phoneAdded: [
    '这部手机已绑定到账号 {account}。',
    '此手機已綁定至帳戶 {account}。',
    'This phone is now linked to account {account}.',
  ],
} as const satisfies Record<string, Words>;
