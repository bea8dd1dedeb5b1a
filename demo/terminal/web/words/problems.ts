// What the person reads when something is refused, by the problem's code. A code without a row shows the server's own
// words, which come in the same language.
import type { Words } from './say.ts';

interface Row {
  readonly title: Words;
  readonly text: Words;
}

export const PROBLEMS: Readonly<Record<string, Row>> = {
  'first-factor-failed': {
    title: ['账号或密码不正确', '帳戶或密碼不正確', 'Wrong account or password'],
    text: ['请检查后重新输入。', '請檢查後重新輸入。', 'Check both and try again.'],
  },
  'client-too-old': {
    title: ['客户端版本过低', '客戶端版本過低', 'This version is too old'],
    text: ['请升级后再登录。', '請更新後再登入。', 'Update the client, then sign in again.'],
  },
  'version-malformed': {
    title: ['客户端版本无法识别', '無法識別客戶端版本', 'The client’s version is not readable'],
    text: [
      '版本号应为以点分隔的数字。请从官网重新安装客户端。',
      '版本號應為以點分隔的數字。請從官網重新安裝客戶端。',
      'A version is numbers joined by dots. Install the client again from our site.',
    ],
  },
  'bind-elsewhere': {
    title: ['请先在电脑上绑定', '請先在電腦上綁定', 'Set up on the desktop first'],
    text: [
      '手机不能绑定。请先在电脑上登录以下客户端并扫码绑定，再回到手机登录：',
      '手機不能綁定。請先在電腦登入以下客戶端並掃碼綁定，然後再在手機登入：',
      'This phone app cannot set up the authenticator. Sign in on the desktop and scan the QR code there, then come back:',
    ],
  },
  frozen: {
    title: ['账号验证已冻结', '帳戶驗證已凍結', 'Sign-in is locked'],
    text: [
      '验证码错误次数过多。如需解锁，请联系{contact}。',
      '驗證碼錯誤次數過多。如需解鎖，請聯絡{contact}。',
      'Too many wrong codes. To unlock it, contact {contact}.',
    ],
  },
  'account-suspended': {
    title: ['账号已停用', '帳戶已停用', 'The account is suspended'],
    text: ['请联系{contact}。', '請聯絡{contact}。', 'Contact {contact}.'],
  },
  'device-revoked': {
    title: ['此手机已被移除', '此手機已被移除', 'This phone was removed'],
    text: [
      '这部手机已从账号的手机列表中移除，不能登录。如有疑问，请联系{contact}。',
      '此手機已從帳戶的手機列表移除，不能登入。如有疑問，請聯絡{contact}。',
      'It was removed from the account’s phones and can no longer sign in. Questions: {contact}.',
    ],
  },
  'no-method': {
    title: ['没有可用的验证方式', '沒有可用的驗證方式', 'There is no way to verify you'],
    text: ['请联系{contact}。', '請聯絡{contact}。', 'Contact {contact}.'],
  },
  'no-tries-left': {
    title: ['账号验证已冻结', '帳戶驗證已凍結', 'Sign-in is locked'],
    text: [
      '验证码错误次数过多，不能再试。',
      '驗證碼錯誤次數過多，不能再試。',
      'Too many wrong codes. No tries are left.',
    ],
  },
  throttled: {
    title: ['尝试过于频繁', '嘗試過於頻密', 'Too many tries'],
    text: ['请稍候再试。', '請稍候再試。', 'Wait a moment before the next try.'],
  },
  'resend-too-soon': {
    title: ['验证码刚刚发送', '驗證碼剛剛發送', 'A code was sent a moment ago'],
    text: ['请先查看手机短信。', '請先查看手機短訊。', 'Check your messages first.'],
  },
  'sending-paused': {
    title: ['短信发送已达上限', '短訊發送已達上限', 'The SMS limit is reached'],
    text: ['请稍后再试，或使用其他方式。', '請稍後再試，或使用其他方式。', 'Try later, or use another method.'],
  },
  'channel-missing': {
    title: ['无法发送验证码', '無法發送驗證碼', 'No code can be sent this way'],
    text: ['请使用其他方式。', '請使用其他方式。', 'Use another method.'],
  },
  expired: {
    title: ['登录已超时', '登入已逾時', 'This sign-in has expired'],
    text: ['请重新登录。', '請重新登入。', 'Start again.'],
  },
  closed: {
    title: ['这次登录已经结束', '此次登入已經結束', 'This sign-in is over'],
    text: ['请重新登录。', '請重新登入。', 'Start again.'],
  },
  'method-not-offered': {
    title: ['当前不能使用这种方式', '目前不能使用此方式', 'That method is not offered now'],
    text: ['请重新登录，按新的要求验证。', '請重新登入，按新的要求驗證。', 'Start again to see what is asked now.'],
  },
  superseded: {
    title: ['已有新的绑定流程', '已有新的綁定流程', 'A newer set-up replaced this one'],
    text: [
      '请使用最新的二维码或激活码。',
      '請使用最新的 QR 圖碼或激活碼。',
      'Use the newest QR code or activation code.',
    ],
  },
  'already-bound': {
    title: ['此账号已绑定', '此帳戶已綁定', 'Already set up'],
    text: ['如需更换，请先解绑。', '如需更換，請先解除綁定。', 'Unlink it first to replace it.'],
  },
  'unbind-by-operator': {
    title: ['只能由工作人员解绑', '只可由職員解除綁定', 'Only staff can unlink it'],
    text: ['请联系{contact}。', '請聯絡{contact}。', 'Contact {contact}.'],
  },
  'signed-out': {
    title: ['登录已失效', '登入已失效', 'You are signed out'],
    text: ['请重新登录。', '請重新登入。', 'Sign in again.'],
  },
  unreachable: {
    title: ['验证服务暂不可用', '驗證服務暫不可用', 'Verification is unavailable'],
    text: [
      '请稍后重试，当前无法登录。',
      '請稍後再試，目前無法登入。',
      'Nobody can sign in right now. Try again shortly.',
    ],
  },
  offline: {
    title: ['网络已断开', '網絡已中斷', 'You are offline'],
    text: ['请检查网络后重试。', '請檢查網絡後再試。', 'Check your connection and try again.'],
  },
  'bad-request': {
    title: ['请求无法处理', '請求無法處理', 'That did not work'],
    text: ['请重新登录后再试。', '請重新登入後再試。', 'Start again.'],
  },
};

export const PROBLEM_WORDS = {
  installed: ['当前版本', '目前版本', 'Installed'],
  required: ['最低版本', '最低版本', 'Required'],
  download: ['下载', '下載', 'Download'],
  orLater: ['{version} 或更高', '{version} 或更高', '{version} or later'],
  until: ['冻结至 {time}。', '凍結至 {time}。', 'Locked until {time}.'],
  unknown: ['出现问题', '出現問題', 'Something went wrong'],
} as const satisfies Record<string, Words>;
