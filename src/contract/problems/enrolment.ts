// What registrations and phones are refused with; spread into the one list of problems.

export const ENROLMENT_PROBLEMS = {
  'ticket-unknown': {
    status: 404,
    title: ['注册码不正确', '註冊碼不正確', 'Unknown registration code'],
    detail: [
      '请检查账号和激活码，或向客服索取新的注册码。',
      '請檢查帳戶及激活碼，或向客戶服務部索取新的註冊碼。',
      'Check the account and the activation code, or ask for a new registration.',
    ],
  },
  'ticket-expired': {
    status: 410,
    title: ['注册码已过期', '註冊碼已過期', 'The registration code has expired'],
    detail: ['请联系 {contact} 重新发送。', '請聯絡 {contact} 重新發送。', 'Ask for a new one: {contact}.'],
  },
  'ticket-used-up': {
    status: 409,
    title: ['手机数量已满', '手機數目已滿', 'No more phones can be added'],
    detail: [
      '该账号已登记 {phones} 部手机。请先移除一部，或联系 {contact}。',
      '該帳戶已登記 {phones} 部手機。請先移除一部，或聯絡 {contact}。',
      'The account has {phones} phones already. Remove one first, or contact {contact}.',
    ],
  },
  'first-factor-needed': {
    status: 403,
    title: ['需要登录密码', '需要登入密碼', 'The password is needed first'],
    detail: [
      '请先以账号密码打开注册码。',
      '請先以帳戶密碼開啟註冊碼。',
      'Open the registration with the account password first.',
    ],
  },
  'signature-invalid': {
    status: 401,
    title: ['无法确认请求来自哪部手机', '無法確認請求來自哪部手機', 'The request is not signed by an enrolled phone'],
    detail: ['请重新注册此手机。', '請重新註冊此手機。', 'Register this phone again.'],
  },
  'clock-off': {
    status: 401,
    title: ['手机时间不准确', '手機時間不準確', 'The clock of the phone is off'],
    detail: ['请校准时间后重试。', '請校準時間後再試。', 'Adjust to serverTime and try again.'],
  },
  'phone-revoked': {
    status: 401,
    title: ['此手机已被移除', '此手機已被移除', 'This phone was removed'],
    detail: ['如需继续使用，请重新注册。', '如需繼續使用，請重新註冊。', 'Register it again to go on using it.'],
  },
  'phone-unsynced': {
    status: 409,
    title: ['此手机未同步', '此手機未同步', 'This phone is not synchronised'],
    detail: [
      '请先输入账号的 PIN 完成同步。',
      '請先輸入帳戶的 PIN 完成同步。',
      'Synchronise it first with the PIN of the account.',
    ],
  },
  'pin-key-unsupported': {
    status: 409,
    title: ['此手机无法使用该账号的 PIN', '此手機無法使用該帳戶的 PIN', 'This phone cannot use the PIN of the account'],
    detail: [
      '请在浏览器中为本网站开启 WebAssembly（iPhone：在锁定模式中排除本网站），或请 {contact} 重置 PIN。',
      '請在瀏覽器中為本網站開啟 WebAssembly（iPhone：於封閉模式中排除本網站），或請 {contact} 重設 PIN。',
      'Allow WebAssembly for this site in the browser (on an iPhone: exclude it from Lockdown Mode), or ask {contact} to reset the PIN for such a phone.',
    ],
  },
  'no-mail-address': {
    status: 422,
    title: ['账号没有邮箱地址', '帳戶沒有電郵地址', 'The account has no mail address'],
    detail: [
      '请先登记邮箱地址再发送注册邮件。',
      '請先登記電郵地址再發送註冊電郵。',
      'Put a mail address on file, then send the registration.',
    ],
  },
} as const;
