// What mini-programs in WeChat are refused with; spread into the one list of problems.

export const WECHAT_PROBLEMS = {
  'wechat-off': {
    status: 404,
    title: ['未启用微信验证', '未啟用微信驗證', 'WeChat verification is not set up'],
    detail: ['请使用其他验证方式。', '請使用其他驗證方式。', 'Use another method.'],
  },
  'wechat-login-failed': {
    status: 401,
    title: ['无法确认您的微信身份', '無法確認閣下的微信身份', 'WeChat could not say who you are'],
    detail: ['请重新打开小程序后再试。', '請重新開啟小程式後再試。', 'Open the mini-program again and retry.'],
  },
  'wechat-refused': {
    status: 403,
    title: ['微信拒绝了此请求', '微信拒絕了此請求', 'WeChat refused the request'],
    detail: ['请改用其他验证方式。', '請改用其他驗證方式。', 'Use another method.'],
  },
  'wechat-busy': {
    status: 503,
    title: ['微信暂时没有响应', '微信暫時沒有回應', 'WeChat does not answer at the moment'],
    detail: ['请稍后再试。', '請稍後再試。', 'Try again shortly.'],
  },
  'ticket-elsewhere': {
    status: 409,
    title: ['请换一个应用扫描此二维码', '請改用另一個應用程式掃描此 QR 圖碼', 'This code is for another app'],
    detail: [
      '此二维码供网页上注明的应用使用：微信，或虎符 App。',
      '此 QR 圖碼供網頁上註明的應用程式使用：微信，或虎符 App。',
      'Scan it with the app the page names: WeChat, or the Hufu app.',
    ],
  },
} as const;
