// What operators at the console are refused with; spread into the one list of problems.

export const OPERATOR_PROBLEMS = {
  'not-permitted': {
    status: 403,
    title: ['您的角色没有此权限', '閣下的角色沒有此權限', 'Your role does not allow this'],
    detail: [
      '需要权限 {permission}，请联系管理员。',
      '需要權限 {permission}，請聯絡管理員。',
      'It needs the permission {permission}. Ask an administrator.',
    ],
  },
  'passkey-refused': {
    status: 422,
    title: ['此通行密钥无法登录', '此通行密鑰無法登入', 'This passkey does not open the console'],
    detail: [
      '请检查登录名后重试，或用密码登录。',
      '請檢查登入名稱後再試，或以密碼登入。',
      'Check the login name and try again, or sign in with the password.',
    ],
  },
  'link-unknown': {
    status: 404,
    title: ['此链接无效或已使用', '此連結無效或已使用', 'This link is not valid, or was used'],
    detail: [
      '链接只能使用一次，24 小时内有效。请向管理员索取新的链接。',
      '連結只可使用一次，24 小時內有效。請向管理員索取新的連結。',
      'It works once, for 24 hours. Ask an administrator for a new one.',
    ],
  },
  'own-roles': {
    status: 403,
    title: ['不能更改自己的权限', '不可更改自己的權限', 'Nobody changes their own rights'],
    detail: ['请由另一位管理员操作。', '請由另一位管理員操作。', 'Another administrator has to do it.'],
  },
  'operator-exists': {
    status: 409,
    title: ['此操作员已在本机构', '此操作員已在本機構', 'This operator is here already'],
    detail: ['请直接更改其角色。', '請直接更改其角色。', 'Change their roles instead.'],
  },
  'operator-elsewhere': {
    status: 409,
    title: ['此操作员也服务于其他机构', '此操作員亦服務於其他機構', 'This operator also serves another tenant'],
    detail: [
      '只能在服务器上用 hufu operator reset 处理。',
      '只可在伺服器上以 hufu operator reset 處理。',
      'Only hufu operator reset on the server can do this.',
    ],
  },
  'scope-beyond': {
    status: 403,
    title: ['密钥的权限不能超出您自己的', '密鑰的權限不可超出閣下自己的', 'A key may not have more rights than you'],
    detail: [
      '{scope} 需要权限 {permission}，而您没有。',
      '{scope} 需要權限 {permission}，而閣下沒有。',
      '{scope} takes the permission {permission}, which you do not have.',
    ],
  },
} as const;
