// What changes to a policy are refused with; spread into the one list of problems.

export const POLICY_PROBLEMS = {
  'policy-invalid': {
    status: 422,
    title: ['策略文件有误', '政策文件有誤', 'The policy has errors'],
    detail: [
      '请按 errors 中列出的位置改正。',
      '請按 errors 所列位置更正。',
      'See errors for each place and what it needs.',
    ],
  },
  'policy-changed': {
    status: 409,
    title: ['策略已被他人修改', '政策已被他人修改', 'The policy was changed meanwhile'],
    detail: [
      '现行版本是 {version}。请取得该版本，将您的修改并入后再发布。',
      '現行版本是 {version}。請取得該版本，將閣下的修改併入後再發佈。',
      'Version {version} is in force now. Start from it, make your change again, and publish that.',
    ],
  },
  'nothing-to-do': {
    status: 409,
    title: ['没有可执行的行', '沒有可執行的行', 'No row can be done'],
    detail: ['请先加入有效的行。', '請先加入有效的行。', 'Put rows that can be done into it first.'],
  },
  'switch-refused': {
    status: 409,
    title: ['切换会影响过多账号', '切換會影響過多帳戶', 'The switch would shut out too many'],
    detail: [
      '将有 {affected} 个账号受影响，上限为 {limit}。如仍要切换，请说明原因并使用 override。',
      '將有 {affected} 個帳戶受影響，上限為 {limit}。如仍要切換，請說明原因並使用 override。',
      '{affected} accounts would be affected; the limit is {limit}. Give a reason and override to go on.',
    ],
  },
  'in-the-past': {
    status: 422,
    title: ['时间已过', '時間已過', 'That instant is over'],
    detail: [
      '{at} 已过，未作任何更改。请填写将来的时间；如要立即切换，请不要填写时间。',
      '{at} 已過，未作任何更改。請填寫將來的時間；如要立即切換，請勿填寫時間。',
      '{at} is in the past, so nothing was changed. Give an instant to come; to switch at once, give none.',
    ],
  },
} as const;
