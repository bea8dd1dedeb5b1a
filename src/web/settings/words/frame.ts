// What the settings say around their pages: places, the step-up, the session.
import type { Words } from '../../words/say.ts';

export const FRAME = {
  settings: ['个人设置', '個人設定', 'Personal settings'],
  security: ['安全设置', '保安設定', 'Security'],
  twoStep: ['二次验证设置', '雙重認證設定', 'Two-step verification'],
  appPasswords: ['客户端专用密码', '應用程式專用密碼', 'App passwords'],
  trusted: ['受信任设备', '受信任裝置', 'Trusted devices'],
  phones: ['已注册的手机', '已登記手機', 'Registered phones'],
  activity: ['最近活动', '最近活動', 'Recent activity'],
  service: ['客户服务', '客戶服務', 'Customer service'],
  apply: ['双重认证申请', '雙重認證申請', 'Two-factor application'],
  path: ['当前位置', '目前位置', 'You are here'],
  logout: ['退出', '登出', 'Sign out'],
  signedInAs: ['已登录 {account}', '已登入 {account}', 'Signed in as {account}'],
  signedOutTitle: ['您已退出', '閣下已登出', 'You are signed out'],
  signedOut: ['请重新登录以继续。', '請重新登入以繼續。', 'Sign in again to go on.'],
  signIn: ['登录', '登入', 'Sign in'],
  reload: ['重新载入', '重新載入', 'Load again'],
  offline: ['网络已断开。', '網絡已中斷。', 'You are offline.'],

  stepUpTitle: ['请先验证是您本人', '請先驗證閣下身分', 'First verify that it is you'],
  stepUpWhy: [
    '更改验证方式前需要再验证一次。',
    '更改驗證方式前須再驗證一次。',
    'A change of methods needs one more verification.',
  ],
  again: ['请重新登录后再操作。', '請重新登入後再操作。', 'Sign in again before you do this.'],

  welcome: ['您好，{name}', '{name}，您好', 'Hello, {name}'],
  on: ['已开启', '已開啟', 'On'],
  onSince: ['已开启 · 自 {date}', '已開啟 · 自 {date}', 'On since {date}'],
  off: ['未开启', '未開啟', 'Off'],
  nobody: ['未绑定', '未綁定', 'Not set up'],
} as const satisfies Record<string, Words>;
