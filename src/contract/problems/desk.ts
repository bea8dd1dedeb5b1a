// What operators are refused when they act for customers, and customers who object; spread into the one list of problems.

export const DESK_PROBLEMS = {
  'reason-unknown': {
    status: 422,
    title: ['请选择原因', '請選擇原因', 'Choose a reason'],
    detail: ['可选原因：{reasons}。', '可選原因：{reasons}。', 'The policy knows these: {reasons}.'],
  },
  'caller-check-required': {
    status: 422,
    title: ['请先核实来电人', '請先核實來電者', 'Verify the caller first'],
    detail: [
      '请以推送、验证码、回拨登记电话或当面方式核实，并记录方式。',
      '請以推送、驗證碼、回撥登記電話或親身方式核實，並記錄方式。',
      'By push, by a code, by calling the number on file, or in person; say how.',
    ],
  },
  'caller-check-failed': {
    status: 422,
    title: ['来电人未核实', '來電者未獲核實', 'The caller is not verified'],
    detail: [
      '核身已过期、已被使用、未完成，或没有登记电话。请重新核实。',
      '核實已過期、已被使用、未完成，或沒有登記電話。請重新核實。',
      'The check is over, was used, is not complete, or there is no number on file. Verify again.',
    ],
  },
  'too-many-actions': {
    status: 429,
    title: ['操作过于频繁', '操作過於頻密', 'Too many actions within an hour'],
    detail: ['请在 {retryAfter} 秒后再试。', '請於 {retryAfter} 秒後再試。', 'Try again in {retryAfter} seconds.'],
  },
  'own-case': {
    status: 403,
    title: ['不能由您复核', '不能由閣下覆核', 'This case is not yours to decide'],
    detail: [
      '申请人不能复核自己的申请；刚由对方创建的操作员、同一会话也不能。只有申请人可以修改或撤回。',
      '申請人不能覆核自己的申請；剛由對方建立的操作員、同一工作階段亦不能。只有申請人可以修改或撤回。',
      'Nobody decides what they asked for, nor what an operator asked for whom they made within a day, nor within one session. Only who asked edits or withdraws.',
    ],
  },
  'case-changed': {
    status: 409,
    title: ['申请刚被修改', '申請剛被修改', 'The case was edited meanwhile'],
    detail: ['请查看最新内容后再决定。', '請查看最新內容後再決定。', 'Look at it again before you decide.'],
  },
  'situation-changed': {
    status: 409,
    title: ['账号情况已变化，未执行', '帳戶情況已變更，未有執行', 'The account changed meanwhile: nothing was done'],
    detail: ['请重新申请。', '請重新申請。', 'Ask for it anew.'],
  },
  'objection-unknown': {
    status: 404,
    title: ['账号或否决码不正确', '帳戶或否決碼不正確', 'Unknown account or stop code'],
    detail: [
      '请检查后重试；否决码已过期或无法使用时，请致电 {contact}。',
      '請檢查後再試；否決碼已過期或未能使用時，請致電 {contact}。',
      'Check both. If it is too late for the code, call {contact}.',
    ],
  },
} as const;
