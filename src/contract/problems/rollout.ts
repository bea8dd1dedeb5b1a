// What moving a cohort is refused with; spread into the one list of problems.

/** Codes that a detail names, as people call them: by code of the problem, then by value. */
export const ROLLOUT_VALUES: Readonly<Record<string, Readonly<Record<string, readonly [string, string, string]>>>> = {
  'cutover-state': {
    asked: ['待复核', '待覆核', 'waiting for approval'],
    running: ['进行中', '進行中', 'running'],
    paused: ['已暂停', '已暫停', 'paused'],
    done: ['已完成', '已完成', 'done'],
    'rolled-back': ['已回退', '已還原', 'rolled back'],
    ended: ['已结束', '已結束', 'over'],
  },
  'cutover-checks': {
    'hotline-staffed': ['热线已排班并知悉本次切换', '熱線已排班並知悉本次切換', 'the hotline is staffed and knows'],
    'roll-back-person': ['已指定负责回退的人', '已指定負責還原的人', 'somebody is named who can roll back'],
    'customers-told': ['已通知客户', '已通知客戶', 'customers were told'],
  },
};

export const ROLLOUT_PROBLEMS = {
  'cutover-running': {
    status: 409,
    title: ['这些账号正在切换', '這些帳戶正在切換', 'A cut-over of these accounts is under way'],
    detail: ['请先完成或回退正在进行的切换。', '請先完成或還原正在進行的切換。', 'Finish it or roll it back first.'],
  },
  'cutover-state': {
    status: 409,
    title: ['当前状态下不能这样做', '目前狀態下不能這樣做', 'Not possible in its present state'],
    detail: [
      '切换的状态是 {status}。请刷新后再决定。',
      '切換的狀態是 {status}。請重新載入後再決定。',
      'The cut-over is {status}. Reload it and decide again.',
    ],
  },
  'cutover-checks': {
    status: 409,
    title: ['开始前还有事项未确认', '開始前尚有事項未確認', 'Something must be confirmed first'],
    detail: ['请确认：{missing}。', '請確認：{missing}。', 'Confirm: {missing}.'],
  },
  'cohort-busy': {
    status: 409,
    title: ['该分组正在统计或切换', '該分組正在統計或切換', 'The cohort is being counted or cut over'],
    detail: [
      '请等待统计结束，或先完成切换。',
      '請等待統計結束，或先完成切換。',
      'Wait until the count has ended, or finish the cut-over first.',
    ],
  },
} as const;
