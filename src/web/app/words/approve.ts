// What the app says when somebody wants to be let in.
import type { Words } from '../../words/say.ts';

export const APPROVE = {
  login: ['正在登录', '正在登入', 'Signing in'],
  loginAsk: ['是您本人在登录吗？', '是否閣下本人登入？', 'Is this you signing in?'],
  actionAsk: ['是您本人的操作吗？', '是否閣下本人操作？', 'Is this you?'],
  who: ['账号', '帳戶', 'Account'],
  what: ['操作', '操作', 'What'],
  client: ['应用', '應用程式', 'Where to'],
  place: ['地点', '地點', 'From'],
  browser: ['浏览器', '瀏覽器', 'Browser'],
  when: ['时间', '時間', 'When'],
  noPlace: ['未知', '不詳', 'Unknown'],
  number: ['输入登录页上显示的数字', '輸入登入頁顯示的數字', 'Type the number shown on the sign-in page'],
  numberHint: [
    '看不到数字？那就不是您的登录，请选“不是我”。',
    '看不到數字？即並非閣下的登入，請選「不是我」。',
    'You see no number? Then it is not your sign-in: choose “It wasn’t me”.',
  ],
  needNumber: ['请输入登录页上的数字。', '請輸入登入頁的數字。', 'Type the number from the sign-in page.'],
  trust: ['批准并信任此设备', '批准並信任此裝置', 'Approve and trust this device'],
  trustHint: [
    '信任指的是正在登录的那台设备，请只信任自己的设备。',
    '信任是指正在登入的裝置，請只信任自己的裝置。',
    'This trusts the device that is signing in. Trust only your own.',
  ],
  once: ['仅此一次', '僅此一次', 'This time only'],
  approve: ['批准', '批准', 'Approve'],
  deny: ['不是我', '不是我', 'It wasn’t me'],
  left: ['{left} 秒后失效', '{left} 秒後失效', 'Expires in {left} s'],
  approved: ['已批准', '已批准', 'Approved'],
  approvedText: ['登录页会自动继续。', '登入頁會自動繼續。', 'The sign-in page continues by itself.'],
  approvedAction: ['页面会自动继续。', '頁面會自動繼續。', 'The page continues by itself.'],
  denied: ['已拒绝', '已拒絕', 'Refused'],
  deniedText: [
    '这次登录没有成功。但有人知道您的密码，请尽快：',
    '此次登入並無成功。但有人知道閣下的密碼，請盡快：',
    'It was not let in. But somebody knows your password, so do this soon:',
  ],
  deniedAction: [
    '这次操作没有执行。但有人已登录您的账号，请尽快：',
    '此次操作並無執行。但有人已登入閣下的帳戶，請盡快：',
    'Nothing was done. But somebody is signed in to your account, so do this soon:',
  ],
  secure1: ['修改登录密码', '更改登入密碼', 'Change your password'],
  secure2: [
    '在网页的安全设置中移除不认识的设备',
    '於網頁的保安設定中移除不認識的裝置',
    'Remove devices you do not know in the web page’s security settings',
  ],
  secure3: ['联系{contact}', '聯絡{contact}', 'Contact {contact}'],
  expired: ['请求已失效', '請求已失效', 'The request has expired'],
  expiredText: ['请在登录页重新开始。', '請於登入頁重新開始。', 'Start again on the sign-in page.'],
  waiting: ['{n} 个待确认的请求', '{n} 個待確認的請求', '{n} waiting for your answer'],
  look: ['查看', '查看', 'Look'],
  notYours: [
    '这个二维码不属于本机的账号',
    '此 QR 圖碼不屬於本機的帳戶',
    'This code is not for an account on this phone',
  ],
  notYoursText: [
    '它可能已失效，或属于另一个账号。请在登录页刷新二维码后重新扫描。',
    '它可能已到期，或屬於另一帳戶。請於登入頁重新取得 QR 圖碼後再掃瞄。',
    'It may have expired, or belong to another account. Refresh it on the sign-in page and scan again.',
  ],
  needsOnline: ['需要网络才能确认', '需要網絡方可確認', 'Approving needs a connection'],
  wrongNumber: ['数字不符，已拒绝', '數字不符，已拒絕', 'Wrong number: refused'],
  wrongNumberText: [
    '为安全起见，这次登录已被拒绝。请在登录页重新开始。',
    '為安全起見，此次登入已被拒絕。請於登入頁重新開始。',
    'To be safe this sign-in was refused. Start again on the sign-in page.',
  ],
} as const satisfies Record<string, Words>;

/** What is being asked for, by the server's word for it. */
export const PURPOSES: Readonly<Record<string, Words>> = {
  login: ['登录', '登入', 'Sign in'],
  bind: ['绑定验证方式', '綁定驗證方式', 'Set up a method'],
  unbind: ['解绑验证方式', '解除綁定驗證方式', 'Remove a method'],
  'unbind-totp': ['解绑身份验证器', '解除綁定身份驗證器', 'Remove the authenticator app'],
  'unbind-wechat': ['解绑微信', '解除綁定微信', 'Remove WeChat'],
  'unbind-email': ['解绑备用邮箱', '解除綁定備用電郵', 'Remove the backup e-mail'],
  'change-contact': ['修改联系方式', '更改聯絡方式', 'Change contact details'],
  withdraw: ['出金', '提款', 'Withdraw money'],
} as const;
