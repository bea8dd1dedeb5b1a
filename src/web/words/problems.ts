// What a person reads when something is refused, by the problem's code: what to do next, then why. A code without a row shows the
// server's own words, which come in the same language.
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
  'captcha-failed': {
    title: ['安全检查未通过', '保安檢查未通過', 'The security check did not pass'],
    text: ['请再试一次。', '請再試一次。', 'Try once more.'],
  },
  frozen: {
    title: ['账号验证已冻结', '帳戶驗證已凍結', 'Sign-in is locked'],
    text: [
      '验证码错误次数过多。如需解锁，请联系{contact}。',
      '驗證碼錯誤次數過多。如需解鎖，請聯絡{contact}。',
      'Too many wrong codes. To unlock it, contact {contact}.',
    ],
  },
  throttled: {
    title: ['尝试过于频繁', '嘗試過於頻密', 'Too many tries'],
    text: ['请稍候再试。', '請稍候再試。', 'Wait a moment before the next try.'],
  },
  'resend-too-soon': {
    title: ['验证码刚刚发送', '驗證碼剛剛發送', 'A code was sent a moment ago'],
    text: ['请先查看收到的验证码。', '請先查看收到的驗證碼。', 'Look for that one first.'],
  },
  'sending-paused': {
    title: ['发送已达上限', '發送已達上限', 'The sending limit is reached'],
    text: ['请稍后再试，或使用其他方式。', '請稍後再試，或使用其他方式。', 'Try later, or use another method.'],
  },
  'channel-missing': {
    title: ['无法发送验证码', '無法發送驗證碼', 'No code can be sent this way'],
    text: [
      '请使用其他方式。如没有其他方式，请联系{contact}。',
      '請使用其他方式。如沒有其他方式，請聯絡{contact}。',
      'Use another method. If there is none, contact {contact}.',
    ],
  },
  'account-suspended': {
    title: ['账号已停用', '帳戶已停用', 'The account is suspended'],
    text: ['请联系{contact}。', '請聯絡{contact}。', 'Contact {contact}.'],
  },
  'no-method': {
    title: ['没有可用的验证方式', '沒有可用的驗證方式', 'There is no way to verify you'],
    text: ['请联系{contact}。', '請聯絡{contact}。', 'Contact {contact}.'],
  },
  expired: {
    title: ['登录已超时', '登入已逾時', 'This took too long'],
    text: ['请重新开始。', '請重新開始。', 'Start again.'],
  },
  closed: {
    title: ['这次验证已经结束', '此次驗證已經結束', 'This check is over'],
    text: ['请重新开始。', '請重新開始。', 'Start again.'],
  },
  'method-not-offered': {
    title: ['当前不能使用这种方式', '目前不能使用此方式', 'That method is not offered now'],
    text: ['请选择其他方式。', '請選擇其他方式。', 'Choose another one.'],
  },
  'approval-denied': {
    title: ['手机上已拒绝', '手機上已拒絕', 'Refused on the phone'],
    text: [
      '如果是您本人，请重新开始。如果不是，请尽快修改密码。',
      '如屬閣下本人，請重新開始；如非本人，請盡快更改密碼。',
      'If that was you, start again. If not, change your password soon.',
    ],
  },
  superseded: {
    title: ['已有新的绑定流程', '已有新的綁定流程', 'A newer set-up replaced this one'],
    text: ['请使用最新的二维码。', '請使用最新的 QR 圖碼。', 'Use the newest QR code.'],
  },
  'already-bound': {
    title: ['已绑定', '已綁定', 'Already set up'],
    text: ['如需更换，请先解绑。', '如需更換，請先解除綁定。', 'Unlink it first to replace it.'],
  },
  'last-authenticator': {
    title: ['不能移除最后一种验证方式', '不能移除最後一種驗證方式', 'The last method cannot be removed'],
    text: ['请先绑定另一种方式。', '請先綁定另一種方式。', 'Set up another method first.'],
  },
  'unbind-by-operator': {
    title: ['只能由工作人员解绑', '只可由職員解除綁定', 'Only staff can unlink it'],
    text: ['请联系{contact}。', '請聯絡{contact}。', 'Contact {contact}.'],
  },
  'proof-required': {
    title: ['需要再次验证', '需要再次驗證', 'Verify again first'],
    text: ['请再验证一次后重试。', '請再驗證一次後重試。', 'Verify once more, then try again.'],
  },
  'signed-out': {
    title: ['登录已失效', '登入已失效', 'You are signed out'],
    text: ['请重新登录。', '請重新登入。', 'Sign in again.'],
  },
  'too-many-requests': {
    title: ['请求过于频繁', '請求過於頻密', 'Too many requests'],
    text: ['请稍候再试。', '請稍候再試。', 'Wait a moment, then try again.'],
  },
  unavailable: {
    title: ['服务暂不可用', '服務暫不可用', 'The service is unavailable'],
    text: ['请稍后重试。', '請稍後再試。', 'Try again shortly.'],
  },
  offline: {
    title: ['网络已断开', '網絡已中斷', 'You are offline'],
    text: ['请检查网络后重试。', '請檢查網絡後再試。', 'Check your connection and try again.'],
  },
};

export const PROBLEM_WORDS = {
  noTriesLeft: [
    '验证码错误次数过多，不能再试。请联系{contact}。',
    '驗證碼錯誤次數過多，不能再試。請聯絡{contact}。',
    'Too many wrong codes; no tries are left. Contact {contact}.',
  ],
  until: ['冻结至 {time}。', '凍結至 {time}。', 'Locked until {time}.'],
  wait: ['{left} 秒后可以再试', '{left} 秒後可再試', 'Try again in {left} s'],
  unknown: ['出现问题', '出現問題', 'Something went wrong'],
} as const satisfies Record<string, Words>;
