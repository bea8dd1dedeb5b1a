// What the login says around the second step: the password before it, enrolment, trust, and every way it can end.
import type { Words } from '../words/say.ts';

export const LOGIN = {
  notMe: ['不是我要求的', '不是我要求的', 'I did not ask for this'],
  notMeLead: [
    '收到更改通知，但并非您本人操作或要求？输入通知中的否决码：您名义下的更改会撤销，所有登录会退出；客服所做的操作会停止，账号会暂停使用，由客服与您核实。',
    '收到更改通知，但並非閣下操作或要求？輸入通知中的否決碼：以閣下名義作出的更改會撤銷，所有登入會登出；客戶服務部所作的操作會停止，帳戶會暫停使用，由客戶服務部與閣下核實。',
    'Told of a change you did not make or ask for? Enter the stop code in the message. A change made in your name is undone and everybody is signed out. What customer service did is stopped: your account is suspended, and they speak with you.',
  ],
  stopCode: ['否决码', '否決碼', 'Stop code'],
  stopCodeEmpty: ['请输入否决码。', '請輸入否決碼。', 'Enter the stop code.'],
  stopIt: ['立即停止', '立即停止', 'Stop it now'],
  notMeDone: ['账号已暂停使用', '帳戶已暫停使用', 'Your account is suspended'],
  notMeDoneText: [
    '所有登录已结束。请联系 {contact} 核实后恢复。',
    '所有登入已結束。請聯絡 {contact} 核實後恢復。',
    'Every session has ended. To use it again, contact {contact}.',
  ],
  undone: ['更改已撤销', '更改已撤銷', 'The changes are undone'],
  undonePasswords: [
    '近日生成的客户端专用密码已停用：{n} 个。请重新生成。',
    '近日產生的應用程式專用密碼已停用：{n} 個。請重新產生。',
    'Recent app passwords no longer work: {n}. Make new ones.',
  ],
  undoneText: [
    '更改之前绑定的验证方式已恢复，所有登录已退出。请尽快修改密码；如原来的验证方式已不在您手中，请联系 {contact}。',
    '更改之前綁定的驗證方式已恢復，所有登入已登出。請盡快更改密碼；如閣下已沒有原來的驗證方式，請聯絡 {contact}。',
    'What was bound before works again, and every sign-in has ended. Change your password. If you no longer have what was bound before, contact {contact}.',
  ],
  backToLogin: ['返回登录', '返回登入', 'Back to sign in'],
  title: ['登录', '登入', 'Sign in'],
  account: ['账号', '帳戶', 'Account'],
  password: ['密码', '密碼', 'Password'],
  accountEmpty: ['请输入账号。', '請輸入帳戶。', 'Enter your account.'],
  accountShape: ['请检查账号的格式。', '請檢查帳戶的格式。', 'That does not look like an account. Check it.'],
  passwordEmpty: ['请输入密码。', '請輸入密碼。', 'Enter your password.'],
  submit: ['登录', '登入', 'Sign in'],
  submitting: ['正在登录', '登入中', 'Signing in'],
  forgot: ['忘记密码？', '忘記密碼？', 'Forgot your password?'],
  signingInTo: ['正在登录 {client} · {account}', '正在登入 {client} · {account}', 'Signing in to {client} · {account}'],
  needHelp: ['需要帮助？请联系{contact}', '需要協助？請聯絡{contact}', 'Need help? Contact {contact}'],

  captchaIdle: [
    '登录时自动进行安全检查，无需操作。',
    '登入時自動進行保安檢查，毋須操作。',
    'A security check runs by itself when you sign in. Nothing to do.',
  ],
  captchaBusy: ['正在进行安全检查', '正進行保安檢查', 'Running the security check'],
  captchaDone: ['安全检查已完成', '保安檢查已完成', 'Security check done'],
  captchaFailed: [
    '安全检查未能完成，登录时会再试。',
    '保安檢查未能完成，登入時會再試。',
    'The security check could not finish. It runs again when you sign in.',
  ],

  successTitle: ['登录成功', '登入成功', 'Signed in'],
  successText: ['正在前往下一页。', '正前往下一頁。', 'Taking you on.'],
  goOn: ['继续', '繼續', 'Continue'],

  trustTitle: ['这是您自己的设备吗？', '此裝置是否閣下所有？', 'Is this your own device?'],
  trustText: [
    '信任后，{days} 天内在此浏览器登录不再进行第二步验证。公用电脑请勿信任。',
    '信任後，{days} 日內於此瀏覽器登入毋須再作第二步驗證。公用電腦請勿信任。',
    'If you trust it, this browser skips the second step for {days} days. Do not trust a shared computer.',
  ],
  trustYes: ['信任 {days} 天', '信任 {days} 日', 'Trust for {days} days'],
  trustNo: ['临时登录', '僅此一次登入', 'This time only'],
  trustMany: [
    '受信任设备已达上限。请选择要替换的设备。',
    '受信任裝置已達上限。請選擇要替換的裝置。',
    'You have reached the limit of trusted devices. Choose one to replace.',
  ],
  trustReplace: ['替换并继续', '替換並繼續', 'Replace and continue'],

  enrolTitle: ['设置两步验证', '設定雙重認證', 'Set up two-step verification'],
  enrolLead: [
    '账号 {account} 登录须使用第二步验证，现在设置约需 2 分钟。',
    '帳戶 {account} 登入須使用雙重認證，現在設定約需 2 分鐘。',
    'Account {account} needs a second step to sign in. Setting it up takes about 2 minutes.',
  ],
  enrolStart: ['开始设置', '開始設定', 'Set up now'],
  enrolCannot: ['无法设置？请联系{contact}。', '無法設定？請聯絡{contact}。', 'Cannot set it up? Contact {contact}.'],
  enrolElsewhere: [
    '请先在其他客户端完成绑定，再回到这里登录。',
    '請先於其他客戶端完成綁定，然後返回此處登入。',
    'Set it up in another program first, then come back.',
  ],
  enrolBack: ['选择其他方式', '選擇其他方式', 'Choose another'],

  endFrozen: ['账号验证已冻结', '帳戶驗證已凍結', 'Sign-in is locked'],
  endCancelled: ['已取消登录', '已取消登入', 'Sign-in cancelled'],
  endCancelledText: ['没有登录任何账号。', '沒有登入任何帳戶。', 'Nobody was signed in.'],
  startAgain: ['重新登录', '重新登入', 'Start again'],

  offline: [
    '网络已断开，恢复后会自动继续。',
    '網絡已中斷，恢復後會自動繼續。',
    'You are offline. This goes on by itself when you are back.',
  ],
  noTenant: ['没有这个登录页面', '沒有此登入頁面', 'There is no such sign-in page'],
  noTenantText: [
    '请检查地址，或从您的服务商网站重新进入。',
    '請檢查網址，或從服務供應商網站重新進入。',
    'Check the address, or start from your provider’s site.',
  ],
} as const satisfies Record<string, Words>;
