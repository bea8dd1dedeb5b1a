// What people's pages, approvals, trusted browsers and app passwords are refused with; spread into the one list of problems.

export const PAGE_PROBLEMS = {
  'app-passwords-off': {
    status: 403,
    title: ['此租户不使用专用密码', '此租戶不使用應用程式專用密碼', 'App passwords are off here'],
    detail: [
      '策略没有启用该功能或该协议。',
      '政策沒有啟用該功能或該協定。',
      'The policy has not turned them on, or not for that protocol.',
    ],
  },
  'too-many-app-passwords': {
    status: 409,
    title: ['专用密码数量已达上限', '應用程式專用密碼數量已達上限', 'The limit of app passwords is reached'],
    detail: [
      '最多 {most} 个，请先停用不再使用的。',
      '最多 {most} 個，請先停用不再使用的。',
      'At most {most}. Revoke one that is no longer used.',
    ],
  },
  'portal-off': {
    status: 404,
    title: ['没有这个网页服务', '沒有此網頁服務', 'There are no pages here'],
    detail: [
      '该地址没有启用登录与设置页面，请使用机构提供的其他入口。',
      '此地址沒有啟用登入與設定頁面，請使用機構提供的其他入口。',
      'Sign-in and settings pages are not turned on here. Use the way in that your provider names.',
    ],
  },
  'cross-site': {
    status: 403,
    title: ['请求来自其他网站', '請求來自其他網站', 'The request came from another site'],
    detail: ['请直接在本网站的页面上操作。', '請直接在本網站的頁面上操作。', 'Use the pages of this site itself.'],
  },
  'signed-out': {
    status: 401,
    title: ['您尚未登录或登录已过期', '閣下尚未登入或登入已過期', 'You are not signed in'],
    detail: ['请重新登录。', '請重新登入。', 'Sign in again.'],
  },
  'another-account': {
    status: 409,
    title: ['此浏览器已换了账号或登录', '此瀏覽器已換了帳戶或登入', 'This browser has gone on with another sign-in'],
    detail: [
      '在另一个标签页中登录了别的账号，或重新登录了。请重新载入本页，再继续。',
      '在另一個分頁中登入了別的帳戶，或重新登入了。請重新載入本頁，然後繼續。',
      'Another tab of this browser signed in to another account, or anew. Load this page again, then go on.',
    ],
  },
  'captcha-failed': {
    status: 422,
    title: ['安全检查未通过', '安全檢查未通過', 'The security check did not pass'],
    detail: ['请重试，检查会自动进行。', '請再試，檢查會自動進行。', 'Try again: the check runs by itself.'],
  },
  'approval-unknown': {
    status: 404,
    title: ['没有这个请求', '沒有此請求', 'There is no such request'],
    detail: [
      '二维码可能已刷新，或不属于本机的账号。请在登录页重新扫描。',
      'QR 圖碼可能已更新，或不屬於本機的帳戶。請於登入頁重新掃瞄。',
      'The QR may have been replaced, or is not for an account on this phone. Scan the one on the sign-in page again.',
    ],
  },
  'push-paused': {
    status: 429,
    title: ['暂停向手机发送请求', '暫停向手機發送請求', 'Requests to your phones are paused'],
    detail: [
      '未确认的请求过多。请改用扫码或验证码，或在 {retryAfter} 秒后重试。',
      '未確認的請求過多。請改用掃碼或驗證碼，或於 {retryAfter} 秒後再試。',
      'Too many went unanswered. Scan the QR or type a code, or try again in {retryAfter} seconds.',
    ],
  },
  'trust-off': {
    status: 403,
    title: ['不能信任此浏览器', '不能信任此瀏覽器', 'This browser cannot be trusted'],
    detail: [
      '策略不允许，或这次登录没有完成第二步验证。',
      '政策不允許，或此次登入未完成第二步驗證。',
      'The policy does not allow it, or this login took no second step.',
    ],
  },
  'too-many-trusted': {
    status: 409,
    title: ['受信任的设备已达上限', '受信任的裝置已達上限', 'The limit of trusted devices is reached'],
    detail: [
      '最多 {most} 台，请选择一台替换。',
      '最多 {most} 部，請選擇一部替換。',
      'At most {most}. Choose one to replace.',
    ],
  },
} as const;
